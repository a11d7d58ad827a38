"""Tables of single pages → tables of the document: joined over pages, repeated headers dropped, cut rows sewn."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chitieu.model import Line, PageKind, Reading, Table
from extractors.header_again import edges, only_sure, repeated_header, rest_in_header
from extractors.numbering import Numbering, follows, number_of
from extractors.page_content import PageContent, PageTable
from extractors.seams import Piece, carries_on, find_habits, is_cut_row, same_shape
from extractors.sewing import Rows, sewn, stretched, without_strip
from extractors.title_rows import with_cut_row, with_title_rows

# Column edges of one table on two pages differ by less, shift and scale of the page apart.
SAME_COLUMN_PT = 7.0
# A page fed badly is scanned longer or shorter by less than this; another table has other columns.
MAX_FEED_SCALE = 0.06
# Edges that no rule marks: by less than this share of the narrowest column.
UNRULED_SLACK_SHARE = 0.8
# More print than this between two pages' tables is a caption of its own: a page number or a running head is less.
MAX_RUNNING_HEAD_CHARS = 12
# A table that a page's fading tore in two: its halves are no further apart, and nothing is printed between them.
MAX_TEAR_PT = 24.0
# How a title that stands in one cell with its number has it.
_LEADING = Numbering(column=0, is_leading=True, share=1.0)


@dataclass(frozen=True, slots=True)
class _Part:
    """The piece of a table on one page."""

    page: int
    table: PageTable

    @property
    def rows(self) -> Rows:
        """Pieces by the row in which they start."""
        rows: Rows = [[] for _ in range(len(self.table.grid.ys) - 1)]
        brinks = self.table.brinks or (None,) * len(self.table.cells)
        for cell, brink in zip(self.table.cells, brinks, strict=True):
            rows[cell.row].append(Piece(cell, brink))
        return rows


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The table so far, over all pages up to one: its pieces by row, and the rows that are in doubt."""

    rows: Rows
    doubtful: tuple[int, ...] = ()


def join_tables(document_id: str, pages: Sequence[PageContent]) -> tuple[Table, ...]:
    """All tables of a document in printed order."""
    groups = _groups(pages)
    return tuple(_joined(document_id, index, group) for index, group in enumerate(groups))


def _groups(pages: Sequence[PageContent]) -> list[list[_Part]]:
    """Parts that are one table over consecutive pages."""
    groups: list[list[_Part]] = []
    heads = _running_heads(pages)
    blank = frozenset(page.facts.number for page in pages if page.facts.kind is PageKind.BLANK)
    for page in pages:
        written = [table for table in page.tables if not _is_blank(table)]
        for position, table in enumerate(written):
            part = _Part(page.facts.number, table)
            before = groups[-1][-1] if groups else None
            if before and _goes_on_with_titles(groups[-1][0], before, part, position):
                titled = with_title_rows(table, _captions(page, heads), before.table.grid.xs[0])
                part = replace(part, table=with_cut_row(titled, _captions(page, heads)))
            if before and _continues(groups[-1][0], before, part, position, _captions(page, heads), blank):
                groups[-1].append(part)
            else:
                groups.append([part])
    return groups


def _goes_on_with_titles(first: _Part, before: _Part, part: _Part, position: int) -> bool:
    """May lines above a table be rows of it: on the next page, in the same columns, no header again?"""
    if position or part.page == before.page or before.table.grid.is_ruled != part.table.grid.is_ruled:
        return False
    return _same_columns(before, part) and not repeated_header(first.rows, part.rows)


def _is_blank(table: PageTable) -> bool:
    """A frame with nothing in it: the strip that is left of a row which begins overleaf."""
    return all(not cell.readings and cell.quality == 1 for cell in table.cells)


def _running_heads(pages: Sequence[PageContent]) -> frozenset[str]:
    """Lines that stand, but for the page's number, at the same height on several pages, every other one at least.

    The captions of appendices are alike too, but stand on few pages.
    """
    printed = sum(bool(page.lines or page.tables) for page in pages)
    seen = Counter(key for page in pages for key in {_head_key(line) for line in page.lines})
    return frozenset(key for key, count in seen.items() if count > 1 and 2 * count >= printed)


def _head_key(line: Line) -> str:
    return f"{_unnumbered(line.text)}@{round(line.region.box.top / SAME_COLUMN_PT)}"


def _unnumbered(text: str) -> str:
    """Without the page's number before it; one after it may be an appendix's."""
    return re.sub(r"^\W*\d+\W*(?=\s)", "", text.casefold()).strip()


def _captions(page: PageContent, heads: frozenset[str]) -> tuple[Line, ...]:
    return tuple(line for line in page.lines if _head_key(line) not in heads)


def _continues(
    first: _Part, before: _Part, part: _Part, position: int, lines: tuple[Line, ...], blank: frozenset[int]
) -> bool:
    """Does a table go on with the one before it: on the next page, no caption of its own, the same columns or header?

    `lines` are those of the part's page that are no running heads; pages of `blank` may lie between.
    """
    top = part.table.grid.box.top
    if before.page == part.page:
        floor = before.table.grid.box.bottom
        between = [line for line in lines if floor - 2 <= line.region.box.top < top - 2]
        return 0 <= top - floor <= MAX_TEAR_PT and not between and _same_columns(before, part)
    if position or not all(page in blank for page in range(before.page + 1, part.page)):
        return False
    head = sum(len(line.text) for line in lines if line.region.box.bottom <= top + 2)
    return head <= MAX_RUNNING_HEAD_CHARS and (_same_columns(before, part) or _same_columns_reset(first, before, part))


def _same_columns(before: _Part, part: _Part) -> bool:
    """The same edges but for shift and scale: two pages never lie alike on the glass, nor are fed alike."""
    first, second = before.table.grid.xs, part.table.grid.xs
    if len(first) != len(second):
        return False
    if not (before.table.grid.is_ruled and part.table.grid.is_ruled):
        return _lie_near(first, second)
    scale = (second[-1] - second[0]) / (first[-1] - first[0])
    scales = (1.0, scale) if abs(scale - 1) <= MAX_FEED_SCALE else (1.0,)
    return any(_lie_alike(first, second, one) for one in scales)


def _lie_alike(first: Sequence[float], second: Sequence[float], scale: float) -> bool:
    shift = second[0] - first[0] * scale
    return all(abs(b - a * scale - shift) < SAME_COLUMN_PT for a, b in zip(first, second, strict=True))


def _lie_near(first: Sequence[float], second: Sequence[float]) -> bool:
    """Edges in the middle of the white move with the longest texts of a page, by less than a narrow column."""
    slack = min(b - a for xs in (first, second) for a, b in pairwise(xs)) * UNRULED_SLACK_SHARE
    return all(abs(b - a) < max(slack, SAME_COLUMN_PT) for a, b in zip(first[1:-1], second[1:-1], strict=True))


def _same_columns_reset(first: _Part, before: _Part, part: _Part) -> bool:
    """As many columns in other widths (a page turned to landscape), under the same header or going on in number."""
    if len(before.table.grid.xs) != len(part.table.grid.xs):
        return False
    return repeated_header(first.rows, part.rows) > 0 or _numbers_go_on(before, part)


def _numbers_go_on(before: _Part, part: _Part) -> bool:
    upper, lower = edges(before.rows), edges(part.rows)
    habits = find_habits(upper + lower)
    numbers = [number_of(tuple(piece.text for piece in edge.values()), habits.numbering) for edge in (*upper, *lower)]
    return same_shape(upper[-1], lower[0]) and follows(numbers[len(upper)], numbers[len(upper) - 1])


def _joined(document_id: str, index: int, parts: list[_Part]) -> Table:
    sheet = _Sheet(parts[0].rows)
    for before, part in pairwise(parts):
        fresh = _from_row(part.rows, header := repeated_header(parts[0].rows, part.rows))
        if rest := rest_in_header(parts[0].rows, part.rows[:header]):
            sheet = _with_rest(sheet, rest)
        else:
            sheet = replace(sheet, rows=_read_again(sheet.rows, part.rows[:header]))
        if fresh:
            is_open = before.table.grid.is_open_below or (part.table.grid.is_open_above and not header)
            is_ruled = before.table.grid.is_ruled and part.table.grid.is_ruled
            longer = _appended(sheet, fresh, is_open=is_open, is_ruled=is_ruled)
            sheet = _with_doubt(longer, sheet, before, part, header)
    cells = tuple(replace(p.cell, row=number) for number, row in enumerate(sheet.rows) for p in row)
    return Table(document_id, index, cells, tuple(sorted(set(sheet.doubtful))))


def _with_rest(sheet: _Sheet, rest: list[Piece]) -> _Sheet:
    """The table with what stood in a later header, in doubt: sewn to the row before, or a numbered title of its own.

    Where none of it was read surely, the doubt alone.
    """
    rest = only_sure(rest)
    if not rest:
        return replace(sheet, doubtful=(*sheet.doubtful, len(sheet.rows) - 1))
    if any(number_of((piece.text,), _LEADING) for piece in rest):
        at = len(sheet.rows)
        return _Sheet([*sheet.rows, rest], (*sheet.doubtful, at, at + 1))
    longer = _appended(sheet, [rest], is_open=True)
    return replace(longer, doubtful=(*longer.doubtful, len(longer.rows) - 1))


def _read_again(rows: Rows, header: Rows) -> Rows:
    """The rows, the first of them with what the same header reads on a later page behind their own readings."""
    again = {_place(piece): piece.cell.readings[:1] for row in header for piece in row}
    first, others = rows[: len(header)], rows[len(header) :]
    return [[_also_read(piece, again.get(_place(piece), ())) for piece in row] for row in first] + others


def _place(piece: Piece) -> tuple[int, int, int, int]:
    cell = piece.cell
    return cell.row, cell.col, cell.row_span, cell.col_span


def _also_read(piece: Piece, readings: tuple[Reading, ...]) -> Piece:
    return replace(piece, cell=replace(piece.cell, readings=piece.cell.readings + readings)) if readings else piece


def _with_doubt(joined: _Sheet, sheet: _Sheet, before: _Part, part: _Part, header: int) -> _Sheet:
    """In doubt where the columns changed and no header says that it is the same table, or a tear was joined."""
    if before.page != part.page and (header or _same_columns(before, part)):
        return joined
    return replace(joined, doubtful=(*joined.doubtful, min(len(sheet.rows), len(joined.rows) - 1)))


def _from_row(rows: Rows, count: int) -> Rows:
    """The rows after the first ones, counted from 0 again."""
    return [[replace(p, cell=replace(p.cell, row=p.cell.row - count)) for p in row] for row in rows[count:]]


def _appended(sheet: _Sheet, fresh: Rows, *, is_open: bool, is_ruled: bool = True) -> _Sheet:
    """The table with a page's fresh rows behind it, the cut row sewn, merged cells that go on stretched.

    Without rules a blank below such a cell may as well be of another one, whose text stands in the middle of its rows.
    """
    rows, fresh = without_strip(sheet.rows, at_end=True), without_strip(fresh, at_end=False)
    above, below = edges(rows), edges(fresh)
    habits = find_habits(above)
    upper, lower = above[-1], below[0]
    verdict = is_cut_row(upper, lower, habits, is_open=is_open)
    doubtful = sheet.doubtful if verdict is not None else (*sheet.doubtful, len(rows))
    if verdict:
        return _Sheet(sewn(rows, fresh, upper, lower), doubtful)
    going = {c: carries_on(upper[c], lower[c], habits) for c in upper if c in lower}
    if any(verdict is None for verdict in going.values()):
        doubtful = (*doubtful, len(rows))
    columns = frozenset(column for column, goes in going.items() if goes)
    if not is_ruled and any(not lower[column].text for column in columns):
        doubtful = (*doubtful, len(rows))
    return _Sheet(stretched(rows, fresh, upper, lower, columns), doubtful)
