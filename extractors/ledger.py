"""The ledger of a page's ink: what is print and belongs to no single cell of its table."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.arrays import Mask
from extractors.blobs import Blobs
from extractors.grid import Grid

# A word may stick out of its cell by this share of its size: a kerned letter, a rule drawn off its place.
OVERHANG_EM = 0.35
# Heights of print: less is a dot or what a rule left, more a seal, a stroke of a pen or a rule.
LEAST_EM, MOST_EM = 0.25, 1.6
# Letters that touch a rule below and others that touch it above meet now and then: a line across it does so often.
MIN_CUT_ACROSS = 3
# Letters of a word are nearer to each other than this; a cell's padding keeps print further from its rules.
TOUCHING_EM = 0.15
# What a rule cuts is no higher than a letter with its marks; letters close above a rule with those close below it are.
MAX_LETTER_EM = 1.0
# A row that lost its rules stands this near to its table, has print in that many columns and none on their lines.
NEAR_EM, MIN_COLUMNS, CLEAR_PT = 2.5, 3, 1.0
# A line of a text is no further from the one above it.
PITCH_EM = 1.4
# Letters are higher than what is left of a rule.
MIN_HEIGHT_EM = 0.4


def is_overhanging(word: Box, size: float, cell: Box) -> bool:
    """Does a word of this size reach from its cell into another?"""
    return max(cell.left - word.left, word.right - cell.right) > OVERHANG_EM * size


def find_cut(blobs: Blobs, bands: Iterable[tuple[int, int, int, int]]) -> frozenset[int]:
    """Labels of print that the bands of rules (pixels, half-open) cut: ink on both sides of one, at one place."""
    if not blobs.all:
        return frozenset()
    places = np.array([(b.left, b.top, b.right, b.bottom) for b in blobs.all])
    size = places[:, 2:] - places[:, :2]
    least, most = LEAST_EM * blobs.em, MOST_EM * blobs.em
    is_print = (size.max(axis=1) >= least) & (size.max(axis=1) <= most) & (size.min(axis=1) >= least / 3)
    near = np.flatnonzero(is_print)
    sides = np.ascontiguousarray(places[near].T)
    cut: set[int] = set()
    for band in bands:
        is_down = band[3] - band[1] > band[2] - band[0]
        pairs = _pairs(sides, band, blobs.em, is_down=is_down)
        if len(pairs) >= (1 if is_down else MIN_CUT_ACROSS):
            cut.update(blobs.all[near[index]].label for pair in pairs for index in pair)
    return frozenset(cut)


def find_drawn_over(blobs: Blobs, pen: Mask) -> frozenset[int]:
    """Labels of the print that strokes of a pen cross or touch."""
    if not cv2.countNonZero(pen):
        return frozenset()
    return frozenset(np.unique(blobs.labels[pen > 0]).tolist()) - {0}


def _pairs(
    sides: NDArray[np.int_], band: tuple[int, int, int, int], em: float, *, is_down: bool
) -> list[tuple[int, int]]:
    """Blobs that end where a band begins or within it, with those that begin behind it at the same height.

    `sides`: rows of the blobs' left, top, right and bottom ones.
    """
    axis, other, reach = (0, 1, TOUCHING_EM * em) if is_down else (1, 0, TOUCHING_EM * em)
    start, end, first, last = sides[axis], sides[axis + 2], sides[other], sides[other + 2]
    middle = (band[axis] + band[axis + 2]) / 2
    is_beside = (first < band[other + 2]) & (last > band[other])
    is_before = is_beside & (end <= middle) & (band[axis] - end <= reach)
    if not is_before.any():
        return []
    is_behind = is_beside & (start >= middle) & (start - band[axis + 2] <= reach)
    return [
        (int(a), int(b))
        for a in np.flatnonzero(is_before)
        for b in np.flatnonzero(is_behind)
        if max(0, band[axis] - end[a]) + max(0, start[b] - band[axis + 2]) <= reach
        and first[a] < last[b]
        and first[b] < last[a]
        and (is_down or sides[3, b] - sides[1, a] <= MAX_LETTER_EM * em)
    ]


def rows_outside(print_boxes: Sequence[Box], grids: Sequence[Grid], em: float) -> tuple[Box, ...]:
    """Lines right above or below a table that are set in its columns: rows whose rules were lost. All in points."""
    free = [box for box in print_boxes if not any(_touches(box, grid.box) for grid in grids)]
    return tuple(
        line
        for grid in grids
        for line in (_line_below(free, grid, em), _line_above(free, grid, em))
        if line is not None and line.height >= MIN_HEIGHT_EM * em
    )


def find_flowing_over(print_boxes: Sequence[Box], grid: Grid, em: float) -> frozenset[int]:
    """Cells whose text goes on below their table, by their place in the grid: merged ones at the end of a page.

    All in points. A note or a signature below a table begins further down, or runs under other columns as well.
    """
    floor, reach = grid.box.bottom, PITCH_EM * em
    below = [box for box in print_boxes if floor <= _height_of(box) < floor + reach]
    if not below:
        return frozenset()
    first = min(map(_height_of, below))
    above = [box for box in print_boxes if first - reach <= _height_of(box) < floor]
    return frozenset(
        index
        for index, cell in enumerate(grid.cells)
        if cell.box.bottom >= floor - CLEAR_PT
        and all(_is_under(box, cell.box) for box in below)
        and any(_is_under(box, cell.box) for box in above)
    )


def _height_of(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _is_under(box: Box, cell: Box) -> bool:
    return cell.left <= box.left and box.right <= cell.right


def _touches(box: Box, other: Box) -> bool:
    return box.left < other.right and box.right > other.left and box.top < other.bottom and box.bottom > other.top


def _line_below(boxes: list[Box], grid: Grid, em: float) -> Box | None:
    near = [box for box in boxes if grid.box.bottom <= box.top <= grid.box.bottom + NEAR_EM * em]
    first = min((box.bottom for box in near), default=0.0)
    return _row([box for box in near if box.top < first], grid)


def _line_above(boxes: list[Box], grid: Grid, em: float) -> Box | None:
    near = [box for box in boxes if grid.box.top - NEAR_EM * em <= box.bottom <= grid.box.top]
    last = max((box.top for box in near), default=0.0)
    return _row([box for box in near if box.bottom > last], grid)


def _row(line: list[Box], grid: Grid) -> Box | None:
    """The frame of a line that is set in the columns of a table; None where it runs over their lines."""
    inside = [box for box in line if grid.xs[0] <= (box.left + box.right) / 2 < grid.xs[-1]]
    filled = [any(left <= (box.left + box.right) / 2 < right for box in inside) for left, right in pairwise(grid.xs)]
    runs_over = any(box.left - CLEAR_PT < x < box.right + CLEAR_PT for box in line for x in grid.xs)
    if sum(filled) < MIN_COLUMNS or runs_over or len(inside) < len(line):
        return None
    return Box(
        min(b.left for b in line), min(b.top for b in line), max(b.right for b in line), max(b.bottom for b in line)
    )
