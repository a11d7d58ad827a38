"""How solid a flat stroke of ink is: a rule is dark along its middle, print bridged by blur light between letters."""

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey

Value = TypeVar("Value", np.uint8, np.bool_)

# Of its own darkness near by, everywhere: print bridged by blur is light between its letters.
EVENNESS = 0.65
# Where a rule has faded further than to this share, it is a gap.
MIN_FADED_SHARE = 0.3


def solidity(grey: Grey, ink: NDArray[np.bool_], middles: NDArray[np.float64], stretch: int, gap: int) -> float:
    """Share of a flat component's columns inked in its middle and about as dark as those around: print has gaps.

    As its own darkness `stretch` pixels about, for a rule may fade along a page; that of the middle and one pixel up
    and down together, for a thin rule between two rows of pixels is as dark as one on a row. Gaps of `gap` pixels
    count as dark.
    """
    places = _places_along(middles)
    darkness = 3 * 255 - _framed(grey, 255).take(places).sum(axis=0, dtype=np.int_)
    lengths = _even_lengths(len(darkness), max(1, len(darkness) // stretch))
    usual = _upper_quartiles(darkness, lengths)
    is_dark = darkness >= np.repeat(EVENNESS * np.maximum(usual, MIN_FADED_SHARE * usual.max()), lengths)
    is_dark &= _framed(ink, 0).take(places).any(axis=0)
    if not gap:
        return float(is_dark.mean())
    closed = cv2.morphologyEx(is_dark.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, gap + 1), np.uint8))
    return float(closed.mean())


def _places_along(middles: NDArray[np.float64]) -> NDArray[np.int_]:
    """Above, on and below a line that takes each column of a picture in its own row: places in the framed picture."""
    width = len(middles)
    on = (np.rint(middles).astype(int) + 1) * width + np.arange(width)
    return np.stack([on - width, on, on + width])


def _framed(values: NDArray[Value], beyond: int) -> NDArray[Value]:
    """A picture with a row above it and one below."""
    height, width = values.shape
    framed = np.full((height + 2, width), beyond, values.dtype)
    framed[1:-1] = values
    return framed


def _even_lengths(total: int, parts: int) -> NDArray[np.int_]:
    """How many of so many values each part gets; the first ones one more."""
    return np.full(parts, total // parts) + (np.arange(parts) < total % parts)


def _upper_quartiles(values: NDArray[np.int_], lengths: NDArray[np.int_]) -> NDArray[np.float64]:
    """`np.percentile(part, 75)` of each of the parts one after the other, whose lengths differ by one at most."""
    most, least = int(lengths[0]), int(lengths[-1])
    split = most * int(np.count_nonzero(lengths == most))
    quartiles = [_row_quartiles(values[:split].reshape(-1, most)), _row_quartiles(values[split:].reshape(-1, least))]
    return np.concatenate(quartiles)


def _row_quartiles(rows: NDArray[np.int_]) -> NDArray[np.float64]:
    ordered = np.sort(rows, axis=1)
    place = 0.75 * (ordered.shape[1] - 1)
    low = int(place)
    step = ordered[:, min(low + 1, ordered.shape[1] - 1)] - ordered[:, low]
    return np.asarray(ordered[:, low] + step * (place - low), dtype=np.float64)
