"""Digital documents to scans: every page an image, nothing else on it."""

import io
import zlib
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image as PillowImage
from PIL import TiffImagePlugin

from benchmarks.maker.damage import Image, Quality
from benchmarks.maker.seal import RED, stamp_seal

_POINTS_PER_INCH = 72


def scan_pdf(source: Path, target: Path, quality: Quality, seed: int, seal_colour: tuple[int, int, int] = RED) -> None:
    """Write the scan of a document; the same seed gives the same pixels."""
    with pypdfium2.PdfDocument(str(source)) as digital, pikepdf.new() as scan:
        for index in range(len(digital)):
            noise = np.random.default_rng([seed, index, *quality.name.encode()])
            rendered = digital[index].render(scale=quality.dpi / _POINTS_PER_INCH, rev_byteorder=True).to_numpy()
            page = np.ascontiguousarray(rendered[..., :3])
            if quality.has_seal and index == _sealed_page(len(digital)):
                page = stamp_seal(page, noise, seal_colour)
            for mark in quality.marks:
                page = mark(page, noise)
            page = quality.damage(page, noise)
            _add_page(scan, page, quality, int(noise.integers(*quality.jpeg_quality)))
        scan.save(target, deterministic_id=True)


def _sealed_page(count: int) -> int:
    """The second page, for the table always stands there."""
    return min(1, count - 1)


def _add_page(scan: pikepdf.Pdf, page: Image, quality: Quality, jpeg_quality: int) -> None:
    height, width = page.shape[:2]
    size = (width * _POINTS_PER_INCH / quality.dpi, height * _POINTS_PER_INCH / quality.dpi)
    image = _stream(scan, page, quality.encoding, jpeg_quality)
    content = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q".encode()
    scan.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(size[0], 3), round(size[1], 3)],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
                Contents=scan.make_stream(content),
            )
        )
    )


def _stream(scan: pikepdf.Pdf, page: Image, encoding: str, jpeg_quality: int) -> pikepdf.Stream:
    height, width = page.shape[:2]
    is_colour = page.ndim == 3
    image = pikepdf.Stream(scan, b"")
    if encoding == "jpeg":
        pixels = cv2.cvtColor(page, cv2.COLOR_RGB2BGR) if is_colour else page
        _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, jpeg_quality])
        image.write(encoded.tobytes(), filter=pikepdf.Name.DCTDecode)
    elif encoding == "bits":
        parameters = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
        image.write(_fax_bytes(page), filter=pikepdf.Name.CCITTFaxDecode, decode_parms=parameters)
    elif encoding == "plain":
        image.write(zlib.compress(page.tobytes()), filter=pikepdf.Name.FlateDecode)
    else:
        raise ValueError(f"no such encoding: {encoding}")
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = width, height
    image.ColorSpace = pikepdf.Name.DeviceRGB if is_colour else pikepdf.Name.DeviceGray
    image.BitsPerComponent = 1 if encoding == "bits" else 8
    return image


def _fax_bytes(page: Image) -> bytes:
    """A black and white page in CCITT group 4, out of a TIFF with a single strip."""
    buffer = io.BytesIO()
    TiffImagePlugin.STRIP_SIZE = page.size  # one strip: PDF knows no others
    PillowImage.fromarray(page).convert("1").save(buffer, "TIFF", compression="group4")
    buffer.seek(0)
    with PillowImage.open(buffer) as tiff:
        assert isinstance(tiff, TiffImagePlugin.TiffImageFile)
        (offset,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return buffer.getvalue()[offset : offset + length]
