"""The ink of a scanned page as connected components, and the size of its print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from chitieu.model import Box
from extractors.components import Labels, find_components
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH
from extractors.rule_ink import rule_ink

# Times New Roman and its metric twins: heights of x and of capitals as shares of the em.
X_HEIGHT_EM, CAP_HEIGHT_EM = 0.45, 0.66
# Binary ink is this much higher than the letter: half a pixel of blur on each side, and the threshold's generosity.
SWELLING_PX = 2.0
# Print is between 6 and 30 points.
MIN_EM_PT, MAX_EM_PT, USUAL_EM_PT = 6.0, 30.0, 12.5
# Fewer letters do not tell the size of print.
LEAST_LETTERS = 12
# Print has as many letters with strokes upwards, capitals and digits as this share of its small letters, and those are
# wider against their height than capitals: medians of 54 scanned pages are 0.73 to 0.89, of capitals 0.56 to 0.75.
# Fewer than a page has are too few to tell the one from the other.
MAX_TALL_SHARE, NARROW_ASPECT, LETTERS_OF_PAGE = 0.3, 0.72, 200
# Another size has as large a share of the votes of the likeliest.
MIN_RIVAL_VOTES = 0.6


class Blob(NamedTuple):
    """A connected component of ink, or the part of one between two rows of pixels (`is_part`); pixels, half-open.

    A page has thousands: a tuple is made in a quarter of the time of a data class.
    """

    label: int
    left: int
    top: int
    right: int
    bottom: int
    area: int
    is_part: bool = False

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Blobs:
    """The ink of a page without its rules, as components; `em` is the size of most of its print in pixels."""

    labels: Labels
    all: tuple[Blob, ...]
    em: float


def find_blobs(image: PageImage, rule_boxes: list[Box]) -> Blobs:
    """Components of a page's ink once its rules are blanked and the strokes of a pen left out."""
    ink, scale = cv2.subtract(image.ink, image.pen), image.dpi / POINTS_PER_INCH
    for box in rule_boxes:
        left, top, right, bottom = band = blank_of(image, box)
        ink[top:bottom, left:right][rule_ink(image.ink, band, scale)] = 0
    labels, stats = find_components(ink)
    blobs = tuple(
        Blob(label, x, y, x + w, y + h, area) for label, (x, y, w, h, area) in enumerate(stats[1:].tolist(), start=1)
    )
    return Blobs(labels, blobs, print_size(blobs, scale, USUAL_EM_PT * scale))


def blank_of(image: PageImage, box: Box) -> tuple[int, int, int, int]:
    """Pixels (half-open) that are blanked for a rule's band."""
    scale = image.dpi / POINTS_PER_INCH
    left, top = max(0, round(box.left * scale)), max(0, round(box.top * scale))
    return left, top, round(box.right * scale) + 1, round(box.bottom * scale) + 1


def print_size(blobs: Sequence[Blob], scale: float, usual: float) -> float:
    """Em of most print (pixels): the one whose x-height and height of capitals and digits most blobs have.

    `scale` is pixels per point; `usual` is returned where there are too few letters to tell.
    """
    low, high = MIN_EM_PT * X_HEIGHT_EM * scale, MAX_EM_PT * CAP_HEIGHT_EM * scale
    sizes = np.array([(b.width, b.height) for b in blobs], dtype=np.int_).reshape(-1, 2)
    sizes = sizes[(low <= sizes[:, 1]) & (sizes[:, 1] <= high)]
    heights = letter_heights(sizes)
    if len(heights) < LEAST_LETTERS:
        return usual
    ems = np.arange(MIN_EM_PT * scale, MAX_EM_PT * scale, 0.25)
    votes = size_votes(heights, ems)
    em = float(ems[np.argmax(votes)])
    return _size_by_capitals(em, ems, votes) if _are_capitals(sizes, em) else em


def _are_capitals(sizes: NDArray[np.int_], em: float) -> bool:
    """Are what seem small letters capitals and digits: narrower than high, with next to nothing taller beside them?

    Where letters run together, few of the small ones are left to tell their height.
    """
    small, tall = (_of_height(sizes, share * em + SWELLING_PX) for share in (X_HEIGHT_EM, CAP_HEIGHT_EM))
    if len(small) < LETTERS_OF_PAGE:
        return False
    aspects = (small[:, 0] - SWELLING_PX) / (small[:, 1] - SWELLING_PX)
    return len(tall) < MAX_TALL_SHARE * len(small) and float(np.median(aspects)) < NARROW_ASPECT


def _of_height(sizes: NDArray[np.int_], height: float) -> NDArray[np.int_]:
    """Of the blobs, width and height each, the letters so high."""
    width, found = sizes.T
    is_letter = (0.3 * found < width) & (width < 1.6 * found)
    return np.asarray(sizes[is_letter & (np.abs(found - height) <= 1)])


def _size_by_capitals(em: float, ems: NDArray[np.float64], votes: NDArray[np.float64]) -> float:
    """The likeliest em with capitals as high as the small letters of another; that one, where it is far likelier."""
    near = np.abs(ems - em * X_HEIGHT_EM / CAP_HEIGHT_EM) <= 0.06 * em
    if not near.any() or votes[near].max() < MIN_RIVAL_VOTES * votes.max():
        return em
    return float(ems[near][np.argmax(votes[near])])


def is_body(blob: Blob, em: float) -> bool:
    """Large enough to be a letter, a digit or a sign, not a dot, mark or speck."""
    return max(blob.width, blob.height) >= 0.22 * em and blob.area >= 0.012 * em * em


def is_rule_remnant(blob: Blob, em: float) -> bool:
    """Longer and thinner than a stroke of print."""
    return (blob.width > 4 * em and blob.height < 0.2 * em) or (blob.height > 1.6 * em and blob.width < 0.15 * em)


def letter_heights(sizes: NDArray[np.int_]) -> NDArray[np.int_]:
    """Heights of the blobs (width and height each) that have the shape of a letter."""
    width, height = sizes.T
    return np.asarray(height[(0.3 * height <= width) & (width <= 3 * height)])


def size_votes(heights: NDArray[np.int_], ems: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well print of each of these sizes explains the heights of letters."""
    # Many letters have few heights.
    counts = np.bincount(heights)
    each = np.flatnonzero(counts)
    small, tall = (
        np.exp(-(((each[None, :] - share * ems[:, None] - SWELLING_PX) / 0.9) ** 2)) @ counts[each]
        for share in (X_HEIGHT_EM, CAP_HEIGHT_EM)
    )
    return np.asarray(small + tall + 2 * np.sqrt(small * tall), dtype=np.float64)


def blobs_by_box(blobs: Blobs, boxes: list[tuple[int, int, int, int]]) -> list[list[Blob]]:
    """Every blob goes to the one box (left, top, right, bottom; pixels) that holds its centre, or to none."""
    if not blobs.all or not boxes:
        return [[] for _ in boxes]
    centres = np.array([((b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in blobs.all])
    owned: list[list[Blob]] = []
    for left, top, right, bottom in boxes:
        x, y = centres[:, 0], centres[:, 1]
        inside = np.flatnonzero((x >= left) & (x < right) & (y >= top) & (y < bottom))
        owned.append([blobs.all[i] for i in inside])
    return owned


def nearest(sides: NDArray[np.int_], others: NDArray[np.int_]) -> NDArray[np.float64]:
    """From each of some blobs to the nearest of some others, pixels between their boxes; both by their sides."""
    (left, top, right, bottom), (lefts, tops, rights, bottoms) = sides, others
    across = np.maximum(np.maximum(left[:, None] - rights, lefts - right[:, None]), 0)
    down = np.maximum(np.maximum(top[:, None] - bottoms, tops - bottom[:, None]), 0)
    return np.asarray(np.sqrt((across * across + down * down).min(axis=1)), dtype=np.float64)


def nearest_to(blob: Blob, sides: NDArray[np.int_]) -> NDArray[np.float64]:
    """From each of some blobs, by their sides, to one; pixels between their boxes."""
    left, top, right, bottom = sides
    across = np.maximum(np.maximum(left - blob.right, blob.left - right), 0)
    down = np.maximum(np.maximum(top - blob.bottom, blob.top - bottom), 0)
    return np.asarray(np.sqrt(across * across + down * down), dtype=np.float64)


def sides_of(blobs: Sequence[Blob]) -> NDArray[np.int_]:
    """Four rows: left, top, right, bottom."""
    return np.array([(b.left, b.top, b.right, b.bottom) for b in blobs], dtype=np.int_).reshape(-1, 4).T
