"""Figures that a pen filled in between print: they are higher than the figures and capitals of their line.

Offices print `Số:      /QĐ-UBND` and write the number by hand; a reader of print takes it for whatever looks alike.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from chitieu.model import Box
from extractors.blobs import Blob, is_body
from extractors.lines import LineImage
from extractors.page_content import PageContent
from extractors.pdf import POINTS_PER_INCH, PdfFile, picture_page
from extractors.pen import find_writing
from extractors.pose import Pose
from extractors.reading import LineReading

# Figures and capitals are of one height in print; of these the tail or the foot goes lower.
_SIZED = frozenset((string.ascii_uppercase + string.digits).translate(str.maketrans("", "", "QJ")))
# Fine enough for a stroke of a pen.
BLUE_DPI = 120.0
# So many of them tell the height of a line's print.
LEAST_SIZED = 4
# Higher than this share of it is no print: blur and specks add less, handwriting has some 1.2 to 1.8.
MAX_HEIGHT_SHARE = 1.18
# Of one letter is what overlaps from left to right by this share; letters in italics overlap less.
STACKED_SHARE = 0.5
# A figure may stand this far beside where the reader saw it, as a share of the print's height.
MAX_OFF_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Column:
    """Ink that stands above and below each other, and the characters that were read there."""

    left: int
    top: int
    right: int
    bottom: int
    chars: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        return self.bottom - self.top


def find_written(
    line: LineImage, reading: LineReading, blobs: Sequence[Blob], em: float
) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom (pixels) of what a pen filled in on a line; None where it is all print."""
    chars = [(line.lefts[one.piece] + one.across, one.char) for one in reading.places if one.char.strip()]
    columns = [_with_chars(column, chars) for column in _columns(line, blobs, em)]
    sized = [column for column in columns if column.chars and _SIZED.issuperset(column.chars)]
    if len(sized) < LEAST_SIZED:
        return None
    usual = median(column.height for column in sized)
    written = [column for column in sized if column.height > MAX_HEIGHT_SHARE * usual]
    if not written:
        return None
    return (
        min(column.left for column in written),
        min(column.top for column in written),
        max(column.right for column in written),
        max(column.bottom for column in written),
    )


def find_blue(pdf: PdfFile, content: PageContent) -> tuple[Box, ...]:
    """Where a scanned page is written on in blue, on the page set upright: readers see nothing of that."""
    facts = content.facts
    pixels = picture_page(pdf, facts.number, BLUE_DPI / POINTS_PER_INCH)[..., ::-1]
    scale = POINTS_PER_INCH / BLUE_DPI
    pose = content.pose or Pose(0, facts.width, facts.height)
    found = find_writing(np.ascontiguousarray(pixels), scale)
    return tuple(pose.upright(Box(*(side * scale for side in stroke))) for stroke in found)


def _columns(line: LineImage, blobs: Sequence[Blob], em: float) -> list[_Column]:
    """The print of a line, letter by letter: marks stand above and below theirs."""
    own = [b for b in blobs if _is_on(b, line) and is_body(b, em)]
    columns: list[_Column] = []
    for blob in sorted(own, key=lambda b: b.left):
        last = columns[-1] if columns else None
        if last and last.right - blob.left >= STACKED_SHARE * min(blob.width, last.right - last.left):
            columns[-1] = _Column(
                last.left, min(last.top, blob.top), max(last.right, blob.right), max(last.bottom, blob.bottom)
            )
        else:
            columns.append(_Column(blob.left, blob.top, blob.right, blob.bottom))
    return columns


def _is_on(blob: Blob, line: LineImage) -> bool:
    middle = (blob.top + blob.bottom) / 2
    return line.left <= blob.left and blob.right <= line.right and line.top <= middle <= line.bottom


def _with_chars(column: _Column, chars: Sequence[tuple[float, str]]) -> _Column:
    """A column with those of the characters of its line, each with its place, that were read there."""
    off = MAX_OFF_SHARE * column.height / 2
    first, last = column.left - off, column.right + off
    own = tuple(char for place, char in chars if first <= place <= last)
    return _Column(column.left, column.top, column.right, column.bottom, own)
