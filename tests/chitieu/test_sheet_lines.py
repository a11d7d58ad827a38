"""Rows of a sheet as ready XML are what xlsxwriter writes cell by cell, byte for byte."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from chitieu.dataset.rows import Row
from chitieu.dataset.schema import Column, ColumnType
from chitieu.dataset.sheet_lines import LineSheet, Look, RowLines, fitting
from chitieu.dataset.tabular import value_text

COLUMNS = tuple(Column(kind.value, kind, kind.value, kind.value, 10) for kind in ColumnType)
TEXTS = [
    "≥ 80", "", " hai đầu ", "a & b < c > \"d\" 'e'", "=SUM(A1:A9)", "dòng\nmới\t", "\x00\x0b\x1f", "_x0041_",
    "\ufffe\uffff", "100%s %", "\N{NO-BREAK SPACE}x", "1e5",
]  # fmt: skip
DAYS = [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2025, 7, 9), None]
NUMBERS = [Decimal("0.6230"), Decimal("1.5E+10"), Decimal("-0.0"), Decimal("123456789012345678"), None]


def rows() -> list[Row]:
    """Every type of column with all sorts of values."""
    found: list[Row] = []
    for at, text in enumerate(TEXTS):
        values = {
            ColumnType.STRING: text, ColumnType.INTEGER: at, ColumnType.NUMBER: at / 7,
            ColumnType.DECIMAL: NUMBERS[at % len(NUMBERS)], ColumnType.DATE: DAYS[at % len(DAYS)],
            ColumnType.LIST: (text, "b") if at % 2 else (),
        }  # fmt: skip
        found.append(tuple(values[column.type] for column in COLUMNS))
    return found


def write_cells(sheet: LineSheet, at: int, row: Row, look: Look) -> None:
    """A row as xlsxwriter's documented functions write it."""
    for col, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(at, col, value, look.date)
        elif isinstance(value, int | float) or (isinstance(value, Decimal) and len(value.as_tuple().digits) <= 15):
            sheet.write_number(at, col, float(value), look.plain)
        elif text := value_text(value):
            sheet.write_string(at, col, text, look.plain)
        else:
            sheet.write_blank(at, col, None, look.plain)


def parts(path: Path, *, by_cell: bool) -> dict[str, bytes]:
    """The parts of a workbook with a header and rows of two looks."""
    options = {"constant_memory": True, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}
    with Workbook(path, options) as book:
        sound = Look(book.add_format({"text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"}))
        doubtful = Look(book.add_format({"bg_color": "#FFF2CC"}), book.add_format({"num_format": "yyyy-mm"}))
        header, lines = book.add_format({"bold": True}), RowLines(COLUMNS)
        sheet = book.add_worksheet("x", LineSheet)
        for col, column in enumerate(COLUMNS):
            sheet.write_string(0, col, column.name, header)
        if not by_cell:
            sheet.begin_lines(1)
        for at, row in enumerate(rows(), start=1):
            look = doubtful if at % 3 == 0 else sound
            if by_cell:
                write_cells(sheet, at, row, look)
            else:
                sheet.write_line(at, lines.line(at, row, look))
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def test_lines_are_what_xlsxwriter_writes(tmp_path: Path) -> None:
    assert parts(tmp_path / "lines.xlsx", by_cell=False) == parts(tmp_path / "cells.xlsx", by_cell=True)


@pytest.mark.parametrize(("text", "kept"), [("é" * 32_767, 32_767), ("é" * 40_000, 32_767), ("😀" * 20_000, 16_384)])
def test_a_text_is_as_long_as_a_cell_holds(text: str, kept: int) -> None:
    assert len(fitting(text)) == kept
    assert fitting(text).endswith("…") == (len(text) > kept)


@given(st.integers(0, 40_000), st.integers(0, 20_000))
def test_no_cell_is_longer_than_excel_counts(letters: int, smileys: int) -> None:
    text = "a" * letters + "😀" * smileys
    assert len(fitting(text).encode("utf-16-le")) <= 2 * 32_767
