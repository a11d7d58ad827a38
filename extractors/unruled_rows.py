"""Rows of a table whose columns are known: from the rules across it, else from its print."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.grid import Mesh
from extractors.gutters import Gutter
from extractors.print_lines import Piece, PrintLine

# Pitches that differ by less are one line spacing.
SAME_PITCH_EM = 0.09
# Lines further apart are never one cell.
MAX_PITCH_EM = 1.8
# In a table whose rows are set wider than its lines, some column has seldom two lines of one cell.
MAX_TIGHT_SHARE = 0.35
# Rows of which several cells of one column would be one are no rows.
MAX_TORN_SHARE = 0.15
# Fewer rows between rules may be parts of a table.
MIN_RULED_ROWS = 2


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one cell: columns that it covers, baselines of its first and last line."""

    first: int
    last: int
    start: float
    end: float
    left: float
    right: float
    em: float

    @property
    def top(self) -> float:
        return self.start - 0.5 * self.em


@dataclass(frozen=True, slots=True)
class Row:
    texts: tuple[Text, ...]

    @property
    def top(self) -> float:
        return min(text.start - 0.72 * text.em for text in self.texts)

    @property
    def bottom(self) -> float:
        return max(text.end + 0.22 * text.em for text in self.texts)


def columns_of(piece: Piece, gutters: Sequence[Gutter]) -> tuple[int, int]:
    """First and last column that a piece of print stands in."""
    first = sum(gutter.left <= piece.left + 0.5 for gutter in gutters)
    last = sum(gutter.right < piece.right - 0.5 for gutter in gutters)
    return (first, last) if first <= last else (last, last)


def lay_out(lines: Sequence[PrintLine], gutters: Sequence[Gutter], rules: Sequence[float]) -> Mesh | None:
    """The mesh of a block of lines."""
    bands = _bands(lines, rules)
    has_header = len(bands) > 1
    header = _header_rows(bands[0], gutters) if has_header else []
    body = bands[1:] if has_header else bands
    rows = [*header, *_body_rows(body, gutters)]
    if len(rows) < 2:
        return None
    return _mesh(rows, lines, gutters, rules)


def _bands(lines: Sequence[PrintLine], rules: Sequence[float]) -> list[list[PrintLine]]:
    """Lines between rules."""
    bands: list[list[PrintLine]] = [[] for _ in range(len(rules) + 1)]
    for line in lines:
        bands[sum(y < line.baseline - 0.3 * line.em for y in rules)].append(line)
    return [band for band in bands if band]


def _texts(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Text]:
    """Every line's print, one text for each run of columns."""
    texts = []
    for line in lines:
        merged: list[Text] = []
        for piece in line.pieces:
            first, last = columns_of(piece, gutters)
            if merged and first <= merged[-1].last:
                before = merged[-1]
                merged[-1] = Text(
                    before.first,
                    max(before.last, last),
                    line.baseline,
                    line.baseline,
                    before.left,
                    piece.right,
                    line.em,
                )
            else:
                merged.append(Text(first, last, line.baseline, line.baseline, piece.left, piece.right, line.em))
        texts += merged
    return texts


def _body_rows(bands: Sequence[Sequence[PrintLine]], gutters: Sequence[Gutter]) -> list[Row]:
    if len(bands) >= MIN_RULED_ROWS and sum(_is_one_row(band, gutters) for band in bands) * 2 > len(bands):
        return [Row(tuple(_stacked(_texts(band, gutters)))) for band in bands]
    return [row for band in bands for row in _rows_by_print(band, gutters)]


def _is_one_row(band: Sequence[PrintLine], gutters: Sequence[Gutter]) -> bool:
    """Do the lines between two rules make one row: at most one of them fills most columns?"""
    filled = [len({columns_of(piece, gutters)[0] for piece in line.pieces}) for line in band]
    return sum(2 * count > len(gutters) + 1 for count in filled) <= 1


def _stacked(texts: Sequence[Text], pitch: float = 1e9) -> list[Text]:
    """Texts of the same columns that follow each other within a pitch, as one."""
    stacked: list[Text] = []
    for text in sorted(texts, key=lambda t: (t.start, t.first)):
        partner = next((t for t in reversed(stacked) if t.first <= text.last and text.first <= t.last), None)
        is_same = partner is not None and (partner.first, partner.last) == (text.first, text.last)
        if partner is not None and is_same and text.start - partner.end <= pitch:
            stacked.remove(partner)
            stacked.append(_together(partner, text))
        else:
            stacked.append(text)
    return stacked


def _together(upper: Text, lower: Text) -> Text:
    return Text(
        min(upper.first, lower.first),
        max(upper.last, lower.last),
        min(upper.start, lower.start),
        max(upper.end, lower.end),
        min(upper.left, lower.left),
        max(upper.right, lower.right),
        max(upper.em, lower.em),
    )


def _header_rows(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Row]:
    """Rows of the header: texts over several columns are a level of their own."""
    em = float(np.median([line.em for line in lines]))
    texts = _stacked(_texts(lines, gutters), MAX_PITCH_EM * em)
    cuts = []
    for text in texts:
        below = [t.top for t in texts if t.start > text.end and t.first <= text.last and text.first <= t.last]
        if text.first < text.last and below:
            cuts.append((text.end + min(below)) / 2)
    rows: list[list[Text]] = [[] for _ in range(len(cuts) + 1)]
    cuts.sort()
    for text in texts:
        rows[sum(cut < text.start - 0.3 * text.em for cut in cuts)].append(text)
    return [Row(tuple(row)) for row in rows if row]


def _rows_by_print(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Row]:
    """Rows of lines that no rules part."""
    texts = _texts(lines, gutters)
    em = float(np.median([line.em for line in lines]))
    pitch = _line_pitch(texts, em)
    if pitch is not None and (rows := _rows_by_spacing(texts, pitch + SAME_PITCH_EM * em)):
        return rows
    return _rows_by_filling(lines, gutters, em)


def _columns(texts: Sequence[Text]) -> dict[int, list[Text]]:
    columns: dict[int, list[Text]] = {}
    for text in texts:
        if text.first == text.last:
            columns.setdefault(text.first, []).append(text)
    return columns


def _line_pitch(texts: Sequence[Text], em: float) -> float | None:
    """The spacing of lines within cells, where rows are set wider; None where the print does not tell."""
    steps = {col: [b.start - a.start for a, b in pairwise(column)] for col, column in _columns(texts).items()}
    every = sorted(step for column in steps.values() for step in column)
    if len(every) < 2:
        return None
    pitch = every[min(len(every) - 1, len(every) // 20)]
    if pitch > MAX_PITCH_EM * em:
        return None
    shares = [
        sum(step <= pitch + SAME_PITCH_EM * em for step in column) / len(column)
        for column in steps.values()
        if len(column) >= 2
    ]
    return pitch if shares and min(shares) <= MAX_TIGHT_SHARE else None


def _rows_by_spacing(texts: Sequence[Text], pitch: float) -> list[Row]:
    """Rows of texts that stand beside each other; none where many cells would be torn or run together."""
    rows: list[list[Text]] = []
    for text in sorted(_stacked(texts, pitch), key=lambda t: t.top):
        if rows and text.top < max(t.end for t in rows[-1]) - 0.1 * text.em:
            rows[-1].append(text)
        else:
            rows.append([text])
    torn = sum(len({text.first for text in row}) < len(row) for row in rows)
    return [Row(tuple(row)) for row in rows] if torn <= MAX_TORN_SHARE * len(rows) else []


def _rows_by_filling(lines: Sequence[PrintLine], gutters: Sequence[Gutter], em: float) -> list[Row]:
    """Rows of evenly spaced lines: a line begins one unless it only goes on with a cell of the line before."""
    steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    tight = (min(steps) if steps else 0.0) + 2 * SAME_PITCH_EM * em
    parts = [_texts([line], gutters) for line in lines]
    rows: list[list[Text]] = []
    for index, part in enumerate(parts):
        is_tight = index > 0 and steps[index - 1] <= tight
        if is_tight and rows and _is_rest(part, rows[-1], parts[index - 1]):
            rows[-1] = rows[-1] + part
        else:
            rows.append(list(part))
    return [Row(tuple(_stacked(row))) for row in rows]


def _is_rest(part: Sequence[Text], row: Sequence[Text], before: Sequence[Text]) -> bool:
    """One text, below one of the row, not in the first column (there it may be a heading of its own)."""
    if len(part) != 1 or len(row) < 2 or part[0].first != part[0].last:
        return False
    above = [text for text in before if (text.first, text.last) == (part[0].first, part[0].last)]
    return bool(above) and (part[0].first > 0 or part[0].left > above[0].left + 0.4 * part[0].em)


def _mesh(rows: Sequence[Row], lines: Sequence[PrintLine], gutters: Sequence[Gutter], rules: Sequence[float]) -> Mesh:
    em = float(np.median([line.em for line in lines]))
    left, right = min(line.left for line in lines) - 0.3 * em, max(line.right for line in lines) + 0.3 * em
    xs = (left, *(gutter.middle for gutter in gutters), right)
    ys = _row_lines(rows, rules)
    across = np.ones((len(ys), len(xs) - 1), dtype=bool)
    down = np.ones((len(ys) - 1, len(xs)), dtype=bool)
    for index, row in enumerate(rows):
        spans = [(text.first, text.last) for text in row.texts]
        if len(set(spans)) == 1 and spans[0][0] < spans[0][1]:
            spans = [(0, len(xs) - 2)]
        for first, last in spans:
            down[index, first + 1 : last + 1] = False
    return Mesh(xs, ys, across, down, is_ruled=False)


def _row_lines(rows: Sequence[Row], rules: Sequence[float]) -> tuple[float, ...]:
    """Lines above, between and below rows: rules where there are any, else the middle of the white."""
    ys = [rows[0].top - 1.0]
    for upper, lower in pairwise(rows):
        between = [y for y in rules if upper.bottom - 3.0 < y < lower.top + 3.0]
        ys.append(between[0] if between else (upper.bottom + lower.top) / 2)
    return (*ys, rows[-1].bottom + 1.0)
