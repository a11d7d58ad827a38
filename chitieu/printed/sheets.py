"""Tables → XLSX: a sheet each, merged cells merged, text that stays text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chitieu.files import replaced
from chitieu.messages import text
from chitieu.model import Cell, Table
from chitieu.printed.shape import clean_text, is_doubtful, page_range, pages_of
from chitieu.settings import Language
from chitieu.spreadsheets import new_workbook

MAX_CELL_CHARACTERS = 32_767  # Excel's own limit
MIN_WIDTH, MAX_WIDTH = 5.0, 60.0
A4 = 9  # as Excel numbers sizes of paper
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The same tables give the same bytes: no clock in the file.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look, known to one workbook."""

    sound: Format
    doubtful: Format


def write_table_sheets(path: Path, tables: Sequence[Table], language: Language) -> None:
    """Write every table as printed on a sheet of its own, which names its pages; cells to be checked are coloured."""
    with replaced(path) as temporary, new_workbook(temporary, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        common = {"valign": "top", "text_wrap": True, "border": 1}
        looks = _Looks(book.add_format(common), book.add_format({**common, "bg_color": "#FFF2CC"}))
        for number, table in enumerate(tables, start=1):
            _write_table(book.add_worksheet(_sheet_name(table, number, language)), table, looks)
        if not tables:  # Excel opens no workbook without a sheet
            book.add_worksheet()


def _sheet_name(table: Table, number: int, language: Language) -> str:
    """`Bảng 1 (trang 3–6)`: at most 27 of the 31 characters that Excel allows."""
    return text("sheet_of_table", language, number=number, pages=page_range(pages_of(table)))


def _write_table(sheet: Worksheet, table: Table, looks: _Looks) -> None:
    _set_widths(sheet, table)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        places = _places(cell)
        look = looks.doubtful if is_doubtful(cell) or cell.row in table.doubtful_rows else looks.sound
        # Two cells over one place would be a fault of the reading; a workbook with it would not open.
        if len(places) > 1 and not places & taken:
            sheet.merge_range(cell.row, cell.col, cell.row + cell.row_span - 1, cell.col + cell.col_span - 1, "", look)
        sheet.write_string(cell.row, cell.col, _fitting(clean_text(cell)), look)
        taken |= places


def _places(cell: Cell) -> set[tuple[int, int]]:
    rows = range(cell.row, cell.row + cell.row_span)
    return {(row, col) for row in rows for col in range(cell.col, cell.col + cell.col_span)}


def _fitting(value: str) -> str:
    return value if len(value) <= MAX_CELL_CHARACTERS else f"{value[: MAX_CELL_CHARACTERS - 1]}…"


def _set_widths(sheet: Worksheet, table: Table) -> None:
    """Columns as wide as their longest lines ask, up to a width from which they wrap."""
    for col in range(table.col_count):
        own = [clean_text(cell) for cell in table.cells if cell.col == col and cell.col_span == 1]
        longest = max((len(line) for one in own for line in one.split("\n")), default=0)
        sheet.set_column(col, col, min(MAX_WIDTH, max(MIN_WIDTH, longest * 1.1 + 1)))
