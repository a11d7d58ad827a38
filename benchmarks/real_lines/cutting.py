"""The lines of a scan as the software cuts them, with their places."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from chitieu.model import Box
from extractors import lines, scanned_page
from extractors.arrays import Grey
from extractors.blobs import Blob, Blobs
from extractors.image import PageImage
from extractors.lines import LineImage
from extractors.pdf import PdfFile, describe_page, open_pdf

_Cutter = Callable[[PageImage, Blobs, list[Blob]], tuple[LineImage, ...]]
_PAPER, _GAP = 255, 12


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line; its box is in points of the page set upright and level."""

    page: int
    box: Box
    image: LineImage


def cut_file(path: Path, pages: Sequence[int]) -> list[CutLine]:
    """All lines of some pages of a scan, whatever is in them."""
    with open_pdf(path) as pdf:
        return [line for page in pages for line in _cut_page(pdf, page)]


def _cut_page(pdf: PdfFile, page: int) -> list[CutLine]:
    with _overheard() as heard:
        scanned_page.read_scanned(pdf, describe_page(pdf, page), wants_prose=True)
    return [CutLine(page, image.box(line.left, line.top, line.right, line.bottom), line) for image, line in heard]


@contextmanager
def _overheard() -> Iterator[list[tuple[PageImage, LineImage]]]:
    """What the page's reader has cut meanwhile: the cells' lines and those outside tables."""
    heard: list[tuple[PageImage, LineImage]] = []
    usual: dict[str, _Cutter] = {name: getattr(lines, name) for name in ("cut_lines", "cut_prose")}
    for name, cut in usual.items():
        setattr(lines, name, _telling(cut, heard))
    try:
        yield heard
    finally:
        for name, cut in usual.items():
            setattr(lines, name, cut)


def _telling(cut: _Cutter, heard: list[tuple[PageImage, LineImage]]) -> _Cutter:
    def telling(image: PageImage, blobs: Blobs, owned: list[Blob]) -> tuple[LineImage, ...]:
        found = cut(image, blobs, owned)
        heard.extend((image, line) for line in found)
        return found

    return telling


def picture_of(line: LineImage) -> Grey:
    """A line's pieces beside each other on white, for people and for other engines."""
    pieces = [piece for piece in line.pieces if piece.size]
    height = max(piece.shape[0] for piece in pieces)
    padded = [np.pad(p, ((_GAP, height - p.shape[0] + _GAP), (_GAP, 0)), constant_values=_PAPER) for p in pieces]
    return np.pad(np.hstack(padded), ((0, 0), (0, _GAP)), constant_values=_PAPER)


def write_pictures(found: Sequence[CutLine], folder: Path) -> None:
    """One picture a line, to be transcribed; a list of their places beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    places = []
    for index, line in enumerate(found):
        cv2.imwrite(str(folder / f"{index:03d}.png"), picture_of(line.image))
        places.append(
            f"{index:03d},{line.page},{line.box.left:.1f},{line.box.top:.1f},{line.box.right:.1f},{line.box.bottom:.1f}\n"
        )
    (folder / "places.csv").write_text("picture,page,left,top,right,bottom\n" + "".join(places), encoding="utf-8")
