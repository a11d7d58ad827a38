"""PDFs whose text layers are made to order: fonts by name, invisible words, pictures."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(frozen=True, slots=True)
class Layered:
    """A line of the text layer: its text in Latin-1, the font's name, where its baseline begins (points, top left)."""

    text: str
    font: str = "Helvetica"
    left: float = 60.0
    baseline: float = 100.0
    is_invisible: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page; its corners in points from the top left."""

    image: Image.Image
    left: float = 0.0
    top: float = 0.0
    right: float = WIDTH
    bottom: float = HEIGHT


def write_pdf(path: Path, *pages: tuple[Layered | Picture, ...], rotate: int = 0) -> Path:
    """A PDF of A4 pages; things are drawn in the order given."""
    with pikepdf.new() as pdf:
        for things in pages:
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            _fill(pdf, pdf.pages[-1], things)
            pdf.pages[-1].Rotate = rotate
        pdf.save(path)
    return path


def _fill(pdf: pikepdf.Pdf, page: pikepdf.Page, things: tuple[Layered | Picture, ...]) -> None:
    fonts, pictures, content = pikepdf.Dictionary(), pikepdf.Dictionary(), b""
    for index, thing in enumerate(things):
        if isinstance(thing, Layered):
            fonts[f"/F{index}"] = _font(thing.font)
            shown = (
                f"BT /F{index} 11 Tf {3 if thing.is_invisible else 0} Tr {thing.left} {HEIGHT - thing.baseline} Td ("
            )
            content += shown.encode() + _escaped(thing.text.encode("latin-1")) + b") Tj ET\n"
        else:
            pictures[f"/I{index}"] = pdf.make_indirect(_stream(pdf, thing.image))
            size = f"{thing.right - thing.left} 0 0 {thing.bottom - thing.top}"
            content += f"q {size} {thing.left} {HEIGHT - thing.bottom} cm /I{index} Do Q\n".encode()
    page.Resources = pikepdf.Dictionary(Font=fonts, XObject=pictures)
    page.Contents = pdf.make_stream(content)


def _font(name: str) -> pikepdf.Dictionary:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name(f"/{name}"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    if name != "Helvetica":  # which every reader has the widths of
        font.FirstChar, font.LastChar, font.Widths = 32, 255, [500] * 224
        font.FontDescriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=pikepdf.Name(f"/{name}"),
            Flags=32,
            FontBBox=[0, -200, 1000, 900],
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
        )
    return font


def _escaped(text: bytes) -> bytes:
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Stream:
    packed = BytesIO()
    image.save(packed, "JPEG")
    stream = pikepdf.Stream(pdf, packed.getvalue())
    stream.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": image.width,
            "/Height": image.height,
            "/ColorSpace": pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
        }
    )
    return stream
