"""A page's picture made readable: upright and level; beside it a clean one (specks off, background even) for rules.

The reader gets the level grey, not the clean one: the median that takes specks off also takes hooks and dots off.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from chitieu.model import Box
from extractors.arrays import Grey, Mask
from extractors.components import count_greys, inked_part, percentile_of
from extractors.fading import without_fading
from extractors.level import Part, level
from extractors.pdf import POINTS_PER_INCH
from extractors.pose import Pose
from extractors.skew import PAPER, SMALL_SIDE_PX, darker, find_dark, measure_skew, shrink, turn
from extractors.streaks import without_streaks
from extractors.strokes import find_strokes
from extractors.traces import find_bend
from extractors.upright import find_quarter_turns, quarter_turned

# Above this mean noise (grey levels) the ink is sought on a smoothed picture.
NOISY = 2.0
# Faded print has some 80 levels of contrast, the shine-through of the page behind up to 50.
MIN_INK_CONTRAST = 60.0
# Beyond what is dark of a page, so much of it is looked at: the soft rims of letters, and paper to tell them from.
MARGIN_PT = 24.0
# Of a noisy picture, ink is what has this share at least of the contrast of the darkest ink near by.
MIN_INK_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class PageImage:
    """An upright, level, flat page: `grey` for readers, `clean` and `ink` (its binary) for geometry, `pen` and
    `pen_over_print`: what of the ink a pen drew clear of print, and over it; all of one size.

    `pose` leads back to the page as it is displayed.
    """

    number: int
    grey: Grey
    clean: Grey
    ink: Mask
    pen: Mask
    pen_over_print: Mask
    dpi: float
    skew_degrees: float
    pose: Pose

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height in points."""
        height, width = self.grey.shape
        return width * POINTS_PER_INCH / self.dpi, height * POINTS_PER_INCH / self.dpi

    def pixels(self, points: float) -> int:
        return round(points * self.dpi / POINTS_PER_INCH)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Pixel corners as a box in points."""
        scale = POINTS_PER_INCH / self.dpi
        return Box(left * scale, top * scale, right * scale, bottom * scale)


def prepare_image(number: int, raw: Grey, dpi: float) -> PageImage:
    raw = without_fading(without_streaks(raw))
    raw, dark, pose = _set_upright(raw, shrink(raw), dpi)
    degrees = measure_skew(dark)
    points_per_px = min(raw.shape) / SMALL_SIDE_PX * POINTS_PER_INCH / dpi
    bend = find_bend(turn(dark, degrees, paper=0), points_per_px)
    grey, pose, inked = level(raw, degrees, bend, dpi, pose, _inked(dark, raw, dpi))
    clean = flatten(despeckle(grey[inked]), dpi)
    ink = find_ink(clean, dpi)
    pen, over_print = (_framed(part, grey, inked, 0) for part in find_strokes(ink, dpi))
    clean, ink = _framed(clean, grey, inked, PAPER), _framed(ink, grey, inked, 0)
    return PageImage(number, grey, clean, ink, pen, over_print, dpi, degrees, pose)


def _inked(dark: Mask, raw: Grey, dpi: float) -> Part:
    """Rows and columns of a page in which all is that is dark on its small picture, with a margin."""
    if not cv2.countNonZero(dark):
        return slice(0, raw.shape[0]), slice(0, raw.shape[1])
    scale, margin = min(raw.shape) / SMALL_SIDE_PX, MARGIN_PT * dpi / POINTS_PER_INCH
    rows, columns = (
        slice(max(0, round(part.start * scale - margin)), min(side, round(part.stop * scale + margin)))
        for part, side in zip(inked_part(dark), raw.shape, strict=True)
    )
    return rows, columns


def _framed(part: Grey, page: Grey, place: Part, around: int) -> Grey:
    """A part of a page in its place on it."""
    if part.shape == page.shape:
        return part
    framed = np.full_like(page, around)
    framed[place] = part
    return framed


def _set_upright(raw: Grey, small: Grey, dpi: float) -> tuple[Grey, Mask, Pose]:
    """The page and what is dark on its small picture, turned the right way up."""
    dark = find_dark(small)
    turns = find_quarter_turns(raw, small, dark)
    height, width = (side * POINTS_PER_INCH / dpi for side in raw.shape)
    return quarter_turned(raw, turns), quarter_turned(dark, turns), Pose(turns, width, height)


def despeckle(grey: Grey) -> Grey:
    """Replace a pixel by its 3x3 median where they differ by more than 60: the step that mattered most on bad scans."""
    median = cv2.medianBlur(grey, 3)
    is_speck = cv2.compare(cv2.absdiff(grey, median), 60, cv2.CMP_GT)
    return np.asarray(cv2.copyTo(median, is_speck, grey.copy()), dtype=np.uint8)


def flatten(grey: Grey, dpi: float) -> Grey:
    """Divide by the background (paper without ink, at a quarter of the size) and stretch: paper 255, ink near 0."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    side = 2 * round(dpi / 40) + 1
    paper = np.maximum(cv2.medianBlur(cv2.dilate(small, np.ones((side, side), np.uint8)), 21), 1)
    background = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, background, scale=255)
    greys = count_greys(even[::2, ::2])[:150]
    # Not a percentile of all pixels: a page that is nearly blank has ink too.
    ink_level = percentile_of(np.arange(150.0), greys, 15) if greys.sum() > 200 else 0.0
    span = max(255.0 - ink_level, 60.0)
    stretched = cv2.convertScaleAbs(even, alpha=255.0 / span, beta=255.0 - 255.0 * 255.0 / span)
    return np.asarray(stretched, dtype=np.uint8)


def find_ink(clean: Grey, dpi: float) -> Mask:
    """Binary ink: darker than its surroundings, and than the paper by more than the paper's own noise explains.

    Of a noisy page a smoothed picture is looked at too: faded strokes stand out of it, single pixels do not. There ink
    must be nearer to the darkest ink around it than to paper besides: smoothed letters run together.
    """
    is_noisy = paper_noise(clean) > NOISY
    smooth = cv2.GaussianBlur(clean, (5, 5), 1.0) if is_noisy else clean
    side = 2 * round(dpi / 12) + 1
    _, dark = cv2.threshold(smooth, _ink_level(smooth), 255, cv2.THRESH_BINARY_INV)
    ink = cv2.bitwise_and(darker(smooth, side, 15), dark)
    return np.asarray(cv2.bitwise_and(ink, _cores(clean, dpi)) if is_noisy else ink, dtype=np.uint8)


def _cores(grey: Grey, dpi: float) -> Mask:
    """Pixels with enough of the contrast of the darkest ink within some 2 pt: blur widens strokes, not their cores."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    side = 2 * round(dpi / 80) + 1
    darkest = cv2.erode(small, np.ones((side, side), np.uint8))
    level = cv2.addWeighted(darkest, MIN_INK_SHARE, np.full_like(small, 255), 1 - MIN_INK_SHARE, 0)
    level = cv2.resize(level, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.compare(grey, level, cv2.CMP_LE), dtype=np.uint8)


def _ink_level(grey: Grey) -> float:
    """The lightest grey that is ink: below the paper by four deviations of its noise, MIN_INK_CONTRAST at least."""
    values, counts = np.arange(256.0), count_greys(grey[::3, ::3])
    paper = percentile_of(values, counts, 50)
    light = values > paper - 60
    deviation = 1.4826 * percentile_of(np.abs(values - paper)[light], counts[light], 50)
    return paper - max(MIN_INK_CONTRAST, 4 * deviation)


def paper_noise(grey: Grey) -> float:
    """Mean difference of light pixels from their 3x3 median, grey levels: 0.1 born-digital, 1 office scan, 3 bad."""
    sample = grey[: grey.shape[0] // 2]
    light = cv2.compare(sample, 200, cv2.CMP_GT)
    off = cv2.bitwise_and(cv2.absdiff(sample, cv2.medianBlur(sample, 3)), light)
    return float(cv2.sumElems(off)[0]) / max(cv2.countNonZero(light), 1)
