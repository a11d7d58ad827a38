"""Long runs of ink along the rows of a picture: flat openings and closings with eight rows in a byte.

The same as `cv2.morphologyEx` with a kernel of one row (tests hold them against each other), at a tenth of its time:
rules are sought four times on every page, each time with three such kernels.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Mask

Packed = NDArray[np.uint8]
ROWS = 8
_BITS = (np.uint8(1) << np.arange(ROWS, dtype=np.uint8))[:, None]


@dataclass(frozen=True, slots=True)
class PackedInk:
    """A picture of ink: bit b of row r of `bits` is the pixel in row 8 r + b; rows beyond its `height` are empty."""

    bits: Packed
    height: int

    def part(self, rows: slice, columns: slice) -> NDArray[np.bool_]:
        """Where ink is in some of the rows and columns."""
        first = rows.start // ROWS
        unpacked = _unpacked(self.bits[first : -(-rows.stop // ROWS), columns])
        return unpacked[rows.start - first * ROWS : rows.stop - first * ROWS]


@dataclass(frozen=True, slots=True)
class Runs:
    """What of a picture is in few of its rows: `ink` without most empty ones, and the row that each of them was.

    Where rows are left out, one stands that is empty.
    """

    ink: Mask
    rows: NDArray[np.int_]


def pack(ink: Mask) -> PackedInk:
    packed = np.zeros((-(-len(ink) // ROWS), ink.shape[1]), np.uint8)
    for bit, value in enumerate(_BITS):
        rows = ink[bit::ROWS]
        packed[: len(rows)] |= rows & value
    return PackedInk(packed, len(ink))


def pack_lying(ink: Mask) -> PackedInk:
    """The picture transposed, whose rows are the columns of this one."""
    return PackedInk(np.ascontiguousarray(np.packbits(ink, axis=1, bitorder="little").T), ink.shape[1])


def either(first: PackedInk, second: PackedInk) -> PackedInk:
    """What is ink in one of two pictures of one size."""
    return PackedInk(first.bits | second.bits, first.height)


def without(ink: PackedInk, other: PackedInk) -> PackedInk:
    """What is ink in one picture and not in the other."""
    return PackedInk(ink.bits & ~other.bits, ink.height)


def bridged(ink: PackedInk, length_px: int) -> PackedInk:
    """Ink with the gaps along rows closed that are narrower than this."""
    return PackedInk(_eroded(_dilated(ink.bits, length_px), length_px), ink.height)


def long_runs(ink: PackedInk, least_px: int, gap_px: int, length_px: int) -> Runs:
    """Runs of `length_px` in ink a row thicker up and down: of pieces of `least_px`, in gaps of `gap_px` bridged.

    The lengths are odd: an even kernel would move what it opens.
    """
    cores = _eroded(_thickened(ink.bits), least_px)
    # What follows goes along rows: those without a core stay empty.
    kept = np.flatnonzero(cores.any(axis=1))
    closed = _eroded(_dilated(_dilated(cores[kept], least_px), gap_px), gap_px)
    return _parted(_dilated(_eroded(closed, length_px), length_px), kept, ink.height)


def filled_rows(mask: Mask) -> Runs:
    """The rows of a picture that have ink."""
    places = np.flatnonzero(mask.any(axis=1))
    at, rows = _spaced(places)
    ink = np.zeros((len(rows), mask.shape[1]), np.uint8)
    ink[at] = mask[places]
    return Runs(ink, rows)


def _parted(packed: Packed, places: NDArray[np.int_], height: int) -> Runs:
    """Rows of bytes, whose places in the picture rise, unpacked."""
    is_filled = packed.any(axis=1)
    at, rows = _spaced(places[is_filled])
    bytes_ = np.zeros((len(rows), packed.shape[1]), np.uint8)
    bytes_[at] = packed[is_filled]
    each = (rows[:, None] * ROWS + np.arange(ROWS)).ravel()
    within = int(np.searchsorted(each, height))
    return Runs(_unpacked(bytes_)[:within].view(np.uint8) * np.uint8(255), each[:within])


def _spaced(places: NDArray[np.int_]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Where rising places come to lie with one more before each that does not follow the last, and what lies there."""
    is_apart = np.diff(places, prepend=-1) > 1
    at = np.arange(len(places)) + np.cumsum(is_apart)
    # A picture has a row at least.
    rows = np.zeros(int(at[-1]) + 1 if len(at) else 1, np.int_)
    rows[at] = places
    rows[at[is_apart] - 1] = places[is_apart] - 1
    return at, rows


def _unpacked(packed: Packed) -> NDArray[np.bool_]:
    is_ink = (packed[:, None] & _BITS) > 0
    return np.asarray(is_ink.reshape(-1, packed.shape[1]), dtype=np.bool_)


def _thickened(packed: Packed) -> Packed:
    """Every pixel with those above and below it."""
    # Sums and products move bits up in a tenth of the time that numpy takes for shifts.
    above, below = packed + packed, packed >> np.uint8(1)
    above[1:] |= packed[:-1] >> np.uint8(7)
    below[:-1] |= packed[1:] * np.uint8(128)
    above |= below
    above |= packed
    return above


def _eroded(packed: Packed, length: int) -> Packed:
    """Pixels whose neighbours along the row are all ink; what is beyond the picture counts as ink."""
    return _swept(packed, length, np.bitwise_and, 255)


def _dilated(packed: Packed, length: int) -> Packed:
    return _swept(packed, length, np.bitwise_or, 0)


def _swept(packed: Packed, length: int, combine: np.ufunc, beyond: int) -> Packed:
    """`length` neighbours combined, by doubling: n steps reach 2**n pixels."""
    before, (height, width) = length // 2, packed.shape
    swept = np.full((height, width + length - 1), beyond, np.uint8)
    swept[:, before : before + width] = packed
    done = 1
    while done < length:
        step = min(done, length - done)
        swept = combine(swept[:, :-step], swept[:, step:])
        done += step
    return swept
