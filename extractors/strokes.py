"""Strokes of a pen in the ink of a page, whatever their colour: ticks, crosses, lines struck through a word.

Print has no straight slanting stroke longer than a slash. Where one is, what slants on from it is of the same pen.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Mask
from extractors.components import find_components
from extractors.shifted_ink import ShiftedInk

# Fine enough for a stroke of 1.4 pt, coarse enough to look in many directions.
DPI = 100
POINTS_PER_INCH = 72
# A slash of print of 16 pt is 15 pt long, the long arm of a tick 17 and more; its short arm half of that.
LONG_PT, SHORT_PT, END_PT = 16.0, 6.5, 2.0
# A stroke is looked for in these directions, degrees from level; rules and upright letters are steeper or flatter.
STEEP_DEGREES = (25, 33, 41, 49, 57, 65, 73)
# Ink of the thinnest stroke of a pen, in squares of points: rows of specks have less. A rule may part it in pieces.
MIN_AREA_PT2, MIN_PIECE_PT2 = 36.0, 8.0
# Straight runs along or down that are that long are rules, what is that thick is an area.
RULE_PT, THICK_PT = 30.0, 4.0
# Half of a stroke's width, and how far its rim may lie beside it.
HALF_STROKE_PT, RIM_PT = 1.0, 0.8
# Ink that is longer along or down is a rule.
MAX_PRINT_PT = 60.0


def find_strokes(ink: Mask, dpi: float) -> tuple[Mask, Mask]:
    """What of a page's ink was drawn by a pen: strokes that touch no print, and those that do.

    Print would be cut in two without the second ones.
    """
    height, width = ink.shape
    size = round(width * DPI / dpi), round(height * DPI / dpi)
    small = (cv2.resize(ink, size, interpolation=cv2.INTER_AREA) > 90).astype(np.uint8)
    strokes = _strokes(small)
    if not strokes.any():
        return np.zeros_like(ink), np.zeros_like(ink)
    reach = round(HALF_STROKE_PT * DPI / POINTS_PER_INCH)
    wide = cv2.dilate(strokes, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    drawn = (cv2.resize(wide, (width, height), interpolation=cv2.INTER_NEAREST) > 0) & (ink > 0)
    return _parted(ink, drawn, dpi)


def _strokes(small: Mask) -> Mask:
    """The long slanting runs, and the short arms of ticks that begin at their ends."""
    runs = _without_small(_slanting(small, LONG_PT), MIN_AREA_PT2)
    if not runs.any():
        return runs
    other = _rules_and_areas(small)
    long = _without_small(np.asarray(cv2.bitwise_and(runs, 1 - other), dtype=np.uint8), MIN_PIECE_PT2)
    if not long.any():
        return long
    taken = cv2.bitwise_or(other, cv2.dilate(long, np.ones((3, 3), np.uint8)))
    arms = cv2.bitwise_and(_slanting(small, SHORT_PT), 1 - taken)
    labels, _ = find_components(np.asarray(arms, dtype=np.uint8))
    at_ends = np.setdiff1d(labels[_ends(long) > 0], 0)
    return (np.isin(labels, at_ends) | (long > 0)).astype(np.uint8)


def _ends(long: Mask) -> Mask:
    """Where the long runs begin and end, and what is near there."""
    reach = round(END_PT * DPI / POINTS_PER_INCH)
    labels, stats = find_components(long)
    ends = np.zeros_like(long)
    for label, (_, top, _, height, _) in enumerate(stats[1:].tolist(), start=1):
        for rows in (slice(top, top + reach), slice(top + height - reach, top + height)):
            ends[rows][labels[rows] == label] = 1
    return np.asarray(cv2.dilate(ends, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), dtype=np.uint8)


def _slanting(small: Mask, length_pt: float) -> Mask:
    """Ink in straight slanting runs of that length, up to the right and down to the right."""
    length = length_pt * DPI / POINTS_PER_INCH
    runs = np.zeros_like(small)
    shifted = ShiftedInk(small)
    for degrees in STEEP_DEGREES:
        rising = _slanting_line(length, degrees)
        for line in (rising, np.ascontiguousarray(rising[::-1])):
            starts = shifted.places_of(line)
            # On most pages no stroke slants that far: there is nothing to grow again.
            if starts.any():
                runs |= _drawn_at(starts, line)
    return np.asarray(runs, dtype=np.uint8)


def _drawn_at(starts: Mask, line: NDArray[np.uint8]) -> Mask:
    """The line with its upper left corner at each of the places."""
    turned = np.ascontiguousarray(line[::-1, ::-1])
    corner = line.shape[1] - 1, line.shape[0] - 1
    grown = cv2.dilate(starts, turned, anchor=corner, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(grown, dtype=np.uint8)


def _slanting_line(length: float, degrees: float) -> NDArray[np.uint8]:
    angle = np.deg2rad(degrees)
    width, height = (round(length * float(part)) + 1 for part in (np.cos(angle), np.sin(angle)))
    kernel = np.zeros((height, width), np.uint8)
    cv2.line(kernel, (0, height - 1), (width - 1, 0), 1)
    return kernel


def _rules_and_areas(small: Mask) -> Mask:
    """What is straight along or down for longer than a pen's stroke, or thicker: slanting runs fit into both."""
    length, thick = (round(points * DPI / POINTS_PER_INCH) for points in (RULE_PT, THICK_PT))
    kernels = [np.ones(size, np.uint8) for size in ((1, length), (length, 1), (thick, thick))]
    found = [cv2.morphologyEx(small, cv2.MORPH_OPEN, kernel) for kernel in kernels]
    return np.asarray(cv2.dilate(np.bitwise_or.reduce(found), np.ones((3, 3), np.uint8)), dtype=np.uint8)


def _without_small(runs: Mask, least_pt2: float) -> Mask:
    if not runs.any():
        return runs
    labels, stats = find_components(runs)
    is_large = stats[:, 4] >= least_pt2 * (DPI / POINTS_PER_INCH) ** 2
    is_large[0] = False
    return is_large[labels].astype(np.uint8)


def _parted(ink: Mask, drawn: NDArray[np.bool_], dpi: float) -> tuple[Mask, Mask]:
    """The strokes that are clear of print, with the slivers of ink beside them, and the others; rules are no print."""
    scale = dpi / POINTS_PER_INCH
    labels, stats = find_components(((ink > 0) & ~drawn).astype(np.uint8))
    near = _grown(drawn, RIM_PT * scale)
    is_rim = np.bincount(labels[near], minlength=len(stats)) == stats[:, 4]
    is_rim[0] = False
    whole = drawn | is_rim[labels]
    is_print = ~is_rim & (stats[:, 2:4].max(axis=1) <= MAX_PRINT_PT * scale)
    is_print[0] = False
    strokes, _ = find_components(_grown(whole, 1).astype(np.uint8))
    touching = np.unique(strokes[is_print[labels] & (strokes > 0)])
    is_over = np.isin(strokes, touching)
    clear, over = ((part * np.uint8(255)).astype(np.uint8) for part in (whole & ~is_over, whole & is_over))
    return clear, over


def _grown(mask: NDArray[np.bool_], reach: float) -> NDArray[np.bool_]:
    side = 2 * max(1, round(reach)) + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)
