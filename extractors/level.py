"""A page's picture made level and flat in one step: interpolating twice would blur it twice.

Margins without print stay as they are where the page is not bent: a third of a page, which costs as much as print.
"""

import math
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey
from extractors.bend import Bend
from extractors.pdf import POINTS_PER_INCH
from extractors.pose import Pose
from extractors.skew import MIN_SKEW_DEGREES

# Nothing is printed nearer to the edge of the paper (4 mm): where turning pushes more than this over the picture's
# edge, the picture grows.
MIN_MARGIN_PT = 12.0
# Rows that are flattened at once: the maps of a whole A3 page at 300 dpi would take 140 MB.
STRIP_PX = 256
# Parts begin and end at multiples of this: pictures at a half or a quarter of the size, and samples, are then those of
# the whole page.
STEP_PX = 12

# Rows and columns.
Part = tuple[slice, slice]


def level(
    grey: Grey, degrees: float, bend: Bend | None, dpi: float, pose: Pose, inked: Part
) -> tuple[Grey, Pose, Part]:
    """The picture of an upright page without its skew and bend, the pose with the way back from it, and where what was
    in the `inked` rows and columns has come to lie.
    """
    if bend is None and abs(degrees) < MIN_SKEW_DEGREES:
        return grey, pose, inked
    height, width = grey.shape
    over_x, over_y = _overhang(grey, degrees, dpi)
    size = (width + 2 * over_x, height + 2 * over_y)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] += over_x, over_y
    back = np.asarray(cv2.invertAffineTransform(matrix), dtype=np.float64)
    points_per_px = POINTS_PER_INCH / dpi
    first, second = ((float(a), float(b), float(c) * points_per_px) for a, b, c in back)
    pose = replace(pose, skew=(first, second))
    if bend is None:
        framed = cv2.copyMakeBorder(grey, over_y, over_y, over_x, over_x, cv2.BORDER_REPLICATE)
        inked = _moved(inked, matrix, size)
        framed[inked] = _turned(grey, matrix, inked)
        return np.asarray(framed, dtype=np.uint8), pose, inked
    bend = bend.shifted(over_x * points_per_px, over_y * points_per_px)
    whole = slice(0, size[1]), slice(0, size[0])
    return _flattened(grey, bend, back, size, points_per_px), replace(pose, bend=bend), whole


def _moved(part: Part, matrix: NDArray[np.float64], size: tuple[int, int]) -> Part:
    """Rows and columns that hold a part of a picture once it is turned (`size`: width, height)."""
    rows, columns = part
    corners = [(x, y, 1) for x in (columns.start, columns.stop) for y in (rows.start, rows.stop)]
    across, down = (_stepped(places, side) for places, side in zip(matrix @ np.array(corners).T, size, strict=True))
    return down, across


def _stepped(places: NDArray[np.float64], side: int) -> slice:
    """The span of some places within a picture's side, widened to whole steps."""
    first, last = (math.floor(places.min()) // STEP_PX * STEP_PX, math.ceil(places.max() / STEP_PX) * STEP_PX)
    return slice(max(0, first), min(side, last))


def _turned(grey: Grey, matrix: NDArray[np.float64], part: Part) -> Grey:
    """Part of the turned picture."""
    rows, columns = part
    shifted = matrix - np.array([[0, 0, columns.start], [0, 0, rows.start]])
    size = columns.stop - columns.start, rows.stop - rows.start
    turned = cv2.warpAffine(grey, shifted, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def _overhang(grey: Grey, degrees: float, dpi: float) -> tuple[int, int]:
    """Pixels by which the turned page sticks out at its sides and ends; none where that is but its margin."""
    height, width = grey.shape
    tilt = math.radians(abs(degrees))
    wide = width * math.cos(tilt) + height * math.sin(tilt) - width
    high = height * math.cos(tilt) + width * math.sin(tilt) - height
    if max(wide, high) / 2 <= MIN_MARGIN_PT * dpi / POINTS_PER_INCH:
        return 0, 0
    return math.ceil(max(wide, 0) / 2), math.ceil(max(high, 0) / 2)


def _flattened(grey: Grey, bend: Bend, back: NDArray[np.float64], size: tuple[int, int], points_per_px: float) -> Grey:
    """The flat picture (`size`: width, height); `back` leads from the level picture to `grey`, pixels."""
    width, height = size
    flat = np.empty((height, width), dtype=np.uint8)
    columns = np.arange(width, dtype=np.float64) * points_per_px
    for top in range(0, height, STRIP_PX):
        rows = np.arange(top, min(height, top + STRIP_PX), dtype=np.float64) * points_per_px
        x, y = (place / np.float32(points_per_px) for place in bend.displaced(columns, rows))
        map_x, map_y = (np.float32(a) * x + np.float32(b) * y + np.float32(c) for a, b, c in back)
        flat[top : top + len(rows)] = cv2.remap(grey, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return flat
