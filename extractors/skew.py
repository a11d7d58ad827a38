"""Skew of a scanned page: how far its rules and lines of print are from level; and pictures turned against it."""

import cv2
import numpy as np

from extractors.arrays import Grey, Mask
from extractors.components import find_components
from extractors.runs import filled_rows

# The page is looked at with its shorter side at this width: error of the skew <= 0.01 degree at 0.03 s
# (shared measurements, OCR recipe).
SMALL_SIDE_PX = 900
MAX_SKEW_DEGREES = 6.0
# Less is invisible to the rulings' tolerance, and turning blurs.
MIN_SKEW_DEGREES = 0.03
PAPER = 255


def shrink(grey: Grey) -> Grey:
    """The page small: enough to see how it lies."""
    scale = SMALL_SIDE_PX / min(grey.shape)
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def find_dark(small: Grey) -> Mask:
    """What is darker than its surroundings on a small page."""
    return darker(small, 25, 12)


def darker(grey: Grey, side: int, least: int) -> Mask:
    """What is darker by `least` or more than the mean of the square around it, its sides an odd number of pixels.

    The same as `cv2.adaptiveThreshold`, which looks every pixel up in a table, at two thirds of its time.
    """
    lack = cv2.subtract(cv2.blur(grey, (side, side), borderType=cv2.BORDER_REPLICATE), grey)
    return np.asarray(cv2.compare(lack, least - 1, cv2.CMP_GT), dtype=np.uint8)


def measure_skew(dark: Mask) -> float:
    """Angle of a small page's long horizontal strokes in degrees, clockwise positive; text rows where none are."""
    angles, lengths = _stroke_angles(dark)
    if not angles.size:
        return _text_skew(dark)
    return _weighted_median(angles, lengths)


def _stroke_angles(dark: Mask) -> tuple[np.ndarray, np.ndarray]:
    """Angles (degrees) and lengths (pixels) of long flat components."""
    # Dilated by one row, a rule of some degrees of skew still survives the opening in pieces that touch.
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, 30), np.uint8))
    runs = cv2.dilate(runs, np.ones((3, 5), np.uint8))
    labels, stats = find_components(filled_rows(np.asarray(runs, dtype=np.uint8)).ink)
    angles, lengths = [], []
    for label in range(1, len(stats)):
        left, top, width, height, _ = stats[label]
        if width < 150 or height > 0.12 * width + 8:
            continue
        part = labels[top : top + height, left : left + width] == label
        columns = np.flatnonzero(part.any(axis=0))
        middles = (part[:, columns] * np.arange(height)[:, None]).sum(axis=0) / part[:, columns].sum(axis=0)
        slope = np.polyfit(columns, middles, 1)[0]
        angles.append(float(np.degrees(np.arctan(slope))))
        lengths.append(float(width))
    keep = np.abs(angles) <= MAX_SKEW_DEGREES if angles else np.zeros(0, bool)
    return np.asarray(angles)[keep], np.asarray(lengths)[keep]


def _weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    order = np.argsort(values)
    summed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(summed, summed[-1] / 2)])


def _text_skew(dark: Mask) -> float:
    """Angle at which the rows of text are sharpest (greatest variance of the row profile), degrees."""
    rows, cols = np.nonzero(dark)
    if not len(rows):
        return 0.0

    def sharpness(angle: float) -> float:
        # Only where each pixel comes to lie counts: a tenth of the time of turning the picture.
        tilt = np.radians(angle)
        turned = np.rint(rows * np.cos(tilt) - cols * np.sin(tilt)).astype(np.int64)
        profile = np.bincount(turned - turned.min())
        return float(np.var(np.diff(profile)))

    coarse = max(np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + 0.1, 0.5), key=sharpness)
    return float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=sharpness))


def turn(grey: Grey, degrees: float, paper: int = PAPER) -> Grey:
    """Turn a picture by `degrees` against its skew, same size."""
    height, width = grey.shape
    return turned_part(grey, degrees, (0, 0, width, height), paper)


def turned_part(grey: Grey, degrees: float, box: tuple[int, int, int, int], paper: int = PAPER) -> Grey:
    """Part of the turned picture: left, top, right, bottom; pixels."""
    left, top, right, bottom = box
    if abs(degrees) < MIN_SKEW_DEGREES:
        return grey[top:bottom, left:right]
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] -= left, top
    flags = cv2.INTER_CUBIC if paper else cv2.INTER_NEAREST
    size = right - left, bottom - top
    turned = cv2.warpAffine(grey, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)
