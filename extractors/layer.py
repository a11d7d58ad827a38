"""The text layer of a page as it stands in the file, and how much of the page's print it leaves out."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import groupby

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from chitieu.model import Run, TextLayer
from extractors.arrays import Grey
from extractors.pdf import PdfFile, loaded_page, preview_page

# Pictures are laid over a grid of so many fields to tell what they cover together: scanners save strips.
COVER_FIELDS = 50
# Pictures that cover more of the page are scans of it, not pasted into it.
FULL_COVER = 0.88
# The print of a scan is looked for where its layer is so short that it may be a stamp: to draw it takes 0.1 s.
LONGEST_STAMP_CHARS = 600
# At a pixel per point: darker than this is ink; so high and wide are letters, and words whose letters run together.
INK_LEVEL = 150
MIN_MARK_HEIGHT, MAX_MARK_HEIGHT, MAX_MARK_WIDTH = 3, 24, 80
# Letters of one word are no further apart, as a share of their font's height; a space is a quarter.
MAX_LETTER_GAP = 0.08
# Dashes of a rule are so thin, and so many stand below each other (of thin letters few do); wider where they meet.
MAX_DASH_WIDTH, LEAST_DASHES, MAX_JOINT_WIDTH = 2, 8, 8
# Within so many points up and down a dash has so many of its rule, itself counted; rows of a table are higher.
DASH_REACH, LEAST_CLOSE = 10, 3
# Print lies this far beside the box of its character, in points.
MARGIN_PT = 2
# A seal is 36 mm wide, that is 102 pt; a signature about 120 pt.
MIN_SPREAD_PT = 160.0
# Of the marks, this share at either end may be a page's number or dirt.
OUTLYING_PERCENT = 5.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def examine_layer(pdf: PdfFile, number: int) -> TextLayer:
    """What the text layer of page `number` (from 1) holds and leaves out."""
    with loaded_page(pdf, number) as page, closing(page.get_textpage()) as text:
        count = pdfium_c.FPDFText_CountChars(text)
        boxes = _char_boxes(page, text, count)
        runs = tuple(_runs(text, boxes))
        unmapped = sum(pdfium_c.FPDFText_HasUnicodeMapError(text, index) == 1 for index in range(count))
        share = _picture_share(page)
    layer = TextLayer(runs, share, unmapped_share=round(unmapped / count, 3) if count else 0.0)
    if not count or (share >= FULL_COVER and count > LONGEST_STAMP_CHARS):
        return layer
    return _with_print(layer, preview_page(pdf, number), boxes)


def _runs(text: pdfium.PdfTextPage, boxes: Floats) -> Iterator[Run]:
    """The characters in reading order, parted where the font changes; spaces put in go with what is before."""
    chars: list[tuple[str, str]] = []
    for index in range(len(boxes)):
        if pdfium_c.FPDFText_IsGenerated(text, index) == 1 and _is_within_word(text, len(boxes), index):
            continue
        font = _font(text, index) or (chars[-1][1] if chars else "")
        chars.append((_char(pdfium_c.FPDFText_GetUnicode(text, index)), font))
    for name, part in groupby(chars, key=lambda char: char[1]):
        yield Run("".join(char for char, _ in part), name or None)


def _is_within_word(text: pdfium.PdfTextPage, count: int, index: int) -> bool:
    """Whether a space or line break that pdfium put in stands between letters that touch.

    Of some subset fonts it takes each letter for a line of its own.
    """
    before, after = index, index
    while before >= 0 and pdfium_c.FPDFText_IsGenerated(text, before) == 1:
        before -= 1
    while after < count and pdfium_c.FPDFText_IsGenerated(text, after) == 1:
        after += 1
    places = [pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF()]
    if not all(
        0 <= at < count and pdfium_c.FPDFText_GetLooseCharBox(text, at, place)
        for at, place in zip((before, after), places, strict=True)
    ):
        return False
    one, other = places
    height = one.top - one.bottom
    is_beside = min(one.top, other.top) - max(one.bottom, other.bottom) > height / 2 > 0
    return bool(is_beside and abs(other.left - one.right) < MAX_LETTER_GAP * height)


def _char(code: int) -> str:
    """A character; half a surrogate pair and what is none come as the replacement character."""
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


def _font(text: pdfium.PdfTextPage, index: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium_c.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode("utf-8", "replace") if length else ""


def _picture_share(page: pdfium.PdfPage) -> float:
    """How much of the page its pictures cover together."""
    width, height = page.get_size()
    covered = np.zeros((COVER_FIELDS, COVER_FIELDS), dtype=bool)
    for picture in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=5):
        left, bottom, right, top = picture.get_bounds()
        columns = slice(max(0, round(left / width * COVER_FIELDS)), max(0, round(right / width * COVER_FIELDS)))
        covered[max(0, round(bottom / height * COVER_FIELDS)) : max(0, round(top / height * COVER_FIELDS)), columns] = (
            True
        )
    return round(float(covered.mean()), 3)


def _char_boxes(page: pdfium.PdfPage, text: pdfium.PdfTextPage, count: int) -> Floats:
    """Left, top, right, bottom of every character in points on the page as displayed."""
    edges = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    found = np.zeros((count, 4))
    for index in range(count):
        if pdfium_c.FPDFText_GetCharBox(text, index, *edges):
            found[index] = [edge.value for edge in edges]
    corners = (_on_display(page, found[:, left], found[:, bottom]) for left, bottom in ((0, 2), (1, 3)))
    (x0, y0), (x1, y1) = corners
    return np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)


def _on_display(page: pdfium.PdfPage, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Points of the page's own space as displayed, turned and cropped."""
    (x0, y0), (x1, y1), (x2, y2) = (_point_on_display(page, *point) for point in ((0, 0), (1, 0), (0, 1)))
    return x0 + (x1 - x0) * x + (x2 - x0) * y, y0 + (y1 - y0) * x + (y2 - y0) * y


def _point_on_display(page: pdfium.PdfPage, x: int, y: int) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    # pdfium gives whole pixels, so the page is taken for a thousand times larger.
    pdfium_c.FPDF_PageToDevice(page, 0, 0, round(width * 1000), round(height * 1000), 0, x, y, across, down)
    return across.value / 1000, down.value / 1000


def _with_print(layer: TextLayer, picture: Grey, boxes: Floats) -> TextLayer:
    """The layer with how much print the page shows, and how much of that it has nothing for."""
    marks = _find_marks(picture)
    bare = marks[~_layered(boxes, picture.shape)[marks[:, 1], marks[:, 0]]]
    is_spread = bool(len(bare)) and _spread(bare) >= MIN_SPREAD_PT
    return replace(layer, print_count=len(marks), unlayered_count=len(bare), is_spread=is_spread)


def _find_marks(picture: Grey) -> Ints:
    """Middle (x, y) of everything that is as large as a letter or a short word."""
    ink = cv2.compare(picture, INK_LEVEL, cv2.CMP_LT)
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    is_mark = (high >= MIN_MARK_HEIGHT) & (high <= MAX_MARK_HEIGHT) & (wide <= MAX_MARK_WIDTH)
    is_mark &= ~_are_dashes(stats)
    return np.asarray(middles[is_mark], dtype=np.int64)


def _are_dashes(stats: Ints) -> Flags:
    """Which pieces of ink are dashes of rules down the page, or where dashes meet: no print stands upon such a rule."""
    lefts, widths = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    dashes = _close_below(stats[widths <= MAX_DASH_WIDTH])
    counts = np.bincount(dashes[:, cv2.CC_STAT_LEFT], minlength=int((lefts + widths).max(initial=0)) + 2)
    near = counts + np.roll(counts, 1) + np.roll(counts, -1)
    passed = np.concatenate([[0], np.cumsum(near >= LEAST_DASHES)])
    is_on_rule = passed[lefts + widths] > passed[lefts]
    return np.asarray(is_on_rule & (widths <= MAX_JOINT_WIDTH))


def _close_below(pieces: Ints) -> Ints:
    """The thin pieces that others follow closely up or down: dashes of rules across the page stand a row apart."""
    lefts, tops = pieces[:, cv2.CC_STAT_LEFT], pieces[:, cv2.CC_STAT_TOP]
    places = np.zeros((int(tops.max(initial=0)) + 1, int(lefts.max(initial=0)) + 1), dtype=np.uint8)
    places[tops, lefts] = 1
    beside = cv2.dilate(places, np.ones((1, 3), np.uint8))
    window = (1, 2 * DASH_REACH + 1)
    counts = cv2.boxFilter(beside, cv2.CV_32F, window, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(pieces[counts[tops, lefts] >= LEAST_CLOSE])


def _layered(boxes: Floats, shape: tuple[int, ...]) -> Flags:
    """Where characters of the layer stand."""
    mask = np.zeros(shape, dtype=bool)
    for left, top, right, bottom in boxes:
        rows = slice(max(0, int(top) - MARGIN_PT), max(0, int(bottom) + MARGIN_PT + 1))
        mask[rows, max(0, int(left) - MARGIN_PT) : max(0, int(right) + MARGIN_PT + 1)] = True
    return mask


def _spread(marks: Ints) -> float:
    """How far marks reach across or down the page, in points."""
    ends = np.percentile(marks, [OUTLYING_PERCENT, 100 - OUTLYING_PERCENT], axis=0)
    return float(np.ptp(ends, axis=0).max())
