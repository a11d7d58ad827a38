"""What was read on a page: its tables with read cells, and the lines outside them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from chitieu.model import Box, Cell, Line, Reading, Region
from extractors.brinks import Brink, Placed
from extractors.grid import Grid, GridCell
from extractors.image import PageImage
from extractors.lines import LineImage
from extractors.pdf import PageFacts
from extractors.pose import Pose
from extractors.rests import Print

# At most this of a cell counts as read where print runs over its border.
CUT_QUALITY = 0.5


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table on one page; rows and columns count from 0 on this page. `brinks` are those of its cells."""

    grid: Grid
    cells: tuple[Cell, ...]
    brinks: tuple[Brink | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that was read on a page; `image` is kept for a second reading (None on born-digital pages).

    Boxes are those of the page set upright and level; `pose` leads back to the page as it is displayed (None where
    that is the same). `strays` are the places of print that belongs to no single cell of a table, nor to the lines
    outside; `lost` those of them that are set as a table's print is: rows and columns whose rules were lost.
    `written`: where figures outside the tables were filled in by hand. `letters`: how much print of letters' size the
    part of the page shows that was read (0 where the words were there). `printed`: what a second look at it needs.
    """

    facts: PageFacts
    tables: tuple[PageTable, ...]
    lines: tuple[Line, ...]
    image: PageImage | None
    pose: Pose | None = None
    strays: tuple[Box, ...] = ()
    lost: tuple[Box, ...] = ()
    written: tuple[Box, ...] = ()
    letters: int = 0
    printed: Print | None = None

    @property
    def char_count(self) -> int:
        """How many characters were read on the page."""
        texts = [*(cell.text for table in self.tables for cell in table.cells), *(line.text for line in self.lines)]
        return sum(len("".join(text.split())) for text in texts)


def doubted(tables: Sequence[PageTable]) -> tuple[Box, ...]:
    """Cells that print runs out of."""
    return tuple(cell.regions[0].box for one in tables for cell in one.cells if cell.quality <= CUT_QUALITY)


def with_doubted(table: PageTable, doubted_cells: Collection[int]) -> PageTable:
    """The table with these cells, by their place in its grid, as ones that print runs out of."""
    cells = [
        replace(cell, quality=min(cell.quality, CUT_QUALITY)) if index in doubted_cells else cell
        for index, cell in enumerate(table.cells)
    ]
    return replace(table, cells=tuple(cells))


def text_widths(table: Grid, placed: Sequence[Sequence[Placed | LineImage]]) -> dict[tuple[int, int], float]:
    """Width that text has in each column (and span of columns): its widest line."""
    widths: dict[tuple[int, int], float] = {}
    for cell, lines_ in zip(table.cells, placed, strict=True):
        key = cell.col, cell.col_span
        widest = max((line.right - line.left for line in lines_), default=0.0)
        widths[key] = max(widths.get(key, 0.0), widest)
    return widths


def as_cell(page: int, cell: GridCell, readings: tuple[Reading, ...], quality: float) -> Cell:
    region = Region(page, cell.box)
    return Cell(cell.row, cell.col, cell.row_span, cell.col_span, (region,), readings, quality)
