"""Texts of cells in columns that white gutters part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.gutters import Gutter
from extractors.print_lines import Piece, PrintLine

# A line this near to the one before goes on with its cell.
TIGHT_PITCH_EM = 1.4
# Words of a title stand no further apart.
MAX_TITLE_GAP_EM = 0.7
# A header over two columns sticks out of the white between them by less than this share of its width.
MAX_BESIDE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one cell: columns that it covers, baselines of its first and last line."""

    first: int
    last: int
    start: float
    end: float
    left: float
    right: float
    em: float
    rows: int = 1

    @property
    def top(self) -> float:
        return self.start - 0.5 * self.em

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """Texts that start in a row; a header's may reach over more rows, and may have an empty box beneath them.

    `floor`: the line below it, where that is known; `open_columns`: those whose cell goes on in the next row.
    """

    texts: tuple[Text, ...]
    is_body: bool = True
    floor: float | None = None
    open_columns: frozenset[int] = frozenset()

    @property
    def top(self) -> float:
        return min(text.start - 0.72 * text.em for text in self.texts)

    @property
    def bottom(self) -> float:
        return max(text.end + 0.22 * text.em for text in self.texts if text.rows == 1 or self.floor is None)


def columns_of(piece: Piece, gutters: Sequence[Gutter]) -> tuple[int, int]:
    """First and last column that a piece of print stands in."""
    middle = (piece.left + piece.right) / 2
    first = sum(gutter.left <= piece.left + 0.5 for gutter in gutters)
    last = sum(gutter.right < piece.right - 0.5 for gutter in gutters)
    # A short header in the middle over two columns may cross nothing but white.
    under = [
        index
        for index, gutter in enumerate(gutters)
        if gutter.left < middle < gutter.right
        and 2 * (min(piece.right, gutter.right) - max(piece.left, gutter.left)) > gutter.right - gutter.left
        and not _stands_beside(piece, gutter)
    ]
    if under:
        return min(first, under[0]), max(last, under[0] + 1)
    return (first, last) if first <= last else (last, last)


def _stands_beside(piece: Piece, gutter: Gutter) -> bool:
    """Is a text that reaches into a gutter the header of the column on the one side, wider than its entries?"""
    before, behind = gutter.left - piece.left, piece.right - gutter.right
    return min(before, behind) < 0 and max(before, behind) > MAX_BESIDE_SHARE * piece.width


def untorn(line: PrintLine, gutters: Sequence[Gutter]) -> PrintLine:
    """A line of one text that starts at the left and heeds no gutter (a title), without the gaps of its words."""
    if line.widest_gap >= MAX_TITLE_GAP_EM or columns_of(line.pieces[0], gutters)[0] > 0:
        return line
    inside = [gutter for gutter in gutters if line.left < gutter.left and gutter.right < line.right]
    if all(_heeds(line, gutter) for gutter in inside):
        return line
    whole = replace(line.pieces[0], right=line.right, is_figure=False)
    return replace(line, pieces=(whole,))


def _heeds(line: PrintLine, gutter: Gutter) -> bool:
    """Is a line's white at a gutter most of the gutter?"""
    white = [
        min(b.left, gutter.right) - max(a.right, gutter.left)
        for a, b in zip(line.pieces, line.pieces[1:], strict=False)
    ]
    return 2 * max(white, default=0.0) >= gutter.right - gutter.left


def column_at(x: float, gutters: Sequence[Gutter]) -> int:
    return sum(gutter.middle <= x for gutter in gutters)


def texts_of(lines: Sequence[PrintLine], gutters: Sequence[Gutter]) -> list[Text]:
    """Every line's print, one text for each run of columns."""
    texts = []
    for line in lines:
        merged: list[Text] = []
        for piece in line.pieces:
            first, last = columns_of(piece, gutters)
            if merged and first <= merged[-1].last:
                # Two texts apart on a line are two cells, though one sticks out into the other's column.
                first = max(first, min(merged[-1].last + 1, column_at((piece.left + piece.right) / 2, gutters)))
                own = column_at(merged[-1].middle, gutters)
                merged[-1] = replace(merged[-1], last=max(own, min(merged[-1].last, first - 1)))
            text = Text(first, last, line.baseline, line.baseline, piece.left, piece.right, line.em)
            if merged and first <= merged[-1].last:
                merged[-1] = together(merged[-1], text)
            else:
                merged.append(text)
        texts += merged
    return texts


def stacked(texts: Sequence[Text], pitch: float = 1e9) -> list[Text]:
    """Texts of the same columns that follow each other within a pitch, as one."""
    stacked: list[Text] = []
    for text in sorted(texts, key=lambda t: (t.start, t.first)):
        partner = next((t for t in reversed(stacked) if t.first <= text.last and text.first <= t.last), None)
        is_same = partner is not None and (partner.first, partner.last) == (text.first, text.last)
        if partner is not None and is_same and text.start - partner.end <= pitch:
            stacked.remove(partner)
            stacked.append(together(partner, text))
        else:
            stacked.append(text)
    return stacked


def together(upper: Text, lower: Text) -> Text:
    return Text(
        min(upper.first, lower.first),
        max(upper.last, lower.last),
        min(upper.start, lower.start),
        max(upper.end, lower.end),
        min(upper.left, lower.left),
        max(upper.right, lower.right),
        max(upper.em, lower.em),
    )
