"""Texts of neighbouring cells that are set so near that their white seemed a space between words."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.gutters import MIN_SPACES, Gutter
from extractors.print_lines import Piece, PrintLine

# White in a gutter is that between two cells where it is wider by this than the spaces beside it.
WIDER_THAN_SPACES = 1.4

Space = tuple[float, float]


def part_at_gutters(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[PrintLine]:
    """Lines whose texts are parted in gutters too, where the white there is wider than their spaces."""
    within = [b - a for line in lines for piece in line.pieces for a, b in _within(piece, gutters)]
    if not within:
        return list(lines)
    usual = median(within)
    return [
        replace(line, pieces=tuple(part for piece in line.pieces for part in _parts(piece, gutters, usual)))
        for line in lines
    ]


def _within(piece: Piece, gutters: Sequence[Gutter]) -> list[Space]:
    """Spaces of a text that lie in no gutter."""
    return [space for space in piece.spaces if not _is_in_gutter(space, gutters)]


def _is_in_gutter(space: Space, gutters: Sequence[Gutter]) -> bool:
    return any(space[0] < gutter.right and gutter.left < space[1] for gutter in gutters)


def _parts(piece: Piece, gutters: Sequence[Gutter], usual: float) -> list[Piece]:
    """A text in parts; a title that happens to have a space in a gutter stays whole."""
    own = [b - a for a, b in _within(piece, gutters)]
    least = WIDER_THAN_SPACES * max([usual, *own] if len(own) >= MIN_SPACES else [usual])
    cuts = [(a, b) for a, b in piece.spaces if b - a >= least and _is_in_gutter((a, b), gutters)]
    lefts, rights = [piece.left, *(b for _, b in cuts)], [*(a for a, _ in cuts), piece.right]
    return [
        replace(piece, left=left, right=right, spaces=tuple(s for s in piece.spaces if left < s[0] and s[1] < right))
        for left, right in zip(lefts, rights, strict=True)
    ]
