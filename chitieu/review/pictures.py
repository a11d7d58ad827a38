"""Pictures of pages for people: as scanned, in colour, upright; drawn once and kept as JPEG under the state folder."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from chitieu.archive import pages_path
from chitieu.files import replaced
from chitieu.model import Box, PageSummary
from extractors.arrays import Grey
from extractors.pdf import POINTS_PER_INCH, open_pdf, picture_page
from extractors.pose import turned
from extractors.upright import quarter_turned

# A line of print of 12 points is then 36 pixels high.
PICTURE_DPI = 216.0
JPEG_QUALITY = 82
# Many crops are cut from few pages; a page takes 14 MB.
OPEN_PICTURES = 4


@dataclass(frozen=True, slots=True)
class PageShape:
    """Size of a page set upright, in points, and how it was turned from the page as displayed."""

    page: int
    width: float
    height: float
    quarter_turns: int
    displayed_width: float
    displayed_height: float

    def upright(self, box: Box) -> Box:
        """Where a box of the page as displayed lies on the upright one."""
        size = (self.displayed_width, self.displayed_height)
        (x0, y0), (x1, y1) = (turned(corner, self.quarter_turns, *size) for corner in corners(box))
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def corners(box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    return (box.left, box.top), (box.right, box.bottom)


def shape_of(page: PageSummary) -> PageShape:
    """The upright shape of a page. The store has its size as it was read; that of a failed page is A4."""
    width, height = (page.width or 595.0, page.height or 842.0)
    sides = (height, width) if page.quarter_turns % 2 else (width, height)
    return PageShape(page.page, *sides, page.quarter_turns, width, height)


class PagePictures:
    """The pictures of all pages of a home; several threads may ask."""

    def __init__(self, archive: Path, kept: Path) -> None:
        self._archive, self._kept, self._lock = archive, kept, threading.Lock()

    def jpeg(self, sha256: str, page: PageSummary) -> bytes | None:
        """A page as JPEG; None where its document has no pictures (a text export)."""
        path = self._kept / sha256[:16] / f"{page.page}-{page.quarter_turns}.jpg"
        if path.is_file():
            return path.read_bytes()
        source = pages_path(self._archive, sha256)
        if not source.is_file():
            return None
        # One page at a time: several would fill the memory of a small PC and help nobody.
        with self._lock:
            if not path.is_file():
                with replaced(path) as draft:
                    draft.write_bytes(_draw(source, page))
        return path.read_bytes()

    def crop(self, jpeg: bytes, shape: PageShape, boxes: Sequence[Box], margin_pt: float) -> bytes:
        """The smallest piece of a page that holds these boxes (of the page as displayed), as JPEG."""
        upright = [shape.upright(box) for box in boxes]
        picture = _opened(jpeg)
        scale = picture.shape[1] / shape.width
        left, top = min(b.left for b in upright) - margin_pt, min(b.top for b in upright) - margin_pt
        right, bottom = max(b.right for b in upright) + margin_pt, max(b.bottom for b in upright) + margin_pt
        rows = slice(max(0, round(top * scale)), max(1, round(bottom * scale)))
        columns = slice(max(0, round(left * scale)), max(1, round(right * scale)))
        piece = picture[rows, columns]
        return encode(piece if piece.size else picture[:1, :1])


@lru_cache(maxsize=OPEN_PICTURES)
def _opened(jpeg: bytes) -> Grey:
    """A picture of a page (blue, green, red), ready to be cut."""
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def _draw(source: Path, page: PageSummary) -> bytes:
    with open_pdf(source) as pdf:
        picture = picture_page(pdf, page.page, PICTURE_DPI / POINTS_PER_INCH)
    return encode(quarter_turned(picture, page.quarter_turns))


def encode(picture: Grey) -> bytes:
    """A picture (blue, green, red) as JPEG."""
    done, data = cv2.imencode(".jpg", np.ascontiguousarray(picture), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise ValueError(picture.shape)
    return bytes(data)
