"""Pages damaged as offices damage them, each quality with its own seeded strength.

The strengths are this project's own guesses at real scanners and none is taken from the samples.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.maker.marks import Mark, bleed_through, edge_shadow, handwriting, punch_holes, signature, staple

Image = NDArray[np.uint8]
Noise = np.random.Generator


@dataclass(frozen=True, slots=True)
class Quality:
    """How a page is scanned: `encoding` is `jpeg`, `bits` (CCITT G4) or `plain` (lossless).

    `has_seal`: a page of the document was stamped before it was scanned. `marks`: what every page carries besides.
    """

    name: str
    dpi: int
    encoding: str
    damage: Callable[[Image, Noise], Image]
    jpeg_quality: tuple[int, int] = (85, 92)
    has_seal: bool = False
    marks: tuple[Mark, ...] = ()


def _clean(page: Image, noise: Noise) -> Image:
    return _grain(skew(page, noise, 0.3), noise, 1.5)


def _office(page: Image, noise: Noise) -> Image:
    lit = _light(skew(page, noise, 1.2), noise, 26)
    return _grain(_blur(lit, noise.uniform(0.3, 0.6)), noise, 4.0)


def _fax(page: Image, noise: Noise) -> Image:
    grey = _grain(_blur(skew(_grey(page), noise, 0.7), 0.7), noise, 14.0)
    bits = _threshold(grey, noise.uniform(140, 172))
    return _specks(_dropouts(bits, noise), noise, per_megapixel=45)


def _bad(page: Image, noise: Noise) -> Image:
    faded = _stripes(_light(skew(page, noise, 2.0), noise, 45), noise)
    blurred = _blur(faded, noise.uniform(0.65, 0.95))
    return _salt(_grain(blurred, noise, 9.0), noise, share=0.0015)


def _photocopy(page: Image, noise: Noise) -> Image:
    spread = _blur(_edges(skew(_grey(page), noise, 0.9), noise), noise.uniform(0.9, 1.3))
    # the harder the copier's contrast, the more the ink runs
    copied = _specks(_threshold(_grain(spread, noise, 8.0), noise.uniform(168, 196)), noise, per_megapixel=90)
    return _blur(copied, 0.5)


def _bowed(page: Image, noise: Noise) -> Image:
    return _grain(_light(_bow(_perspective(page, noise), noise), noise, 40), noise, 4.0)


def _low(page: Image, noise: Noise) -> Image:
    return _grain(_light(skew(page, noise, 0.8), noise, 14), noise, 3.0)


def _sideways(page: Image, noise: Noise) -> Image:
    """Put in the feeder the wrong way round: a wide page on its side, an upright one on its side or head."""
    quarters = noise.choice((1, 3)) if page.shape[1] > page.shape[0] else noise.choice((0, 1, 2, 3))
    return _office(np.ascontiguousarray(np.rot90(page, int(quarters))), noise)


def _skewed(page: Image, noise: Noise) -> Image:
    """Laid on the glass askew, up to 5 degrees."""
    return _grain(_blur(_light(skew(page, noise, 5.0), noise, 26), 0.4), noise, 4.0)


def _upside_down(page: Image, noise: Noise) -> Image:
    return _office(np.ascontiguousarray(np.rot90(page, 2)), noise)


def _photographed(page: Image, noise: Noise) -> Image:
    """A photograph of a bound page: from the side, bowed near the spine, in uneven light."""
    return _grain(_light(_bow(_perspective(skew(page, noise, 1.5), noise), noise), noise, 60), noise, 5.0)


def _faded(page: Image, noise: Noise) -> Image:
    """Toner nearly at its end: grey letters on white."""
    ink = (255 - page.astype(np.float32)) * np.float32(noise.uniform(0.35, 0.5))
    return _grain(_stripes(skew(_clip(255 - ink), noise, 1.0), noise), noise, 4.0)


def _copied_twice(page: Image, noise: Noise) -> Image:
    """A photocopy of a photocopy, then scanned black and white."""
    again = _photocopy(_photocopy(page, noise), noise)
    return _threshold(again, noise.uniform(120, 160))


QUALITIES = {
    quality.name: quality
    for quality in (
        Quality("clean", 300, "jpeg", _clean, (86, 94)),
        Quality("office", 200, "jpeg", _office, (58, 76), has_seal=True),
        Quality("fax", 200, "bits", _fax),
        Quality("bad", 150, "jpeg", _bad, (44, 62), has_seal=True),
        Quality("photocopy", 200, "plain", _photocopy),
        Quality("bowed", 200, "jpeg", _bowed, (66, 84), has_seal=True),
        Quality("sideways", 200, "jpeg", _sideways, (66, 84)),
        Quality("skewed", 200, "jpeg", _skewed, (66, 84)),
        Quality("upside_down", 200, "jpeg", _upside_down, (66, 84)),
        Quality("photographed", 200, "jpeg", _photographed, (66, 84), has_seal=True),
        Quality("faded", 200, "jpeg", _faded, (60, 80)),
        Quality("copied_twice", 200, "bits", _copied_twice),
        Quality("filed", 200, "jpeg", _office, (58, 76), has_seal=True, marks=(punch_holes, staple, edge_shadow)),
        Quality("see_through", 200, "jpeg", _office, (58, 76), marks=(bleed_through,)),
        Quality("handwritten", 200, "jpeg", _office, (58, 76), has_seal=True, marks=(handwriting, signature)),
        Quality("low", 120, "jpeg", _low, (72, 86)),
    )
}


def _blur(page: Image, sigma: float) -> Image:
    blurred: Image = cv2.GaussianBlur(page, (0, 0), sigma)
    return blurred


def _grey(page: Image) -> Image:
    grey: Image = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY) if page.ndim == 3 else page
    return grey


def _clip(values: NDArray[np.float32]) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


def skew(page: Image, noise: Noise, most_degrees: float) -> Image:
    """The page at some angle up to a number of degrees."""
    return turned(page, float(noise.uniform(0.3, 1.0) * most_degrees * noise.choice((-1, 1))))


def turned(page: Image, degrees: float) -> Image:
    """The page turned by an angle, paper where there was none."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    moved_page: Image = cv2.warpAffine(
        page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    return moved_page


def _grain(page: Image, noise: Noise, sigma: float) -> Image:
    grains = noise.standard_normal(page.shape[:2], dtype=np.float32) * sigma
    return _clip(page + (grains[..., None] if page.ndim == 3 else grains))


def _light(page: Image, noise: Noise, darkest: float) -> Image:
    """Uneven light: brighter on one side, with a soft shadow somewhere."""
    height, width = page.shape[:2]
    coarse = noise.uniform(0, darkest, (4, 3)).astype(np.float32)
    shadow = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return _clip(page - (shadow[..., None] if page.ndim == 3 else shadow) * (page / np.float32(255)))


def _threshold(page: Image, level: float) -> Image:
    return np.where(page > level, 255, 0).astype(np.uint8)


def _specks(page: Image, noise: Noise, per_megapixel: int) -> Image:
    """Black dust of one to three pixels."""
    dusty = page.copy()
    height, width = page.shape[:2]
    count = int(per_megapixel * height * width / 1e6)
    for y, x, size in zip(
        noise.integers(0, height, count), noise.integers(0, width, count), noise.integers(1, 4, count), strict=True
    ):
        dusty[y : y + size, x : x + max(1, size - 1)] = 0
    return dusty


def _dropouts(page: Image, noise: Noise) -> Image:
    """White nicks of a fax line: short and low, they break rules and hardly letters."""
    nicked = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(height * width / 26000)):
        y, x = int(noise.integers(0, height)), int(noise.integers(0, width))
        nicked[y : y + 1 + int(noise.integers(0, 2)), x : x + int(noise.integers(2, 14))] = 255
    return nicked


def _salt(page: Image, noise: Noise, share: float) -> Image:
    dice = noise.random(page.shape[:2], dtype=np.float32)
    salted = page.copy()
    salted[dice < share] = 30
    salted[dice > 1 - share] = 245
    return salted


def _stripes(page: Image, noise: Noise) -> Image:
    """Upright stripes in which the toner runs out."""
    width = page.shape[1]
    strength = np.ones(width, np.float32)
    for _ in range(int(noise.integers(2, 5))):
        middle, spread = noise.uniform(0, width), noise.uniform(0.006, 0.02) * width
        strength -= np.float32(noise.uniform(0.25, 0.5)) * np.exp(
            -(((np.arange(width) - middle) / spread) ** 2)
        ).astype(np.float32)
    ink = 255 - page.astype(np.float32)
    kept = np.clip(strength, 0.4, 1)
    return _clip(255 - ink * (kept[None, :, None] if page.ndim == 3 else kept[None, :]))


def _edges(page: Image, noise: Noise) -> Image:
    """The dark frame that a copier's open lid leaves on two sides."""
    dark = page.copy()
    height, width = page.shape[:2]
    for side in noise.permutation(4)[:2]:
        depth = int(noise.uniform(0.006, 0.016) * width)
        area = (np.s_[:depth], np.s_[height - depth :], np.s_[:, :depth], np.s_[:, width - depth :])[int(side)]
        dark[area] = 40
    return dark


def _perspective(page: Image, noise: Noise) -> Image:
    """The page seen slightly from the side."""
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + noise.uniform(-0.012, 0.012, (4, 2)).astype(np.float32) * np.float32(width)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    moved_page: Image = cv2.warpPerspective(
        page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(235, 235, 235)
    )
    return moved_page


def _bow(page: Image, noise: Noise) -> Image:
    """Lines that rise towards the spine on the left, as in a bound volume."""
    height, width = page.shape[:2]
    across = np.arange(width, dtype=np.float32) / width
    lift = np.float32(noise.uniform(0.004, 0.010) * height * noise.choice((-1, 1))) * np.exp(-across * 6).astype(
        np.float32
    )
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    moved_page: Image = cv2.remap(page, columns, rows + lift[None, :], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return moved_page
