"""A drawn line as it comes out of a scanner, out of the straightened page, and out of the line cutter.

The strengths are guesses at real scanners, made for lines; they are not those of the documents that accuracy is
measured on (benchmarks/maker/damage.py).
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.arrays import Floats, Grey
from extractors.line_marks import ABOVE_BASELINE_EM
from extractors.lines import BELOW_BASELINE_EM
from training.drawing import Drawn

Noise = np.random.Generator
PAPER = 255
_MISPLACED, _OVERSIZED = 0.04, 0.015


@dataclass(frozen=True, slots=True)
class Scan:
    """A way of scanning: spans of its resolution, blur (pixels), grain (grey levels), JPEG quality (0: none)."""

    name: str
    weight: float
    dpi: tuple[float, float]
    blur: tuple[float, float]
    grain: tuple[float, float]
    jpeg: tuple[int, int]
    is_bits: bool = False
    fade: tuple[float, float] = (0.9, 1.0)
    shadow: float = 20.0
    salt: float = 0.0
    copies: int = 0


SCANS = (
    Scan("clean", 0.2, (240, 310), (0.0, 0.6), (0, 3), (75, 95)),
    Scan("office", 0.25, (180, 240), (0.2, 0.8), (1, 6), (45, 85), shadow=40),
    Scan("fax", 0.22, (180, 215), (0.3, 1.0), (4, 18), (0, 0), is_bits=True),
    Scan("bad", 0.18, (140, 170), (0.4, 1.05), (4, 13), (35, 70), fade=(0.5, 1.0), shadow=60, salt=0.002),
    Scan("photocopy", 0.07, (190, 220), (0.7, 1.3), (4, 12), (0, 0), is_bits=True, copies=1),
    Scan("low", 0.05, (95, 135), (0.1, 0.5), (1, 5), (60, 85)),
    Scan("faded", 0.04, (180, 220), (0.2, 0.7), (2, 7), (55, 80), fade=(0.3, 0.55)),
)


def scan_line(drawn: Drawn, scan: Scan, noise: Noise) -> Drawn:
    """The line after the scanner, level again, as a grey page has it."""
    page = drawn.grey.astype(np.float32)
    if noise.random() < 0.2:
        page = _ink_spread(page, noise)
    turn = float(noise.normal(0, 0.5))
    page = _turned(page, turn, noise.uniform(-0.5, 0.5, 2), cv2.INTER_CUBIC)
    page = _blur(page, noise.uniform(*scan.blur))
    for _ in range(scan.copies):
        page = _blur(_bits(_grain(page, noise, 8), noise.uniform(165, 200)), noise.uniform(0.4, 0.8))
    page = PAPER - (PAPER - page) * np.float32(noise.uniform(*scan.fade))
    page = _grain(_shadowed(page, scan.shadow, noise), noise, noise.uniform(*scan.grain))
    if scan.salt and noise.random() < 0.8:
        page = _salted(page, noise, scan.salt)
    if noise.random() < 0.06:
        page = _halftone(page, noise)
    if scan.is_bits:
        page = _bits(page, noise.uniform(120, 190))
    if noise.random() < 0.25:
        page = _specks(page, noise)
    if scan.jpeg[1]:
        page = _jpeg(page, int(noise.integers(*scan.jpeg)))
    # What the page's deskewing leaves of the turn, and the softness that it adds.
    level = _turned(page, -turn + float(noise.normal(0, 0.06)), noise.uniform(-0.3, 0.3, 2), cv2.INTER_LINEAR)
    return replace(drawn, grey=np.clip(level, 0, 255).astype(np.uint8))


def cut_line(scanned: Drawn, noise: Noise) -> Grey:
    """The line's frame as the cutter takes it: its em and its baseline estimated, sometimes badly."""
    is_odd = noise.random() < 0.2
    em = scanned.em * float(np.clip(noise.normal(1, 0.10 if is_odd else 0.03), 0.75, 1.25))
    if noise.random() < _OVERSIZED:
        # Stains, or a larger line near by, make a line of small print a tall frame.
        em *= float(noise.uniform(1.2, 1.7))
    baseline = scanned.baseline + float(noise.normal(0, 0.05 if is_odd else 0.018)) * em
    if noise.random() < _MISPLACED:
        # Half of a short word hangs below its line, a lone mark has no line to stand on.
        baseline += float(noise.uniform(-0.22, 0.22)) * em
    top, bottom = round(baseline - ABOVE_BASELINE_EM * em), round(baseline + BELOW_BASELINE_EM * em)
    ink = np.flatnonzero((scanned.grey < _ink_level(scanned.grey)).any(axis=0))
    left, right = (int(ink[0]), int(ink[-1]) + 1) if len(ink) else (0, scanned.grey.shape[1])
    if scanned.columns:
        # What a label says must be in the picture, however pale it has become.
        left, right = min(left, scanned.columns[0]), max(right, scanned.columns[1])
    pads = noise.integers(1, 4, 2) if noise.random() < 0.92 else noise.integers(0, round(0.9 * em), 2)
    left, right = max(0, left - int(pads[0])), min(scanned.grey.shape[1], right + int(pads[1]))
    frame = scanned.grey[max(0, top) : bottom, left:right]
    over, under = max(0, -top), max(0, bottom - scanned.grey.shape[0])
    return np.pad(frame, ((over, under), (0, 0)), mode="edge") if over or under else frame


def _ink_level(grey: Grey) -> float:
    paper, ink = np.percentile(grey[::2, ::2], (70, 1))
    return float(paper - 0.45 * (paper - ink))


def _turned(page: Floats, degrees: float, shift: "np.ndarray[tuple[int], np.dtype[np.float64]]", way: int) -> Floats:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees * min(1.0, 300 / width), 1.0)
    matrix[:, 2] += shift
    return np.asarray(cv2.warpAffine(page, matrix, (width, height), flags=way, borderValue=PAPER), dtype=np.float32)


def _blur(page: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), dtype=np.float32) if sigma > 0.15 else page


def _ink_spread(page: Floats, noise: Noise) -> Floats:
    """Ink run into the paper, or worn thin."""
    shape = np.ones((2, 2), np.uint8) if noise.random() < 0.5 else np.ones((3, 3), np.uint8)
    moved = cv2.erode(page, shape) if noise.random() < 0.65 else cv2.dilate(page, shape)
    share = np.float32(noise.uniform(0.15, 0.7))
    return np.asarray(share * moved + (1 - share) * page, dtype=np.float32)


def _grain(page: Floats, noise: Noise, sigma: float) -> Floats:
    return page + noise.standard_normal(page.shape, dtype=np.float32) * np.float32(sigma)


def _shadowed(page: Floats, darkest: float, noise: Noise) -> Floats:
    """Light that falls off from one corner, and stripes in which the toner is thin."""
    height, width = page.shape
    corners = noise.uniform(0, darkest, (2, 2)).astype(np.float32)
    shadow = cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR)
    lit = page - shadow * (page / np.float32(PAPER))
    if darkest > 50 and noise.random() < 0.25:
        middle, spread = noise.uniform(0, width), noise.uniform(0.3, 1.5) * height
        thin = 1 - noise.uniform(0.2, 0.55) * np.exp(-(((np.arange(width) - middle) / spread) ** 2))
        lit = PAPER - (PAPER - lit) * thin.astype(np.float32)
    return np.asarray(lit, dtype=np.float32)


def _bits(page: Floats, level: float) -> Floats:
    return np.where(page > level, np.float32(255), np.float32(0))


def _salted(page: Floats, noise: Noise, share: float) -> Floats:
    dice = noise.random(page.shape, dtype=np.float32)
    return np.where(dice < share, np.float32(30), np.where(dice > 1 - share, np.float32(245), page))


def _halftone(page: Floats, noise: Noise) -> Floats:
    """Paper printed grey in dots."""
    height, width = page.shape
    step = int(noise.integers(3, 6))
    dots = np.zeros((height, width), np.float32)
    dots[int(noise.integers(step)) :: step, int(noise.integers(step)) :: step] = noise.uniform(20, 90)
    return page - _blur(dots, 0.6)


def _specks(page: Floats, noise: Noise) -> Floats:
    """Black dust of one to three pixels, and nicks of a fax line."""
    marked = page.copy()
    height, width = page.shape
    for _ in range(int(noise.integers(1, 6))):
        y, x, size = int(noise.integers(height)), int(noise.integers(width)), int(noise.integers(1, 4))
        if noise.random() < 0.6:
            marked[y : y + size, x : x + max(1, size - 1)] = noise.uniform(0, 90)
        else:
            marked[y : y + 1, x : x + 4 * size] = PAPER
    return marked


def _jpeg(page: Floats, quality: int) -> Floats:
    _, data = cv2.imencode(".jpg", np.clip(page, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.float32)
