"""Cells merged downwards where no rule shows it: their text stands in the middle of the rows that they belong to.

A text between two rows tells that a column has such cells. Its texts then part the rows among them, each with its own
in the middle; if any stands elsewhere, nothing is merged: a cell that is left empty is asked about, a wrong one not.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, pairwise

from extractors.unruled_cells import Row, Text, stacked, together

# Shares of the lowest row: a text is no further from the middle of its rows at first, and where rows are as high as
# their merged cells; one between two rows is no nearer to any.
FIRST_SHARE, NEAR_SHARE, BETWEEN_SHARE = 0.55, 0.22, 0.3
# Less is no evidence; a column with a cell in most rows has none that is merged.
MIN_ROWS, SPARSE_SHARE = 4, 0.8
# Lines of a cell are set no further apart.
MAX_PITCH_EM = 1.8
# A text beside each row is likelier than one over all, by so much of a row for each that it is merged over.
MERGED_WEIGHT = 0.4
# A row left without a text costs as much as a whole one; a title, with texts in its first columns alone, less.
EMPTY_WEIGHT, TITLE_WEIGHT, TITLE_COLUMNS = 1.0, 0.3, 2


# Rows, and the widest spacing of lines within their cells.
Spaced = tuple[list[Row], float]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A text and the rows that it is set in the middle of."""

    text: Text
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Parting:
    """Rows parted among the texts so far; how badly they stand in the middle of them, in points."""

    cost: float
    cells: tuple[_Cell, ...] = ()


def merge_by_middles(texts: Sequence[Text], rows_of: Callable[[Sequence[Text]], Spaced]) -> list[Row]:
    """The rows of a block with the merged cells of its columns; none where no column clearly has such.

    `rows_of` makes rows of texts, and says the widest spacing of lines within their cells, in points.
    """
    counts = Counter(text.first for text in texts if text.first == text.last)
    # The names of rows, which take the most lines, are merged in no table.
    names = max(counts, key=lambda col: counts[col], default=0)
    columns = [col for col in sorted(counts, reverse=True) if col not in (0, names)]
    found: dict[tuple[int, ...], list[Row]] = {
        (column,): rows for column in columns if (rows := _merged(texts, (column,), rows_of))
    }
    pairs = [pair for pair in combinations(columns, 2) if any((column,) in found for column in pair)]
    found |= {pair: rows for pair in pairs if (rows := _merged(texts, pair, rows_of))}
    return min(found.values(), key=loose_rows, default=[])


def loose_rows(rows: Sequence[Row]) -> int:
    """Rows of a single text that is not in the first column: lines of a merged cell that were taken for rows."""
    return sum(len(row.texts) == 1 and row.texts[0].first > 0 for row in rows)


def _merged(texts: Sequence[Text], columns: Sequence[int], rows_of: Callable[[Sequence[Text]], Spaced]) -> list[Row]:
    """The rows with the merged cells of all these columns; none where one of them has none beside the others."""
    bare, pitch = rows_of([text for text in texts if not _is_in(text, columns)])
    rows = bare
    for column in columns:
        cells = _cells_of(texts, column, bare, pitch)
        if not cells:
            return []
        rows = [_opened(row, index, cells, column) for index, row in enumerate(_with_cells(rows, cells))]
    return rows


def _is_in(text: Text, columns: Sequence[int]) -> bool:
    return text.first == text.last and text.first in columns


def _cells_of(texts: Sequence[Text], column: int, rows: Sequence[Row], pitch: float) -> tuple[_Cell, ...]:
    """The cells of a column, if it has such as are merged; `rows`: without it."""
    lines = sorted((text for text in texts if _is_in(text, (column,))), key=lambda text: text.start)
    titles = sum(map(_is_title, rows))
    filled = len(rows) - titles if len(rows) - titles >= MIN_ROWS else len(rows)
    if len(rows) < MIN_ROWS or len(stacked(lines, pitch)) > SPARSE_SHARE * filled:
        return ()
    cells = _part(rows, lines, pitch, FIRST_SHARE)
    whole = _with_cells(rows, cells)
    cells = _part(whole, lines, pitch, NEAR_SHARE) if cells else ()
    return cells if any(_stands_between(cell, whole) for cell in cells) else ()


def _edges(rows: Sequence[Row]) -> list[float]:
    return [rows[0].top, *((upper.bottom + lower.top) / 2 for upper, lower in pairwise(rows)), rows[-1].bottom]


def _part(rows: Sequence[Row], lines: Sequence[Text], pitch: float, share: float) -> tuple[_Cell, ...]:
    """The cells that the lines of a column make, each in the middle of its rows; none where that cannot be."""
    edges = _edges(rows)
    least = min(bottom - top for top, bottom in pairwise(edges))
    skipped = list(accumulate(map(_empty_weight, rows), initial=0.0))
    best: dict[tuple[int, int], _Parting] = {(0, 0): _Parting(0.0)}  # by lines and rows that are given away
    for begin in range(len(lines)):
        befores = [(row, found) for (end, row), found in best.items() if end == begin]
        for text, end, strain in _texts_from(lines, begin, pitch) if befores else ():
            middle = (text.start + text.end) / 2 - 0.25 * text.em
            for first, last, off in _spans_around(rows, edges, middle, share * least):
                place = (end, last + 1)
                for row, before in befores:
                    empty = skipped[first] - skipped[row]
                    cost = before.cost + off + strain + (empty + MERGED_WEIGHT * (last - first)) * least
                    if first >= row and (place not in best or cost < best[place].cost):
                        best[place] = _Parting(cost, (*before.cells, _Cell(text, first, last)))
    ended = [
        (found.cost + (skipped[-1] - skipped[row]) * least, found.cells)
        for (end, row), found in best.items()
        if end == len(lines) and found.cells
    ]
    return min(ended, key=lambda item: item[0])[1] if ended else ()


def _empty_weight(row: Row) -> float:
    return TITLE_WEIGHT if _is_title(row) else EMPTY_WEIGHT


def _is_title(row: Row) -> bool:
    return bool(row.texts) and all(text.last < TITLE_COLUMNS for text in row.texts)


def _texts_from(lines: Sequence[Text], begin: int, pitch: float) -> Iterator[tuple[Text, int, float]]:
    """The texts that may begin with a line, the line after each, and how far their spacing is from that of lines."""
    text, strain = lines[begin], 0.0
    for end in range(begin + 1, len(lines) + 1):
        step = lines[end].start - text.end if end < len(lines) else float("inf")
        yield text, end, strain + max(0.0, pitch - step)
        if step > MAX_PITCH_EM * text.em:
            return
        strain += max(0.0, step - pitch)
        text = together(text, lines[end])


def _spans_around(
    rows: Sequence[Row], edges: Sequence[float], middle: float, near: float
) -> list[tuple[int, int, float]]:
    """First and last of the rows that a text stands in the middle of, and how far off it."""
    spans = ((first, last) for first in range(len(rows)) for last in range(first, len(rows)))
    offs = ((first, last, abs(_middle(rows, edges, first, last) - middle)) for first, last in spans)
    return [(first, last, off) for first, last, off in offs if off <= near]


def _middle(rows: Sequence[Row], edges: Sequence[float], first: int, last: int) -> float:
    """Where the text of a cell of these rows stands; in one row beside the others, however high it is itself."""
    if first == last:
        return (rows[first].top + rows[first].bottom) / 2
    return (edges[first] + edges[last + 1]) / 2


def _with_cells(rows: Sequence[Row], cells: Sequence[_Cell]) -> list[Row]:
    """The rows with the cells that are not merged."""
    whole = list(rows)
    for cell in cells:
        if cell.first == cell.last:
            whole[cell.first] = replace(whole[cell.first], texts=(*whole[cell.first].texts, cell.text))
    return whole


def _stands_between(cell: _Cell, rows: Sequence[Row]) -> bool:
    edges = _edges(rows)
    least = min(bottom - top for top, bottom in pairwise(edges))
    middle = (cell.text.start + cell.text.end) / 2 - 0.25 * cell.text.em
    return min(abs(middle - (top + bottom) / 2) for top, bottom in pairwise(edges)) > BETWEEN_SHARE * least


def _opened(row: Row, index: int, cells: Sequence[_Cell], column: int) -> Row:
    """A row whose cell in the column goes on in the next."""
    if any(cell.first <= index < cell.last for cell in cells):
        return replace(row, open_columns=row.open_columns | {column})
    return row
