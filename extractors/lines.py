"""Lines of print inside a cell (or any box) of a scanned page, cut as the reader wants to see them.

Hooks, dots below, roofs and tone marks stay with their line: what is near the print in the box is part of it, by the
component of ink that it hangs on, not by a straight cut. Specks and remnants of rules are no lines. A line is cut
from the deskewed grey picture; ink of other lines inside its frame is painted over with paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.arrays import Grey, Mask
from extractors.baselines import baseline_of
from extractors.blobs import (
    X_HEIGHT_EM,
    Blob,
    Blobs,
    is_body,
    is_rule_remnant,
    letter_heights,
    size_votes,
)
from extractors.components import count_greys, percentile_of
from extractors.image import PageImage
from extractors.line_marks import ABOVE_BASELINE_EM, Row, gaps_to_rows, with_contested, with_marks, without_marks
from extractors.marks import MIN_DOT_EM, is_joined_ditto, mark_of
from extractors.parting import parted, with_hidden

# Descenders and dots below, as the reader's frame has them (shared reader facts).
BELOW_BASELINE_EM = 0.24
# Votes per letter of a line whose letters have the size of the page's print, and how much better another size must fit.
USUAL_VOTES, PLAINLY_MORE = 1.0, 1.5
# Fewer letters do not tell their size.
LETTERS_OF_SIZE = 8
# Lower strokes are dashes, roofs and tone marks.
FLAT_EM = 0.3
# Lines are never set tighter than this: print of wide letters, without any lead, has lines of 0.85 of the em that the
# height of its letters gives. The middle of a line of capitals is a tenth nearer to the line above.
MIN_PITCH_EM, MIN_PEAKS_EM = 0.78, 0.7
# Wider gaps lose their space or give stray signs: the line is cut there (shared reader facts).
WIDE_GAP_EM = 0.95
# Height and width of a `1`, and the paper that it gets on its sides where it is alone.
STROKE_EM, WIDTH_EM, SIDE_EM = (0.55, 0.85), 0.35, 0.25
# Wider ones part columns of a head.
COLUMN_GAP_EM = 2.5


@dataclass(frozen=True, slots=True)
class LineImage:
    """A line cut out: its pieces (parted at wide gaps) for the reader, its place on the page in pixels.

    `mark`: the sign that it is by its shape (`extractors/marks.py`), empty for print. `witnessed`: its pieces for the
    second model, with ink between tight lines that may be of another one. `lefts`: where its pieces begin.
    """

    pieces: tuple[Grey, ...]
    witnessed: tuple[Grey, ...]
    left: int
    top: int
    right: int
    bottom: int
    mark: str
    lefts: tuple[int, ...]


def cut_lines(image: PageImage, blobs: Blobs, owned: list[Blob]) -> tuple[LineImage, ...]:
    """The lines of print that a cell's blobs make, from top to bottom."""
    return tuple(_cut(image, blobs, row) for row in _find_rows(blobs, owned))


def cut_prose(image: PageImage, blobs: Blobs, owned: list[Blob]) -> tuple[LineImage, ...]:
    """The lines of print outside tables; what stands far apart on one line (the two columns of a head) is two lines."""
    return tuple(_cut(image, blobs, part) for row in _find_rows(blobs, owned) for part in _columns(row))


def _find_rows(blobs: Blobs, owned: list[Blob]) -> list[Row]:
    em = blobs.em
    bodies = [b for b in owned if is_body(b, em) and not is_rule_remnant(b, em)]
    if not bodies:
        return _mark_row(owned, em)
    # A flat stroke is a dash or the roof of a letter: which line it belongs to, the letters near it tell.
    tall = [b for b in bodies if b.height >= FLAT_EM * em]
    flat = [b for b in bodies if b.height < FLAT_EM * em] if tall else []
    rows = _sized([Row(baseline, _row_em(part, em), tuple(part)) for baseline, part in _rows(tall or bodies, em)], em)
    alone = [b for b, gaps in zip(flat, gaps_to_rows(flat, rows, em), strict=True) if np.isinf(gaps).all()]
    rows += [Row(baseline, em, tuple(part)) for baseline, part in (_rows(alone, em) if alone else [])]
    rows = without_marks(with_hidden(sorted(rows, key=lambda row: row.baseline), blobs))
    taken = {b.label for row in rows for b in row.blobs}
    return with_contested(with_marks(parted(rows, blobs), [b for b in owned if b.label not in taken], em))


def _mark_row(owned: list[Blob], em: float) -> list[Row]:
    """A box that holds nothing as large as a letter may hold a ditto mark or dots: their strokes are small."""
    strokes = tuple(b for b in owned if b.height >= MIN_DOT_EM * em and b.area >= 0.004 * em * em)
    mark = mark_of(strokes, em)
    if not mark:
        return []
    below = 0.4 * em if mark == '"' else 0.0
    return [Row(max(b.bottom for b in strokes) + below, em, strokes)]


def _columns(row: Row) -> list[Row]:
    spans = _spans(row.blobs, COLUMN_GAP_EM * row.em)
    return [replace(row, blobs=tuple(b for b in row.blobs if start <= b.left < end)) for start, end in spans]


def _rows(bodies: list[Blob], em: float) -> list[tuple[float, list[Blob]]]:
    """Baselines and blobs of the lines: the densest bands of the height of an x, no nearer than the least pitch."""
    band = max(3, round(X_HEIGHT_EM * em))
    top, bottom = min(b.top for b in bodies) - band, max(b.bottom for b in bodies) + band
    profile = np.zeros(bottom - top + 1)
    for blob in bodies:
        profile[blob.top - top : blob.bottom - top] += min(blob.width, 2 * em)
    density = np.convolve(profile, np.ones(band) / band, mode="same")
    # The least print that makes a line of its own: a lone dash.
    middles = _peaks(density, MIN_PEAKS_EM * em, 0.03 * em) or [int(density.argmax())]
    parts: list[list[Blob]] = [[] for _ in middles]
    heights = np.array([(blob.top + blob.bottom) / 2 - top for blob in bodies])
    nearest = np.abs(heights[:, None] - np.array(middles)).argmin(axis=1)
    for blob, index in zip(bodies, nearest.tolist(), strict=True):
        parts[index].append(blob)
    return _merged([(baseline_of(part, em), part) for part in parts if part], em)


def _merged(rows: list[tuple[float, list[Blob]]], em: float) -> list[tuple[float, list[Blob]]]:
    """Lines nearer than the least pitch are one: roofs and brackets of large print above its letters."""
    merged: list[tuple[float, list[Blob]]] = []
    for baseline, part in rows:
        if merged and baseline - merged[-1][0] < MIN_PITCH_EM * em:
            both = merged[-1][1] + part
            merged[-1] = (baseline_of(both, em), both)
        else:
            merged.append((baseline, part))
    return merged


def _sized(rows: list[Row], em: float) -> list[Row]:
    """The lines, those too short to tell their size with the size of a line beside them where it fits them better."""
    sizes = [row.em for row in rows]
    sized = []
    for index, row in enumerate(rows):
        heights = _heights(row.blobs)
        if row.em == em and 0 < len(heights) < LETTERS_OF_SIZE:
            options = np.array([em, *sizes[max(0, index - 1) : index + 2]])
            row = replace(row, em=float(options[int(np.argmax(size_votes(heights, options)))]))
        sized.append(row)
    return sized


def _heights(blobs: Sequence[Blob]) -> NDArray[np.int_]:
    return letter_heights(np.array([(blob.width, blob.height) for blob in blobs]))


def _row_em(part: list[Blob], em: float) -> float:
    """Em of a line: that of the page, unless its letters are plainly of another size (titles, captions)."""
    heights = _heights(part)
    if len(heights) < LETTERS_OF_SIZE:
        return em
    usual = size_votes(heights, np.array([em]))[0]
    if usual >= USUAL_VOTES * len(heights):
        return em
    # Capitals alone could as well be small letters of print half as large again: the nearer size is the likelier.
    scales = np.arange(0.7, 1.6, 0.03)
    votes = size_votes(heights, scales * em)
    best = int(np.argmax(votes * np.exp(-((np.log(scales) / 0.3) ** 2))))
    return em * float(scales[best]) if votes[best] > PLAINLY_MORE * usual else em


def _peaks(density: NDArray[np.float64], distance: float, least: float) -> list[int]:
    """Places of the greatest densities, each at least `distance` from the greater ones, sorted."""
    rest, peaks = density.copy(), []
    while rest.size and (greatest := float(rest.max())) > least:
        plateau = rest >= greatest * 0.98
        first = int(plateau.argmax())
        run = plateau[first:]
        length = len(run) if run.all() else int(run.argmin())
        peak = (2 * first + length - 1) // 2
        peaks.append(peak)
        rest[max(0, int(peak - distance)) : int(peak + distance) + 1] = 0
    return sorted(peaks)


def _cut(image: PageImage, blobs: Blobs, row: Row) -> LineImage:
    pad = 2
    left = max(0, min(b.left for b in row.blobs) - pad)
    right = min(image.grey.shape[1], max(b.right for b in row.blobs) + pad)
    top = round(row.baseline - ABOVE_BASELINE_EM * row.em)
    bottom = round(row.baseline + BELOW_BASELINE_EM * row.em)
    frame = (left, top, right, bottom)
    spans = [(max(0, a - left - pad), b - left + pad) for a, b in _spans(row.blobs, WIDE_GAP_EM * row.em)]
    side = round(SIDE_EM * row.em) if _is_one_stroke(row) else 0
    pieces = _pieces(_paint_over(image, blobs, row, frame), spans, side)
    with_others = replace(row, blobs=(*row.blobs, *row.contested))
    witnessed = _pieces(_paint_over(image, blobs, with_others, frame), spans, side) if row.contested else pieces
    lefts = tuple(left + start - side for start, _ in spans)
    return LineImage(pieces, witnessed, left, max(0, top), right, bottom, _mark(image, row), lefts)


def _pieces(line: Grey, spans: Sequence[tuple[int, int]], side: int) -> tuple[Grey, ...]:
    """The pieces of a line, with `side` pixels of paper on both sides of each."""
    if not side:
        return tuple(line[:, a:b].copy() for a, b in spans)
    paper = int(percentile_of(np.arange(256.0), count_greys(line), 80)) if line.size else 255
    return tuple(np.pad(line[:, a:b], ((0, 0), (side, side)), constant_values=paper) for a, b in spans)


def _is_one_stroke(row: Row) -> bool:
    """A `1` alone, of which the reader sees nothing without paper on its sides; no speck and no stroke of a pen."""
    low, high = (share * row.em for share in STROKE_EM)
    return len(row.blobs) == 1 and all(low <= b.height <= high and b.width <= WIDTH_EM * row.em for b in row.blobs)


def _mark(image: PageImage, row: Row) -> str:
    mark = mark_of(row.blobs, row.em)
    if mark or len(row.blobs) > 1:
        return mark
    (blob,) = row.blobs
    return '"' if is_joined_ditto(image.grey[blob.top : blob.bottom, blob.left : blob.right], row.em) else ""


def _paint_over(image: PageImage, blobs: Blobs, row: Row, frame: tuple[int, int, int, int]) -> Grey:
    """The line's frame cut from the grey page, all ink that is not the line's painted with paper."""
    left, top, right, bottom = frame
    inner_top, inner_bottom = max(0, top), min(image.grey.shape[0], bottom)
    grey = image.grey[inner_top:inner_bottom, left:right].copy()
    over, under = inner_top - top, bottom - inner_bottom
    if not (over or under) and _holds_nothing_else(image.ink[top:bottom, left:right], row, frame):
        return grey
    labels = blobs.labels[inner_top:inner_bottom, left:right]
    is_own = np.zeros(len(blobs.all) + 1, dtype=bool)
    is_own[[b.label for b in row.blobs if not b.is_part]] = True
    own = is_own[labels]
    for part in (b for b in row.blobs if b.is_part):
        rows = slice(max(0, part.top - inner_top), max(0, part.bottom - inner_top))
        own[rows] |= labels[rows] == part.label
    foreign = (image.ink[inner_top:inner_bottom, left:right] > 0) & ~own
    paper = int(percentile_of(np.arange(256.0), count_greys(grey[::3, ::3]), 70)) if grey.size else 255
    if foreign.any():
        spread = cv2.dilate(foreign.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        # The soft rim of the line's own letters is spared.
        near_own = cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        grey[foreign | (spread & ~near_own)] = paper
    return np.pad(grey, ((over, under), (0, 0)), constant_values=paper) if over or under else grey


def _holds_nothing_else(ink: Mask, row: Row, frame: tuple[int, int, int, int]) -> bool:
    """Whether all ink in a line's frame is that of its blobs, which lie wholly in it."""
    left, top, right, bottom = frame
    is_whole = all(
        not b.is_part and left <= b.left and b.right <= right and top <= b.top and b.bottom <= bottom for b in row.blobs
    )
    return is_whole and cv2.countNonZero(ink) == sum(b.area for b in row.blobs)


def _spans(blobs: tuple[Blob, ...], gap: float) -> list[tuple[int, int]]:
    """Stretches of a line without a gap wider than `gap`, left to right."""
    spans: list[tuple[int, int]] = []
    for blob in sorted(blobs, key=lambda b: b.left):
        if spans and blob.left - spans[-1][1] <= gap:
            spans[-1] = (spans[-1][0], max(spans[-1][1], blob.right))
        else:
            spans.append((blob.left, blob.right))
    return spans
