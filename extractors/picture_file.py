"""A scan that came as a picture file (TIFF, JPEG, PNG) → a PDF with a page for every picture, no pixel changed."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile

from chitieu.errors import Damaged, TooLarge
from chitieu.files import replaced

MAX_PIXELS = 150_000_000  # an A0 sheet at 300 dpi
POINTS_PER_INCH = 72
# A4's short side, for files that say nothing of their resolution, or what no scanner does.
SHORT_SIDE_INCHES = 8.27
SENSIBLE_DPI = (100, 1200)
# What EXIF calls the way up, in degrees clockwise that a viewer has to turn; mirrored ones are left as they are.
EXIF_ORIENTATION, TURNS = 0x0112, {3: 180, 6: 90, 8: 270}

STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES = 273, 279, 324, 325  # TIFF 6.0


def wrap_picture(path: Path, target: Path, max_pages: int) -> Path:
    """Write the PDF of a picture file to `target`, once. Raises Damaged or TooLarge."""
    if not target.exists():
        try:
            write_pages(path, target, max_pages)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # the disk's fault, not the file's
                raise
            raise Damaged(str(error)) from error
    return target


def write_pages(path: Path, target: Path, max_pages: int) -> None:
    """The work itself."""
    # The bound below is ours; Pillow's own would only warn.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path) as opened, pikepdf.new() as document:
        for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
            if number > max_pages:
                raise TooLarge(f"> {max_pages} pages")
            if frame.width * frame.height > MAX_PIXELS:
                raise TooLarge(f"{frame.width} × {frame.height} pixels")
            add_page(document, frame, picture_stream(document, frame, path))
        with replaced(target) as draft:
            document.save(draft, deterministic_id=True)


def check_parts(path: Path) -> None:
    """Raise Damaged where a TIFF says that parts of it lie behind its end."""
    size = path.stat().st_size
    try:
        with Image.open(path) as opened:
            for frame in ImageSequence.Iterator(opened):
                if isinstance(frame, TiffImageFile):
                    check_frame(frame, size)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError) as error:
        raise Damaged(str(error)) from error


def check_frame(frame: TiffImageFile, size: int) -> None:
    """Raise Damaged where strips or tiles of a picture lie behind the end of its file."""
    for offsets, counts in ((STRIP_OFFSETS, STRIP_BYTES), (TILE_OFFSETS, TILE_BYTES)):
        starts, lengths = frame.tag_v2.get(offsets, ()), frame.tag_v2.get(counts, ())
        if any(start + length > size for start, length in zip(starts, lengths, strict=False)):
            raise Damaged("cut short")


def add_page(document: pikepdf.Pdf, frame: Image.Image, picture: pikepdf.Stream) -> None:
    """A page as large as the paper was, with the picture on all of it."""
    across, down = resolution(frame)
    width, height = frame.width / across * POINTS_PER_INCH, frame.height / down * POINTS_PER_INCH
    page = document.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    page.Contents = document.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Scan Do Q".encode())
    turn = TURNS.get(frame.getexif().get(EXIF_ORIENTATION, 1))
    if turn:
        page.Rotate = turn


def resolution(frame: Image.Image) -> tuple[float, float]:
    """Pixels per inch, across and down; such as make it an A4 sheet where the file has none that a scanner uses."""
    across, down = (float(value) for value in frame.info.get("dpi", (0, 0)))
    low, high = SENSIBLE_DPI
    if low <= across <= high and low <= down <= high:
        return across, down
    usual = min(frame.width, frame.height) / SHORT_SIDE_INCHES
    return usual, usual


def picture_stream(document: pikepdf.Pdf, frame: Image.Image, path: Path) -> pikepdf.Stream:
    """The picture as PDF holds it: a JPEG as it is, everything else packed without loss."""
    if frame.format == "JPEG" and frame.mode in ("L", "RGB"):
        return image_object(document, path.read_bytes(), frame, 8, "/DCTDecode")
    plain = plain_picture(frame)
    packer = zlib.compressobj(6)
    data = b"".join([*(packer.compress(piece) for piece in strips(plain)), packer.flush()])
    return image_object(document, data, plain, 1 if plain.mode == "1" else 8, "/FlateDecode")


def image_object(document: pikepdf.Pdf, data: bytes, picture: Image.Image, bits: int, packing: str) -> pikepdf.Stream:
    """A picture of PDF: ISO 32000-1, 8.9.5."""
    stream = document.make_stream(data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = picture.width, picture.height, bits
    stream.ColorSpace = pikepdf.Name.DeviceRGB if picture.mode == "RGB" else pikepdf.Name.DeviceGray
    stream.Filter = pikepdf.Name(packing)
    return stream


def plain_picture(frame: Image.Image) -> Image.Image:
    """The picture in black and white, grey or colour; what is transparent lies on white paper."""
    if frame.mode in ("1", "L", "RGB"):
        return frame
    if frame.mode.startswith("I;16"):
        return frame.point(lambda level: level / 256).convert("L")
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        upper = frame.convert("RGBA")
        paper = Image.new("RGBA", upper.size, "white")
        return Image.alpha_composite(paper, upper).convert("RGB")
    return frame.convert("RGB")


def strips(picture: Image.Image, lines: int = 512) -> Iterator[bytes]:
    """The pixels, some lines at a time."""
    for top in range(0, picture.height, lines):
        yield picture.crop((0, top, picture.width, min(picture.height, top + lines))).tobytes()
