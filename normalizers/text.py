"""Vietnamese text made clean, and keys to compare it by."""

import re
import unicodedata
from functools import cache, lru_cache

from normalizers.data import read_csv, read_words
from normalizers.lexicon import is_syllable
from normalizers.tones import spelling_key

__all__ = [
    "clean",
    "clean_line",
    "fold_marks",
    "is_syllable",
    "match_key",
    "tokens",
    "unknown_words",
    "without_leading_marks",
]

_MARK = "\u0300-\u036f"
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
_BREAK = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
# Tone before quality mark does not compose: NFC keeps `o` + acute + circumflex apart.
_TONES = "\u0300\u0301\u0303\u0309"
_MARKS_ABOVE = re.compile(f"[{_TONES}\u0302\u0306]{{2,}}")
_WORD = re.compile(rf"(?:[^\W\d_][{_MARK}]*)+")
_LATIN = re.compile("[A-Za-zĐđ]")
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
    "ABEKMHOPCTXIJSaeopcyxijsABEZHIKMNOPTYXoa",
)
_D_BARS = str.maketrans("ÐƉðɖ", "ĐĐđđ")

_DASHES = re.compile("[‐‑‒–—―−]")
_KEY_FOLDS = str.maketrans(
    {"²": "2", "³": "3", "％": "%", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "..."}
)
_LEADING_MARKS = re.compile(r"^(?:[^\w(\[“\"‘'«]|_)+")
_SIGN = rf"[^\w\s{_MARK}]"
_SPACED_SIGN = re.compile(rf"\s*({_SIGN}+)\s*")
_SPACES_BETWEEN_SIGNS = re.compile(rf"(?<={_SIGN})\s+(?={_SIGN})")
# `5G`, `24h`, `110kV`, `366m2`; not `8O`, `8l` or `8s`, which are misread numbers
_ROMAN_OR_MEASURE = re.compile(r"[IVX]+|\d+(?:[GDKHhđm]|k?V|kVA?|[kM]W|[cmk]m|k?m[23]|[GMT]b|[GMT]B|kg|ha)")
# A misreading of small letters seldom looks so: `UBND`, `KH&CN`, `QH12`, `K4`
_ABBREVIATION = re.compile(r"[A-ZĐƯƠ]+(?:&[A-ZĐƯƠ]+)*\d{0,3}")
_TOKEN = re.compile(rf"(?:[^\W_][{_MARK}]*)+(?:&(?:[^\W_][{_MARK}]*)+)*")
# Texts whose forms are kept: catalogues are compared with every cell (a document has some thousand texts).
REMEMBERED = 1 << 15


@lru_cache(maxsize=REMEMBERED)
def clean(text: str) -> str:
    """The text as printed, in NFC, without invisible characters and look-alikes, its spaces collapsed.

    Newlines (lines broken on purpose) stay, without spaces around. Dashes, quotes, comparison signs and the place
    of tone marks stay as printed.
    """
    plain = _INVISIBLE.sub("", _CONTROL.sub("", _BREAK.sub("\n", text)))
    parts = unicodedata.normalize("NFD", plain.translate(_D_BARS))
    parts = _WORD.sub(_latin_word, parts)
    return _collapse_spaces(unicodedata.normalize("NFC", _order_marks(parts)))


def clean_line(text: str) -> str:
    """The clean text in one line."""
    return clean(text).replace("\n", " ")


def without_leading_marks(text: str) -> str:
    """The text without dashes, dots and specks before its first word; brackets and quotation marks that open stay.

    >>> without_leading_marks("- . BẢNG TỔNG HỢP")
    'BẢNG TỔNG HỢP'
    """
    return _LEADING_MARKS.sub("", text)


@lru_cache(maxsize=REMEMBERED)
def match_key(text: str) -> str:
    """A key that is the same for all spellings of a text: compare keys only with keys.

    Blind to case, place of tone marks, i/y (`tỷ` → `tỉ`), kinds of dashes and quotes, spaces round signs,
    `²` for `2`, and full stops and commas at the end.
    """
    folded = _DASHES.sub("-", clean_line(text).lower().translate(_KEY_FOLDS))
    folded = unicodedata.normalize("NFC", folded)
    folded = _WORD.sub(lambda word: spelling_key(word[0]), folded)
    return _SPACED_SIGN.sub(r"\1", _SPACES_BETWEEN_SIGNS.sub("", folded)).rstrip(" .,;:")


@lru_cache(maxsize=REMEMBERED)
def fold_marks(text: str) -> str:
    """The text in lower case without diacritics, `đ` as `d`."""
    parts = unicodedata.normalize("NFD", clean_line(text).lower().replace("đ", "d"))
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare)


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text as printed: `R&D` and `km2` are one, `5,2` and `Gb/s` are two."""
    return tuple(_TOKEN.findall(clean_line(text)))


@lru_cache(maxsize=REMEMBERED)
def unknown_words(text: str) -> tuple[str, ...]:
    """The words that are neither Vietnamese nor admitted foreign words, units or abbreviations."""
    words = tokens(text)
    may_abbreviate = len(words) <= 2 or any(char.islower() for char in text)
    return tuple(word for word in words if not _is_known(word, may_abbreviate=may_abbreviate))


def _collapse_spaces(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _latin_word(match: re.Match[str]) -> str:
    """A word with Latin letters, the Cyrillic and Greek look-alikes in it made Latin."""
    word = match[0]
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) else word


def _order_marks(parts: str) -> str:
    """Quality marks before tone marks, so that they compose."""
    return _MARKS_ABOVE.sub(lambda marks: "".join(sorted(marks[0], key=_TONES.__contains__)), parts)


def _is_known(word: str, *, may_abbreviate: bool) -> bool:
    plain = word.translate(_KEY_FOLDS)
    if not any(char.isalpha() for char in plain) or is_syllable(plain) or plain.lower() in _admitted():
        return True
    if _ROMAN_OR_MEASURE.fullmatch(plain):
        return True
    return may_abbreviate and _ABBREVIATION.fullmatch(plain) is not None


@cache
def _admitted() -> frozenset[str]:
    """Foreign words, units, mixed abbreviations and names, in lower case."""
    words = {line.lower() for line in read_words("admitted_words.txt")}
    for row in read_csv("provinces_2025.csv"):
        words |= {word.lower() for word in tokens(row["old_name"] + " " + row["new_name"])}
    return frozenset(words)
