"""Open a PDF safely; the kind of every page; render. With layer.py the only file that knows pdfium's page objects."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfplumber.page import Page as PlumberPage

from chitieu.errors import Damaged, Encrypted, TooLarge, Unreadable
from chitieu.model import PageKind
from extractors.annotations import with_annotations
from extractors.arrays import Grey
from extractors.grey_seal import lift_grey_seals
from extractors.pen import lift_blue
from extractors.seal import lift_red, split_channels

POINTS_PER_INCH = 72.0
# Below 150 dpi a tone mark is one pixel; above 300 a scan only costs time.
MIN_RENDER_DPI, MAX_RENDER_DPI = 150.0, 300.0
# A picture that covers less of the page than this is a logo, a seal or a signature mark.
MIN_SCAN_COVER = 0.5
# Fewer words than this on a page that is mostly picture are a stamp ("SAO Y", a signature), not its text.
MIN_DIGITAL_WORDS = 25
# A0 at 300 dpi; larger pages are bombs or plans, never appendices.
MAX_PAGE_POINTS = 3400.0

# pdfium is not thread-safe: every call into it, of every document, waits for this lock.
_PDFIUM = threading.RLock()
_PLUMBER = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What decides how a page is read; sizes in points, `scan_dpi` is that of the largest picture (0 without one)."""

    number: int
    width: float
    height: float
    kind: PageKind
    scan_dpi: float


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open PDF; made by `open_pdf` only, which also closes it."""

    path: Path
    document: pdfium.PdfDocument
    plumber: pdfplumber.PDF

    @property
    def page_count(self) -> int:
        return len(self.document)


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfFile]:
    """Open a PDF for reading, with what is laid over its pages.

    Raises Encrypted (a password is needed), Damaged (no page tree can be read).
    """
    with _PDFIUM, closing(_open_document(path, path.name)) as given:
        page_count = len(given)
    with with_annotations(path, page_count) as shown:
        with _PDFIUM:
            document = _open_document(shown, path.name)
        try:
            with pdfplumber.open(shown) as plumber:
                yield PdfFile(path, document, plumber)
        finally:
            with _PDFIUM:
                document.close()


def _open_document(path: Path, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Encrypted(name) from error
        raise Damaged(f"{name}: {error}") from error
    if len(document) == 0:
        raise Damaged(f"{name}: no pages")
    return document


def describe_page(pdf: PdfFile, number: int) -> PageFacts:
    """Tell the kind of page `number` (from 1). Raises TooLarge, Damaged."""
    with loaded_page(pdf, number) as page:
        width, height = page.get_size()
        if max(width, height) > MAX_PAGE_POINTS:
            raise TooLarge(f"{pdf.path.name}: page {number} is {width:.0f} x {height:.0f} points")
        pictures = list(_pictures(page, width * height))
        with closing(page.get_textpage()) as text:
            words = len(text.get_text_range().split())
        is_empty = next(iter(page.get_objects(max_depth=2)), None) is None
    cover = max((share for share, _ in pictures), default=0.0)
    dpi = max(pictures, default=(0.0, 0.0))[1]
    return PageFacts(number, width, height, _kind(cover, words, is_empty=is_empty), dpi)


@contextmanager
def loaded_page(pdf: PdfFile, number: int) -> Iterator[pdfium.PdfPage]:
    """A page, closed before the lock is given back: left to the collector, it would be closed at any time."""
    with _PDFIUM:
        try:
            page = pdf.document[number - 1]
        except pdfium.PdfiumError as error:
            raise Damaged(f"{pdf.path.name}: page {number}: {error}") from error
        with closing(page):
            yield page


def _kind(picture_cover: float, words: int, *, is_empty: bool) -> PageKind:
    if is_empty:
        return PageKind.BLANK
    if picture_cover < MIN_SCAN_COVER:
        return PageKind.DIGITAL if words else PageKind.SCANNED
    return PageKind.MIXED if words >= MIN_DIGITAL_WORDS else PageKind.SCANNED


def _pictures(page: pdfium.PdfPage, page_area: float) -> Iterator[tuple[float, float]]:
    """Share of the page and resolution (dpi) of every picture on it."""
    for picture in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=5):
        left, bottom, right, top = picture.get_bounds()
        width_pt, height_pt = right - left, top - bottom
        if width_pt <= 1 or height_pt <= 1:
            continue
        pixels_wide, pixels_high = picture.get_px_size()
        dpi = POINTS_PER_INCH * max(pixels_wide, pixels_high) / max(width_pt, height_pt)
        yield min(1.0, width_pt * height_pt / page_area), dpi


def render_page(pdf: PdfFile, facts: PageFacts) -> tuple[Grey, float]:
    """Draw a page as grey picture (dark ink on light paper, seals lifted off) at the scan's own resolution.

    Returns the picture and its dpi. Raises Unreadable.
    """
    dpi = min(max(facts.scan_dpi or MAX_RENDER_DPI, MIN_RENDER_DPI), MAX_RENDER_DPI)
    with loaded_page(pdf, facts.number) as page:
        try:
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, may_draw_forms=True, rev_byteorder=True)
        except pdfium.PdfiumError as error:
            raise Unreadable(f"{pdf.path.name}: page {facts.number}: {error}") from error
        with closing(bitmap):
            pixels = bitmap.to_numpy()
            grey = _print_of(pixels[..., :3], dpi) if pixels.ndim == 3 else pixels.copy()
    return lift_grey_seals(grey, POINTS_PER_INCH / dpi), dpi


def _print_of(rgb: Grey, dpi: float) -> Grey:
    """The black of a coloured page, without red seals and what is written in blue."""
    channels = split_channels(rgb)
    return lift_blue(channels, lift_red(channels), POINTS_PER_INCH / dpi)


def preview_page(pdf: PdfFile, number: int) -> Grey:
    """A page as displayed, in grey, a pixel per point: what of a text layer can be seen. Raises Unreadable."""
    with loaded_page(pdf, number) as page:
        try:
            bitmap = page.render(scale=1.0, grayscale=True, may_draw_forms=True)
        except pdfium.PdfiumError as error:
            raise Unreadable(f"{pdf.path.name}: page {number}: {error}") from error
        with closing(bitmap):
            return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)


@contextmanager
def plumber_page(pdf: PdfFile, number: int) -> Iterator[PlumberPage]:
    """The page as pdfplumber sees it, for the text layer and its rules.

    One at a time: pdfminer's file position and font cache are shared by all pages of a document.
    """
    with _PLUMBER:
        page = pdf.plumber.pages[number - 1]
        try:
            yield page
        finally:
            page.close()


def picture_page(pdf: PdfFile, number: int, scale: float) -> Grey:
    """A page as displayed, in colour (height, width, 3: blue, green, red), `scale` pixels a point.

    Raises Unreadable, TooLarge.
    """
    describe_page(pdf, number)
    with loaded_page(pdf, number) as page:
        try:
            bitmap = page.render(scale=scale, may_draw_forms=True)
        except pdfium.PdfiumError as error:
            raise Unreadable(f"{pdf.path.name}: page {number}: {error}") from error
        with closing(bitmap):
            pixels = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width, -1)
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else np.ascontiguousarray(pixels[..., :3])
