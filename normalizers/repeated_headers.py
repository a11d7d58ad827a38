"""A header printed again on later pages reads the first one again: each of its cells is another reading."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from chitieu.model import Cell, Table
from normalizers.cells import Grid, place_cells, row_cells, text_of
from normalizers.codes import read_code
from normalizers.periods import find_period
from normalizers.text import match_key
from normalizers.years import is_usual

# Share of equal characters from which a body row is the header printed again (OCR errs in 3 of 100 characters); one
# that is divided like the header is it also where it was badly read once or twice.
SAME_HEADER_RATIO, SAME_DIVIDED_HEADER_RATIO = 0.85, 0.7
# Where rows are counted from here again, the header above them may be another table's, of other years.
FIRST_CODES = ("1", "I", "A")


def with_readings_of_repeats(table: Table, top: int, end: int) -> Table:
    """The table with what its header (rows `top` to `end`) reads where it is printed again behind its own readings.

    Where a cell's own reading has no year, and the others that have one agree, one of them goes first.
    """
    grid = place_cells(table)
    headers = [cell for cell in table.cells if top <= cell.row < end]
    repeats = [repeat for row in range(end, table.row_count) for repeat in _repeat(grid, table, headers, row - top)]
    again = {id(cell): tuple(r for of, other in repeats if of is cell for r in other.readings[:1]) for cell in headers}
    cells = [replace(cell, readings=cell.readings + again.get(id(cell), ())) for cell in table.cells]
    return replace(table, cells=tuple(_dated_first(cell) if top <= cell.row < end else cell for cell in cells))


def read_alike(first: str, second: str, least: float) -> bool:
    """Whether two keys have at least this share of their characters in common, in order."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    # Neither of the quick ones is ever below the ratio itself.
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def _repeat(grid: Grid, table: Table, headers: list[Cell], offset: int) -> Iterator[tuple[Cell, Cell]]:
    """The header's cells, each with the one that stands for it so many rows below; none where no header is there."""
    found = [(cell, grid.get((cell.row + offset, cell.col))) for cell in headers]
    pairs = [(cell, other) for cell, other in found if other and _are_alike(cell, other, offset)]
    if len(pairs) < len(headers):
        return
    first, again = (match_key(" ".join(text_of(cell) for cell in cells)) for cells in zip(*pairs, strict=True))
    bottom = max(cell.row + cell.row_span for cell in headers) + offset
    is_header = read_alike(first, again, SAME_DIVIDED_HEADER_RATIO)
    if is_header and not _counts_anew(row_cells(grid, bottom, table.col_count)):
        yield from pairs


def _are_alike(cell: Cell, other: Cell, offset: int) -> bool:
    places = [(one.row, one.col, one.row_span, one.col_span) for one in (cell, other)]
    return places[1] == (places[0][0] + offset, *places[0][1:])


def _counts_anew(cells: tuple[Cell, ...]) -> bool:
    return any(read_code(cell.text).text in FIRST_CODES for cell in cells if cell.text.strip())


def _dated_first(cell: Cell) -> Cell:
    """The cell with a reading first that has a year, where its own has none and those that have one agree.

    That of a repeat by the same reader, else that of another reader.
    """
    if not cell.readings or find_period(cell.readings[0].text):
        return cell
    first, others = cell.readings[0], cell.readings[1:]
    dated = [one for one in others if is_usual(find_period(one.text))]
    dated = [one for one in dated if one.engine == first.engine] or dated
    if len({find_period(one.text) for one in dated}) != 1:
        return cell
    best = max(dated, key=lambda reading: reading.confidence)
    return replace(cell, readings=(best, first, *(one for one in others if one is not best)))
