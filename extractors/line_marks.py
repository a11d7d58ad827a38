"""Which line a dot, hook, roof, tone mark or comma belongs to where lines are set tight.

Marks are given one after the other, the surest first, to the line whose print is nearest, what was given counting as
that line's print: a tone mark hangs on its roof, and the roof on its letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.baselines import DEEPEST_EM
from extractors.blobs import X_HEIGHT_EM, Blob, is_body, is_rule_remnant, nearest, nearest_to, sides_of

# The reader's frame above the baseline: roofs of capitals with their marks (shared reader facts).
ABOVE_BASELINE_EM = 1.03
# The middle of a dot below, or of a comma, is above this; what is lower is a tone mark of the next line.
DOT_BELOW_EM = 0.27
# How far a mark may be from the letters of its line; a dash may stand alone among wide spaces.
MARK_REACH_EM, DASH_REACH_EM = 0.35, 3.0
# A letter covers some of the height of an x; what ends above that place is a mark, however large.
CLEAR_OF_LETTERS_EM = 0.9 * X_HEIGHT_EM
# A comma or full stop begins that far above its baseline and reaches at least to that place.
COMMA_TOP_EM, COMMA_BOTTOM_EM = 0.04, 0.1
# A dot is no larger; the middle of one below a letter is in this span below the baseline, that of an i further down.
MAX_DOT_EM, DOT_ZONE_EM = 0.17, (0.06, 0.19)
# The lower stroke of a `≥` is as wide as its angle, to that difference, and that near below it.
MIN_STROKE_EM, MAX_STROKE_EM, ALIGNED_EM, STROKE_GAP_EM = 0.35, 0.16, 0.1, 0.25
# So much nearer must the other line be to take what looks like this one's, or what plainly is.
PREFERENCE, FIRM = 4.0, 1e6
# A line whose claim to a mark is so much weaker than that of the line that got it may be right all the same.
CONTESTED = 5.0
# Where dots below begin, from the baseline.
BELOW_EM = (0.02, 0.16)


@dataclass(frozen=True, slots=True)
class Row:
    """A line while it is being cut: baseline and size in pixels, its blobs.

    `contested`: what another line got, or what was parted, and may be its own all the same.
    """

    baseline: float
    em: float
    blobs: tuple[Blob, ...]
    contested: tuple[Blob, ...] = ()


def without_marks(rows: Sequence[Row]) -> list[Row]:
    """The rows without what stands between two of them, clear of the letters of both: roofs with tone marks."""
    kept = []
    for index, row in enumerate(rows):
        upper = rows[index - 1] if index else None
        lower = rows[index + 1] if index + 1 < len(rows) else None
        blobs = tuple(b for b in row.blobs if not (_is_between(b, upper, row) or _is_between(b, row, lower)))
        kept.append(replace(row, blobs=blobs or row.blobs))
    return kept


def _is_between(blob: Blob, upper: Row | None, lower: Row | None) -> bool:
    if upper is None or lower is None:
        return False
    is_below = blob.top >= upper.baseline - COMMA_TOP_EM * upper.em
    return is_below and blob.bottom <= lower.baseline - CLEAR_OF_LETTERS_EM * lower.em


def with_marks(rows: list[Row], marks: list[Blob], em: float) -> list[Row]:
    """Give dots, hooks and tone marks to the line of the letter that they are nearest to; far ones are specks."""
    marks = [mark for mark in marks if mark.area >= 2]
    if not marks or not rows:
        return rows
    extra: list[list[Blob]] = [[] for _ in rows]
    contested: list[list[Blob]] = [[] for _ in rows]
    gaps, reach = gaps_to_rows(marks, rows, em), np.array([_reach(mark, em) for mark in marks])
    sides, liking = sides_of(marks), _likings(marks, rows)
    # What is out of a line's frame stays so, whatever it stands beside.
    outside = np.where(np.isfinite(gaps), 0.0, np.inf)
    costs = np.where(gaps < reach[:, None], (gaps + 1) * liking, np.inf)
    claims = costs.copy()
    while True:
        best, index = divmod(int(costs.argmin()), len(rows))
        cost = float(costs[best, index])
        if cost == np.inf:
            break
        mark = marks[best]
        extra[index].append(mark)
        for other, claim in enumerate(claims[best].tolist()):
            if other != index and claim < CONTESTED * cost:
                contested[other].append(mark)
        outside[best] = costs[best] = np.inf
        near = nearest_to(mark, sides) + outside[:, index]
        nearer = np.minimum(gaps[:, index], near) + outside[:, index]
        gaps[:, index] = nearer
        costs[:, index] = np.where(nearer < reach, (nearer + 1) * liking[:, index], np.inf)
    return [
        replace(row, blobs=(*row.blobs, *more), contested=(*row.contested, *others))
        for row, more, others in zip(rows, extra, contested, strict=True)
    ]


def with_contested(rows: Sequence[Row]) -> list[Row]:
    """The rows with their neighbours' ink that may hold a mark of theirs.

    What hangs lower than descenders may have grown together with a tone mark, what begins where a dot below does, with
    that dot.
    """
    found: list[list[Blob]] = [list(row.contested) for row in rows]
    for index, (upper, lower) in enumerate(pairwise(rows)):
        low, high = upper.baseline + DEEPEST_EM * upper.em, lower.baseline - CLEAR_OF_LETTERS_EM * lower.em
        found[index + 1] += [b for b in upper.blobs if not b.is_part and low < b.bottom and b.top < high]
        first, last = (upper.baseline + share * upper.em for share in BELOW_EM)
        found[index] += [b for b in lower.blobs if not b.is_part and first <= b.top < last]
    return [replace(row, contested=tuple(dict.fromkeys(blobs))) for row, blobs in zip(rows, found, strict=True)]


def _reach(mark: Blob, em: float) -> float:
    return em * (DASH_REACH_EM if is_body(mark, em) and not is_rule_remnant(mark, em) else MARK_REACH_EM)


def _likings(marks: list[Blob], rows: list[Row]) -> NDArray[np.float64]:
    """Factors on the distances (marks, rows). Of two lines, what stands on the upper one's baseline is its own, and so
    is a dot right below; what else begins below that baseline is a mark of the lower one.
    """
    liking = np.ones((len(marks), len(rows)))
    _, top, _, bottom = sides = sides_of(marks)
    for index, row in enumerate(rows[:-1]):
        begins, ends = (row.baseline - share * row.em for share in (COMMA_TOP_EM, COMMA_BOTTOM_EM))
        is_own = (top < begins) & (bottom > ends)
        is_own |= np.array([_underlines(mark, row) for mark in marks])
        is_dot = ~is_own & _are_dots_below(sides, row)
        liking[is_own, index + 1 :] = FIRM
        liking[is_dot, index + 1 :] = PREFERENCE
        liking[~is_own & ~is_dot & (top >= row.baseline), index] = PREFERENCE
    return liking


def _underlines(mark: Blob, row: Row) -> bool:
    """The lower stroke of a `≥` or `≤` whose strokes do not touch: as wide as the one right above it."""
    is_stroke = mark.height <= MAX_STROKE_EM * row.em and MIN_STROKE_EM * row.em <= mark.width <= row.em
    return is_stroke and any(
        abs(blob.left - mark.left) <= ALIGNED_EM * row.em
        and abs(blob.right - mark.right) <= ALIGNED_EM * row.em
        and 0 <= mark.top - blob.bottom <= STROKE_GAP_EM * row.em
        for blob in row.blobs
    )


def _are_dots_below(sides: NDArray[np.int_], row: Row) -> NDArray[np.bool_]:
    left, top, right, bottom = sides
    low, high = (row.baseline + share * row.em for share in DOT_ZONE_EM)
    middle, size = (top + bottom) / 2, np.maximum(right - left, bottom - top)
    return np.asarray((size <= MAX_DOT_EM * row.em) & (low < middle) & (middle <= high), dtype=np.bool_)


def gaps_to_rows(marks: list[Blob], rows: list[Row], em: float) -> NDArray[np.float64]:
    """Distances in pixels from each mark to the nearest letter of each line; endless where it is out of its frame."""
    gaps = np.full((len(marks), len(rows)), np.inf)
    if not marks:
        return gaps
    sides = sides_of(marks)
    middle = (sides[1] + sides[3]) / 2
    for index, row in enumerate(rows):
        first, last = row.baseline - ABOVE_BASELINE_EM * em, row.baseline + DOT_BELOW_EM * em
        near = np.flatnonzero((first <= middle) & (middle <= last))
        if len(near) and row.blobs:
            gaps[near, index] = nearest(sides[:, near], sides_of(row.blobs))
    return gaps
