"""Units and periods that titles give: of a table, a column, a section, a row."""

import re

from chitieu.model import Column, Line, Table
from normalizers.periods import find_period
from normalizers.text import clean_line
from normalizers.units import find_unit
from normalizers.years import is_usual

_UNIT_LINE = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt)\s*:\s*([^)]+?)\W*$", re.IGNORECASE)
_UNIT_WORDS = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt)\s*:\s*", re.IGNORECASE)
_WORDS_BEFORE_UNIT = re.compile(
    r"\W*\b(?:đơn vị(?: tính)?|đvt|tính (?:bằng|theo)|theo)\b(?:\s+là\b)?\s*:?\s*", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\(([^()]+)\)\s*$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BEFORE_UNIT = re.compile(r"[,:;]|\s[/–-]\s|\b20\d\d\b")
_DECREE = re.compile(r"kèm theo|quyết định|ngày .* tháng|ngày \d", re.IGNORECASE)


def caption_period(caption: tuple[Line, ...]) -> str:
    """The one period that the title above a table names, for tables whose header and sections name none.

    The line that cites the decision is left out: its year is that of the signature.
    """
    titles = (clean_line(line.text) for line in caption)
    periods = {find_period(title) for title in titles if not _DECREE.search(title)} - {""}
    return periods.pop() if len(periods) == 1 and all(map(is_usual, periods)) else ""


def title_unit(column: Column) -> str:
    """The unit in a value column's title: `Mục tiêu 2030 (ĐVT: %)`, `Năm 2030, tỷ đồng`, `Năm 2030 tính bằng %`."""
    title = column.title
    bracketed = [match[1].strip() for match in _BRACKETS.finditer(title)]
    tails = [title[sign.end() :].strip(" )]") for sign in _BEFORE_UNIT.finditer(title)]
    tails += [title[words.end() :].strip(" )]") for words in _WORDS_BEFORE_UNIT.finditer(title)]
    said = (_without_words(text) for text in (*bracketed, *tails))
    known = next((unit for unit in said if find_unit(unit)), "")
    return known or next((_without_words(text) for text in bracketed if _UNIT_WORDS.match(text)), "")


def _without_words(text: str) -> str:
    """`tỷ đồng` of `ĐVT: tỷ đồng`."""
    words = _WORDS_BEFORE_UNIT.match(text)
    return text[words.end() :].strip() if words else text


def bracketed_unit(text: str) -> str:
    """The unit at the end of a row's or section's title: `Thu ngân sách (tỷ đồng)`, `Kinh tế (Đơn vị: %)`."""
    match = _PARENTHESIS.search(text)
    unit = _UNIT_WORDS.sub("", match[1]).strip() if match else ""
    found = find_unit(unit)
    # `(HDI)`, `(ICOR)` say what is measured, not in what.
    is_name = unit.isalpha() and unit.isupper() and found is not None and found.dimension in ("index", "ratio")
    return unit if found and not is_name else ""


def without_unit(title: str) -> str:
    """A section's title without what it says of units: `Về kinh tế (Đơn vị: tỷ đồng)` → `Về kinh tế`."""
    match = _PARENTHESIS.search(title)
    return title[: match.start()].rstrip() if match and _UNIT_WORDS.match(match[1]) else title


def caption_unit(caption: tuple[Line, ...]) -> str:
    """`tỷ đồng` of a line `Đơn vị tính: tỷ đồng` above the table."""
    return next((unit for unit in (unit_of_line(line.text) for line in caption) if unit), "")


def unit_of_line(text: str) -> str:
    """`tỷ đồng` of `(Đơn vị tính: tỷ đồng)`; empty where a line says anything else."""
    match = _UNIT_LINE.match(clean_line(text))
    return match[1].strip() if match else ""


def has_units(table: Table) -> bool:
    """Whether a column of a table holds units of measure in most of its cells."""
    columns = ([cell.text for cell in table.cells if cell.col == at and cell.text] for at in range(table.col_count))
    counts = ((len(texts), sum(find_unit(text) is not None for text in texts)) for texts in columns)
    return any(count > 2 and 2 * known > count for count, known in counts)
