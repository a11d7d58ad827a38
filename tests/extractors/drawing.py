"""Pages drawn for the tests: print in Tinos, rules, seals; and the same as PDF."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from chitieu.model import PageKind
from extractors.image import PageImage, despeckle, find_ink, flatten, prepare_image
from extractors.pdf import PageFacts
from extractors.pose import Pose
from extractors.strokes import find_strokes

# fonts-croscore, scripts/packages.test.txt
TINOS = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
DPI = 200.0
EM_PT = 13.0


@dataclass(frozen=True, slots=True)
class Print:
    """A line of print: its text, where its baseline begins (points), its size."""

    text: str
    left: float
    baseline: float
    size: float = EM_PT


def pixels(points: float, dpi: float = DPI) -> int:
    return round(points * dpi / 72)


def paper(width: float = 400.0, height: float = 200.0, dpi: float = DPI) -> Image.Image:
    return Image.new("L", (pixels(width, dpi), pixels(height, dpi)), 255)


def print_lines(page: Image.Image, *lines: Print, ink: int = 20, dpi: float = DPI) -> Image.Image:
    """The page with the lines printed on it."""
    draw = ImageDraw.Draw(page)
    for line in lines:
        font = ImageFont.truetype(TINOS, line.size * dpi / 72)
        draw.text((pixels(line.left, dpi), pixels(line.baseline, dpi)), line.text, fill=ink, font=font, anchor="ls")
    return page


def rule(page: Image.Image, left: float, top: float, right: float, bottom: float, dpi: float = DPI) -> None:
    """A rule of 0.7 pt from corner to corner."""
    corners = [pixels(value, dpi) for value in (left, top, right, bottom)]
    ImageDraw.Draw(page).line(corners, fill=0, width=max(2, pixels(0.7, dpi)))


def prepared(page: Image.Image, dpi: float = DPI) -> PageImage:
    return prepare_image(1, np.asarray(page, dtype=np.uint8), dpi)


def upright(page: Image.Image, dpi: float = DPI) -> PageImage:
    """The page as it is: a few words are too little to measure a skew by."""
    grey = np.asarray(page, dtype=np.uint8)
    clean = flatten(despeckle(grey), dpi)
    ink, pose = find_ink(clean, dpi), Pose(0, page.width * 72 / dpi, page.height * 72 / dpi)
    return PageImage(1, grey, clean, ink, *find_strokes(ink, dpi), dpi, 0.0, pose)


def facts(number: int = 1, kind: PageKind = PageKind.DIGITAL) -> PageFacts:
    return PageFacts(number, 595.0, 842.0, kind, 0.0)


def as_jpeg(page: Image.Image, quality: int = 85) -> Image.Image:
    """The picture as a scanner keeps it."""
    packed = BytesIO()
    page.save(packed, "JPEG", quality=quality)
    return Image.open(BytesIO(packed.getvalue()))
