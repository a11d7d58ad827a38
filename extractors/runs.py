"""Long runs of ink along the rows of a picture: flat openings and closings with eight rows in a byte.

The same as `cv2.morphologyEx` with a kernel of one row (tests hold them against each other), at a tenth of its time:
rules are sought four times on every page, each time with three such kernels.
"""

import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Mask

Packed = NDArray[np.uint8]
_BITS = tuple(1 << bit for bit in range(8))


def long_runs(ink: Mask, least_px: int, gap_px: int, length_px: int) -> Mask:
    """Runs of `length_px` in ink a row thicker up and down: of pieces of `least_px`, in gaps of `gap_px` bridged.

    The lengths are odd: an even kernel would move what it opens.
    """
    packed = _thickened(_packed(ink))
    cores = _eroded(packed, least_px)
    # What follows goes along rows: those without a core stay empty.
    kept = np.flatnonzero(cores.any(axis=1))
    bridged = _eroded(_dilated(_dilated(cores[kept], least_px), gap_px), gap_px)
    packed[:] = 0
    packed[kept] = _dilated(_eroded(bridged, length_px), length_px)
    return _unpacked(packed, len(ink))


def _packed(ink: Mask) -> Packed:
    """Bit b of row r is the pixel in row 8 r + b; rows beyond the end are empty."""
    packed = np.zeros((-(-len(ink) // 8), ink.shape[1]), np.uint8)
    for bit, value in enumerate(_BITS):
        rows = ink[bit::8]
        packed[: len(rows)] |= rows & np.uint8(value)
    return packed


def _unpacked(packed: Packed, height: int) -> Mask:
    ink = np.zeros((len(packed), 8, packed.shape[1]), np.uint8)
    filled = np.flatnonzero(packed.any(axis=1))
    for bit, value in enumerate(_BITS):
        ink[filled, bit] = np.where(packed[filled] & np.uint8(value), np.uint8(255), np.uint8(0))
    return ink.reshape(-1, packed.shape[1])[:height]


def _thickened(packed: Packed) -> Packed:
    """Every pixel with those above and below it."""
    above, below = packed << np.uint8(1), packed >> np.uint8(1)
    above[1:] |= packed[:-1] >> np.uint8(7)
    below[:-1] |= packed[1:] << np.uint8(7)
    return np.asarray(packed | above | below, dtype=np.uint8)


def _eroded(packed: Packed, length: int) -> Packed:
    """Pixels whose neighbours along the row are all ink; what is beyond the picture counts as ink."""
    return _swept(packed, length, np.bitwise_and, 255)


def _dilated(packed: Packed, length: int) -> Packed:
    return _swept(packed, length, np.bitwise_or, 0)


def _swept(packed: Packed, length: int, combine: np.ufunc, beyond: int) -> Packed:
    """`length` neighbours combined, by doubling: n steps reach 2**n pixels."""
    reach = length // 2
    swept = np.pad(packed, ((0, 0), (reach, reach)), constant_values=beyond)
    done = 1
    while done < length:
        step = min(done, length - done)
        swept = combine(swept[:, :-step], swept[:, step:])
        done += step
    return swept
