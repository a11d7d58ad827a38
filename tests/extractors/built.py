"""Pages with tables as the extractors would have read them, built by hand; and the samples read once."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from chitieu.model import Box, Cell, Line, Reading, Region, Run, Table
from extractors.brinks import Brink
from extractors.grid import Grid, GridCell
from extractors.page_content import PageContent, PageTable
from extractors.pages import read_page
from extractors.pdf import describe_page, open_pdf
from extractors.reading import READER
from extractors.tables import join_tables
from tests.extractors.drawing import facts

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
XS = (50.0, 90.0, 250.0, 320.0, 400.0, 500.0)
HEADER = ("STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì")
Row = Sequence[str | tuple[str, int] | tuple[str, int, int] | None]
Brinks = dict[tuple[int, int], Brink]


def reading(text: str, engine: str = READER, confidence: float = 0.99) -> Reading:
    return Reading((Run(text),), engine, confidence)


def page(
    number: int,
    *rows: Row,
    head: Sequence[str] = (),
    xs: tuple[float, ...] = XS,
    is_open_above: bool = False,
    is_open_below: bool = False,
    brinks: Brinks | None = None,
    top: float = 100.0,
    is_ruled: bool = True,
) -> PageContent:
    """A page with one table: a row is its texts, (text, columns[, rows]) for a cell that spans some, None for a column
    that a cell from above covers; `head` stands above the table, `brinks` are those of cells by row and column.
    """
    ys = tuple(top + 20 * i for i in range(len(rows) + 1))
    cells = tuple(cell for index, row in enumerate(rows) for cell in _cells(number, index, row, xs, ys))
    placed = tuple(GridCell(c.row, c.col, c.row_span, c.col_span, c.regions[0].box) for c in cells)
    grid = Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, placed, is_open_above, is_open_below, is_ruled)
    measured = tuple((brinks or {}).get((c.row, c.col)) for c in cells)
    return PageContent(facts(number), (PageTable(grid, cells, measured),), above(number, *head), None)


def above(number: int, *texts: str) -> tuple[Line, ...]:
    boxes = (Box(60, 20.0 + 15 * i, 300, 30.0 + 15 * i) for i in range(len(texts)))
    return tuple(Line(Region(number, box), reading(text)) for box, text in zip(boxes, texts, strict=True))


def _cells(number: int, row: int, texts: Row, xs: tuple[float, ...], ys: tuple[float, ...]) -> list[Cell]:
    cells, col = [], 0
    for entry in texts:
        if entry is None:
            col += 1
            continue
        text, span, height = (entry, 1, 1) if isinstance(entry, str) else (*entry, 1)[:3]
        box = Box(xs[col], ys[row], xs[col + span], ys[row + height])
        cells.append(Cell(row, col, height, span, (Region(number, box),), (reading(text),) if text else ()))
        col += span
    return cells


def texts(table: Table) -> list[list[str]]:
    """The texts of a table row by row."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


@cache
def read_sample(name: str) -> tuple[PageContent, ...]:
    """All pages of a sample, `digital/cao-bang-1139`."""
    with open_pdf(SAMPLES / f"{name}.pdf") as pdf:
        numbers = range(1, pdf.page_count + 1)
        return tuple(read_page(pdf, describe_page(pdf, number), wants_prose=number == 1) for number in numbers)


@cache
def sample_table(name: str) -> Table:
    (table,) = join_tables("abc", read_sample(name))
    return table


def is_tiled(table: Table) -> bool:
    """Whether every place of a table belongs to exactly one cell."""
    places = [
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    return len(places) == len(set(places)) == table.row_count * table.col_count
