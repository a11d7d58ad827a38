"""What people and machines leave on a page besides its text: holes, staples, pen strokes, the back page, a seal."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Noise = np.random.Generator
Mark = Callable[[Image, Noise], Image]

_PAGE_HEIGHT_MM = 297
_INKS = ((25, 40, 150), (20, 20, 30), (190, 30, 40))


def _per_mm(page: Image) -> float:
    """Pixels per millimetre of an A4 page, upright or wide."""
    return float(max(page.shape[:2])) / _PAGE_HEIGHT_MM


def punch_holes(page: Image, noise: Noise) -> Image:
    """Two or four holes at the left margin, black where the lid was open, grey where paper lay below."""
    holed = page.copy()
    scale = _per_mm(page)
    shade = int(noise.choice((15, 60, 130)))
    count = int(noise.choice((2, 2, 4)))
    x = noise.uniform(9, 12) * scale
    for place in range(count):
        y = page.shape[0] / 2 + (place - (count - 1) / 2) * 80 * scale + noise.uniform(-1, 1) * scale
        cv2.circle(holed, (int(x), int(y)), int(3 * scale), (shade,) * 3, -1, cv2.LINE_AA)
    return holed


def staple(page: Image, noise: Noise) -> Image:
    """A staple in the upper left corner with the shadow of the fold below it."""
    stapled = page.copy()
    scale = _per_mm(page)
    x, y = noise.uniform(9, 15) * scale, noise.uniform(8, 14) * scale
    angle = noise.uniform(0.3, 1.2)
    end = (int(x + 11 * scale * np.cos(angle)), int(y - 11 * scale * np.sin(angle) + 8 * scale))
    cv2.line(stapled, (int(x), int(y + 8 * scale)), end, (70, 70, 75), max(2, int(0.6 * scale)), cv2.LINE_AA)
    return _shadow_band(stapled, noise)


def edge_shadow(page: Image, noise: Noise) -> Image:
    """A dark band along one edge, as an open lid or the next sheet leaves."""
    width = page.shape[1]
    depth = noise.uniform(3, 9) * _per_mm(page)
    from_left = np.arange(width, dtype=np.float32)
    along = from_left if noise.random() < 0.5 else from_left[::-1]
    light = 1 - np.float32(noise.uniform(0.3, 0.7)) * np.exp(-((along / np.float32(depth)) ** 2))
    return _clip(page * light[None, :, None])


def _shadow_band(page: Image, noise: Noise) -> Image:
    """A slanting crease of soft grey across the upper left corner."""
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = columns + rows * np.float32(noise.uniform(0.7, 1.3)) - np.float32(26 * _per_mm(page))
    light = 1 - np.float32(0.18) * np.exp(-((distance / np.float32(2.5 * _per_mm(page))) ** 2))
    return _clip(page * light[..., None])


def bleed_through(page: Image, noise: Noise) -> Image:
    """The back of the sheet shining through: mirrored, blurred, faint."""
    back = cv2.GaussianBlur(page[:, ::-1], (0, 0), 0.35 * _per_mm(page)).astype(np.float32)
    shift = int(noise.uniform(2, 9) * _per_mm(page))
    ink = (255 - np.roll(back, (shift, -shift), (0, 1))) * np.float32(noise.uniform(0.10, 0.22))
    return _clip(page - ink)


def handwriting(page: Image, noise: Noise) -> Image:
    """A few ticks, a scribbled remark in the margin or over the table, a line under a word."""
    ink = np.full_like(page, 255)
    colour = _INKS[int(noise.integers(len(_INKS)))]
    for _ in range(int(noise.integers(1, 4))):
        _tick(ink, noise, colour)
    _scribble(ink, noise, colour)
    return _multiply(page, ink)


def signature(page: Image, noise: Noise) -> Image:
    """A large signature across the lower part of the page."""
    ink = np.full_like(page, 255)
    height, width = page.shape[:2]
    _loops(ink, noise, (noise.uniform(0.35, 0.75) * width, noise.uniform(0.55, 0.85) * height), 34, _INKS[0])
    return _multiply(page, ink)


def _tick(ink: Image, noise: Noise, colour: tuple[int, int, int]) -> None:
    scale = _per_mm(ink)
    height, width = ink.shape[:2]
    x, y = noise.uniform(0.06, 0.94) * width, noise.uniform(0.15, 0.9) * height
    shape = np.array([[-2.5, -1.5], [0, 2], [6, -6]]) * scale * noise.uniform(0.6, 1.1)
    points = (shape + np.array([x, y])).astype(np.int32)
    cv2.polylines(ink, [points], isClosed=False, color=colour, thickness=max(1, int(0.5 * scale)), lineType=cv2.LINE_AA)


def _scribble(ink: Image, noise: Noise, colour: tuple[int, int, int]) -> None:
    height, width = ink.shape[:2]
    in_margin = noise.random() < 0.6
    x = noise.uniform(0.80, 0.86) * width if in_margin else noise.uniform(0.25, 0.6) * width
    _loops(ink, noise, (x, noise.uniform(0.1, 0.9) * height), 18, colour)


def _loops(
    ink: Image, noise: Noise, start: tuple[float, float], length_mm: float, colour: tuple[int, int, int]
) -> None:
    """A line of writing that nobody can read: loops that advance to the right."""
    scale = _per_mm(ink)
    time = np.linspace(0, length_mm / 3.2 * 2 * np.pi, 400)
    size = scale * (1.4 if length_mm < 20 else 3.0)
    swell = 1 + 0.8 * np.sin(time * noise.uniform(0.13, 0.31) + noise.uniform(0, 6))
    x = start[0] + time / time[-1] * length_mm * scale + size * 0.8 * np.cos(time * 0.97) * swell
    y = start[1] + size * np.sin(time) * swell - 0.08 * (x - start[0])
    points = np.stack([x, y], 1).astype(np.int32)
    cv2.polylines(ink, [points], isClosed=False, color=colour, thickness=max(1, int(0.4 * scale)), lineType=cv2.LINE_AA)


def _multiply(page: Image, ink: Image) -> Image:
    return _clip(page.astype(np.float32) * ink.astype(np.float32) / np.float32(255))


def _clip(values: NDArray[np.float32]) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


# How many of the documents of the frozen set carry each.
MARK_SHARES: tuple[tuple[Mark, float], ...] = (
    (punch_holes, 0.15),
    (staple, 0.12),
    (edge_shadow, 0.12),
    (bleed_through, 0.10),
    (handwriting, 0.10),
    (signature, 0.06),
)


def draw_marks(noise: Noise) -> tuple[Mark, ...]:
    """The marks of a document; most have none or one."""
    return tuple(mark for mark, share in MARK_SHARES if noise.random() < share)
