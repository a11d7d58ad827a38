"""Tables of single pages → tables of the document: joined over pages, repeated headers dropped, cut rows sewn."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from chitieu.model import Cell, Reading, Run, Table
from extractors.grid import Grid
from extractors.pages import PageContent, PageTable

# Column edges of one table on two pages differ by less, shift of the page apart.
SAME_COLUMN_PT = 7.0
# Edges that no rule marks: by less than this share of the narrowest column.
UNRULED_SLACK_SHARE = 0.8
# Alike enough to be the same header line read twice from a bad scan.
SAME_HEADER_SCORE = 70.0
# More print than this between two pages' tables is a caption of its own: a page number or a running head is less.
MAX_RUNNING_HEAD_CHARS = 12
_DIGITS, _ROMAN = re.compile(r"\d+"), re.compile(r"[IVXLC]+")
# Column 0 numbers the rows where this share of its cells is filled.
MIN_NUMBERED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class _Part:
    """The piece of a table on one page."""

    page: int
    table: PageTable

    @property
    def rows(self) -> list[list[Cell]]:
        """Cells by the row in which they start."""
        rows: list[list[Cell]] = [[] for _ in range(len(self.table.grid.ys) - 1)]
        for cell in self.table.cells:
            rows[cell.row].append(cell)
        return rows


def join_tables(document_id: str, pages: Sequence[PageContent]) -> tuple[Table, ...]:
    """All tables of a document in printed order."""
    groups = _groups(pages)
    return tuple(_joined(document_id, index, group) for index, group in enumerate(groups))


def _groups(pages: Sequence[PageContent]) -> list[list[_Part]]:
    """Parts that are one table over consecutive pages."""
    groups: list[list[_Part]] = []
    for page in pages:
        written = [table for table in page.tables if not _is_blank(table)]
        for position, table in enumerate(written):
            part = _Part(page.facts.number, table)
            if position == 0 and groups and _continues(groups[-1][-1], part, page):
                groups[-1].append(part)
            else:
                groups.append([part])
    return groups


def _is_blank(table: PageTable) -> bool:
    """A frame with nothing in it: the strip that is left of a row which begins overleaf."""
    return all(not cell.readings and cell.quality == 1 for cell in table.cells)


def _continues(before: _Part, part: _Part, page: PageContent) -> bool:
    """Does a page's first table go on with the last one of the page before: same columns, no caption of its own?"""
    if before.page + 1 != part.page:
        return False
    head = sum(len(line.text) for line in page.lines if line.region.box.bottom <= part.table.grid.box.top + 2)
    return head <= MAX_RUNNING_HEAD_CHARS and _same_columns(before.table.grid, part.table.grid)


def _same_columns(before: Grid, after: Grid) -> bool:
    first, second = before.xs, after.xs
    if len(first) != len(second):
        return False
    if before.is_ruled and after.is_ruled:
        shift = second[0] - first[0]
        return all(abs(b - a - shift) < SAME_COLUMN_PT for a, b in zip(first, second, strict=True))
    # Edges in the middle of the white move with the longest texts of a page, by less than half a column.
    slack = min(b - a for xs in (first, second) for a, b in pairwise(xs)) * UNRULED_SLACK_SHARE
    return all(abs(b - a) < max(slack, SAME_COLUMN_PT) for a, b in zip(first[1:-1], second[1:-1], strict=True))


def _joined(document_id: str, index: int, parts: list[_Part]) -> Table:
    rows = parts[0].rows
    doubtful: list[int] = []
    for before, part in pairwise(parts):
        fresh = part.rows[_repeated_header(parts[0].rows, part.rows) :]
        rows, doubt = _appended(rows, fresh, is_open=before.table.grid.is_open_below or part.table.grid.is_open_above)
        doubtful += doubt
    cells = tuple(_numbered(rows))
    return Table(document_id, index, cells, tuple(doubtful))


def _repeated_header(first: list[list[Cell]], rows: list[list[Cell]]) -> int:
    """How many rows at the top of a later part repeat those at the top of the table."""
    count = 0
    for own, other in zip(rows, first, strict=False):
        if not _is_same_header(own, other):
            break
        count += 1
    # A table that repeats all of a page's rows is a copy, not a header.
    return count if count < len(rows) else 0


def _is_same_header(row: list[Cell], other: list[Cell]) -> bool:
    """Alike, and with the same numbers in it: `I … 2030` and `II … 2045` are two sections, not one header."""
    text, other_text = _row_text(row), _row_text(other)
    is_alike = bool(text) and fuzz.ratio(text, other_text) >= SAME_HEADER_SCORE
    is_numbered = any(_ROMAN.fullmatch(_code(one)) for one in (row, other))
    return is_alike and not is_numbered and _DIGITS.findall(text) == _DIGITS.findall(other_text)


def _row_text(row: list[Cell]) -> str:
    return " ".join(cell.text for cell in row).casefold().strip()


def _appended(rows: list[list[Cell]], fresh: list[list[Cell]], *, is_open: bool) -> tuple[list[list[Cell]], list[int]]:
    """The rows with a page's fresh rows behind them, the cut row sewn; numbers of rows whose sewing is doubtful."""
    if not fresh:
        return rows, []
    verdict = _is_continuation(rows, fresh[0], is_open=is_open)
    if verdict is None:
        return [*rows, *fresh], [len(rows)]
    if not verdict:
        return [*rows, *fresh], []
    return [*rows[:-1], _sewn(rows[-1], fresh[0]), *fresh[1:]], []


def _is_continuation(rows: list[list[Cell]], first: list[Cell], *, is_open: bool) -> bool | None:
    """Is a page's first row the rest of the row before? None where the signs contradict each other."""
    last = rows[-1]
    if _shape(last) != _shape(first):
        return None if is_open else False
    code_before, code = _code(last), _code(first)
    filled = sum(bool(cell.text.strip()) for cell in first)
    if is_open:
        # Open rows go on, unless the page's end merely lacks its rule: then a number of its own begins the next.
        return not code or not code_before or code == code_before
    if code and code == code_before:
        return True
    if code or not filled or not _is_numbered(rows):
        return False
    # No number in a numbered table, and not all columns filled: the rest of a row that was ruled off at the page's end.
    return True if filled < len(first) - 1 else None


def _shape(row: list[Cell]) -> list[tuple[int, int]]:
    return [(cell.col, cell.col_span) for cell in row]


def _code(row: list[Cell]) -> str:
    return row[0].text.strip().rstrip(".") if row and row[0].col == 0 else ""


def _is_numbered(rows: list[list[Cell]]) -> bool:
    shapes = Counter(len(row) for row in rows)
    usual = [row for row in rows if len(row) == shapes.most_common(1)[0][0]]
    return sum(bool(_code(row)) for row in usual) >= MIN_NUMBERED_SHARE * len(usual)


def _sewn(upper: list[Cell], lower: list[Cell]) -> list[Cell]:
    return [_sewn_cell(a, b) for a, b in zip(upper, lower, strict=True)]


def _sewn_cell(upper: Cell, lower: Cell) -> Cell:
    regions = upper.regions + lower.regions
    if upper.text.strip() == lower.text.strip() and upper.col == 0:
        readings = upper.readings  # the number was printed again
    else:
        readings = _sewn_readings(upper.readings, lower.readings)
    return replace(upper, regions=regions, readings=readings, quality=min(upper.quality, lower.quality))


def _sewn_readings(upper: tuple[Reading, ...], lower: tuple[Reading, ...]) -> tuple[Reading, ...]:
    if not upper or not lower:
        return upper or lower
    first, second = upper[0], lower[0]
    runs = (*first.runs, Run(" ", first.runs[-1].font if first.runs else None), *second.runs)
    return (Reading(runs, first.engine, min(first.confidence, second.confidence), first.rivals + second.rivals),)


def _numbered(rows: list[list[Cell]]) -> Iterator[Cell]:
    for number, row in enumerate(rows):
        for cell in row:
            yield replace(cell, row=number)
