"""The canonical indicator that a text names, where that is certain."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers.data import read_csv, read_words, split_variants
from normalizers.text import match_key

# Measured over all names: the names of two indicators score at most 85.
_SURE_SCORE = 91.0
_MARGIN = 4.0
_LONG_NAME_WORDS = 8
_TAIL = re.compile(
    r"[,.(]|trong tổng|tại|trên địa bàn|của tỉnh|các thành phố|mà |ứng dụng|giữa|hợp lệ|đến |hàng |tỉnh |quốc gia"
)


def find_indicator(text: str) -> str:
    """Id of the canonical indicator in `data/indicators.csv`, "" where none is certain."""
    key = _key(text)
    if not key:
        return ""
    return _names().get(key) or _find_pattern(key) or _find_longer(key) or _find_similar(key)


@cache
def indicator_beginnings() -> tuple[tuple[str, ...], ...]:
    """How names of indicators begin, as the words of keys, the longest first."""
    found = (tuple(match_key(line).split()) for line in read_words("indicator_words.txt"))
    return tuple(sorted(found, key=len, reverse=True))


def _find_pattern(key: str) -> str:
    """By the names with `...` in them."""
    found = {indicator for pattern, indicator in _patterns() if pattern.fullmatch(key)}
    return found.pop() if len(found) == 1 else ""


def _find_longer(key: str) -> str:
    """By the longest name that the text begins with, where it goes on with a place, a condition or a purpose."""
    names = [name for name in _names() if key.startswith(name) and len(_words(name)) >= _LONG_NAME_WORDS]
    if not names:
        return ""
    name = max(names, key=len)
    return _names()[name] if _TAIL.match(key[len(name) :].lstrip()) else ""


def _find_similar(key: str) -> str:
    """By the most similar name, where it is very similar, says nothing else, and no other comes near."""
    best: dict[str, float] = {}
    for name, indicator in _names().items():
        score = fuzz.ratio(key, name) if _says_the_same(key, name) else 0.0
        best[indicator] = max(best.get(indicator, 0.0), score)
    (first, score), (_, second_score) = sorted(best.items(), key=lambda item: -item[1])[:2]
    return first if score >= _SURE_SCORE and score - second_score >= _MARGIN else ""


def _says_the_same(first: str, second: str) -> bool:
    """Whether two keys have the same telling words and numbers."""
    return _telling(first) == _telling(second)


@lru_cache(maxsize=1 << 14)
def _telling(key: str) -> tuple[list[str], list[str]]:
    return sorted(_telling_words().findall(key)), re.findall(r"\d+", key)


@cache
def _telling_words() -> re.Pattern[str]:
    """Words that make another indicator of an almost equal text; the longer first."""
    words = read_words("telling_words.txt")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _words(key: str) -> list[str]:
    return re.findall(r"\w+", key)


def _key(text: str) -> str:
    key = match_key(text)
    for row in read_csv("abbreviations.csv"):
        key = re.sub(rf"(?<!\w){re.escape(row['short'])}(?!\w)", row["full"], key)
    return key


def _spellings() -> list[tuple[str, str]]:
    """Every spelling of a name with the id of its indicator."""
    return [
        (spelling, row["id"])
        for row in read_csv("indicators.csv")
        for spelling in (row["name_vi"], *split_variants(row["variants"]))
    ]


@cache
def _names() -> dict[str, str]:
    """Keys of the full names; a name that two indicators share is of none."""
    ids: dict[str, set[str]] = {}
    for spelling, indicator in _spellings():
        if "..." not in spelling:
            ids.setdefault(_key(spelling), set()).add(indicator)
    return {key: found.pop() for key, found in ids.items() if len(found) == 1}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names with `...`, which stands for any words."""
    return tuple(
        (re.compile(".*".join(re.escape(_key(part)) for part in spelling.split("..."))), indicator)
        for spelling, indicator in _spellings()
        if "..." in spelling
    )
