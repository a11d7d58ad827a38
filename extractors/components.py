"""Connected components of a picture, and order statistics of its greys: the same as OpenCV's and numpy's, sooner."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey, Mask

Labels = NDArray[np.int32]


def find_components(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """Number of the component that each pixel is of, and their statistics (row 0 stands for what is none).

    The labelling of Grana and others gives the same numbers as the one that OpenCV takes of itself and, with one
    thread, at half of its time (200 dpi A4: 14 ms instead of 28). Margins without ink cost as much as ink: they are
    left out.
    """
    rows, columns = inked_part(mask)
    labels = np.zeros(mask.shape, np.int32)
    part = mask[rows, columns]
    if not part.size:
        return labels, np.zeros((1, 5), np.int32)
    grana = cv2.CCL_GRANA
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(part, 8, cv2.CV_32S, grana, labels[rows, columns])
    stats[1:, :2] += columns.start, rows.start
    return labels, np.asarray(stats, dtype=np.int32)


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
