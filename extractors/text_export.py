"""Text files of other OCR systems → pages with tables and lines, as a PDF would give them.

Tables are lines with tabs between their cells, or Markdown's `| a | b |`. Such files come in pieces: after every page
of the original the header stands again. Each piece is a page here. Boxes are in lines of the file: a cell of line 12
and the third column is `Box(2, 12, 3, 13)`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chitieu.errors import Damaged
from chitieu.model import Box, Cell, Line, PageKind, Reading, Region, Run, Table
from extractors.grid import Grid, GridCell
from extractors.page_content import PageContent, PageTable, as_cell
from extractors.pdf import PageFacts
from extractors.reading import TEXT_EXPORT

# Joining measures in points: a column of the file is taken for so wide, a line for so high.
COLUMN_PT, LINE_PT = 100.0, 14.0
# The reader of the original is unknown and says nothing of its doubts.
CONFIDENCE = 0.98

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_MATHS = re.compile(r"\$\s*([^$\n]{1,60}?)\s*\$")
_COMMANDS = {
    r"\geqslant": "≥", r"\leqslant": "≤", r"\geq": "≥", r"\leq": "≤", r"\ge": "≥", r"\le": "≤", r"\%": "%", r"\&": "&",
    r"\times": "x", r"\sim": "~", r"\approx": "~", r"\pm": "±",
}  # fmt: skip
_COMMAND = re.compile("|".join(re.escape(name) + ("" if name[-1] in "%&" else r"(?![a-z])") for name in _COMMANDS))
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|&%$<>~-])")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


# The two halves above a decision, saved as a table.
HEAD_COLUMNS, MAX_HEAD_ROWS = 2, 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the file, counted from 1; `cells` has one text where it is no row of a table."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_tabular(self) -> bool:
        return len(self.cells) > 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """A table and the lines above it; the last piece may have no table."""

    lines: tuple[_Row, ...]
    table: tuple[_Row, ...]


def read_export(path: Path) -> tuple[PageContent, ...]:
    """The pieces of a text export. Raises Damaged where it is no text or has no table."""
    rows = [_row(number, line) for number, line in enumerate(read_text(path).split("\n"), start=1)]
    pieces = _pieces([row for row in rows if row.cells])
    pages = tuple(_page(number, piece) for number, piece in enumerate(pieces, start=1))
    if not any(page.tables for page in pages):
        raise Damaged(f"{path.name}: no table in the text")
    return pages


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 or, with a mark of its order, UTF-16. Raises Damaged."""
    data = path.read_bytes()
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Damaged(f"{path.name}: neither UTF-8 nor UTF-16") from error


def in_file(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with their cells placed in lines of the file, not in points."""

    def placed(region: Region) -> Region:
        box = region.box
        across, down = (box.left / COLUMN_PT, box.right / COLUMN_PT), (box.top / LINE_PT, box.bottom / LINE_PT)
        return replace(region, box=Box(across[0], down[0], across[1], down[1]))

    def of_cell(cell: Cell) -> Cell:
        return replace(cell, regions=tuple(map(placed, cell.regions)))

    return tuple(replace(table, cells=tuple(map(of_cell, table.cells))) for table in tables)


def _row(number: int, line: str) -> _Row:
    """The cells of a line, without the marks that are not print; empty of the rule below a Markdown header."""
    if "\t" in line:
        return _Row(number, tuple(_printed(part) for part in line.split("\t")))
    inner = line.strip()
    if inner.startswith("|") and inner.count("|") > 2:
        if _RULE.fullmatch(inner):
            return _Row(number, ())
        parts = re.split(r"(?<!\\)\|", inner.removeprefix("|").removesuffix("|"))
        return _Row(number, tuple(_printed(part.replace("\\|", "|")) for part in parts))
    return _Row(number, (_printed(line),))


def _printed(text: str) -> str:
    r"""The text without marks of Markdown and TeX: `**1139**` is printed bold, `$> 0,623$` is a number.

    >>> _printed(r"**1139/QĐ-UBND** *Fax*"), _printed(r"$\geq 80\%$")
    ('1139/QĐ-UBND Fax', '≥ 80%')
    """
    plain = _EMPHASIS.sub(r"\2", _HEADING.sub("", _BREAK.sub("\n", text)))
    plain = _MATHS.sub(lambda match: _without_commands(match[1]), plain)
    return _ESCAPED.sub(r"\1", plain).strip()


def _without_commands(maths: str) -> str:
    return _COMMAND.sub(lambda match: _COMMANDS[match[0]], maths).replace("{", "").replace("}", "").replace("\\", "")


def _pieces(rows: Sequence[_Row]) -> Iterator[_Piece]:
    """Each table with the lines above it; where its first row comes again the next piece begins."""
    lines: list[_Row] = []
    table: list[_Row] = []
    for row, is_part in zip(rows, _is_part(rows), strict=True):
        if table and (not is_part or row.cells == table[0].cells):
            yield _Piece(tuple(lines), tuple(table))
            lines, table = [], []
        (table if is_part else lines).append(row)
    yield _Piece(tuple(lines), tuple(table))


def _is_part(rows: Sequence[_Row]) -> Iterator[bool]:
    """Which lines are of a table: those with cells, and a line of text between two of them."""
    bounds = (None, *rows, None)
    for before, row, after in zip(bounds, rows, bounds[2:], strict=False):
        is_between = before and after and before.is_tabular and after.is_tabular and row.cells != ("",)
        yield row.is_tabular or bool(is_between)


def _page(number: int, piece: _Piece) -> PageContent:
    count = _column_count(piece.table)
    is_head = number == 1 and not piece.lines and count <= HEAD_COLUMNS and len(piece.table) <= MAX_HEAD_ROWS
    lines = piece.lines + (piece.table if is_head else ())
    tables = (_table(number, piece.table, count),) if piece.table and not is_head else ()
    height = max((row.number + 1 for row in (*piece.lines, *piece.table)), default=1) * LINE_PT
    facts = PageFacts(number, max(count, 1) * COLUMN_PT, height, PageKind.DIGITAL, 0.0)
    return PageContent(facts, tables, tuple(line for row in lines for line in _lines(number, row)), None)


def _column_count(table: Sequence[_Row]) -> int:
    """How many columns have a text in them: some programs end every line with a tab."""
    return max((index + 1 for row in table for index, text in enumerate(row.cells) if text), default=0)


def _lines(page: int, row: _Row) -> Iterator[Line]:
    """What stands on a line outside the tables; the halves of a head beside each other."""
    for column, text in enumerate(row.cells):
        if text:
            yield Line(Region(page, _box(row.number, column, 1)), _reading(text))


def _table(page: int, rows: Sequence[_Row], count: int) -> PageTable:
    placed = [(row, column) for row in range(len(rows)) for column in range(count if rows[row].is_tabular else 1)]
    cells = tuple(
        GridCell(row, column, 1, span, _box(rows[row].number, column, span))
        for row, column in placed
        for span in (1 if rows[row].is_tabular else count,)
    )
    texts = (rows[row].cells[column] if column < len(rows[row].cells) else "" for row, column in placed)
    tops = (*(row.number * LINE_PT for row in rows), (rows[-1].number + 1) * LINE_PT)
    edges = tuple(COLUMN_PT * index for index in range(count + 1))
    grid = Grid(
        Box(edges[0], tops[0], edges[-1], tops[-1]), edges, tops, cells, is_open_above=False, is_open_below=False
    )
    read = tuple(as_cell(page, cell, _readings(text), 1.0) for cell, text in zip(cells, texts, strict=True))
    return PageTable(grid, read)


def _box(number: int, column: int, span: int) -> Box:
    left, top = column * COLUMN_PT, number * LINE_PT
    return Box(left, top, left + span * COLUMN_PT, top + LINE_PT)


def _readings(text: str) -> tuple[Reading, ...]:
    return (_reading(text),) if text else ()


def _reading(text: str) -> Reading:
    return Reading((Run(text),), TEXT_EXPORT, CONFIDENCE)
