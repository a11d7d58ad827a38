"""The printed tables of a digital document, out of the tags that the browser writes into a PDF.

Tags name every cell with its spans and the marked content that shows it, page by page: a way to the truth that looks
at no rule and no place on the paper. The browser leaves out cells without content; which column a cell is in is said
by the header that it names.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pikepdf
from pikepdf import Dictionary, Object

from benchmarks.peers.model import Piece, Printed, bare

# A piece of marked content: number of its page (from 1) and its own number there.
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A cell of the whole table; its texts by page."""

    row: int
    col: int
    row_span: int
    col_span: int
    texts: dict[int, str]


def printed_tables(path: Path) -> list[Printed]:
    """All tables of a tagged document, cut as its pages cut them."""
    texts = _texts(path)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        tables = [_cells(node, numbers, texts) for node in _find(pdf.Root.StructTreeRoot, "/Table")]
    return [printed for cells in tables for printed in _by_page(cells)]


def _texts(path: Path) -> dict[Mark, str]:
    found: dict[Mark, str] = {}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                if char.get("mcid") is not None:
                    mark = (page.page_number, char["mcid"])
                    found[mark] = found.get(mark, "") + char["text"]
    return found


def _children(node: Object) -> list[Object | int]:
    if not isinstance(node, Dictionary) or "/K" not in node:
        return []
    kids = node["/K"]
    return list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]


def _find(node: Object | int, kind: str) -> Iterator[Object]:
    """The outermost elements of a kind."""
    if not isinstance(node, Dictionary):
        return
    if node.get("/S") == kind:
        yield node
        return
    for child in _children(node):
        yield from _find(child, kind)


def _cells(table: Object, numbers: dict[tuple[int, int], int], texts: dict[Mark, str]) -> list[_Tagged]:
    rows = [list(_found_cells(row)) for row in _find(table, "/TR")]
    columns: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(rows):
        for node in row:
            traits = _traits(node)
            row_span, col_span = int(traits.get("/RowSpan", 1)), int(traits.get("/ColSpan", 1))
            free = next(col for col in range(1000) if (number, col) not in taken)
            col = _named_column(traits, columns, free)
            if "/ID" in node:
                columns[bytes(node["/ID"]).decode()] = col
            taken |= {(number + down, col + right) for down in range(row_span) for right in range(col_span)}
            cells.append(_Tagged(number, col, row_span, col_span, _shown(node, numbers, texts)))
    return cells


def _found_cells(row: Object) -> Iterator[Object]:
    yield from (cell for cell in _children(row) if isinstance(cell, Dictionary) and cell.get("/S") in ("/TH", "/TD"))


def _traits(node: Object) -> dict[str, Object]:
    given = node.get("/A", pikepdf.Array())
    return {
        key: value for part in (given if isinstance(given, pikepdf.Array) else [given]) for key, value in part.items()
    }


def _named_column(traits: dict[str, Object], columns: dict[str, int], free: int) -> int:
    """The column of the last header that a cell names; of a header cell the first free one."""
    named = [columns[name] for name in map(_name, traits.get("/Headers", ())) if name in columns]
    return max(named) if named else free


def _name(value: Object) -> str:
    return bytes(value).decode()


def _shown(node: Object, numbers: dict[tuple[int, int], int], texts: dict[Mark, str]) -> dict[int, str]:
    shown: dict[int, str] = {}
    for page, mark in _marks(node, numbers, 0):
        shown[page] = shown.get(page, "") + texts.get((page, mark), "")
    return shown


def _marks(node: Object, numbers: dict[tuple[int, int], int], page: int) -> Iterator[Mark]:
    page = numbers[node["/Pg"].objgen] if "/Pg" in node else page
    for child in _children(node):
        if not isinstance(child, Dictionary):
            yield page, int(child)
        elif child.get("/Type") == "/MCR":
            yield (numbers[child["/Pg"].objgen] if "/Pg" in child else page), int(child["/MCID"])
        else:
            yield from _marks(child, numbers, page)


def _by_page(cells: list[_Tagged]) -> Iterator[Printed]:
    for page in sorted({page for cell in cells for page, text in cell.texts.items() if text.strip()}):
        rows = sorted({cell.row for cell in cells if bare(cell.texts.get(page)) and cell.row_span == 1})
        rows = sorted({*rows, *(cell.row for cell in cells if bare(cell.texts.get(page)) and not _reaches(cell, rows))})
        width = max(cell.col + cell.col_span for cell in cells)
        yield Printed(page, _filled([p for cell in cells for p in _piece(cell, page, rows)], len(rows), width))


def _reaches(cell: _Tagged, rows: list[int]) -> bool:
    return any(cell.row <= row < cell.row + cell.row_span for row in rows)


def _piece(cell: _Tagged, page: int, rows: list[int]) -> Iterator[Piece]:
    """What of a cell is on a page: the rows that it covers there; nothing where none is."""
    covered = [place for place, row in enumerate(rows) if cell.row <= row < cell.row + cell.row_span]
    if covered:
        text = unicodedata.normalize("NFC", bare(cell.texts.get(page)))
        yield Piece(covered[0], cell.col, len(covered), cell.col_span, text)


def _filled(pieces: list[Piece], height: int, width: int) -> tuple[Piece, ...]:
    """The cells with blank ones where the browser named none."""
    taken = {(p.row + r, p.col + c) for p in pieces for r in range(p.row_span) for c in range(p.col_span)}
    blank = [Piece(r, c, 1, 1, "") for r in range(height) for c in range(width) if (r, c) not in taken]
    return tuple(sorted([*pieces, *blank], key=lambda piece: (piece.row, piece.col)))
