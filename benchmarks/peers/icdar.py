"""Documents of the ICDAR 2013 table competition: PDFs with the structure of their tables in `NAME-str.xml` beside them.

The files are not part of the project and are never fetched by it: who has them names their folder. Scans are made of
them as an office does: 200 dpi, grey, a little blur, JPEG 60, turned by half a degree or lying straight.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import cv2

from benchmarks.maker.damage import Image, Noise, Quality, turned
from benchmarks.maker.scans import scan_pdf
from benchmarks.peers.model import Piece, Printed, bare

TRUTH_END = "-str.xml"
DPI, BLUR_PX, JPEG_QUALITY = 200, 0.6, (60, 61)
# Qualities, and by how many degrees their pages are turned (None: no picture).
TURNED: dict[str, float | None] = {"digital": None, "scanned 0.5°": 0.5, "scanned 0°": 0.0}


@dataclass(frozen=True, slots=True)
class Document:
    path: Path
    tables: tuple[Printed, ...]


def find_documents(folder: Path) -> Iterator[Document]:
    """The PDFs anywhere in a folder that have a truth beside them, by name.

    Raises FileNotFoundError where there is none.
    """
    paths = sorted(path for path in folder.rglob("*.pdf") if _truth_of(path).exists())
    if not paths:
        raise FileNotFoundError(f"no PDF with a {TRUTH_END} beside it in {folder}")
    for path in paths:
        yield Document(path, read_truth(_truth_of(path)))


def _truth_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}{TRUTH_END}")


def read_truth(path: Path) -> tuple[Printed, ...]:
    """The tables of a truth; of one in several regions each, which may be on other pages, is a table of its own."""
    regions = ElementTree.parse(path).getroot().iter("region")  # noqa: S314  files that the user names
    return tuple(Printed(int(region.get("page", "1")), _pieces(region)) for region in regions)


def _pieces(region: ElementTree.Element) -> tuple[Piece, ...]:
    cells = [_piece(cell) for cell in region.iter("cell")]
    top, left = min((cell.row for cell in cells), default=0), min((cell.col for cell in cells), default=0)
    return tuple(Piece(c.row - top, c.col - left, c.row_span, c.col_span, c.text) for c in cells)


def _piece(cell: ElementTree.Element) -> Piece:
    row, col = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
    end_row, end_col = int(cell.get("end-row", row)), int(cell.get("end-col", col))
    text = unicodedata.normalize("NFC", bare(cell.findtext("content")))
    # Some cells of the set end before they begin.
    return Piece(row, col, max(1, end_row - row + 1), max(1, end_col - col + 1), text)


def scan(path: Path, target: Path, degrees: float) -> None:
    """Write a PDF of the pages as pictures, by the document maker's scanner."""

    def damage(page: Image, _noise: Noise) -> Image:
        grey = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), (0, 0), BLUR_PX)
        return turned(grey, degrees) if degrees else grey

    scan_pdf(path, target, Quality("icdar", DPI, "jpeg", damage, JPEG_QUALITY), seed=0)
