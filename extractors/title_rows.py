"""Titles that a page begins with, as rows of the table below them, where no rules go down beside them."""

from collections.abc import Sequence
from dataclasses import replace

from chitieu.model import Box, Cell, Line
from extractors.grid import Grid, GridCell
from extractors.page_content import PageTable

# Lines of print are one to two of their heights apart; a running head stands further off.
MAX_DISTANCE_LINES = 1.6
# A title row of a ruled table open at its sides: nearer to the rule below it than any caption.
MAX_RULED_DISTANCE_LINES = 0.5


def with_title_rows(table: PageTable, lines: Sequence[Line]) -> PageTable:
    """A table with the lines that stand right above it, from its left edge on, as rows over its full width."""
    above = [line for line in lines if line.region.box.bottom <= table.grid.box.top + 2]
    for line in sorted(above, key=lambda one: -one.region.box.top):
        if not _is_title_row(line, table.grid):
            break
        table = _with_row(table, line)
    return table


def _is_title_row(line: Line, grid: Grid) -> bool:
    box = line.region.box
    reach = MAX_RULED_DISTANCE_LINES if grid.is_ruled else MAX_DISTANCE_LINES
    is_near = grid.box.top - box.bottom <= reach * (box.bottom - box.top)
    slack = box.bottom - box.top
    return is_near and grid.xs[0] - slack <= box.left <= grid.xs[1] + slack


def _with_row(table: PageTable, line: Line) -> PageTable:
    grid, count = table.grid, len(table.grid.xs) - 1
    box = Box(grid.xs[0], line.region.box.top, grid.xs[-1], grid.box.top)
    title = GridCell(0, 0, 1, count, box)
    moved = (title, *(replace(cell, row=cell.row + 1) for cell in grid.cells))
    outline = Box(box.left, box.top, box.right, grid.box.bottom)
    cell = Cell(0, 0, 1, count, (replace(line.region, box=box),), (line.reading,))
    return PageTable(
        replace(grid, box=outline, ys=(box.top, *grid.ys), cells=moved),
        (cell, *(replace(one, row=one.row + 1) for one in table.cells)),
        (None, *(table.brinks or (None,) * len(table.cells))),
    )
