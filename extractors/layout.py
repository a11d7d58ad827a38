"""Where a line was broken on purpose: the next word would have fitted."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

# A word that would fit only just may have been wrapped by another program's arithmetic.
SLACK_EM = 1.2


class PlacedLine(Protocol):
    """A line with its ends and the width of its first word, in any one unit."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def first_word(self) -> float: ...


def hard_breaks(lines: Sequence[PlacedLine], width: float, em: float) -> tuple[bool, ...]:
    """For each line but the last: would the next line's first word have fitted on it?

    `width` is the width that text has in the column (its widest line), `em` the size of the print, in the lines' unit.
    """
    return tuple(
        (line.right - line.left) + (SLACK_EM + 0.25) * em + following.first_word < width
        for line, following in pairwise(lines)
    )
