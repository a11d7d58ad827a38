"""What a page begins with above a table that goes on there without rules beside it: titles, the rest of a cut row."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise, takewhile

from chitieu.model import Box, Cell, Line
from extractors.grid import Grid, GridCell
from extractors.page_content import PageTable, as_cell
from extractors.sewing import one_reading

# Lines of print are one to two of their heights apart; a running head stands further off.
MAX_DISTANCE_LINES = 1.6
# What begins with a small letter goes on with a text, be the rows set wide apart: no title and no caption does.
MAX_SMALL_DISTANCE_LINES = 2.5
# A title row of a ruled table open at its sides: nearer to the rule below it than any caption.
MAX_RULED_DISTANCE_LINES = 0.5
# Print may reach over the edge of its column by this: edges stand anywhere in the white.
OVER_PT = 3.0


def with_title_rows(table: PageTable, lines: Sequence[Line], left: float) -> PageTable:
    """A table with the lines that stand right above it, from its left edge on, as rows over its full width.

    `left`: that edge on the page before, in points; numbers set in the middle of a column do not reach it.
    """
    above = [line for line in lines if line.region.box.bottom <= table.grid.box.top + 2]
    above.sort(key=lambda one: -one.region.box.top)
    titles = list(takewhile(lambda line: _begins_above(line, above, table.grid, left), above))
    for line in titles:
        if not _is_title_row(line, table.grid, left):
            break
        table = _with_row(table, line.region.box.top, [(0, len(table.grid.xs) - 1, [line])])
    return table


def _begins_above(line: Line, above: Sequence[Line], grid: Grid, left: float) -> bool:
    """Whether a line may be of a title: not where it goes on with a text that does not begin on this page."""
    if not _begins_small(line) or _column_of(line.region.box, grid) in (None, 0):
        return True
    before = next((one for one in above if one.region.box.bottom <= line.region.box.top + 2), None)
    return before is not None and _is_near(before, line.region.box.top) and _stands_left(before, grid, left)


def _is_title_row(line: Line, grid: Grid, left: float) -> bool:
    reach = MAX_RULED_DISTANCE_LINES if grid.is_ruled else MAX_DISTANCE_LINES
    return _is_near(line, grid.box.top, reach) and _stands_left(line, grid, left)


def _is_near(line: Line, top: float, reach: float = MAX_DISTANCE_LINES) -> bool:
    box = line.region.box
    return top - box.bottom <= reach * (box.bottom - box.top)


def _stands_left(line: Line, grid: Grid, left: float) -> bool:
    box = line.region.box
    slack = box.bottom - box.top
    return min(left, grid.xs[0]) - slack <= box.left <= grid.xs[1] + slack


def _begins_small(line: Line) -> bool:
    return line.text[:1].islower()


def with_cut_row(table: PageTable, lines: Sequence[Line]) -> PageTable:
    """A table without rules down, with the lines right above it that stand in single columns of it as a row.

    A rule across ends that row, and seemed to be the table's first. What has a colon tells of what follows; digits
    alone number the page.
    """
    grid = table.grid
    columns: list[list[Line]] = [[] for _ in grid.xs[1:]]
    top = grid.box.top
    above = [line for line in lines if line.region.box.bottom <= top + 2]
    for line in sorted(above, key=lambda one: -one.region.box.top):
        box = line.region.box
        column = _column_of(box, grid)
        reach = MAX_SMALL_DISTANCE_LINES if _begins_small(line) else MAX_DISTANCE_LINES
        if column is None or not _is_near(line, top, reach) or line.text.isdecimal():
            break
        columns[column].insert(0, line)
        top = min(top, box.top)
    texts = [line.text for column in columns for line in column]
    if not texts or grid.is_ruled or columns[0] or any(":" in text for text in texts):
        return table
    return _with_row(table, top, [(col, 1, column) for col, column in enumerate(columns)])


def _column_of(box: Box, grid: Grid) -> int | None:
    edges = enumerate(pairwise(grid.xs))
    return next((i for i, (left, right) in edges if left - OVER_PT <= box.left and box.right <= right + OVER_PT), None)


def _with_row(table: PageTable, top: float, entries: Sequence[tuple[int, int, Sequence[Line]]]) -> PageTable:
    """The table with a row above its first: for each entry its column, the columns that it covers, its lines."""
    grid = table.grid
    boxes = [Box(grid.xs[col], top, grid.xs[col + span], grid.box.top) for col, span, _ in entries]
    frames = [GridCell(0, col, 1, span, box) for (col, span, _), box in zip(entries, boxes, strict=True)]
    page = next(line.region.page for _, _, found in entries for line in found)
    cells = [_cell_of(frame, found, page) for frame, (_, _, found) in zip(frames, entries, strict=True)]
    return PageTable(
        replace(
            grid,
            box=Box(grid.xs[0], top, grid.xs[-1], grid.box.bottom),
            ys=(top, *grid.ys),
            cells=(*frames, *(replace(cell, row=cell.row + 1) for cell in grid.cells)),
        ),
        (*cells, *(replace(one, row=one.row + 1) for one in table.cells)),
        (*(None for _ in cells), *(table.brinks or (None,) * len(table.cells))),
    )


def _cell_of(frame: GridCell, lines: Sequence[Line], page: int) -> Cell:
    readings = (reduce(one_reading, [line.reading for line in lines]),) if lines else ()
    return as_cell(page, frame, readings, 1.0)
