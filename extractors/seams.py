"""Is the first row of a page the rest of the last one of the page before? Evidence for and against, weighed.

No single sign is proof: the row may be ruled off at the page's end or left open, any number of its columns may go on,
its number may be printed again or not. Each sign has a weight; where they contradict each other both pieces stay rows,
and the doubt is flagged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from chitieu.model import Cell
from chitieu.open_ends import is_left_open
from extractors.brinks import Brink, is_wrapped, reach_each_other
from extractors.numbering import Numbering, find_numbering, follows, is_bullet, number_of

# Columns of units and values: their cells are this short, so that two full ones are two cells and not one cut in two.
MAX_SHORT_CHARS = 14
# A column is expected to be filled, or to begin with a capital, where this share of its cells does.
USUAL_SHARE = 0.8
# Sum of the weights from which a row is sewn, and up to which it is left alone without a doubt.
SEWN, APART = 3, 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell and how its print meets its borders (None where that was not measured)."""

    cell: Cell
    brink: Brink | None = None

    @property
    def text(self) -> str:
        return self.cell.text.strip()


Edge = dict[int, Piece]  # the pieces that cover one row, by the column in which they start


@dataclass(frozen=True, slots=True)
class Habits:
    """What the rows of a table are like: whole rows above the seam, as texts by column."""

    numbering: Numbering | None
    filled: tuple[float, ...]
    capital: tuple[float, ...]
    length: tuple[float, ...]
    has_title_rows: bool
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Seam:
    """The row above a page's end and the row below it, column by column."""

    upper: Edge
    lower: Edge
    habits: Habits
    is_open: bool

    @property
    def pairs(self) -> list[tuple[Piece, Piece]]:
        """Pieces of one column that both have print; cells merged over rows speak of no row, nor do numbers."""
        number = self.habits.numbering.column if self.habits.numbering and not self.habits.numbering.is_leading else -1
        columns = (c for c in self.upper if c != number and not _is_merged(self.upper[c], self.lower[c]))
        pairs = ((self.upper[c], self.lower[c]) for c in columns)
        return [(a, b) for a, b in pairs if a.text and b.text]

    @property
    def numbers(self) -> tuple[str, str]:
        return number_of(_texts(self.upper), self.habits.numbering), number_of(
            _texts(self.lower), self.habits.numbering
        )


def find_habits(rows: Sequence[Edge]) -> Habits:
    """What is usual in rows that are divided into the most common columns."""
    shapes = [_shape(row) for row in rows]
    usual = max(set(shapes), key=shapes.count, default=())
    texts = [_texts(row) for row, shape in zip(rows, shapes, strict=True) if shape == usual]
    columns = [[row[column] for row in texts] for column in range(min(map(len, texts), default=0))]
    return Habits(
        find_numbering(texts),
        tuple(_share([bool(text) for text in column]) for column in columns),
        tuple(_share([text[:1].isupper() for text in column if text[:1].isalpha()]) for column in columns),
        tuple(median([len(text) for text in column if text] or [0]) for column in columns),
        any(_is_title(row) for row in texts[1:]),
        _merged_columns([row for row, shape in zip(rows, shapes, strict=True) if shape == usual]),
    )


def _merged_columns(rows: Sequence[Edge]) -> frozenset[int]:
    """Columns in which a cell covers two whole rows."""
    return frozenset(c for above, below in pairwise(rows) for c in above if c in below and above[c] is below[c])


def same_shape(upper: Edge, lower: Edge) -> bool:
    return _shape(upper) == _shape(lower)


def is_cut_row(upper: Edge, lower: Edge, habits: Habits, *, is_open: bool) -> bool | None:
    """Whether the row below a page's end is the rest of the one above; None where the signs contradict each other."""
    if not same_shape(upper, lower):
        return None if is_open and not _begins_anew(upper, lower, habits) else False
    if not any(piece.text for piece in lower.values()):
        return is_open
    seam = _Seam(upper, lower, habits, is_open)
    weight = _by_numbers(seam) + _by_gaps(seam) + _by_texts(seam) + _by_print(seam) + 2 * is_open
    if weight >= SEWN:
        return True
    return False if weight <= APART and not _is_suspect(seam) else None


def _begins_anew(upper: Edge, lower: Edge, habits: Habits) -> bool:
    """Whether rows of different shapes are two rows: both have a number and not the same."""
    first, second = (number_of(_texts(edge), habits.numbering) for edge in (upper, lower))
    return bool(first and second and first != second)


def _by_numbers(seam: _Seam) -> int:
    """The same number again speaks for one row, one of its own against it; none where all rows have one, for it."""
    before, number = seam.numbers
    numbering = seam.habits.numbering
    if numbering is None or not (before or number):
        return 0
    if before and number:
        if before == number and not is_bullet(number):
            return 4
        return -6 if follows(number, before) else -4
    # A number printed in the middle of a tall cell may stand in the lower piece alone.
    return 2 if numbering.is_complete and (before or _is_half(seam.upper, seam)) else 0


def _by_gaps(seam: _Seam) -> int:
    """Columns that are filled in every row and empty here speak for a rest; two full short cells for two rows."""
    filled = seam.habits.filled
    expected = [c for c in seam.lower if c < len(filled) and filled[c] >= USUAL_SHARE and c != _number_column(seam)]
    gaps = sum(not seam.lower[c].text for c in expected)
    weight = min(gaps, 2) if gaps else -1
    weight += min(sum(not seam.upper[c].text and bool(seam.lower[c].text) for c in expected), 1)
    if _is_title(_texts(seam.lower), seam.habits.numbering) and seam.habits.has_title_rows:
        weight -= 2
    return weight + min((_by_short(seam, a, b) for a, b in seam.pairs), default=0)


def _by_short(seam: _Seam, upper: Piece, lower: Piece) -> int:
    length = seam.habits.length
    if upper.cell.col >= len(length) or length[upper.cell.col] > MAX_SHORT_CHARS:
        return 0
    has_amounts = all(any(char.isdigit() for char in piece.text) for piece in (upper, lower))
    return -3 if has_amounts else -1


def _by_texts(seam: _Seam) -> int:
    """A text that goes on in small letters, or whose upper piece is left open, speaks for one row."""
    capital = seam.habits.capital
    weight = 0
    wordy = [(a, b) for a, b in seam.pairs if a.cell.col < len(capital)]
    usual = [(a, b) for a, b in wordy if capital[a.cell.col] >= USUAL_SHARE]
    if _begins_small(seam):
        weight += 2
    elif usual and all(b.text[:1].isupper() for _, b in usual):
        weight -= 1
    return weight + any(is_left_open(a.text) for a, _ in wordy)


def _begins_small(seam: _Seam) -> bool:
    """Whether a cell below begins with a small letter in a column of capitals."""
    capital = seam.habits.capital
    usual = (b for a, b in seam.pairs if a.cell.col < len(capital) and capital[a.cell.col] >= USUAL_SHARE)
    return any(b.text[:1].islower() for b in usual)


def _by_print(seam: _Seam) -> int:
    """A line that was wrapped at the page's end speaks for one row; one that ended, a gap or another font against."""
    measured = [(a.brink, b.brink) for a, b in seam.pairs if a.brink and b.brink]
    weight = 0
    if measured:
        weight += 1 if all(is_wrapped(a, b) for a, b in measured) else -2
        weight -= 0 if all(reach_each_other(a, b) for a, b in measured) else 2
    return weight - 2 * any(_fonts_differ(a.cell, b.cell) for a, b in seam.pairs)


def _fonts_differ(upper: Cell, lower: Cell) -> bool:
    first, second = upper.readings[0].runs[-1].font, lower.readings[0].runs[0].font
    return first is not None and second is not None and first != second


def _is_suspect(seam: _Seam) -> bool:
    """Whether a row that looks like one of its own still begins as none does: without number, or in small letters."""
    numbering = seam.habits.numbering
    if seam.numbers[1]:
        return False
    if numbering is None or not numbering.is_complete:
        return _begins_small(seam)
    return not _is_title(_texts(seam.lower), numbering)


def carries_on(upper: Piece, lower: Piece, habits: Habits) -> bool | None:
    """Whether a cell merged over rows goes on below the page's end, where its row does not; None: in doubt.

    Of the cell that is merged over two rows each page shows one; the column's other cells tell that it may be merged.
    """
    column, is_merged = upper.cell.col, _is_merged(upper, lower)
    if not (is_merged or column in habits.merged) or upper.cell.col_span != lower.cell.col_span:
        return False
    if not upper.text or not lower.text:
        return not lower.text and bool(upper.text) and (is_merged or habits.filled[column] >= USUAL_SHARE)
    if upper.text == lower.text:
        return False  # printed again: a cell of its own that says the same
    is_small = lower.text[:1].islower() and habits.capital[column : column + 1] > (USUAL_SHARE,)
    brinks = upper.brink, lower.brink
    meets = all(brinks) and reach_each_other(*brinks) and is_wrapped(*brinks)  # type: ignore[arg-type]
    if is_small or is_left_open(upper.text):
        return True if meets or not all(brinks) else None
    return False


def _is_merged(upper: Piece, lower: Piece) -> bool:
    return upper.cell.row_span > 1 or lower.cell.row_span > 1


def _is_half(edge: Edge, seam: _Seam) -> bool:
    """Whether a row lacks what the other rows have."""
    filled = seam.habits.filled
    return any(c < len(filled) and filled[c] >= USUAL_SHARE and not piece.text for c, piece in edge.items())


def _is_title(texts: Sequence[str], numbering: Numbering | None = None) -> bool:
    """Whether a row holds one text, that begins with a capital, and nothing else (but a number)."""
    number = numbering.column if numbering and not numbering.is_leading else -1
    filled = [text for column, text in enumerate(texts) if text and column != number]
    return len(filled) == 1 and filled[0][:1].isupper()


def _number_column(seam: _Seam) -> int:
    numbering = seam.habits.numbering
    return numbering.column if numbering and not numbering.is_leading else -1


def _shape(edge: Edge) -> tuple[tuple[int, int], ...]:
    return tuple((piece.cell.col, piece.cell.col_span) for piece in edge.values())


def _texts(edge: Edge) -> tuple[str, ...]:
    """Texts by column; "" where a cell spans more columns."""
    width = max((piece.cell.col + piece.cell.col_span for piece in edge.values()), default=0)
    return tuple(edge[column].text if column in edge else "" for column in range(width))


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / len(claims) if claims else 0.0
