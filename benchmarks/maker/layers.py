"""Text layers as they come: a scanner's words, sound or garbage, stamps, fonts of before Unicode, pasted pictures.

Each function writes another file of a document that the maker printed; what pages show stays the same.
"""

import base64
import io
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
from pdfplumber.page import Page

from benchmarks.maker.model import Decision
from benchmarks.maker.page import appendix_head_html, page_html
from benchmarks.maker.printing import print_pdf
from chitieu.dataset.text_layer import PageWords, write_text_layer
from chitieu.geometry import Box, PlacedText
from chitieu.layers import Encoding
from normalizers.data import read_csv
from normalizers.text import fold_marks

_CODES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n")
_FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}
# What a scanner's OCR without Vietnamese makes of letters; on top of marks that are lost.
_GARBLED = {"n": "rn", "h": "li", "d": "cl", "o": "0", "e": "c", "a": "8", "u": "v", "t": "f", "i": "1", "g": "9"}
_GARBLED_SHARE = 0.5
_STAMP = ("Ký bởi: Ủy ban nhân dân tỉnh", "Email: vpubnd@tinh.gov.vn", "Thời gian ký: 03/02/2026 10:47:25 +07:00")
_TABLE_PICTURE_SCALE = 200 / 72


def words_of(digital: Path) -> list[PageWords]:
    """The words of a printed document with their places, page by page."""
    with pdfplumber.open(digital) as pdf:
        return [PageWords(number, 0, _placed(page)) for number, page in enumerate(pdf.pages, start=1)]


def _placed(page: Page) -> tuple[PlacedText, ...]:
    found = page.extract_words(x_tolerance_ratio=0.15, y_tolerance=2)
    return tuple(PlacedText(one["text"], Box(one["x0"], one["top"], one["x1"], one["bottom"])) for one in found)


def write_sound_layer(scan: Path, digital: Path, target: Path) -> None:
    """A scan with the true words: some scanners read well."""
    write_text_layer(scan, target, words_of(digital))


def write_garbage_layer(scan: Path, digital: Path, target: Path, seed: int) -> None:
    """A scan with what an engine without Vietnamese makes of it."""
    chance = random.Random(f"garbage {seed}")  # noqa: S311 - no secret, the same again is wanted

    def garble(text: str) -> str:
        return "".join(
            _GARBLED[char] if char in _GARBLED and chance.random() < _GARBLED_SHARE else char
            for char in fold_marks(text)
        )

    write_text_layer(scan, target, _changed(words_of(digital), garble))


def write_stamp_layer(scan: Path, target: Path) -> None:
    """A scan whose only words are those of a signature's stamp."""
    lines = tuple(PlacedText(text, Box(380, 20 + 12 * at, 580, 31 + 12 * at)) for at, text in enumerate(_STAMP))
    write_text_layer(scan, target, [PageWords(1, 0, lines)])


def _changed(pages: list[PageWords], change: Callable[[str], str]) -> list[PageWords]:
    return [
        PageWords(page.page, page.quarter_turns, tuple(PlacedText(change(one.text), one.box) for one in page.texts))
        for page in pages
    ]


def write_legacy(digital: Path, target: Path, encoding: Encoding) -> None:
    """The printed document as if set in fonts of an encoding of before Unicode: it looks the same and reads `céng hoµ`.

    Subsets of fonts keep their glyphs; their maps to Unicode give what such a font stores.
    """
    stored = {row["printed"]: row["stored"] for row in read_csv(f"{encoding}.csv")}
    with pikepdf.open(digital) as pdf:
        for number, font in enumerate(one for one in pdf.objects if _is_font(one)):
            font.ToUnicode = pdf.make_stream(_restored(font.ToUnicode.read_bytes(), stored))
            named = pikepdf.Name(f"/{'ABCDEFGHIJKLMNOP'[number % 16] * 6}+{_FONTS[encoding]}")
            font.BaseFont = named
            for part in (*font.get("/DescendantFonts", ()), font):
                if "/BaseFont" in part:
                    part.BaseFont = named
                if "/FontDescriptor" in part:
                    part.FontDescriptor.FontName = named
        pdf.save(target, deterministic_id=True)


def _is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing


def _restored(cmap: bytes, stored: Mapping[str, str]) -> bytes:
    """A map to Unicode with the stored form for each letter; ranges are written out code by code."""
    codes: dict[str, str] = {}
    for first, last, start in _RANGES.findall(cmap):
        for at in range(int(last, 16) - int(first, 16) + 1):
            codes[f"{int(first, 16) + at:0{len(first)}X}"] = chr(int(start, 16) + at)
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, value in _CODES.findall(block):
            codes[code.decode().upper()] = bytes.fromhex(value.decode()).decode("utf-16-be")
    width = max((len(code) for code in codes), default=4)
    lines = [f"<{code}> <{stored.get(char, char).encode('utf-16-be').hex()}>" for code, char in sorted(codes.items())]
    blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))
    mapped = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    space = f"1 begincodespacerange\n<{'0' * width}> <{'F' * width}>\nendcodespacerange\n"
    head = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
    return f"{head}{space}{mapped}endcmap\nend\nend\n".encode()


def write_pasted(decision: Decision, digital: Path, target: Path) -> None:
    """Captions as words, a table below them pasted as a picture: of the page that is fullest after the first."""
    with pypdfium2.PdfDocument(str(digital)) as document:
        page = max((document[at] for at in range(1, len(document))), key=lambda one: one.get_textpage().count_chars())
        picture = page.render(scale=_TABLE_PICTURE_SCALE).to_pil()
        packed = io.BytesIO()
        picture.crop((0, picture.height // 6, picture.width, picture.height)).save(packed, "PNG")
    source = base64.b64encode(packed.getvalue()).decode()
    before, _, _ = page_html(decision).partition("<body>")
    image = f"<img style='width:100%' src='data:image/png;base64,{source}'>"
    print_pdf(f"{before}<body>{appendix_head_html(decision)}{image}</body></html>", target)


def write_bundle(parts: list[Path], target: Path) -> list[int]:
    """Several documents in one file; the page on which each begins."""
    starts = []
    with pikepdf.new() as bundle:
        for part in parts:
            starts.append(len(bundle.pages) + 1)
            with pikepdf.open(part) as pdf:
                bundle.pages.extend(pdf.pages)
        bundle.save(target, deterministic_id=True)
    return starts
