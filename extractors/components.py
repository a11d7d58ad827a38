"""Connected components of a picture, and order statistics of its greys: the same as OpenCV's and numpy's, sooner."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey, Mask

Labels = NDArray[np.int32]
# Statistics of smaller pictures OpenCV gives as quickly.
LARGE_PX = 1 << 18


def find_components(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """Labels of the component that each pixel is of, and their statistics (row 0 stands for what is none).

    The labelling of Grana and others gives the same numbers as the one that OpenCV takes of itself and, with one
    thread, at half of its time (200 dpi A4: 14 ms instead of 28). Margins without ink cost as much as ink: they are
    left out.
    """
    rows, columns = inked_part(mask)
    labels = np.zeros(mask.shape, np.int32)
    part, of_part = mask[rows, columns], labels[rows, columns]
    if not part.size:
        return labels, np.zeros((1, 5), np.int32)
    grana = cv2.CCL_GRANA
    if part.size < LARGE_PX:
        _, _, found, _ = cv2.connectedComponentsWithStatsWithAlgorithm(part, 8, cv2.CV_32S, grana, of_part)
        stats = np.asarray(found, dtype=np.int32)
    else:
        count, _ = cv2.connectedComponentsWithAlgorithm(part, 8, cv2.CV_32S, grana, of_part)
        stats = _statistics(part, of_part, count)
    stats[1:, :2] += columns.start, rows.start
    return labels, stats


def _statistics(mask: Mask, labels: Labels, count: int) -> NDArray[np.int32]:
    """Left, top, width, height and area of each component, from runs of ink along the rows: most of a page is none.

    OpenCV goes through all pixels, at two thirds of what a page's labelling costs.
    """
    height, width = mask.shape
    framed = np.zeros((height, width + 2), np.bool_)
    np.not_equal(mask, 0, out=framed[:, 1:-1])
    edges = np.flatnonzero(framed[:, 1:] != framed[:, :-1])
    rows, lefts = np.divmod(edges[::2], width + 1)
    rights = edges[1::2] - rows * (width + 1)
    owners = labels[rows, lefts].astype(np.int64)
    first, last = np.full((2, count), max(mask.shape)), np.zeros((2, count), np.int64)
    for axis, (starts, ends) in enumerate(((lefts, rights), (rows, rows + 1))):
        np.minimum.at(first[axis], owners, starts)
        np.maximum.at(last[axis], owners, ends)
    areas = np.bincount(owners, rights - lefts, count)
    return np.stack([*first, *(last - first), areas], axis=1).astype(np.int32)


def inked_part(mask: Mask) -> tuple[slice, slice]:
    """The rows and columns of a picture that hold its ink; they begin at even places, for labelling goes by squares."""
    left, top, width, height = cv2.boundingRect(mask)
    return slice(top - top % 2, top + height), slice(left - left % 2, left + width)


def count_greys(grey: Grey) -> NDArray[np.int_]:
    """How many pixels have each of the 256 greys."""
    counts = cv2.calcHist([np.ascontiguousarray(grey)], [0], None, [256], [0, 256])
    return np.asarray(counts.ravel(), dtype=np.int_)


def percentile_of(values: NDArray[np.float64], counts: NDArray[np.int_], percent: float) -> float:
    """`np.percentile` of values that occur as often as counted."""
    order = np.argsort(values)
    ends = np.cumsum(counts[order])
    place = percent / 100 * (int(ends[-1]) - 1)
    low, high = (values[order][np.searchsorted(ends, int(at), side="right")] for at in (place, np.ceil(place)))
    return float(low + (high - low) * (place - int(place)))


def median(values: NDArray[np.float64]) -> float:
    """`np.median` of some values, one at least, at a seventh of its time."""
    ordered = np.sort(values)
    middle = len(ordered) // 2
    return float(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)


def median_grey(grey: Grey) -> float:
    return percentile_of(np.arange(256.0), count_greys(grey), 50)
