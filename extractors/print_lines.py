"""Print as pieces on lines, the same from a text layer and from the ink of a scan: what white gutters are sought in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median

import cv2
import numpy as np

from extractors.blobs import Blob, Blobs
from extractors.image import PageImage
from extractors.pdf import POINTS_PER_INCH
from extractors.text_layer import Word

# Spaces of plain print are a quarter of an em; justified ones reach the first, seldom more; the second parts two texts.
SPACE_EM, WIDE_GAP_EM = 0.45, 0.9
# Letters of a word are nearer to each other.
LETTER_GAP_EM = 0.15
# Baselines of one line differ by less: fonts of the text layer, letters with and without descenders.
SAME_BASELINE_EM = 0.22
# From the baseline: how far letters reach up and down.
ASCENT_EM, DESCENT_EM = 0.72, 0.22
# Rows of dots between a label and its number, and single letters in wide spaces, are no cells.
MIN_LEADER_DOTS = 4
# Letters with marks above and below are no higher; words whose letters end further apart stand on two lines.
MAX_LETTER_EM, TWO_LINES_EM = 1.15, 0.7
# Holes are punched as wide as high, within this.
ROUND_SHARE = 1.2
# Letters end this near to the baseline, round ones a little below it.
SAME_END_EM, MAX_PLAIN_EM = 0.05, 0.85
# Letters are larger than commas and stops, those than specks.
LETTER_EM, STOP_EM = 0.28, 0.07
# Tone marks are lower than letters, dashes are flat.
MARK_EM, DASH_EM, MAX_DASH_EM = 0.38, 0.14, 1.3
# A letter alone is no wider.
LETTER_WIDTH_EM = 0.6
# Marks end this far above the letters' baseline at most, lines further.
MARKS_EM = 0.7
# Those of capitals, which titles are set in, end higher; lines of print that short do not stand so near.
CAPITAL_MARKS_EM = 1.0


class _OnBaseline:
    """Print on a baseline, of a size: where its letters end above and below."""

    __slots__ = ()
    baseline: float
    em: float

    @property
    def top(self) -> float:
        return self.baseline - ASCENT_EM * self.em

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT_EM * self.em


@dataclass(frozen=True, slots=True)
class Piece(_OnBaseline):
    """Words of one line without a gap that could be a gutter; points. `is_figure`: a number (False of ink).

    `spaces`: left and right of the white between the words.
    """

    left: float
    right: float
    baseline: float
    em: float
    is_figure: bool = False
    is_leader: bool = False
    spaces: tuple[tuple[float, float], ...] = ()

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def is_letter(self) -> bool:
        """A letter or figure alone, or a speck: no wider than an M."""
        return self.width <= LETTER_WIDTH_EM * self.em

    def overlaps(self, left: float, right: float) -> bool:
        return self.left < right and left < self.right


@dataclass(frozen=True, slots=True)
class PrintLine(_OnBaseline):
    """Pieces on one baseline, left to right."""

    baseline: float
    em: float
    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def widest_gap(self) -> float:
        """In em; 0 on a line of one piece."""
        gaps = [b.left - a.right for a, b in zip(self.pieces, self.pieces[1:], strict=False)]
        return max(gaps, default=0.0) / self.em


def pieces_of_words(words: Iterable[Word]) -> list[Piece]:
    """Words of a text layer; the font's box ends a descender below the baseline."""
    return [
        Piece(
            word.box.left,
            word.box.right,
            word.box.bottom - DESCENT_EM * word.size,
            word.size,
            _is_figure(word.text),
            _is_leader(word.text),
        )
        for word in words
        if word.size > 0 and word.text.strip()
    ]


def _is_figure(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 2 * digits >= len(text.strip("()%$€£≥≤<>~+-–—.,")) > 0 or text in {"-", "–", "—", "..", "...", "n/a"}


def _is_leader(text: str) -> bool:
    return len(text) >= MIN_LEADER_DOTS and not text.strip("._…·")


def pieces_of_ink(image: PageImage, blobs: Blobs) -> list[Piece]:
    """Words of a scan: letters joined where no space parts them; specks and marks above letters are left out."""
    letters = [blob for blob in blobs.all if _is_letter(blob, blobs.em)]
    bodies = [part for blob in _with_stops(letters, blobs) for part in _halves(blob, blobs.em)]
    if not bodies:
        return []
    labels = _word_labels(image, bodies, blobs.em)
    scale = POINTS_PER_INCH / image.dpi
    grouped: dict[int, list[Blob]] = {}
    for blob, label in zip(bodies, labels, strict=True):
        grouped.setdefault(label, []).append(blob)
    words = [word for group in grouped.values() for word in _words_of_lines(group, blobs.em)]
    pieces = [
        Piece(
            min(b.left for b in word) * scale,
            max(b.right for b in word) * scale,
            _baseline(word, blobs.em) * scale,
            blobs.em * scale,
            spaces=tuple((left * scale, right * scale) for left, right in _spaces(word, blobs.em)),
        )
        for word in words
        if any(_is_print(blob, blobs.em) for blob in word)
    ]
    return _without_marks(pieces, blobs.em * scale)


def _spaces(letters: Sequence[Blob], em: float) -> list[tuple[int, int]]:
    """White between letters that is wider than their own spacing and may be a space, in pixels."""
    spaces: list[tuple[int, int]] = []
    reached = min(blob.left for blob in letters)
    for letter in sorted(letters, key=lambda blob: blob.left):
        if LETTER_GAP_EM * em <= letter.left - reached < SPACE_EM * em:
            spaces.append((reached, letter.left))
        reached = max(reached, letter.right)
    return spaces


def _without_marks(pieces: Sequence[Piece], em: float) -> list[Piece]:
    """Without the marks that stand off large letters: print right above other print is nearer to it than two lines."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -p.baseline):
        reach = CAPITAL_MARKS_EM if piece.is_letter else MARKS_EM
        if not any(_is_over(piece, other, em) for other in _above(kept, piece.baseline + reach * em)):
            kept.append(piece)
    return kept[::-1]


def _above(pieces: Sequence[Piece], floor: float) -> Iterable[Piece]:
    """The last of pieces in rising order, up to a baseline."""
    return takewhile(lambda piece: piece.baseline < floor, reversed(pieces))


def _is_over(piece: Piece, other: Piece, em: float) -> bool:
    """Is half of a piece right above another, on another baseline?"""
    shared = min(other.right, piece.right) - max(other.left, piece.left)
    return other.baseline - piece.baseline > SAME_BASELINE_EM * em and 2 * shared >= piece.width


def _baseline(word: Sequence[Blob], em: float) -> float:
    """Where most letters end: some go below it as brackets do, marks stand above it."""
    plain = [b.bottom for b in word if MARK_EM * em <= b.height <= MAX_PLAIN_EM * em]
    ends = np.array(plain or [b.bottom for b in word], dtype=np.float64)
    near = np.abs(ends[:, None] - ends[None, :]) <= SAME_END_EM * em
    return float(np.mean(ends[near[int(near.sum(axis=1).argmax())]]))


def _words_of_lines(word: list[Blob], em: float) -> list[list[Blob]]:
    """A word whose letters stand on two lines (they touch somewhere) as two."""
    low, high = min(b.bottom for b in word), max(b.bottom for b in word)
    if high - low < TWO_LINES_EM * em:
        return [word]
    upper = [blob for blob in word if blob.bottom < (low + high) / 2]
    return [upper, [blob for blob in word if blob not in upper]]


def _is_print(blob: Blob, em: float) -> bool:
    """A letter or a dash; tone marks that stand off their letters are lower, what is left of a rule is longer."""
    is_dash = blob.height <= DASH_EM * em and 2 * blob.height <= blob.width <= MAX_DASH_EM * em
    return blob.height >= MARK_EM * em or is_dash


def _is_letter(blob: Blob, em: float) -> bool:
    is_large = max(blob.width, blob.height) >= LETTER_EM * em and blob.area >= 0.012 * em * em
    return is_large and blob.height <= 2.2 * em and blob.width <= 12 * em and not _is_hole(blob, em)


def _is_hole(blob: Blob, em: float) -> bool:
    """A punched hole: as wide as high and larger than any letter."""
    shorter, longer = sorted((blob.width, blob.height))
    return shorter > MAX_LETTER_EM * em and longer <= ROUND_SHARE * shorter


def _halves(blob: Blob, em: float) -> tuple[Blob, ...]:
    """A component as high as two lines hangs on both: letters that touch the marks of the line below."""
    if blob.height <= MAX_LETTER_EM * em:
        return (blob,)
    middle = (blob.top + blob.bottom) // 2
    return blob._replace(bottom=middle), blob._replace(top=middle)


def _with_stops(letters: Sequence[Blob], blobs: Blobs) -> list[Blob]:
    """Letters widened by the comma or stop behind them: without it the white up to the next word seems a gap."""
    em = blobs.em
    small = [b for b in blobs.all if STOP_EM * em <= max(b.width, b.height) < LETTER_EM * em]
    stops = np.array(sorted((b.left, b.right, b.top) for b in small)).reshape(-1, 3)
    ends = np.array([letter.right for letter in letters])
    firsts, lasts = (np.searchsorted(stops[:, 0], ends + gap).tolist() for gap in (0, LETTER_GAP_EM * em))
    widened = []
    for letter, first, last in zip(letters, firsts, lasts, strict=True):
        behind = [right for _, right, top in stops[first:last].tolist() if 0 < letter.bottom - top < LETTER_EM * em]
        widened.append(letter._replace(right=max(behind)) if behind else letter)
    return widened


def _word_labels(image: PageImage, bodies: Sequence[Blob], em: float) -> list[int]:
    """For each letter the number of its word: middles of letters, drawn as bars that reach over the letter spacing."""
    shrink = 8 / em
    height, width = (int(side * shrink) + 8 for side in image.grey.shape)
    canvas = np.zeros((height, width), np.uint8)
    bars = []
    for blob in bodies:
        # Of tall components (a letter and its roof, letters of two lines that touch) the lower part.
        middle = max((blob.top + blob.bottom) / 2, blob.bottom - 0.45 * em)
        left, right = int(blob.left * shrink), int((blob.right + 0.3 * em) * shrink)
        top, bottom = int((middle - 0.16 * em) * shrink), int((middle + 0.16 * em) * shrink)
        bars.append((max(0, top), left))
        canvas[max(0, top) : bottom + 1, left : right + 1] = 255
    _, labels = cv2.connectedComponents(canvas)
    return [int(labels[min(top, height - 1), min(left, width - 1)]) for top, left in bars]


def lines_of_pieces(pieces: Iterable[Piece]) -> list[PrintLine]:
    """Lines from top to bottom; pieces nearer than a justified space are one."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.baseline):
        if lines and piece.baseline - lines[-1][0].baseline <= SAME_BASELINE_EM * max(piece.em, lines[-1][0].em):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_line(line) for line in lines]


def _line(pieces: list[Piece]) -> PrintLine:
    em = median([piece.em for piece in pieces])
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.left):
        is_near = bool(joined) and piece.left - joined[-1].right < SPACE_EM * min(piece.em, joined[-1].em)
        if is_near and piece.is_leader == joined[-1].is_leader:
            joined[-1] = _join(joined[-1], piece)
        else:
            joined.append(piece)
    baseline = median([piece.baseline for piece in pieces])
    return PrintLine(baseline, em, tuple(joined))


def _join(first: Piece, second: Piece) -> Piece:
    return Piece(
        min(first.left, second.left),
        max(first.right, second.right),
        max(first.baseline, second.baseline),
        max(first.em, second.em),
        first.is_figure and second.is_figure,
        first.is_leader and second.is_leader,
        (*first.spaces, (first.right, second.left), *second.spaces),
    )
