"""What a header text says: the phrases of data/columns.csv, with room for a misread letter."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from chitieu.model import ColumnRoles, Role
from normalizers.cells import key_words
from normalizers.data import read_csv
from normalizers.text import clean_line, fold_marks

# One misread letter in eight; short phrases (`stt`, `đvt`, `năm`) only as they stand. Tone marks count half:
# `Chi tiêu` over a column is a misread `Chỉ tiêu`.
LETTERS_PER_MISREADING = 6

# `KH 2026/TH 2025 (%)`, `% thực hiện`: one value over another.
_RATIO = re.compile(r"^%\s*\w|20\d\d\s*/\s*\D{0,15}\b20\d\d")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a role, so many; `is_open` where more may follow. `text` and `solid`: with spaces, without."""

    role: str
    words: tuple[str, ...]
    is_open: bool
    text: str
    solid: str
    count: int


@lru_cache(maxsize=4096)
def header_role(text: str) -> str:
    """The role that a header text names, by its longest fitting phrase; empty where it names none.

    A pen's stroke in a header is read as a letter (`CÁC CƠ QUAN É PHỐI HỢP`): what fits nothing is tried without.
    """
    if _RATIO.search(text.strip()):
        return "ignored"
    words = key_words(text)
    best = _longest_fit(words) or _longest_fit(tuple(word for word in words if len(word) > 1))
    role = best.role if best else ""
    return "weak" if role in ("foreign", "ignored", "") and _ends_in_indicators(text) else role


def _longest_fit(words: tuple[str, ...]) -> Phrase | None:
    solid, count = "".join(words), len(words)
    # A narrow column breaks `STT` into `ST` and `T`.
    fits = [
        phrase
        for phrase in _phrases()
        if phrase.solid == solid
        or ((phrase.count == count or (phrase.is_open and phrase.count < count)) and _begins(phrase, words))
    ]
    exact = [phrase for phrase in fits if words[: len(phrase.words)] == phrase.words]
    return max(exact or fits, key=lambda phrase: len(phrase.words), default=None)


def _ends_in_indicators(text: str) -> bool:
    """`Nhiệm vụ/chỉ tiêu`, `Lĩnh vực, chỉ tiêu`: the indicators are a part of what the column lists."""
    pieces = re.split(r"[,/;]|\bvà\b", clean_line(text))
    return len(pieces) > 1 and key_words(pieces[-1]) in (key_words("chỉ tiêu"), key_words("các chỉ tiêu"))


def path_role(path: tuple[str, ...]) -> str:
    """The role that header texts from top to bottom name.

    The lowest text that says something decides, but years under `Kinh phí` are money, not targets.
    """
    roles = [role for role in (header_role(text) for text in reversed(path)) if role]
    for role in roles:
        if role in ("foreign", "ignored"):
            return role
    return roles[0] if roles else header_role(" ".join(path))


def caption_doubt(caption: str) -> bool:
    """Whether the caption speaks of money, tasks or land and not of indicators."""
    words = f" {' '.join(key_words(caption))} "
    named = {role for role in ("caption_yes", "caption_no") for text in _caption_words(role) if f" {text} " in words}
    return named == {"caption_no"}


def names_indicators(caption: str) -> bool:
    """Whether the caption speaks of indicators."""
    words = f" {' '.join(key_words(caption))} "
    return any(f" {text} " in words for text in _caption_words("caption_yes"))


def may_be_targets(roles: ColumnRoles, caption: str) -> bool:
    """Whether a table with values of a year may be one of targets: nothing in it speaks of money, tasks or land."""
    has_years = any(column.period for column in roles.of(Role.VALUE))
    is_other = caption_doubt(caption) or any(header_role(column.title) == "foreign" for column in roles.columns)
    return has_years and not is_other


def is_of_tasks(roles: ColumnRoles) -> bool:
    """Whether a header names tasks, money or land and no values: none of indicators, whatever the caption promises."""
    return not roles.of(Role.VALUE) and any(header_role(column.title) == "foreign" for column in roles.columns)


def names_targets(title: str) -> bool:
    """Whether a title speaks of indicators or of targets, which may stand in a table."""
    return names_indicators(title) or "mục tiêu" in " ".join(key_words(title))


def _begins(phrase: Phrase, words: tuple[str, ...]) -> bool:
    """Whether the words begin with those of a phrase, with room for a misread letter."""
    wanted, found = phrase.text, " ".join(words[: phrase.count])
    allowed = len(wanted) // LETTERS_PER_MISREADING
    if Levenshtein.distance(wanted, found, score_cutoff=allowed) <= allowed:
        return True
    return allowed > 0 and fold_marks(wanted) == fold_marks(found)


@cache
def _phrases() -> tuple[Phrase, ...]:
    rows = [row for row in read_csv("columns.csv") if not row["role"].startswith("caption")]
    return tuple(_phrase(row["role"], row["phrase"]) for row in rows)


def _phrase(role: str, phrase: str) -> Phrase:
    words = key_words(phrase.removesuffix(" *"))
    return Phrase(role, words, phrase.endswith("*"), " ".join(words), "".join(words), len(words))


@cache
def _caption_words(role: str) -> tuple[str, ...]:
    return tuple(" ".join(key_words(row["phrase"])) for row in read_csv("columns.csv") if row["role"] == role)
