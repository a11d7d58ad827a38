"""Writing in blue ink taken off a colour scan: ticks, signatures, remarks; the black print under them left standing.

Print may be blue as well (a letterhead, a changed figure, the rules of a table): what is no larger than a letter, fills
an area or runs straight along is left as it is.
"""

import cv2
import numpy as np

from extractors.arrays import Channels, Grey, Mask
from extractors.components import find_components
from extractors.seal import brightened, split_channels

# Blue beyond both other channels by this many levels is blue ink; the cast of a scanner stays below.
MIN_BLUENESS = 30
# Fewer pixels are no stroke of a pen. Paper around it tells how bright the ground is.
MIN_BLUE_PX, MARGIN_PX = 60, 24
# Beside a stroke, what has no tinge of it is print or paper.
MIN_TINGE = 8
# A pen's ink is uneven and denser than a seal's: print under it is darker than this share of the paper's brightness.
MAX_PRINT_LEVEL = 0.6
# Strokes of a pen that colour at half the resolution has parted are joined again over this distance, points.
JOIN_PT = 1.2
# Taller than letters of a title, in points; a stroke fills less of its frame than a shaded area, a picture or a seal.
MIN_HEIGHT_PT, MIN_WIDTH_PT, MAX_FILL = 13.0, 5.0, 0.4
# A pen runs no longer straight along or down than that: rules do.
MAX_STRAIGHT_PT = 30.0


def lift_blue(channels: Channels, grey: Grey, points_per_px: float) -> Grey:
    """Grey picture of a page with what its colours show as writing in blue taken off."""
    is_blue = cv2.compare(_blueness(channels), MIN_BLUENESS, cv2.CMP_GT)
    field = _frame(is_blue)
    if field is None:
        return grey
    written = _writing(np.ascontiguousarray(is_blue[field]), points_per_px)
    if not written.any():
        return grey
    red, green, blue = (channel[field] for channel in channels)
    others = np.asarray(cv2.max(red, green), dtype=np.uint8)
    has_tinge = cv2.blur(_blueness((red, green, blue)), (3, 3)) > MIN_TINGE
    near = has_tinge & (cv2.dilate(written, np.ones((9, 9), np.uint8)) > 0)
    lifted = brightened(blue, others, written > 0, MAX_PRINT_LEVEL)
    grey[field][near] = np.maximum(grey[field], lifted)[near]
    return grey


def find_writing(rgb: Grey, points_per_px: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of what is written in blue on a page, stroke by stroke; pixels."""
    is_blue = cv2.compare(_blueness(split_channels(rgb)), MIN_BLUENESS, cv2.CMP_GT)
    field = _frame(is_blue)
    if field is None:
        return []
    written = _writing(np.ascontiguousarray(is_blue[field]), points_per_px)
    _, stats = find_components(written)
    left, top = field[1].start, field[0].start
    return [(left + x, top + y, left + x + w, top + y + h) for x, y, w, h, _ in stats[1:].tolist()]


def _blueness(channels: Channels) -> Grey:
    """How far blue is beyond both other channels."""
    red, green, blue = channels
    return np.asarray(cv2.subtract(blue, cv2.max(red, green)), dtype=np.uint8)


def _frame(is_blue: Mask) -> tuple[slice, slice] | None:
    """Where the blue ink is, with the paper around it; None where there is next to none."""
    if cv2.countNonZero(is_blue) < MIN_BLUE_PX:
        return None
    left, top, width, height = cv2.boundingRect(is_blue)
    return slice(max(0, top - MARGIN_PX), top + height + MARGIN_PX), slice(
        max(0, left - MARGIN_PX), left + width + MARGIN_PX
    )


def _writing(is_blue: Mask, points_per_px: float) -> Mask:
    """What of the blue ink is written by hand."""
    reach = 2 * round(JOIN_PT / points_per_px / 2) + 1
    joined = cv2.morphologyEx(is_blue, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    labels, stats = find_components(np.asarray(joined, dtype=np.uint8))
    _, _, width, height, area = stats.T
    is_written = (
        (height * points_per_px >= MIN_HEIGHT_PT)
        & (width * points_per_px >= MIN_WIDTH_PT)
        & (area <= MAX_FILL * width * height)
    )
    is_written[0] = False
    is_written[np.unique(labels[_straight(is_blue, points_per_px) > 0])] = False
    return np.asarray(is_written[labels] & (is_blue > 0), dtype=np.uint8)


def _straight(ink: Mask, points_per_px: float) -> Mask:
    """Runs of ink along or down that no pen draws."""
    length = round(MAX_STRAIGHT_PT / points_per_px)
    along, down = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(s, np.uint8)) for s in ((1, length), (length, 1)))
    return np.asarray(cv2.bitwise_or(along, down), dtype=np.uint8)
