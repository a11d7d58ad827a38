"""Upright bands in which the toner ran out, or a drum is worn: print there is made as dark as beside them.

Readers take a faded stroke for paper (`18,5` for `48,5`) and are sure of it; a faded sign is no ink at all. Such bands
run down the whole page, as the paper went through the machine.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey

# Print is measured in tiles: so wide across a band, so long along it (pixels).
WIDTH_PX, LENGTH_PX = 4, 48
# The darkest tile but one of a column tells how dark its print is: in a merged cell two rules may be all there is, and
# in a band even they are faded. So many of all columns tell what is usual.
TOLD_BY, USUAL_PERCENT = 2, 70
# Edges of letters are lighter than their cores; a band is wider than what is left of them (tiles).
NEAR_TILES, SMOOTH_TILES, LEAST_TILES = 3, 1.0, 4
# Share of the page's width that a band has at most: what is wider is a margin, or a column of few words.
MOST_WIDTH = 0.05
# Grey levels that usual print is darker than paper; shares of that: above the first nothing is faded, below the
# second is no print but what shines through from the back page.
LEAST_CONTRAST, FADED_SHARE, LEAST_SHARE = 90.0, 0.8, 0.25
# Noise grows with the print.
LEAST_GAIN, MOST_GAIN = 1.02, 3.0

Profile = NDArray[np.float32]


def without_fading(grey: Grey) -> Grey:
    """The page as displayed with its faded bands darkened; itself where it has none."""
    gains = _gains(grey)
    if gains is None:
        return grey
    dark = grey.copy()
    columns = np.flatnonzero(gains > 1)
    paper = _paper(grey)[:, columns].astype(np.float32)
    dark[:, columns] = np.clip(paper - (paper - grey[:, columns]) * gains[columns], 0, 255).astype(np.uint8)
    return dark


def _gains(grey: Grey) -> Profile | None:
    """By how much the print in each column of pixels is to be darkened; None where none is faded."""
    told = _contrast(grey)
    usual = float(np.percentile(told, USUAL_PERCENT))
    share = np.maximum(told / max(usual, 1.0), LEAST_SHARE)
    is_faded = _bands(share)
    if usual < LEAST_CONTRAST or not is_faded.any():
        return None
    gains = np.where(is_faded, np.minimum(1 / share, MOST_GAIN), 1).astype(np.float32)
    gains = cv2.GaussianBlur(gains[None], (0, 0), SMOOTH_TILES)[0]
    places = (np.arange(grey.shape[1]) + 0.5) / WIDTH_PX - 0.5
    found = np.interp(places, np.arange(len(gains)), gains)
    return np.where(found > LEAST_GAIN, found, 1).astype(np.float32)


def _bands(share: Profile) -> NDArray[np.bool_]:
    """The tiles of faded bands: some wide, not too wide, with print as dark as usual on both sides.

    The margins, where specks and holes are all the ink there is, have such print on one side only.
    """
    is_band = np.zeros(len(share), dtype=bool)
    faded = np.flatnonzero((share < FADED_SHARE) & (share > LEAST_SHARE))
    for run in np.split(faded, np.flatnonzero(np.diff(faded) > 1) + 1):
        if LEAST_TILES <= len(run) <= MOST_WIDTH * len(share) and run[0] > 0 and run[-1] + 1 < len(share):
            is_band[run] = min(share[run[0] - 1], share[run[-1] + 1]) >= FADED_SHARE
    return is_band


def _contrast(grey: Grey) -> Profile:
    """How much darker than paper the darkest print of each column of tiles is, near by taken together."""
    lack = cv2.subtract(_paper(grey), cv2.medianBlur(grey, 3))
    rows, columns = grey.shape[0] // LENGTH_PX, grey.shape[1] // WIDTH_PX
    # Along the rows of pixels first, which lie together: at a fifth of the time of both at once.
    tiles = lack[: rows * LENGTH_PX].reshape(rows, LENGTH_PX, -1).max(axis=1)
    tiles = tiles[:, : columns * WIDTH_PX].reshape(rows, columns, WIDTH_PX).max(axis=2)
    darkest = np.sort(tiles, axis=0)[-TOLD_BY].astype(np.float32)
    return np.asarray(cv2.dilate(darkest[None], np.ones((1, NEAR_TILES), np.uint8))[0], dtype=np.float32)


def _paper(grey: Grey) -> Grey:
    """The page without its print."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 9)
    return np.asarray(cv2.resize(paper, (grey.shape[1], grey.shape[0])), dtype=np.uint8)
