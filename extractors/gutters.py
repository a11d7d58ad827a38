"""White gutters that run down through lines of print: where the columns of a table without rules part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractors.justified import as_texts, right_margins
from extractors.print_lines import SPACE_EM, WIDE_GAP_EM, Piece, PrintLine

# A narrow gap tells of a gutter where it is wider by this than the spaces between the words beside it (those of one
# justified line differ by their letters' sides); fewer spaces than these do not tell how wide a line's are.
CLEARLY_WIDER, MIN_SPACES = 1.7, 2
# What lines that cross a gutter weigh against one that has a gap there: one may be a header over several columns, a
# line of its own a title; more are the text of a column.
FIRST_CROSSING_WEIGHT, CROSSING_WEIGHT, TITLE_WEIGHT = 2.0, 6.0, 1.0
# Narrower gaps in all lines are chance: cells are set at least half an em apart.
MIN_GUTTER_EM = 0.3
# Gaps in as many lines make a gutter; two narrow ones may be chance.
MIN_SUPPORT = 2.0
# Lines nearer than this are no lines of one text.
ABREAST_EM = 0.7
# A column has a header and an entry at least.
MIN_ENTRIES, SURE_ENTRIES = 2, 4
# And entries in some rows: a year of the header and its column's number stand over the white beside right-set figures.
ENTRIES_SHARE = 0.2
# A header, titles and wrapped lines that reach into a gutter without closing it.
FEW_TITLES, FEW_SHARE = 1.0, 0.05
SPARSE_SHARE = 0.35
# So wide are numbers of rows at most; and their gaps outweigh the titles that cross behind them.
NUMBER_EM, NUMBERS_SUPPORT = 2.0, 3.0
# A letter alone is no wider, nor what is left of one.
STRAY_EM = 0.75
STEP_PT = 1.0


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white band between two columns; `support`: lines (narrow gaps half) that have print on both sides of it.

    `middle` is that of its clearest part: headers reach into it.
    """

    left: float
    right: float
    support: float
    middle: float
    crossing: float = 0.0


def find_gutters(lines: Sequence[PrintLine], min_support: float = MIN_SUPPORT) -> tuple[Gutter, ...]:
    """Gutters from left to right."""
    if not lines:
        return ()
    margins = right_margins(lines)
    lines = [as_texts(line, margins) for line in lines]
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    size = max(1, round((right - left) / STEP_PT))
    support, crossing = _profiles(lines, left, size)
    narrowest = MIN_GUTTER_EM * median([line.em for line in lines])
    is_white = (support - crossing >= min_support) & (support > 0)
    gutters: list[Gutter] = []
    for start, end in _runs(is_white):
        few = FIRST_CROSSING_WEIGHT + FEW_TITLES + FEW_SHARE * float(support[start:end].max())
        bands = _clear_bands(start, end, left, support, crossing, few)
        wide = [band for band in bands if band.right - band.left >= narrowest]
        # The clear part may be a chink beside a header that covers most of the gutter.
        bands = wide or _clear_bands(start, end, left, support, crossing, float("inf"))
        gutters += _parted_by_print(bands, lines)
    most = max((gutter.support for gutter in gutters), default=0.0)
    wide = [
        replace(gutter, middle=_clearest(gutter, lines))
        for gutter in gutters
        if gutter.right - gutter.left >= narrowest
        # Few gaps that other lines cross are spaces in a column of text.
        and (gutter.crossing < 1 or gutter.support >= SPARSE_SHARE * most or _is_behind_numbers(gutter, lines))
    ]
    return tuple(_with_columns_between(wide, lines))


def _is_behind_numbers(gutter: Gutter, lines: Sequence[PrintLine]) -> bool:
    """Does a gutter part narrow texts, the numbers of rows of many lines each, from all others, but for few titles?"""
    before = [piece for line in lines for piece in line.pieces if piece.right <= gutter.right + 0.5]
    are_numbers = all(piece.width <= NUMBER_EM * piece.em for piece in before)
    return are_numbers and gutter.support >= NUMBERS_SUPPORT * gutter.crossing


def _with_columns_between(gutters: Sequence[Gutter], lines: Sequence[PrintLine]) -> list[Gutter]:
    """Gutters without those, crossed by the wide entries of a column, that only a word of its header parts from it."""
    kept: list[Gutter] = []
    for gutter in gutters:
        crossed = max((kept[-1], gutter), key=lambda one: one.crossing) if kept else gutter
        if kept and crossed.crossing >= FIRST_CROSSING_WEIGHT and not _are_entries_between(kept[-1], gutter, lines):
            kept[-1] = gutter if crossed is kept[-1] else kept[-1]
        else:
            kept.append(gutter)
    return kept


def _are_entries_between(first: Gutter, second: Gutter, lines: Sequence[PrintLine]) -> bool:
    """Do two gutters have a column between them: some texts, or two that are no parts of one that crosses a gutter?

    A letter alone may be a speck, or what is left of a line that the page's end cuts.
    """
    count = _count_between(first, second, lines)
    if count >= SURE_ENTRIES:
        return True
    torn = sum(
        _stands_between(a, first, second) and b.left - a.right < WIDE_GAP_EM * line.em
        for line in lines
        for a, b in pairwise(line.pieces)
        if not _is_stray(a)
    )
    strays = sum(_stands_between(piece, first, second) and _is_stray(piece) for line in lines for piece in line.pieces)
    return count - strays - torn >= max(MIN_ENTRIES, ENTRIES_SHARE * min(first.support, second.support))


def _count_between(first: Gutter, second: Gutter, lines: Sequence[PrintLine]) -> int:
    return sum(_stands_between(piece, first, second) and not piece.is_leader for line in lines for piece in line.pieces)


def _stands_between(piece: Piece, first: Gutter, second: Gutter) -> bool:
    return piece.left >= first.left - 0.5 and piece.right <= second.right + 0.5


def _is_stray(piece: Piece) -> bool:
    return piece.width <= STRAY_EM * piece.em and not piece.is_figure


def _clearest(gutter: Gutter, lines: Sequence[PrintLine]) -> float:
    """The middle of the widest part of a gutter into which the fewest texts reach from one side."""
    size = max(1, round((gutter.right - gutter.left) / STEP_PT))
    reaching = np.zeros(size)
    for line in lines:
        for piece in line.pieces:
            if (piece.left > gutter.left or piece.right < gutter.right) and not piece.is_leader:
                reaching[_places(piece.left, piece.right, gutter.left, size)] += piece.overlaps(
                    gutter.left, gutter.right
                )
    first, last = max(_runs(reaching == reaching.min()), key=lambda run: run[1] - run[0])
    return gutter.left + (first + last) / 2 * (gutter.right - gutter.left) / size


def _clear_bands(
    start: int, end: int, left: float, support: NDArray[np.float64], crossing: NDArray[np.float64], slack: float
) -> list[Gutter]:
    """Parts of a white band that few lines more cross than its clearest place."""
    clear = crossing[start:end] <= crossing[start:end].min() + slack
    return [_gutter(start + first, start + last, left, support, crossing) for first, last in _runs(clear)]


def _parted_by_print(bands: Sequence[Gutter], lines: Sequence[PrintLine]) -> list[Gutter]:
    """Of a band with a few lines' print in it the clear parts with a column between them; else the widest."""
    kept = [bands[0]]
    for band in bands[1:]:
        if _count_between(kept[-1], band, lines) >= MIN_ENTRIES:
            kept.append(band)
        elif (band.crossing, band.left - band.right) < (kept[-1].crossing, kept[-1].left - kept[-1].right):
            kept[-1] = band
    return kept


def _profiles(lines: Sequence[PrintLine], left: float, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each place the weight of the gaps there, and of the print across it."""
    support, crossing, titles, narrow = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size)
    for index, line in enumerate(lines):
        is_alone = line.widest_gap < WIDE_GAP_EM and len(_abreast(lines, index)) == len(line.pieces)
        crossed = titles if is_alone else crossing
        for piece in line.pieces:
            if not piece.is_leader:
                # Of two places that one line each crosses, the better is under the longer text: a header over columns.
                places = _places(piece.left, piece.right, left, size)
                crossed[places] += 1
                narrow[places] += min(0.3, line.em / (1 + piece.width))
        usual = _widest_space(line)
        for start, end in _gaps(lines, index):
            is_wide = end - start >= WIDE_GAP_EM * line.em
            is_gap = end - start >= CLEARLY_WIDER * usual
            support[_places(start, end, left, size)] += 1.0 if is_wide else 0.5 if is_gap else 0.0
    weights = FIRST_CROSSING_WEIGHT * np.minimum(crossing, 1) + CROSSING_WEIGHT * np.maximum(crossing - 1, 0)
    return support, weights + TITLE_WEIGHT * titles + narrow


def _widest_space(line: PrintLine) -> float:
    """Of a line with some spaces between its words, which are wide where it is justified; else 0."""
    spaces = [right - left for piece in line.pieces for left, right in piece.spaces]
    return max(spaces) if len(spaces) >= MIN_SPACES else 0.0


def _gaps(lines: Sequence[PrintLine], index: int) -> Iterator[tuple[float, float]]:
    """White beside the pieces of a line: up to its next piece, or one on a line set between this and the next."""
    line = lines[index]
    own, reached = False, float("-inf")
    for piece in _abreast(lines, index):
        is_own = piece in line.pieces
        if piece.left - reached >= SPACE_EM * line.em and reached > float("-inf") and (own or is_own):
            yield reached, piece.left
        if piece.right > reached:
            own, reached = is_own, piece.right


def _abreast(lines: Sequence[PrintLine], index: int) -> list[Piece]:
    """Pieces of a line and of those less than a line's pitch above or below: cells of one row, set in the middle."""
    reach = ABREAST_EM * lines[index].em
    first = last = index
    while first > 0 and lines[index].baseline - lines[first - 1].baseline < reach:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].baseline - lines[index].baseline < reach:
        last += 1
    pieces = [piece for line in lines[first : last + 1] for piece in line.pieces if not piece.is_leader]
    return sorted(pieces, key=lambda piece: piece.left)


def _places(start: float, end: float, left: float, size: int) -> slice:
    first = round((start - left) / STEP_PT)
    return slice(max(0, first), min(size, max(first + 1, round((end - left) / STEP_PT))))


def _runs(is_white: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_white.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _gutter(start: int, end: int, left: float, support: NDArray[np.float64], crossing: NDArray[np.float64]) -> Gutter:
    return Gutter(
        left + start * STEP_PT,
        left + end * STEP_PT,
        float(support[start:end].max()),
        left + (start + end) / 2 * STEP_PT,
        round(float(crossing[start:end].min()), 2),
    )
