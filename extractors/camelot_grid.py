"""camelot's lattice on the clean picture of a scanned page.

camelot finds the grid of a deskewed scan to a median of 0.11 pt, but assigns text poorly and drops a grid without
text (shared measurements, tables and OCR). So it gets the clean picture through its `backend=`, and a one-page PDF
whose text layer is a mark for every blob of ink; only its cells' edges are used.
"""

import io
import warnings
from dataclasses import dataclass

import camelot
import cv2
import numpy as np
from camelot.core import Table as CamelotTable
from numpy.typing import NDArray

from extractors.arrays import Grey
from extractors.grid import Mesh
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH

# Marks are only there to tell filled cells from empty ones.
MAX_MARKS = 120


@dataclass(frozen=True, slots=True)
class _CleanPage:
    """The picture that camelot is to look at, in the shape of its conversion backends."""

    clean: Grey

    def convert(self, pdf_path: str, png_path: str, resolution: int = 300, page: int = 1) -> None:
        cv2.imwrite(png_path, self.clean)

    def to_array(self, pdf_path: str, page: int = 1) -> Grey:
        return np.asarray(cv2.cvtColor(self.clean, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def find_camelot_meshes(image: PageImage) -> tuple[Mesh, ...]:
    """Meshes of the ruled tables that camelot's lattice sees on a scanned page, top to bottom."""
    stand_in = io.BytesIO(_marked_page(image))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "page is image-based": it is, and has its marks
        tables = camelot.read_pdf(
            stand_in, flavor="lattice", backend=_CleanPage(image.clean), use_fallback=False, engine="raster"
        )
    height = image.clean.shape[0] * POINTS_PER_INCH / image.dpi
    meshes = [_mesh(table, height) for table in tables]
    return tuple(sorted(meshes, key=lambda mesh: mesh.ys[0]))


def _marked_page(image: PageImage) -> bytes:
    """A one-page PDF of the picture's size with an `x` at every blob of ink."""
    scale = POINTS_PER_INCH / image.dpi
    height, width = (side * scale for side in image.clean.shape)
    marks = "".join(f"1 0 0 1 {x * scale:.1f} {height - y * scale:.1f} Tm (x) Tj\n" for x, y in _blobs(image))
    content = f"BT /F1 4 Tf\n{marks}ET".encode()
    return _one_page_pdf(width, height, content)


def _blobs(image: PageImage) -> list[tuple[float, float]]:
    """Centres (pixels) of word-sized blobs of ink."""
    side = image.pixels(4)
    words = cv2.morphologyEx(image.ink, cv2.MORPH_CLOSE, np.ones((1, side), np.uint8))
    _, _, stats, centres = cv2.connectedComponentsWithStats(words)
    is_word = (stats[1:, 3] > side // 2) & (stats[1:, 3] < image.pixels(20)) & (stats[1:, 2] > side // 2)
    return [(float(x), float(y)) for x, y in _thinned(centres[1:][is_word])]


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most MAX_MARKS of them, evenly."""
    return points[:: max(1, -(-len(points) // MAX_MARKS))]


def _one_page_pdf(width: float, height: float, content: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % (width, height),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _mesh(table: CamelotTable, page_height: float) -> Mesh:
    xs = (table.cols[0][0], *(right for _, right in table.cols))
    ys = tuple(page_height - y for y in (table.rows[0][0], *(bottom for _, bottom in table.rows)))
    edges = [[(cell.top, cell.bottom, cell.left, cell.right) for cell in row] for row in table.cells]
    sides = np.asarray(edges, dtype=bool)
    across = np.vstack([sides[:1, :, 0], sides[:, :, 1]])
    down = np.hstack([sides[:, :1, 2], sides[:, :, 3]])
    across[1:-1] |= sides[1:, :, 0]
    down[:, 1:-1] |= sides[:, 1:, 2]
    return Mesh(tuple(map(float, xs)), tuple(map(float, ys)), across, down)
