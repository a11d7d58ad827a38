"""Red seals taken off a colour scan, the black print under them left standing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Channels, Grey

# Red beyond both other channels by this many levels is seal ink; the yellow of old paper stays below.
MIN_REDNESS = 35
# Fewer red pixels than this share of the page are no seal: the red channel alone is right.
MIN_SEAL_SHARE = 0.0005
# Print under a seal is darker than this share of the paper's brightness.
MAX_PRINT_LEVEL = 0.85
# Inside the frame of the seal its thin strokes are paler: blurred colour beyond this counts too.
MIN_PALE_REDNESS = 14
# Lighter than this share of the paper's brightness is ground, in a shaded cell too; so much of it around tells.
MIN_GROUND_LEVEL, MIN_GROUND_SHARE, GROUND_PX = 0.7, 0.05, 41


def split_channels(rgb: Grey) -> Channels:
    """The channels of a picture (height x width x 3)."""
    red, green, blue = (np.asarray(channel, dtype=np.uint8) for channel in cv2.split(rgb))
    return red, green, blue


def lift_red(channels: Channels) -> Grey:
    """Colour picture → grey: its red channel, brightened where red ink dimmed it.

    Seal ink is translucent: it takes a share of the red and most of the green and blue, print under it takes the same
    share of all three. So green and blue over red tell how much seal there is, whatever print lies under it.
    """
    red, green, blue = channels
    others = cv2.max(green, blue)
    is_red = cv2.compare(cv2.subtract(red, others), MIN_REDNESS, cv2.CMP_GT)
    if cv2.countNonZero(is_red) < MIN_SEAL_SHARE * is_red.size:
        return red.copy()
    seal = np.asarray(is_red > 0)
    red, field = red.copy(), _frame(seal)
    red[field] = brightened(red[field], others[field], seal[field], MAX_PRINT_LEVEL)
    return red


def _frame(seal: np.ndarray) -> tuple[slice, slice]:
    rows, cols = np.flatnonzero(seal.any(axis=1)), np.flatnonzero(seal.any(axis=0))
    margin = 4
    return slice(max(0, rows[0] - margin), rows[-1] + margin), slice(max(0, cols[0] - margin), cols[-1] + margin)


def brightened(red: Grey, others: Grey, seal: np.ndarray, print_level: float) -> Grey:
    """The channel of an ink's own colour with that ink taken off.

    `others`: the greater of the other two channels; `seal`: where the ink plainly is; `print_level`: the share of the
    paper's brightness below which print is.
    """
    # JPEG keeps colour at half the resolution: the ratio is taken of means over a few pixels.
    soft_red = cv2.blur(red, (3, 3)).astype(np.float32) + 1
    ratio = cv2.blur(others, (3, 3)).astype(np.float32) / soft_red
    paper = float(np.percentile(red, 75))
    clear = seal & (red > 0.55 * paper)
    if not clear.any():
        return red
    full_ratio = float(np.percentile(ratio[clear], 20))
    loss = min(max(1 - float(np.median(red[clear])) / paper, 0.0), 0.6)
    strength = np.clip((0.97 - ratio) / max(0.97 - full_ratio, 0.1), 0, 1)
    strength = cv2.dilate(strength, np.ones((3, 3), np.uint8))
    pale = cv2.blur(cv2.subtract(red, others), (3, 3)) > MIN_PALE_REDNESS
    near = cv2.dilate((seal | pale).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    lifted = red / (1 - np.where(near, strength, 0) * loss)
    ground = ground_around(red, near, paper)
    # What is left of the seal's rim is paler than any print.
    is_rim = near & (lifted > print_level * ground)
    return np.clip(np.where(is_rim, ground, lifted), 0, 255).astype(np.uint8)


def ground_around(red: Grey, near: np.ndarray, paper: float) -> NDArray[np.float32]:
    """Brightness of the paper, or of a shaded cell, around each pixel, by what no seal and no print covers."""
    is_ground = (~near & (red > MIN_GROUND_LEVEL * paper)).astype(np.float32)
    window = (GROUND_PX, GROUND_PX)
    share, total = cv2.boxFilter(is_ground, -1, window), cv2.boxFilter(is_ground * red, -1, window)
    return np.where(share > MIN_GROUND_SHARE, total / np.maximum(share, MIN_GROUND_SHARE), paper).astype(np.float32)
