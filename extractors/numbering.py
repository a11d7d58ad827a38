"""Numbers of rows by their looks: which column holds them, what a row's number is, whether it is the next one."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# What numbers look like: `9.1.`, `II`, `a)`, `B.`, and bullets, which number nothing.
_NUMBER = re.compile(r"[(]?(?:\d{1,3}(?:\s*[.,]\s*\d{1,3})*|[IVXLC]{1,6}|[a-zđ]|[A-HĐ])\s*[.)]*")
_LEADING = re.compile(r"((?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zđ])[.)])\s+\S|((?:\d{1,3}\.)+\d{1,3})\s+\S")
_BULLETS = frozenset("-–—+*•")
# A column numbers the rows where this share of its cells are numbers; less, and it numbers only some of them.
MIN_NUMBERED_SHARE = 0.8
MIN_SOME_NUMBERED_SHARE = 0.3
# Numbers are short: a column of years or amounts has the same shape.
MAX_NUMBER_CHARS = 8

Texts = Sequence[str]  # of one row, by column; "" where nothing is printed


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where a table's rows have their numbers: a column of its own, or before the text of one; and how many do."""

    column: int
    is_leading: bool
    share: float

    @property
    def is_complete(self) -> bool:
        return self.share >= MIN_NUMBERED_SHARE


def find_numbering(rows: Sequence[Texts]) -> Numbering | None:
    """The leftmost column that numbers the rows, at the latest that with the most text; None where none does."""
    width = min((len(row) for row in rows), default=0)
    wordiest = max(range(width), key=lambda column: sum(len(row[column]) for row in rows), default=0)
    for is_leading in (False, True):
        for column in range(min(wordiest + 1, width)):
            share = _numbered_share([row[column].strip() for row in rows], is_leading=is_leading)
            if share >= MIN_SOME_NUMBERED_SHARE:
                return Numbering(column, is_leading, share)
    return None


def _numbered_share(texts: list[str], *, is_leading: bool) -> float:
    """Share of the rows, from the first number on (above it is the header), that have a number; 0 for amounts."""
    numbers = [_number(text, is_leading=is_leading) for text in texts]
    first = next((index for index, number in enumerate(numbers) if number), len(texts))
    own, below = [n for n in numbers[first:] if n], texts[first:]
    others = [text for text, number in zip(below, numbers[first:], strict=True) if text and not number]
    if not own or (not is_leading and len(others) > 0.3 * len(own)) or not _count_up(own):
        return 0.0
    return len(own) / len(below)


def _count_up(numbers: list[str]) -> bool:
    """Whether most numbers are others than the one before: units and amounts repeat, and start anywhere."""
    changes = sum(first != second for first, second in itertools.pairwise(numbers))
    plain = [int(number) for number in numbers if number.isdigit()]
    climbs = sum(first < second for first, second in itertools.pairwise(plain))
    return changes >= 0.7 * (len(numbers) - 1) and climbs >= 0.5 * (len(plain) - 1) and median(plain or [0]) < 400


def _number(text: str, *, is_leading: bool) -> str:
    """The number that a text is, or begins with: without its closing dots; "" for none."""
    if not is_leading:
        is_number = len(text) <= MAX_NUMBER_CHARS and _NUMBER.fullmatch(text)
        return _bare(text) if is_number else ""
    match = _LEADING.match(text)
    return _bare(match[1] or match[2]) if match else ""


def _bare(text: str) -> str:
    return "".join(text.split()).strip("().").replace(",", ".")


def number_of(row: Texts, numbering: Numbering | None) -> str:
    """What stands in a row's place for numbers, also where it looks like none; "" where nothing does."""
    if numbering is None or numbering.column >= len(row):
        return ""
    text = row[numbering.column].strip()
    return _number(text, is_leading=True) if numbering.is_leading else _bare(text)


def is_bullet(number: str) -> bool:
    return number in _BULLETS


def follows(number: str, before: str) -> bool:
    """Whether a number of digits is one that may stand right after another: `10`, `9.1` or `9.2` after `9` or `9.1`."""
    if not re.fullmatch(r"[\d.]+", number) or not re.fullmatch(r"[\d.]+", before):
        return False
    path, last = (tuple(int(part) for part in text.split(".") if part) for text in (number, before))
    return path == (*last, 1) or any(path == (*last[:depth], last[depth] + 1) for depth in range(len(last)))
