"""Rows → XLSX for people: real numbers and dates, text that stays text, doubtful rows coloured."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chitieu.dataset.rows import Row
from chitieu.dataset.schema import Column
from chitieu.dataset.sheet_lines import LineSheet, Look, RowLines
from chitieu.dataset.tabular import WriteRows
from chitieu.files import replaced
from chitieu.messages import flag_explanations
from chitieu.spreadsheets import new_workbook

MAX_SHEET_ROWS = 1_048_575  # without the header; Excel's own limit
DAY_FORMAT = "dd/mm/yyyy"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": DAY_FORMAT,
}
# The same rows give the same bytes: no clock in the file.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of cells in one workbook."""

    header: Format
    sound: Look
    doubtful: Look


def formats_of(book: Workbook) -> Formats:
    """The looks, known to a workbook."""
    common = {"valign": "top", "text_wrap": True}
    doubt = {**common, "bg_color": "#FFF2CC"}
    day = {"num_format": DAY_FORMAT}
    return Formats(
        header=book.add_format({**common, "bold": True, "bg_color": "#D9E2F3", "border": 1}),
        sound=Look(book.add_format(common), book.add_format({**common, **day})),
        doubtful=Look(book.add_format(doubt), book.add_format({**doubt, **day})),
    )


@contextmanager
def dataset_workbook(
    path: Path, indicators: tuple[Column, ...], documents: tuple[Column, ...], texts: Iterable[Row]
) -> Iterator[WriteRows]:
    """Yield what writes rows of indicators.xlsx: the sheets `Chỉ tiêu`, `Văn bản` (`texts`), `Từ điển`."""
    with replaced(path) as temporary, new_workbook(temporary, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        formats = formats_of(book)
        with sheets(book, formats, "Chỉ tiêu", indicators) as write:
            yield write
        with sheets(book, formats, "Văn bản", documents) as write:
            write(list(texts))
        write_dictionary(book, formats, {"Chỉ tiêu": indicators, "Văn bản": documents})


@contextmanager
def table_workbook(path: Path, title: str, columns: tuple[Column, ...]) -> Iterator[WriteRows]:
    """Yield what writes rows of a workbook of one table."""
    with replaced(path) as temporary, new_workbook(temporary, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        with sheets(book, formats_of(book), title, columns) as write:
            yield write


@contextmanager
def sheets(book: Workbook, formats: Formats, title: str, columns: tuple[Column, ...]) -> Iterator[WriteRows]:
    """Yield what writes rows under a frozen header; where they are more than a sheet holds, on further sheets.

    Rows with flags are coloured.
    """
    names = [column.name for column in columns]
    flags = names.index("flags") if "flags" in names else None
    lines = RowLines(columns)
    sheet, at, number = start_sheet(book, formats, title, columns), 0, 1

    def write(rows: Sequence[Row]) -> None:
        nonlocal sheet, at, number
        for row in rows:
            if at == MAX_SHEET_ROWS:
                end_sheet(sheet, columns, at)
                number += 1
                sheet, at = start_sheet(book, formats, f"{title} {number}", columns), 0
            at += 1
            is_doubtful = flags is not None and bool(row[flags])
            sheet.write_line(at, lines.line(at, row, formats.doubtful if is_doubtful else formats.sound))

    yield write
    end_sheet(sheet, columns, at)


def start_sheet(book: Workbook, formats: Formats, title: str, columns: tuple[Column, ...]) -> LineSheet:
    """A new sheet with its header: the Vietnamese titles, under which the dictionary gives the names."""
    sheet = book.add_worksheet(title, LineSheet)
    assert isinstance(sheet, LineSheet)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title_vi, formats.header)
    sheet.begin_lines(1)
    return sheet


def end_sheet(sheet: Worksheet, columns: tuple[Column, ...], rows: int) -> None:
    sheet.autofilter(0, 0, rows, len(columns) - 1)


def write_dictionary(book: Workbook, formats: Formats, sheets: dict[str, tuple[Column, ...]]) -> None:
    """Write the sheet `Từ điển`: every column, then every reason for doubt."""
    sheet = book.add_worksheet("Từ điển")
    sheet.freeze_panes(1, 0)
    header = ("Bảng", "Tên cột", "Tiêu đề", "Title", "Kiểu", "Giải thích", "Explanation", "Giá trị cho phép")
    widths = (12, 18, 24, 24, 10, 50, 50, 40)
    lines = [_dictionary_line(title, column) for title, columns in sheets.items() for column in columns]
    lines += [("Cờ", kind, "", "", "", vi, en, "") for kind, vi, en in flag_explanations()]
    for col, (text, width) in enumerate(zip(header, widths, strict=True)):
        sheet.set_column(col, col, width)
        sheet.write_string(0, col, text, formats.header)
    for row, line in enumerate(lines, start=1):
        for col, text in enumerate(line):
            sheet.write_string(row, col, text, formats.sound.plain)
    sheet.autofilter(0, 0, len(lines), len(header) - 1)


def _dictionary_line(title: str, column: Column) -> tuple[str, ...]:
    names = (title, column.name, column.title_vi, column.title_en, column.type.value)
    return (*names, column.note_vi, column.note_en, ", ".join(column.values))
