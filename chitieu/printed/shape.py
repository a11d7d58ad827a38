"""What a printed table is made of: its pages, its place, its rows, the text of its cells."""

import re
import unicodedata
from collections.abc import Iterable

from chitieu.model import Box, Cell, Region, Table

# A cell that was read less surely, or of whose ink more stayed unread, is shown as doubtful.
SURE_CONFIDENCE, SURE_QUALITY = 0.9, 0.97

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def clean_text(cell: Cell) -> str:
    r"""The text as read, NFC, its white space tidied: a line that was begun on purpose stays a line.

    >>> from chitieu.model import Reading, Run
    >>> clean_text(Cell(0, 0, 1, 1, (), (Reading((Run(" a \t b \n\n c"),), "reader", 1.0),)))
    'a b\nc'
    """
    text = unicodedata.normalize("NFC", cell.text).encode("utf-8", "replace").decode("utf-8")
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def rows_of(table: Table) -> list[list[str]]:
    """The texts by row and column; a cell that spans several places has its text in the first of them."""
    rows = [[""] * table.col_count for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row][cell.col] = clean_text(cell)
    return rows


def pages_of(table: Table) -> list[int]:
    """The pages that the table stands on, in order."""
    return sorted({region.page for cell in table.cells for region in cell.regions})


def box_of(table: Table) -> Box:
    """Where the table stands on its first page."""
    first = pages_of(table)[0]
    return around(region for cell in table.cells for region in cell.regions if region.page == first)


def around(regions: Iterable[Region]) -> Box:
    """The smallest box that holds all regions."""
    boxes = [region.box for region in regions]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def confidence_of(cell: Cell) -> float:
    """0..1: the reader's, of its least certain character; not more than the share of the cell's ink that was read."""
    read = cell.readings[0].confidence if cell.readings else 1.0
    return round(min(read, cell.quality), 3)


def is_doubtful(cell: Cell) -> bool:
    """Whether a person should look at the cell."""
    read = cell.readings[0].confidence if cell.readings else 1.0
    return read < SURE_CONFIDENCE or cell.quality < SURE_QUALITY


def page_range(pages: list[int]) -> str:
    """Pages as people write them.

    >>> page_range([3]), page_range([3, 4, 5])
    ('3', '3–5')
    """
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
