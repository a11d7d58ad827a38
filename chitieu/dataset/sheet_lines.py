"""Rows of a sheet as ready XML: xlsxwriter's way, cell by cell, takes ten times as long for half a million rows.

The XML is that which xlsxwriter itself writes for the same values in its mode of constant memory, byte for byte.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from chitieu.dataset.rows import Row, Value
from chitieu.dataset.schema import Column, ColumnType
from chitieu.dataset.tabular import value_text

# Excel's own limit, which counts characters beyond U+FFFF twice.
MAX_CELL_CHARACTERS = 32_767
# Excel holds 15 digits; a longer number is written as text rather than rounded.
MAX_DIGITS = 15
KEPT_CELLS = 2**15  # most texts stand in many rows
# Days count from 1899-12-31, and Excel thinks that 1900-02-29 was one of them.
NUMBER = "\0"  # stands for the number of a row where that is still to come
DAY_ZERO, LAST_RIGHT_DAY = date(1899, 12, 31).toordinal(), 59

SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")
LITERAL_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
NO_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
OUTER_SPACE = re.compile(r"^\s|\s$")


@dataclass(frozen=True, slots=True)
class Look:
    """How the cells of a row look."""

    plain: Format
    date: Format


class LineSheet(Worksheet):
    """A sheet of a workbook in constant memory that takes whole rows."""

    def begin_lines(self, row: int) -> None:
        """Write out what was written cell by cell; from this row on there are lines."""
        self._write_single_row(row)

    def write_line(self, row: int, line: str) -> None:
        """Write a row that `RowLines` made; rows come in order."""
        self._check_dimensions(row, 0)
        self.fh.write(line)


class RowLines:
    """Makes rows of one table into XML."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._names = [xl_col_to_name(at) for at in range(len(columns))]
        self._contents = [CONTENTS[column.type] for column in columns]
        self._dates = [at for at, column in enumerate(columns) if column.type is ColumnType.DATE]
        self._frames: dict[tuple[Look, tuple[int, ...]], str] = {}

    def line(self, at: int, row: Row, look: Look) -> str:
        """The row at an index from 0."""
        contents = tuple([content(value) for content, value in zip(self._contents, row, strict=True)])
        days = tuple([col for col in self._dates if row[col]])
        frame = self._frames.get((look, days)) or self._new_frame(look, days)
        return frame.replace(NUMBER, str(at + 1)) % contents

    def _new_frame(self, look: Look, days: tuple[int, ...]) -> str:
        """A row of this look but for its number and what its cells hold; days have a style of their own."""
        styles = [style_of(look.date if col in days else look.plain) for col in range(len(self._names))]
        cells = [f'<c r="{name}{NUMBER}{style}%s' for name, style in zip(self._names, styles, strict=True)]
        frame = self._frames[look, days] = f'<row r="{NUMBER}">{"".join(cells)}</row>'
        return frame


def style_of(format_: Format) -> str:
    """The number of a format in its workbook, which it gets when it is used first."""
    return f'" s="{format_._get_xf_index()}"'


@lru_cache(KEPT_CELLS)
def text_content(text: str) -> str:
    """What follows the style of a cell with a text; text stays text, whatever it looks like."""
    if not text:
        return "/>"
    text, space = fitting(text), ""
    if SPECIAL.search(text):
        text = NO_CHARACTER.sub(lambda one: f"_x{ord(one.group()):04X}_", LITERAL_ESCAPE.sub(r"_x005F\1", text))
        space = ' xml:space="preserve"' if OUTER_SPACE.search(text) else ""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'


def list_content(value: Value) -> str:
    return text_content(value_text(value))


def number_content(value: Value) -> str:
    return f"><v>{value:.16G}</v></c>"


def decimal_content(value: Value) -> str:
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= MAX_DIGITS:
        return number_content(float(value))
    return text_content(value_text(value))


@lru_cache(KEPT_CELLS)
def date_content(value: Value) -> str:
    return f"><v>{day_number(value)}</v></c>" if isinstance(value, date) else "/>"


# What follows the style of a cell, by the type of its column.
CONTENTS: dict[ColumnType, Callable[..., str]] = {
    ColumnType.STRING: text_content,
    ColumnType.LIST: list_content,
    ColumnType.INTEGER: number_content,
    ColumnType.NUMBER: number_content,
    ColumnType.DECIMAL: decimal_content,
    ColumnType.DATE: date_content,
}


def day_number(day: date) -> int:
    """A date as Excel counts it."""
    days = day.toordinal() - DAY_ZERO
    return days + 1 if days > LAST_RIGHT_DAY else days


def fitting(text: str) -> str:
    """Text as long as a cell can hold; the whole of it stands in the CSV."""
    if len(text) <= MAX_CELL_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL_CHARACTERS:
        return text
    return f"{units[: 2 * (MAX_CELL_CHARACTERS - 1)].decode('utf-16-le', 'ignore')}…"
