"""Cells of a table by place, spans resolved."""

import re

from chitieu.model import Cell, Indicator, Table
from normalizers.text import clean, match_key

Grid = dict[tuple[int, int], Cell]

# No bullet stands alone on the first line; a rule's dashes may.
_SPECKS_ABOVE = re.compile(r"\A(?:[-–+.,:;'*·~_|]{1,2}\s*\n)+(?=[^\W\d_]|\d{1,2}\.\s)")
_WORD = re.compile(r"(?:[^\W_]|[&%])+")


def place_cells(table: Table) -> Grid:
    """The cell that covers each place (row, column); places that no cell covers are absent."""
    return {
        (row, col): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def text_of(cell: Cell) -> str:
    """The first reading, clean, without specks that were read as a line above; line breaks made on purpose stay."""
    return _SPECKS_ABOVE.sub("", clean(cell.text))


def key_words(text: str) -> tuple[str, ...]:
    """The words of a text's match key, without punctuation."""
    return tuple(_WORD.findall(match_key(text)))


def row_cells(grid: Grid, row: int, col_count: int) -> tuple[Cell, ...]:
    """The distinct cells that cover a row, from left to right."""
    found = [grid[row, col] for col in range(col_count) if (row, col) in grid]
    return tuple(dict.fromkeys(found))


def row_key(indicator: Indicator) -> tuple[int, int]:
    """The table and row that a record stands in; every source carries them."""
    return indicator.sources[0].table_index, indicator.sources[0].row
