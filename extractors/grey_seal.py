"""A seal in black, or on a grey scan, taken off where its tone is plainly paler than print.

Stamping ink is spread thin: on a grey scan even a black seal is paler than the print below and beside it. The seal is
found by its rim, a circle of the size that decrees give it, and what is taken off is its circles, its letters and its
star: what has the rim's tone. Where print around has letters as pale as that, the seal stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey, Mask
from extractors.components import find_components
from extractors.halving import halved
from extractors.seal import ground_around

# Radius of a seal's rim, points: 36 mm across for a province, with what copies add or take.
RADIUS_PT = (38.0, 62.0)
# Circles are sought at this share of a pixel per point; how strong an edge and how round a circle has to be.
SEARCH_SCALE, EDGE, ROUNDNESS = 0.5, 150, 0.6
# Of the way round, this share is inked where the rim, or the inner circle, is.
MIN_RIM_SHARE, MIN_CIRCLE_SHARE = 0.85, 0.75
# Darker than this share of the paper's brightness is ink.
INK_LEVEL = 0.8
# The rim is paler by as many levels than the darkest parts of the palest letters around; so many letters tell.
MIN_TONE_GAP, DARK_PERCENTILE, PALE_PERCENTILE, MIN_LETTERS = 30.0, 5, 95, 12
# The rim is uneven: so much of it has to be paler than print. A core is no speck: area in square points.
MIN_APART_SHARE, MIN_CORE_PT2 = 0.85, 0.7
# How far from its core a stroke of print reaches; blur beside a circle of the seal; points.
STROKE_PT, BLUR_PT = 0.75, 0.8
# Letters are that high, points; the star may be larger. Less is what is left of a hairline of print, or a speck.
LETTER_PT = (3.0, 14.0)
# Where the letters of a seal stand, and its star: distance from the middle, in radii of the rim.
RING, STAR = (0.65, 1.0), 0.35
# Longer is a rule, points.
MIN_RULE_PT = 30.0
# How far around the seal print is looked at, in its radii; what a stamp's edge adds to its own.
WINDOW, FIELD = 2.0, 1.08
WAYS = 720
_ANGLES = np.arange(WAYS) * 2 * np.pi / WAYS
_COSINES, _SINES = np.cos(_ANGLES), np.sin(_ANGLES)


@dataclass(frozen=True, slots=True)
class _Circle:
    """Middle and radius, pixels of the picture it is in."""

    x: float
    y: float
    radius: float


def lift_grey_seals(grey: Grey, points_per_px: float) -> Grey:
    """The grey picture of a page, without the seals that are paler than its print; changed in place."""
    for found in _circles(grey, points_per_px):
        reach = round(WINDOW * found.radius)
        left, top = max(0, round(found.x) - reach), max(0, round(found.y) - reach)
        window = grey[top : round(found.y) + reach, left : round(found.x) + reach]
        rim = _rim(window, _Circle(found.x - left, found.y - top, found.radius))
        if rim is not None:
            _lift(window, rim, points_per_px)
    return grey


def _circles(grey: Grey, points_per_px: float) -> list[_Circle]:
    """The circles of a page that are as large as the rim of a seal."""
    scale = SEARCH_SCALE * points_per_px
    # At once it would take four times as long.
    small = cv2.resize(halved(grey), None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
    least, most = (int(SEARCH_SCALE * radius) for radius in RADIUS_PT)
    found = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT_ALT, 1.0, 2 * least, param1=EDGE, param2=ROUNDNESS, minRadius=least, maxRadius=most
    )
    return [] if found is None else [_Circle(x / scale, y / scale, r / scale) for x, y, r in found[0].tolist()]


def _unrolled(grey: Grey, circle: _Circle, until: float) -> Grey:
    """The picture around a circle's middle, a row for each of `WAYS` ways round, a column for each pixel outwards."""
    size = (round(until), WAYS)
    unrolled = cv2.warpPolar(grey, size, (circle.x, circle.y), until, cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR)
    return np.asarray(unrolled, dtype=np.uint8)


def _rim(window: Grey, found: _Circle) -> _Circle | None:
    """The circle near the one found that has most ink all the way round; None where it is no rim."""
    inked = (window < INK_LEVEL * np.percentile(window, 75)).astype(np.float32)
    soft = cv2.blur(inked, (7, 7))
    rim = found
    for step in (4, 1):
        rim = max(_near(rim, step), key=lambda circle: _share(soft, circle))
    return rim if _share(inked, rim) >= MIN_RIM_SHARE else None


def _near(circle: _Circle, step: int) -> Iterator[_Circle]:
    shifts = [step * n for n in (-2, -1, 0, 1, 2)]
    for dx, dy, dr in product(shifts, repeat=3):
        yield _Circle(circle.x + dx, circle.y + dy, circle.radius + dr)


def _share(inked: NDArray[np.float32], circle: _Circle) -> float:
    """How much of the way round there is ink."""
    cols = np.clip(circle.x + circle.radius * _COSINES, 0, inked.shape[1] - 1).astype(int)
    rows = np.clip(circle.y + circle.radius * _SINES, 0, inked.shape[0] - 1).astype(int)
    return float(inked[rows, cols].mean())


def _lift(window: Grey, rim: _Circle, points_per_px: float) -> None:
    paper = float(np.percentile(window, 75))
    rows, cols = np.indices(window.shape, dtype=np.float32)
    distance = np.hypot(cols - rim.x, rows - rim.y)
    field = distance <= FIELD * rim.radius
    ink = window < INK_LEVEL * paper
    circles = _circle_radii(window, rim, INK_LEVEL * paper, points_per_px)
    tones = _tones(window, rim, circles)
    print_tone = _print_tone(window, ink & ~field & (window < float(tones.max()) + MIN_TONE_GAP), points_per_px)
    if print_tone is None or (tones - print_tone >= MIN_TONE_GAP).mean() < MIN_APART_SHARE:
        return
    way = (np.arctan2(rows - rim.y, cols - rim.x) / (2 * np.pi) * WAYS).astype(int) % WAYS
    core = window < (tones[way] + print_tone) / 2
    is_print, is_core = _print_around(core, points_per_px)
    is_stamp = ink & field & ~is_print
    is_circle = np.isin(distance.astype(int), circles)
    letters = _letters_and_star(is_stamp & ~is_circle, distance, rim.radius, points_per_px)
    # The blur around what goes is paler than ink, and goes with it.
    soft = cv2.dilate(letters.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    ground = ground_around(window, ink | soft, paper)
    gone = field & ((soft & ~is_print) | (is_circle & ~is_core))
    window[gone] = np.clip(ground, 0, 255).astype(np.uint8)[gone]


def _tones(window: Grey, rim: _Circle, circles: NDArray[np.int64]) -> NDArray[np.float32]:
    """How bright the stamp is, for each of the ways round: that of its circles nearby, rules across them left out."""
    unrolled = _unrolled(window, rim, FIELD * rim.radius)
    middles = [int(np.median(run)) for run in np.split(circles, np.flatnonzero(np.diff(circles) > 1) + 1)]
    middles[-1] = round(rim.radius)
    tone = np.stack([np.median(unrolled[:, max(0, at - 1) : at + 2], axis=1) for at in middles], axis=1)
    span = WAYS // 8
    turned = np.concatenate([tone[-span // 2 :], tone, tone[: span // 2]])
    windows = np.lib.stride_tricks.sliding_window_view(turned, span, axis=0)[:WAYS]
    return np.asarray(np.percentile(windows.reshape(WAYS, -1), 60, axis=1), dtype=np.float32)


def _print_around(core: Mask, points_per_px: float) -> tuple[Mask, Mask]:
    """The strokes of print around their cores, and no more of them than a pixel around.

    A rule is dark to its edge, and a speck no core.
    """
    labels, stats = find_components(core.astype(np.uint8))
    is_rule = np.maximum(stats[:, 2], stats[:, 3]) * points_per_px > MIN_RULE_PT
    is_stroke = ~is_rule & (stats[:, 4] * points_per_px**2 >= MIN_CORE_PT2)
    reach = 2 * max(1, round(STROKE_PT / points_per_px)) + 1
    wide = cv2.dilate((core & is_stroke[labels]).astype(np.uint8), np.ones((reach, reach), np.uint8))
    rules = cv2.dilate((core & is_rule[labels]).astype(np.uint8), np.ones((3, 3), np.uint8))
    narrow = cv2.dilate((core & (is_rule | is_stroke)[labels]).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray((wide | rules) > 0), np.asarray(narrow > 0)


def _print_tone(window: Grey, ink: Mask, points_per_px: float) -> float | None:
    """How bright the darkest parts are of the palest letters beside the seal; None where there are too few."""
    labels, stats = find_components(ink.astype(np.uint8))
    height = stats[:, 3] * points_per_px
    is_letter = (height >= LETTER_PT[0]) & (height <= LETTER_PT[1])
    is_letter[0] = False
    letters = np.flatnonzero(is_letter)
    if len(letters) < MIN_LETTERS:
        return None
    darkest = []
    for letter in letters:
        x, y, width, height_px, _ = stats[letter].tolist()
        place = np.s_[y : y + height_px, x : x + width]
        darkest.append(np.percentile(window[place][labels[place] == letter], DARK_PERCENTILE))
    return float(np.percentile(darkest, PALE_PERCENTILE))


def _circle_radii(window: Grey, rim: _Circle, level: float, points_per_px: float) -> NDArray[np.int64]:
    """Distances from the middle, whole pixels, at which ink goes the whole way round, and the blur beside it."""
    inked = (_unrolled(window, rim, FIELD * rim.radius) < level).mean(axis=0)
    blur = max(1, round(BLUR_PT / points_per_px))
    full = np.convolve(inked >= MIN_CIRCLE_SHARE, np.ones(2 * blur + 1, dtype=int), mode="same") > 0
    full[: int(0.4 * rim.radius)] = False
    full[int(rim.radius) :] = True
    return np.flatnonzero(full)


def _letters_and_star(stamp: Mask, distance: NDArray[np.float32], radius: float, points_per_px: float) -> Mask:
    """What of the stamp's ink is as large as a letter and stands in the ring, or is the star in the middle."""
    labels, stats = find_components(stamp.astype(np.uint8))
    size = np.maximum(stats[:, 2], stats[:, 3]) * points_per_px
    count = np.maximum(np.bincount(labels.ravel(), minlength=len(stats)), 1)
    place = np.bincount(labels.ravel(), weights=distance.ravel(), minlength=len(stats)) / count / radius
    is_letter = (size >= LETTER_PT[0]) & (place >= RING[0]) & (place <= RING[1])
    is_star = (size >= 2 * LETTER_PT[0]) & (place <= STAR)
    gone = is_letter | is_star
    gone[0] = False
    return np.asarray(gone[labels])
