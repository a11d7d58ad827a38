"""Run one tool over one document and print what it found as JSON: run by the Python that has the tool.

usage: python -m benchmarks.peers.tools TOOL FILE

Imports are not counted as its CPU time, its child processes are.
"""

import importlib
import json
import logging
import resource
import sys
import warnings
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.model import Piece, Printed, bare

if TYPE_CHECKING:
    from camelot.core import Table as CamelotTable
    from pdfplumber.table import Table as PlumberTable

Bounds = tuple[float, float, float, float]
# Edges nearer than this, in points, are one line of a grid.
SAME_EDGE_PT = 1.0


def read_by_chitieu(path: Path) -> list[Printed]:
    """Read by this project, page by page, before anything is joined."""
    from extractors.pages import read_page
    from extractors.pdf import describe_page, open_pdf

    with open_pdf(path) as pdf:
        contents = [
            read_page(pdf, describe_page(pdf, number), wants_prose=False) for number in range(1, pdf.page_count + 1)
        ]
    return [
        Printed(
            page.facts.number,
            tuple(Piece(c.row, c.col, c.row_span, c.col_span, bare(c.text)) for c in table.cells),
        )
        for page in contents
        for table in page.tables
    ]


def read_by_camelot(path: Path, flavor: str) -> list[Printed]:
    """Read by camelot; cells that no line parts are one."""
    import camelot

    return [Printed(table.page, _camelot_pieces(table)) for table in camelot.read_pdf(str(path), "all", flavor=flavor)]


def _camelot_pieces(table: "CamelotTable") -> tuple[Piece, ...]:
    grid = table.cells
    names: list[list[Hashable]] = [[(row, col) for col in range(len(line))] for row, line in enumerate(grid)]
    for row, line in enumerate(grid):
        for col, cell in enumerate(line):
            if col and not cell.left and not line[col - 1].right:
                names[row][col] = names[row][col - 1]
            elif row and not cell.top and not grid[row - 1][col].bottom:
                names[row][col] = names[row - 1][col]
    texts = {(row, col): cell.text for row, line in enumerate(grid) for col, cell in enumerate(line)}
    return _pieces_of(names, texts)


def _pieces_of(names: list[list[Hashable]], texts: dict[tuple[int, int], str]) -> tuple[Piece, ...]:
    """Cells out of a grid in which the places of one cell have one name; their texts put together."""
    found: dict[Hashable, list[tuple[int, int]]] = {}
    for row, line in enumerate(names):
        for col, name in enumerate(line):
            found.setdefault(name, []).append((row, col))
    pieces = []
    for held in found.values():
        (top, left), (bottom, right) = min(held), max(held)
        text = bare("".join(dict.fromkeys(texts.get(place, "") for place in held)))
        pieces.append(Piece(top, left, bottom - top + 1, right - left + 1, text))
    return tuple(pieces)


def read_by_pdfplumber(path: Path, settings: dict[str, str]) -> list[Printed]:
    """Read by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [
            Printed(page.page_number, _plumber_pieces(table))
            for page in pdf.pages
            for table in page.find_tables(settings)
        ]


def _plumber_pieces(table: "PlumberTable") -> tuple[Piece, ...]:
    cells = [
        (bounds, bare(text))
        for row, texts in zip(table.rows, table.extract(), strict=True)
        for bounds, text in zip(row.cells, texts, strict=True)
        if bounds
    ]
    xs = _edges(x for bounds, _ in cells for x in (bounds[0], bounds[2]))
    ys = _edges(y for bounds, _ in cells for y in (bounds[1], bounds[3]))
    return tuple(_placed(bounds, text, xs, ys) for bounds, text in cells)


def _placed(bounds: Bounds, text: str, xs: list[float], ys: list[float]) -> Piece:
    left, top, right, bottom = (_nearest(value, (xs, ys)[place % 2]) for place, value in enumerate(bounds))
    return Piece(top, left, max(1, bottom - top), max(1, right - left), text)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE_PT:
            edges.append(value)
    return edges


def _nearest(value: float, edges: list[float]) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))


def read_by_img2table(path: Path, *, borderless: bool) -> list[Printed]:
    """Read by img2table: the text layer where there is one, else tesseract with the Vietnamese model."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    found = PDF(path).extract_tables(ocr=TesseractOCR(lang="vie"), borderless_tables=borderless)
    return [Printed(page + 1, _img2table_pieces(table.content)) for page, tables in found.items() for table in tables]


def _img2table_pieces(content: "dict[int, list[object]]") -> tuple[Piece, ...]:
    lines = list(content.values())
    names: list[list[Hashable]] = [[str(cell.bbox) for cell in line] for line in lines]  # type: ignore[attr-defined]
    texts = {
        (row, col): bare(cell.value)  # type: ignore[attr-defined]
        for row, line in enumerate(lines)
        for col, cell in enumerate(line)
    }
    return _pieces_of(names, texts)


TOOLS: dict[str, Callable[[Path], list[Printed]]] = {
    "chitieu": read_by_chitieu,
    "camelot lattice": lambda path: read_by_camelot(path, "lattice"),
    "camelot stream": lambda path: read_by_camelot(path, "stream"),
    "pdfplumber": lambda path: read_by_pdfplumber(path, {}),
    "pdfplumber text": lambda path: read_by_pdfplumber(
        path, {"vertical_strategy": "text", "horizontal_strategy": "text"}
    ),
    "img2table": lambda path: read_by_img2table(path, borderless=False),
    "img2table borderless": lambda path: read_by_img2table(path, borderless=True),
}


# Settings for tables without rules.
FOR_UNRULED = ("camelot stream", "pdfplumber text", "img2table borderless")
# What a tool needs in memory before its time is taken.
PACKAGES = {
    "chitieu": "extractors.pages", "camelot": "camelot", "pdfplumber": "pdfplumber", "img2table": "img2table.document",
}  # fmt: skip


def main() -> None:
    """Read the file named on the command line; an exception of the tool ends this process with its trace."""
    tool, path = sys.argv[1], Path(sys.argv[2])
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    importlib.import_module(PACKAGES[tool.split()[0]])
    before = sum(_cpu_seconds())
    found = TOOLS[tool](path)
    spent = sum(_cpu_seconds()) - before
    json.dump({"cpu_seconds": spent, "tables": [asdict(table) for table in found]}, sys.stdout)


def _cpu_seconds() -> Iterator[float]:
    for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(whose)
        yield usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
