"""Words laid invisibly over the pages of a PDF, each at its place: what a viewer's search and selection find.

The pages themselves stay as they are. Glyphs are never drawn (text rendering mode 3), so the font needs none; what its
codes stand for is told by its ToUnicode map, as tesseract and OCRmyPDF do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from chitieu.geometry import Box, PlacedText
from extractors.pose import turned, unturned

FONT = "ChiTieu"
# A letter is about half as wide as its print is high, a line somewhat higher than its print.
LETTER_EM, LINE_EM = 0.5, 1.25
MIN_SIZE_PT, MAX_SIZE_PT = 4.0, 24.0
# The font's own advance of every letter, in thousandths of its size.
ADVANCE = 500
_CHARS_PER_BLOCK = 100


@dataclass(frozen=True, slots=True)
class PageWords:
    """What is laid over one page, places as it is displayed; `quarter_turns` clockwise set its print upright."""

    page: int
    quarter_turns: int
    texts: tuple[PlacedText, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: where it begins and how long it is, points on the page set upright."""

    text: str
    left: float
    baseline: float
    width: float
    size: float


def write_text_layer(source: Path, target: Path, pages: Iterable[PageWords]) -> None:
    """Write a PDF with words laid over some of its pages; raises pikepdf.PdfError."""
    with pikepdf.open(source) as pdf:
        wanted = [words for words in pages if words.page <= len(pdf.pages) and words.texts]
        font = _font(pdf, sorted({char for words in wanted for one in words.texts for char in one.text}))
        for words in wanted:
            _lay_over(pdf.pages[words.page - 1], words, font)
        pdf.save(target, deterministic_id=True)


def _lay_over(page: pikepdf.Page, words: PageWords, font: pikepdf.Object) -> None:
    page.contents_add(b"q\n", prepend=True)
    drawn = b"".join(
        _drawn(line, words.quarter_turns, page) for one in words.texts for line in _lines(one, words, page)
    )
    page.contents_add(b"\nQ\nq BT 3 Tr\n" + drawn + b"ET Q\n")
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(f"/{FONT}"))


def _lines(one: PlacedText, words: PageWords, page: pikepdf.Page) -> Iterator[_Line]:
    """The text broken into as many lines as fit its box best."""
    box = _upright(one.box, words.quarter_turns, page)
    parts = _broken(one.text, box)
    pitch = box.height / len(parts)
    size = min(max(pitch / LINE_EM, MIN_SIZE_PT), MAX_SIZE_PT)
    for index, part in enumerate(parts):
        baseline = box.top + (index + 0.5) * pitch + 0.3 * size
        yield _Line(part, box.left, baseline, min(box.width, len(part) * LETTER_EM * size), size)


def _broken(text: str, box: Box) -> list[str]:
    """The words in lines that fill a box of this shape: as many as make its print as large as may be."""
    kept = text.split("\n")
    for count in range(1, max(1, int(box.height / (MIN_SIZE_PT * LINE_EM))) + 1):
        size = box.height / count / LINE_EM
        parts = [line for part in kept for line in _wrapped(part.split(), box.width / (LETTER_EM * size))]
        if len(parts) <= count:
            return parts or [text]
    return [" ".join(text.split())]


def _wrapped(words: Sequence[str], chars: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= chars:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _drawn(line: _Line, quarter_turns: int, page: pikepdf.Page) -> bytes:
    """The operators that set a line at its place, as wide as it is there."""
    origin, ahead, above = (
        _in_file((line.left + x, line.baseline - y), quarter_turns, page) for x, y in ((0, 0), (1, 0), (0, 1))
    )
    matrix = (*_difference(ahead, origin), *_difference(above, origin), *origin)
    scale = 100 * line.width / (len(line.text) * ADVANCE / 1000 * line.size)
    codes = line.text.encode("utf-16-be").hex()
    place = " ".join(f"{value:.3f}" for value in matrix)
    return f"/{FONT} {line.size:.2f} Tf {scale:.2f} Tz {place} Tm <{codes}> Tj\n".encode()


def _difference(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] - other[0], one[1] - other[1]


def _displayed_size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    sides = right - left, top - bottom
    return sides if _rotation(page) % 2 == 0 else (sides[1], sides[0])


def _rotation(page: pikepdf.Page) -> int:
    """Quarter turns clockwise by which viewers display a page turned."""
    return int(page.get("/Rotate", 0)) // 90 % 4


def _upright(box: Box, quarter_turns: int, page: pikepdf.Page) -> Box:
    """A box of the page as displayed, once its print is set upright."""
    width, height = _displayed_size(page)
    corners = (turned(c, quarter_turns, width, height) for c in ((box.left, box.top), (box.right, box.bottom)))
    (x0, y0), (x1, y1) = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _in_file(point: tuple[float, float], quarter_turns: int, page: pikepdf.Page) -> tuple[float, float]:
    """A point of the page set upright in the page's own space: origin bottom left, not turned."""
    width, height = _displayed_size(page)
    displayed = unturned(point, quarter_turns, width, height)
    left, bottom, right, top = (float(value) for value in page.cropbox)
    x, y = unturned(displayed, _rotation(page), right - left, top - bottom)
    return left + x, top - y


def _font(pdf: pikepdf.Pdf, chars: Sequence[str]) -> pikepdf.Object:
    """A font without glyphs whose codes are UTF-16."""
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(f"/{FONT}"), Flags=5, ItalicAngle=0, StemV=80,
        FontBBox=[0, -200, ADVANCE, 900], Ascent=900, Descent=-200, CapHeight=700,
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name(f"/{FONT}"), DW=ADVANCE,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=pikepdf.Name.Identity,
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name(f"/{FONT}"),
            Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(_to_unicode(chars)),
        )
    )  # fmt: skip


def _to_unicode(chars: Sequence[str]) -> bytes:
    """The map from the codes to what they stand for, which is themselves."""
    codes = [char.encode("utf-16-be").hex() for char in chars if len(char.encode("utf-16-be")) == 2]
    blocks = (codes[at : at + _CHARS_PER_BLOCK] for at in range(0, len(codes), _CHARS_PER_BLOCK))
    mapped = "".join(
        f"{len(block)} beginbfchar\n{''.join(f'<{code}> <{code}>{chr(10)}' for code in block)}endbfchar\n"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{mapped}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
