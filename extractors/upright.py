"""Which way up a scanned page is.

What decides on nearly all pages costs a few milliseconds: letters stand nearer to each other along a line than the
lines do, and more ink stands above the bodies of letters (capitals, marks, stems) than below. Only where these two do
not plainly say that the page is upright, some of its lines are read every way round: what is read the right way round
is read far more surely. A page is turned only where reading says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.arrays import Grey, Mask
from extractors.components import find_components
from extractors.reading import LineReading, read_line
from extractors.skew import SMALL_SIDE_PX, find_dark, measure_skew, turn, turned_part

# All lengths in pixels of the small page: one of 12 pt print on A4 is 18.
LETTER_GAP_PX, WORD_GAP_PX, LINE_GAP_PX = 5, 7, 15
# Straight runs of ink of this length are rules.
MIN_RULE_PX = 30
# Rows of the page that are looked at: those with most print.
BAND_PX = 320
# Closing gaps along the lines fills this much more than closing them across
# (216 pages upright, all qualities: 1.7 to 6.5; the same pages on their side: the inverse).
LEVEL_RATIO = 1.35
# Of the words' width this much more has its tail above than below; of fewer words the sum is chance
# (the same pages: 0.2 to 0.6 where there are 20 words and more; one of sans-serif print on its head has 0.26).
MIN_TAIL_EXCESS, MIN_WORDS = 0.3, 20
WORD_HEIGHT_PX, LINE_HEIGHT_PX = (8, 30), (10, 32)
# Less of a line tells little, more of it no more.
MIN_LINE_PX, MAX_LINE_PX = 80, 400
# Lines that are read every way round: their sureness is 0.8 to 1 the right way, 0.3 to 0.5 upside down.
LINES_TO_READ, MIN_LINES, MIN_LETTERS = 8, 3, 20
PLAINLY_SURER, LEAST_SURE = 0.2, 0.72


def find_quarter_turns(raw: Grey, small: Grey, dark: Mask) -> int:
    """Quarter turns clockwise that set a page upright; 0 also where nothing tells. `small` is `raw` shrunk, `dark` what
    is dark on that.
    """
    text = _densest_band(dark)
    ratio = _level_ratio(text)
    if ratio >= LEVEL_RATIO and _stands_upright(text):
        return 0
    return _surest_turn(raw, small, _likely_turns(ratio))


def quarter_turned(grey: Grey, turns: int) -> Grey:
    """The picture turned clockwise."""
    ways = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)
    way = ways[turns]
    return grey if way is None else np.asarray(cv2.rotate(grey, way), dtype=np.uint8)


def _likely_turns(ratio: float) -> tuple[int, ...]:
    if ratio >= LEVEL_RATIO:
        return (0, 2)
    return (0, 1, 3) if ratio <= 1 / LEVEL_RATIO else (0, 1, 2, 3)


def _densest_band(dark: Mask) -> Mask:
    """The part of a small page with most print, its rules taken out."""
    rows = (dark > 0).sum(axis=1, dtype=np.int64)
    summed = np.concatenate([[0], np.cumsum(rows)])
    start = int(np.argmax(summed[BAND_PX:] - summed[:-BAND_PX])) if len(rows) > BAND_PX else 0
    return _without_rules(dark[start : start + BAND_PX])


def _without_rules(dark: Mask) -> Mask:
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, MIN_RULE_PX), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((MIN_RULE_PX, 1), np.uint8))
    # A rule of some degrees of skew is a stair: what is left of it lies beside what was found.
    near = cv2.bitwise_or(cv2.dilate(across, np.ones((3, 9), np.uint8)), cv2.dilate(down, np.ones((9, 3), np.uint8)))
    return np.asarray(cv2.subtract(dark, near), dtype=np.uint8)


def _level_ratio(text: Mask) -> float:
    """How much more ink the closing of small gaps adds along the rows than down the columns."""
    ink = cv2.countNonZero(text)
    along, down = (
        cv2.countNonZero(cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones(side, np.uint8))) - ink
        for side in ((1, LETTER_GAP_PX), (LETTER_GAP_PX, 1))
    )
    return along / max(down, 1)


def _stands_upright(text: Mask) -> bool:
    """Have most words the tail of their ink above (third moment of the ink's height, word by word)?"""
    words = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((1, WORD_GAP_PX), np.uint8))
    labels, stats = find_components(np.asarray(words, dtype=np.uint8))
    count = len(stats)
    rows, cols = np.nonzero(text)
    owner = labels[rows, cols]
    height = (rows - stats[owner, cv2.CC_STAT_TOP]).astype(np.float64)
    areas = np.maximum(np.bincount(owner, minlength=count), 1)
    offset = height - (np.bincount(owner, height, count) / areas)[owner]
    is_up = np.bincount(owner, offset * offset * offset, count) < 0
    heights, widths = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    is_word = (heights >= WORD_HEIGHT_PX[0]) & (heights <= WORD_HEIGHT_PX[1]) & (widths > 1.2 * heights)
    is_word[0] = False
    if is_word.sum() < MIN_WORDS:
        return False
    return bool(np.average(np.where(is_up, 1.0, -1.0)[is_word], weights=widths[is_word]) >= MIN_TAIL_EXCESS)


@dataclass(frozen=True, slots=True)
class _Sureness:
    """Mean confidence of the lines read one way round, and how many letters they have."""

    turns: int
    confidence: float
    letters: int


def _surest_turn(raw: Grey, small: Grey, turns: tuple[int, ...]) -> int:
    """The turn whose lines are read plainly more surely than those of the page as it lies, if any is."""
    found = [sureness for turn in turns if (sureness := _sureness(raw, small, turn)) is not None]
    best = max(found, key=lambda one: one.confidence, default=None)
    if best is None or best.letters < MIN_LETTERS:
        return 0
    others = [one.confidence for one in found if one.turns != best.turns]
    needed = max(LEAST_SURE, max(others, default=0.0) + PLAINLY_SURER)
    return best.turns if best.confidence >= needed else 0


def _sureness(raw: Grey, small: Grey, turns: int) -> _Sureness | None:
    lines = _sample_lines(quarter_turned(raw, turns), quarter_turned(small, turns))
    readings = [read_line((line,)) for line in lines]
    if len(readings) < MIN_LINES:
        return None
    return _Sureness(turns, float(np.mean([r.confidence for r in readings])), sum(_letters(r) for r in readings))


def _letters(reading: LineReading) -> int:
    return sum(character.isalnum() for character in reading.text)


def _sample_lines(grey: Grey, small: Grey) -> Iterator[Grey]:
    """Some of the page's longer pieces of lines, level, cut from the picture as it would be read."""
    degrees = measure_skew(find_dark(small))
    scale = min(grey.shape) / SMALL_SIDE_PX
    for box in _line_boxes(turn(small, degrees)):
        left, top, right, bottom = (round(side * scale) for side in box)
        yield turned_part(grey, degrees, (left, top, min(right, grey.shape[1]), min(bottom, grey.shape[0])))


def _line_boxes(small: Grey) -> list[tuple[int, int, int, int]]:
    """Boxes of pieces of lines on a level small page with a margin, from all over it."""
    text = _without_rules(find_dark(small))
    closed = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((1, LINE_GAP_PX), np.uint8))
    _, stats = find_components(np.asarray(closed, dtype=np.uint8))
    margin = 3
    boxes = [
        (max(0, left - margin), max(0, top - margin), left + min(width, MAX_LINE_PX) + margin, top + height + margin)
        for left, top, width, height, _ in stats[1:].tolist()
        if LINE_HEIGHT_PX[0] <= height <= LINE_HEIGHT_PX[1] and width >= MIN_LINE_PX
    ]
    return boxes[:: max(1, len(boxes) // LINES_TO_READ)][:LINES_TO_READ]
