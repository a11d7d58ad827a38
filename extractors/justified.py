"""Lines of words set to both sides of a column: their wide spaces are alike, and are no gaps between columns."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from statistics import median

from extractors.print_lines import WIDE_GAP_EM, Piece, PrintLine

# Spaces of a justified line are alike, of those that are wide enough to be seen as gaps.
MIN_GAPS, WIDEST_SPACE_EM, ALIKE_GAPS = 3, 2.5, 1.35
# As many lines end at a justified column's right margin, so near to it.
MIN_FLUSH, FLUSH_EM = 4, 0.1
# Narrow ones of a scan are less alike.
NARROW_ALIKE = 2.0


def right_margins(lines: Sequence[PrintLine]) -> tuple[float, ...]:
    """Where the texts of several lines end, each with wide white or nothing behind it: sides of justified columns."""
    ends = sorted(
        piece.right
        for line in lines
        for piece, behind in zip_longest(line.pieces, line.pieces[1:])
        if behind is None or behind.left - piece.right >= WIDE_GAP_EM * line.em
    )
    slack = FLUSH_EM * median([line.em for line in lines])
    counts = [(bisect_right(ends, end + slack) - bisect_left(ends, end - slack), end) for end in ends]
    return tuple(end for count, end in counts if count >= MIN_FLUSH)


def as_texts(line: PrintLine, margins: Sequence[float]) -> PrintLine:
    """A line with the words of a justified text as the one text that they are: many narrow gaps alike in a row.

    No text goes on over the right margin of a column.
    """
    runs: list[list[Piece]] = []
    for piece in line.pieces:
        is_near = bool(runs) and piece.left - runs[-1][-1].right < WIDE_GAP_EM * line.em
        if is_near and not any(abs(runs[-1][-1].right - x) <= FLUSH_EM * line.em for x in margins):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    texts = (text for run in runs for text in _at_figures(run))
    return replace(line, pieces=tuple(piece for text in texts for piece in _as_text(text)))


def _at_figures(run: Sequence[Piece]) -> list[list[Piece]]:
    """Words parted at the figures, which may be a column's; those as near to their words as these to each other stay.

    A figure before the first word is the number of a row, one behind the last its value.
    """
    words = [index for index, piece in enumerate(run) if not piece.is_figure]
    first, last = (words[0], words[-1]) if words else (0, -1)
    inner = run[first : last + 1]
    gaps = [b.left - a.right for a, b in pairwise(inner)]
    of_words = sum(not (a.is_figure or b.is_figure) for a, b in pairwise(inner))
    is_one = of_words >= MIN_GAPS and max(gaps) <= ALIKE_GAPS * min(gaps)
    texts: list[list[Piece]] = []
    for index, piece in enumerate(run):
        is_inner = first < index <= last
        if is_inner and (is_one or not (piece.is_figure or run[index - 1].is_figure)):
            texts[-1].append(piece)
        else:
            texts.append([piece])
    return texts


def _as_text(run: Sequence[Piece]) -> Sequence[Piece]:
    gaps = [b.left - a.right for a, b in pairwise(run)]
    if len(gaps) < MIN_GAPS or max(gaps) > NARROW_ALIKE * min(gaps):
        return run
    between = [(a.right, b.left) for a, b in pairwise(run)]
    spaces = sorted((*between, *(space for piece in run for space in piece.spaces)))
    return [replace(run[0], right=run[-1].right, spaces=tuple(spaces))]


def is_justified(line: PrintLine) -> bool:
    """Are the spaces of a line of words wide and alike: is it set to fill a narrow column of text?"""
    gaps = [b.left - a.right for a, b in pairwise(line.pieces)]
    within = [right - left for piece in line.pieces for left, right in piece.spaces]
    is_worded = not any(piece.is_figure for piece in line.pieces)
    return (
        is_worded
        and max(gaps, default=0.0) <= NARROW_ALIKE * min(within, default=line.right)
        and len(gaps) >= MIN_GAPS
        and line.widest_gap <= WIDEST_SPACE_EM
        and max(gaps) <= ALIKE_GAPS * min(gaps)
    )
