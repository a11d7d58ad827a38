"""What a later page's header holds besides the first one's words."""

from dataclasses import replace

from chitieu.model import Cell
from extractors.tables import join_tables
from tests.extractors.built import HEADER, page, texts

ROWS = [(str(at), "Tỷ lệ hộ nghèo", "%", "5", "Sở Tài chính") for at in (1, 2, 3)]


def test_what_is_hardly_read_below_a_repeated_header_is_looked_at_and_not_sewn():
    """Print that shows through the paper."""
    unsure = page(2, (*HEADER[:3], f"{HEADER[3]}\nvQ", HEADER[4]), ROWS[2])
    (sheet,) = unsure.tables
    unsure = replace(unsure, tables=(replace(sheet, cells=tuple(map(_hardly_read, sheet.cells))),))
    (table,) = join_tables("abc", (page(1, HEADER, *ROWS[:2]), unsure))
    assert texts(table) == list(map(list, (HEADER, *ROWS)))
    assert table.doubtful_rows == (2,)


def _hardly_read(cell: Cell) -> Cell:
    return replace(cell, readings=tuple(replace(reading, confidence=0.9) for reading in cell.readings))
