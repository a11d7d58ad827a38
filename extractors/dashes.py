"""Dotted and dashed rules of a scan: rows of small pieces of ink, evenly spaced."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Mask
from extractors.components import inked_part, median

# Pieces of a dotted rule are this thin and this long at most; longer ones are strokes, whose gaps are closed.
MAX_PIECE_PT = (10.0, 2.2)
# Pieces of one rule lie this near to its line.
BAND_PT = 1.4
# Where rules cross or print touches, two pieces in a row are missing.
MAX_GAP_PT, MAX_HOLE_PT = 6.0, 18.0
# Fewer pieces are the dots of an ellipsis or the bars of a few letters, unless a rule alike goes on along their line.
MIN_PIECES, MIN_PIECES_ON_LINE = 6, 3
ON_LINE_PT, ALIKE_SHARE = 1.0, 0.3
# What is shorter than so much of the usual piece is a speck between two: what is left of a seal, say.
LEAST_OF_LENGTH = 0.5
# Share of a row's pieces that are as long as the usual one: crossings and print take some.
MIN_ALIKE = 0.6
# A gap is no wider than this, or than so many pieces are long: strokes of letters below each other are.
MAX_DOT_GAP_PT, MAX_GAP_LENGTHS = 2.5, 1.5
# Share of the gaps that are as wide as the usual one: those between letters are not.
MIN_EVENNESS, LONG_PERIOD_PT = 0.7, 7.5
# The gaps of one cell's border, alike among themselves, are so many and so wide in the rule's usual one.
MIN_CELL_GAPS, MAX_CELL_GAPS = 3, 3.0
# Long dashes cover more than half of their rule, crossings take a few; letters below each other cover less.
MIN_LONG_COVER = 0.39
# A square of this side has some ten pieces of letters or of two dotted rules, of a halftone a hundred.
TILE_PT, MAX_PIECES_IN_TILE = 12.0, 36
MAX_LABELS = 65_000


@dataclass(frozen=True, slots=True)
class Dashes:
    """A row of pieces in pixels: the line that they lie on, where it begins and ends.

    Where it meets another rule within `reach`, its last piece is part of the other's ink.
    """

    at: float
    start: float
    end: float
    reach: float
    pieces: int


def find_dashes(ink: Mask, pixels_per_pt: float) -> list[Dashes]:
    """Rows of small pieces that run across a picture; the dots of a halftone are none."""
    pieces = _without_halftone(_pieces(ink, pixels_per_pt), pixels_per_pt)
    band = BAND_PT * pixels_per_pt
    # Bands laid twice, half a band apart: a rule on the border of two lies in the middle of a third.
    rows = [row for offset in (0.0, band / 2) for row in _even_rows(pieces, band, offset, pixels_per_pt)]
    long = [row for row in rows if row.pieces >= MIN_PIECES]
    near = ON_LINE_PT * pixels_per_pt
    return long + [row for row in rows if row.pieces < MIN_PIECES and _goes_on(row, long, near)]


def _goes_on(row: Dashes, long: list[Dashes], near: float) -> bool:
    """Whether a few pieces are those of a rule like another on the same line (beside a cell that it does not cross)."""
    return any(abs(row.at - o.at) <= near and abs(row.reach - o.reach) <= ALIKE_SHARE * o.reach for o in long)


def _pieces(ink: Mask, pixels_per_pt: float) -> NDArray[np.float64]:
    """Middle, left and right of the small flat pieces of ink."""
    longest, thickest = (size * pixels_per_pt for size in MAX_PIECE_PT)
    rows, columns = inked_part(ink)
    # Strips have no more pieces than 16 bits count: labels of half the size cost less than half the time.
    height = max(1, MAX_LABELS // (ink.shape[1] // 2 + 1) * 2 - 2)
    parts = [np.zeros((0, 3))]
    for top in range(0, rows.stop, height):
        strip = ink[max(top, rows.start) : top + height, columns]
        if not strip.size:
            continue
        _, _, stats, _ = cv2.connectedComponentsWithStats(strip, ltype=cv2.CV_16U)
        left, upper, wide, high, _ = stats[1:].astype(np.float64).T
        is_small = (high <= max(thickest, 3)) & (wide <= longest)
        left, upper = left + columns.start, upper + max(top, rows.start)
        parts.append(np.stack([upper + high / 2, left, left + wide], axis=1)[is_small])
    return np.concatenate(parts)


def _even_rows(pieces: NDArray[np.float64], band: float, offset: float, scale: float) -> list[Dashes]:
    """Stretches of pieces of one band whose gaps are alike."""
    bands = np.floor((pieces[:, 0] + offset) / band)
    order = np.lexsort((pieces[:, 1], bands))
    pieces, bands = _whole(pieces[order], bands[order])
    gaps = pieces[1:, 1] - pieces[:-1, 2]
    breaks = (np.diff(bands) != 0) | (gaps > MAX_HOLE_PT * scale)
    starts = np.flatnonzero(np.concatenate([[True], breaks]))
    ends = np.append(starts[1:], len(pieces))
    rows = [(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if b - a >= MIN_PIECES_ON_LINE]
    found = []
    for start, end in rows:
        lengths = pieces[start:end, 2] - pieces[start:end, 1]
        length = median(lengths)
        row = pieces[start:end][lengths >= LEAST_OF_LENGTH * length]
        if not _are_alike(lengths, length) or len(row) < MIN_PIECES_ON_LINE:
            continue
        gap = _even_gap(row[1:, 1] - row[:-1, 2], length, scale)
        if length + gap >= LONG_PERIOD_PT * scale and _cover(row) < MIN_LONG_COVER:
            continue
        if 0 < gap <= min(MAX_GAP_PT * scale, max(MAX_DOT_GAP_PT * scale, MAX_GAP_LENGTHS * length)):
            # A rule that ends in a gap ends up to a gap further.
            start_at, end_at = float(row[0, 1]) - gap, float(row[-1, 2]) + gap
            found.append(Dashes(median(row[:, 0]), start_at, end_at, length + gap, len(row)))
    return found


def _whole(pieces: NDArray[np.float64], bands: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pieces above each other in a band made one: a strip's border cuts a dash in two."""
    if not len(pieces):
        return pieces, bands
    apart = bands * (pieces[:, 2].max() + 1)
    reached = np.maximum.accumulate(pieces[:, 2] + apart)
    firsts = np.flatnonzero(np.append(True, pieces[1:, 1] + apart[1:] >= reached[:-1]))
    rights = np.maximum.reduceat(pieces[:, 2], firsts)
    return np.stack([pieces[firsts, 0], pieces[firsts, 1], rights], axis=1), bands[firsts]


def _are_alike(lengths: NDArray[np.float64], usual: float) -> bool:
    """Whether most pieces are about as long as the usual one: strokes of letters and what crosses them are not."""
    return float((np.abs(lengths - usual) <= max(ALIKE_SHARE * usual, 1.5)).mean()) >= MIN_ALIKE


def _cover(row: NDArray[np.float64]) -> float:
    """Share of a row's extent that its pieces cover."""
    return float((row[:, 2] - row[:, 1]).sum() / (row[-1, 2] - row[0, 1]))


def _even_gap(gaps: NDArray[np.float64], length: float, scale: float) -> float:
    """The usual gap between pieces of this length; 0 where too many gaps are others."""
    usual = float(np.sort(gaps)[len(gaps) // 4])
    period = usual + length
    # Of a long period every crossing takes a piece or two: then a gap may lack some.
    lacking = (0, 1, 2) if period >= LONG_PERIOD_PT * scale else (0,)
    off = np.min([np.abs(gaps - usual - pieces * period) for pieces in lacking], axis=0)
    is_even = (off <= max(0.25 * usual, 1.0)) | _is_even_in_cell(gaps, usual, period)
    return usual if int(is_even.sum()) >= MIN_EVENNESS * len(gaps) else 0.0


def _is_even_in_cell(gaps: NDArray[np.float64], usual: float, period: float) -> NDArray[np.bool_]:
    """Which gaps are as wide as those around them: a browser fits the dashes of a cell's border to its length."""
    cells = np.cumsum(gaps > period)
    is_inner = gaps <= min(period, MAX_CELL_GAPS * usual)
    is_even = np.zeros(len(gaps), dtype=bool)
    for cell in np.unique(cells[is_inner]):
        own = is_inner & (cells == cell)
        if own.sum() >= MIN_CELL_GAPS:
            is_even |= own & (np.abs(gaps - median(gaps[own])) <= max(0.25 * usual, 1.0))
    return is_even


def _without_halftone(pieces: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """The pieces that lie in no area full of dots."""
    tiles = np.floor(pieces[:, :2] / (TILE_PT * scale)).astype(int)
    _, tile, counts = np.unique(tiles[:, 0] * 10_000 + tiles[:, 1], return_inverse=True, return_counts=True)
    return pieces[counts[tile] <= MAX_PIECES_IN_TILE]
