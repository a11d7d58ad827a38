"""How the print of a cell meets the borders of the cell: what tells a row cut by a page's end from two rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout import SLACK_EM

# A cut cell is full to the page's end: what is free there is padding and less than the line that did not fit.
MAX_GAP_EM = 2.4


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed line with its ends, its first word's width and its height on the page, in any one unit."""

    left: float
    right: float
    first_word: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Brink:
    """The first and last line of a cell, measured in ems.

    `above` and `below` are free between them and the cell's borders, `last` is the last line's width, `first_word`
    that of the first word, `width` that of the widest line in the cell's columns on this page.
    """

    above: float
    below: float
    last: float
    first_word: float
    width: float


def find_brink(lines: Sequence[Placed], top: float, bottom: float, width: float, em: float) -> Brink | None:
    """The brink of a cell from `top` to `bottom`; None where nothing is printed in it."""
    if not lines or em <= 0:
        return None
    first, last = lines[0], lines[-1]
    lengths = (first.top - top, bottom - last.bottom, last.right - last.left, first.first_word, width)
    return Brink(*(length / em for length in lengths))


def is_wrapped(upper: Brink, lower: Brink) -> bool:
    """Whether the lower piece's first word would not have fitted behind the upper piece: the line did not end."""
    return upper.last + SLACK_EM + 0.25 + lower.first_word >= max(upper.width, lower.width)


def reach_each_other(upper: Brink, lower: Brink) -> bool:
    """Whether the upper piece is full to its end and the lower one begins at its top."""
    return upper.below <= MAX_GAP_EM and lower.above <= MAX_GAP_EM
