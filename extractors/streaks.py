"""Hairlines down a whole page, which dirt on a scanner's glass draws: taken off before anything else is looked at.

A letter that such a line touches would be one component of ink with it, and belong to no line of print.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey

# Every so many rows of a page are looked at; wider dark lines (pixels) are none of these.
SAMPLED, WIDEST_PX = 8, 8
# Grey levels that a streak is darker than the paper beside it; what is darker than half of it may be a table's rule.
LEAST_DEPTH, DARKEST = 6.0, 0.5
# In how many rows it is seen, also in the margins above and below all print, which are this share of the height.
LEAST_SEEN, LEAST_SEEN_IN_MARGINS, MARGIN = 0.8, 0.6, 0.04


def without_streaks(grey: Grey) -> Grey:
    """The page as displayed with its upright and its level streaks lightened; itself where it has none."""
    upright = _lightened(grey, _gains(grey[::SAMPLED]))
    across = _gains(np.ascontiguousarray(upright[:, ::SAMPLED].T))
    return upright if across is None else np.ascontiguousarray(_lightened(upright.T, across).T)


def _gains(sample: Grey) -> NDArray[np.float32] | None:
    """By how much each column is to be lightened; None where all are as they should be."""
    paper = cv2.morphologyEx(sample, cv2.MORPH_CLOSE, np.ones((1, WIDEST_PX + 1), np.uint8))
    lack = cv2.subtract(paper, sample)
    # A median costs ten times a count, which leaves a column or none.
    is_deep = 2 * np.count_nonzero(lack >= LEAST_DEPTH, axis=0) >= len(lack)
    depth = np.zeros(sample.shape[1])
    depth[is_deep] = np.median(lack[:, is_deep], axis=0)
    candidates = np.flatnonzero((depth >= LEAST_DEPTH) & (depth <= DARKEST * 255))
    found = [column for column in candidates if _is_streak(lack[:, column], depth[column])]
    if not found:
        return None
    near = cv2.dilate(np.isin(np.arange(len(depth)), found).astype(np.uint8)[None], np.ones((1, 3), np.uint8))[0] > 0
    usual = np.median(paper, axis=0)
    return np.asarray(np.where(near, usual / np.maximum(usual - depth, 1), 1), dtype=np.float32)


def _is_streak(lack: NDArray[np.uint8], depth: float) -> bool:
    """Whether a column is darker than its neighbours down the whole page, margins and all: rules of tables are not."""
    seen = lack >= max(LEAST_DEPTH, depth / 2)
    margin = max(1, round(MARGIN * len(seen)))
    ends = seen[:margin].mean(), seen[-margin:].mean()
    return bool(seen.mean() >= LEAST_SEEN and min(ends) >= LEAST_SEEN_IN_MARGINS)


def _lightened(grey: Grey, gains: NDArray[np.float32] | None) -> Grey:
    """Each column times its gain: print under a streak comes out as dark as beside it."""
    if gains is None:
        return grey
    light = grey.copy()
    columns = np.flatnonzero(gains > 1)
    light[:, columns] = np.minimum(255, np.rint(grey[:, columns] * gains[columns])).astype(np.uint8)
    return light
