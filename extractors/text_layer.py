"""Words of a born-digital page, with their fonts; the layer as found, not judged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from pdfplumber._typing import T_obj
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils import extract_words

from chitieu.model import Box, Reading, Run
from extractors.arrays import Floats
from extractors.pose import Pose
from extractors.reading import TEXT_LAYER

# Words whose middles lie within this share of their height stand on one line.
SAME_LINE_SHARE = 0.5
# A blank is covered where print takes more than this share of its width: kerned letters reach less far into it.
COVERED_SHARE = 0.6
# A raised or lowered mark is smaller than this share of its line's print (Word sets 0.65, browsers 0.83), and lies
# beside it with at least this share of its own height.
MARK_SIZE_SHARE, MARK_OVERLAP_SHARE = 0.85, 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text layer; `size` is the font's size in points, `turns` the quarter turns clockwise to upright."""

    text: str
    font: str
    size: float
    box: Box
    turns: int = 0

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2

    @property
    def straight(self) -> Box:
        """Its place as one sees it with the print upright: words follow to the right, lines below."""
        return _turned(self.box, self.turns)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words on one line, left to right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return Box(
            min(b.left for b in boxes),
            min(b.top for b in boxes),
            max(b.right for b in boxes),
            max(b.bottom for b in boxes),
        )


def find_quarter_turns(page: PlumberPage) -> int:
    """Quarter turns clockwise that set most of a page's text upright (a wide table set sideways on an upright page)."""
    turns = [_turns(char["matrix"]) for char in page.chars if char["text"].strip()]
    return max(range(4), key=turns.count)


def _turns(matrix: tuple[float, ...]) -> int:
    """Quarter turns clockwise to upright: text that runs up the page needs one, text on its head two."""
    along, up = matrix[0], matrix[1]
    if abs(up) > abs(along):
        return 1 if up > 0 else 3
    return 0 if along >= 0 else 2


def find_words(page: PlumberPage, quarter_turns: int = 0) -> tuple[Word, ...]:
    """All words of a page in points, origin top left of the page so turned; parted where the font changes."""
    turns = [(_turns(char["matrix"]) - quarter_turns) % 4 for char in page.chars]
    chars = [_set_upright(char, quarter_turns, page) for char in page.chars] if quarter_turns else page.chars
    return tuple(
        word
        for turn in sorted(set(turns))
        for word in _words([char for char, own in zip(chars, turns, strict=True) if own == turn], turn)
    )


def _set_upright(char: T_obj, quarter_turns: int, page: PlumberPage) -> T_obj:
    """A character as it is on the page turned upright."""
    pose = Pose(quarter_turns, float(page.width), float(page.height))
    box = pose.upright(Box(char["x0"], char["top"], char["x1"], char["bottom"]))
    place = {"x0": box.left, "top": box.top, "x1": box.right, "bottom": box.bottom, "doctop": box.top}
    # pdfminer takes the box's height for the size, of a character on its side that is how wide it is.
    shape = {"width": box.width, "height": box.height, "size": box.height}
    return {**char, **place, **shape, "upright": _turns(char["matrix"]) == quarter_turns}


def _words(chars: list[T_obj], turns: int) -> Iterator[Word]:
    """Words of characters that are turned alike."""
    straight = _without_covered_blanks([_straight_char(char, turns) for char in chars] if turns else chars)
    found = extract_words(
        straight, x_tolerance_ratio=0.15, y_tolerance=2, keep_blank_chars=False, extra_attrs=["fontname", "size"]
    )
    for word in found:
        box = Box(word["x0"], word["top"], word["x1"], word["bottom"])
        yield Word(word["text"], word["fontname"], word["size"], _turned(box, -turns), turns)


def _without_covered_blanks(chars: list[T_obj]) -> list[T_obj]:
    """The characters without blanks over which others are printed: they part no words.

    A number is set over the blanks that a draft leaves for it, by another program than the draft.
    """
    is_blank = np.array([not char["text"].strip() for char in chars], dtype=bool)
    if not is_blank.any() or is_blank.all():
        return chars
    places = np.array([(char["x0"], char["x1"], char["top"], char["bottom"]) for char in chars])
    printed = [(places[~is_blank, at]) for at in range(4)]
    covered = [index for index in np.flatnonzero(is_blank) if _is_covered(places[index], printed)]
    return [char for index, char in enumerate(chars) if index not in set(covered)]


def _is_covered(blank: Floats, printed: list[Floats]) -> bool:
    """Whether print fills most of a blank's width at half its height."""
    left, right, top, bottom = blank
    lefts, rights, tops, bottoms = printed
    middle = (top + bottom) / 2
    width = np.minimum(rights, right) - np.maximum(lefts, left)
    return bool(((width > COVERED_SHARE * (right - left)) & (tops < middle) & (bottoms > middle)).any())


def _straight_char(char: T_obj, turns: int) -> T_obj:
    """A character with its place as seen upright; its size is its height there (pdfminer gives that on the page)."""
    box = _turned(Box(char["x0"], char["top"], char["x1"], char["bottom"]), turns)
    place = {"x0": box.left, "top": box.top, "x1": box.right, "bottom": box.bottom, "doctop": box.top}
    return {**char, **place, "width": box.width, "height": box.height, "size": box.height, "upright": True}


def _turned(box: Box, turns: int) -> Box:
    """A box after quarter turns clockwise about the page's origin.

    >>> _turned(Box(10, 20, 30, 60), 1)
    Box(left=-60, top=10, right=-20, bottom=30)
    """
    for _ in range(turns % 4):
        box = Box(-box.bottom, box.left, -box.top, box.right)
    return box


def lines_of(words: Iterable[Word]) -> tuple[TextLine, ...]:
    """Words grouped into lines, from top to bottom as one reads them; upright print first."""
    turned = sorted(words, key=lambda w: w.turns)
    return tuple(line for _, part in groupby(turned, key=lambda w: w.turns) for line in _lines(list(part)))


def _lines(words: list[Word]) -> Iterator[TextLine]:
    """Lines of words that are turned alike."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (_height(w), w.straight.left)):
        if lines and abs(_height(word) - _height(lines[-1][0])) <= SAME_LINE_SHARE * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in _with_raised(lines):
        yield TextLine(tuple(sorted(line, key=lambda w: w.straight.left)))


def _height(word: Word) -> float:
    """Where the middle of a word stands, from line to line."""
    return (word.straight.top + word.straight.bottom) / 2


def _with_raised(lines: list[list[Word]]) -> list[list[Word]]:
    """The lines, those of small raised or lowered marks alone put into the line that they were set beside.

    A mark of 6 pt beside print of 11 pt has its middle up to 4 pt from that of the print.
    """
    marks = {at: host for at in range(len(lines)) if (host := _host(lines, at)) is not None}
    return [
        [*line, *(word for mark, host in marks.items() if host == at for word in lines[mark])]
        for at, line in enumerate(lines)
        if at not in marks
    ]


def _host(lines: list[list[Word]], at: int) -> int | None:
    """The neighbour that a line of small marks belongs to: it covers half their height and has room for them."""
    beside = [near for near in (at - 1, at + 1) if 0 <= near < len(lines) and _belongs(lines[at], lines[near])]
    return max(beside, key=lambda near: _overlap(lines[at], lines[near]), default=None)


def _belongs(marks: list[Word], line: list[Word]) -> bool:
    size = min(word.size for word in line)
    height = min(mark.straight.bottom - mark.straight.top for mark in marks)
    has_room = all(
        m.straight.left >= w.straight.right - 1 or m.straight.right <= w.straight.left + 1 for m in marks for w in line
    )
    is_small = all(mark.size <= MARK_SIZE_SHARE * size for mark in marks)
    return is_small and has_room and _overlap(marks, line) >= MARK_OVERLAP_SHARE * height


def _overlap(marks: list[Word], line: list[Word]) -> float:
    """Height in points that two lines share."""
    top = max(min(word.straight.top for word in part) for part in (marks, line))
    return min(max(word.straight.bottom for word in part) for part in (marks, line)) - top


def read_lines(lines: tuple[TextLine, ...], breaks: tuple[bool, ...]) -> Reading | None:
    """The lines' text as a reading; `breaks[i]` says that line i + 1 was begun on purpose. None without words."""
    if not lines:
        return None
    pieces: list[tuple[str, str]] = []
    for index, line in enumerate(lines):
        if index:
            glue = "\n" if breaks[index - 1] else _wrap(lines[index - 1].words[-1].text)
            pieces.append((glue, line.words[0].font))
        for position, word in enumerate(line.words):
            glue = _glue(line.words[position - 1], word) if position else ""
            pieces.append((glue + word.text, word.font))
    runs = tuple(Run("".join(text for text, _ in part), font) for font, part in groupby(pieces, key=lambda p: p[1]))
    return Reading(runs, TEXT_LAYER, 1.0)


def _wrap(last: str) -> str:
    """What a soft line end stands for: a space; nothing after the hyphen of `QĐ-` over `TTg`, where lines may end."""
    return "" if len(last) > 1 and last[-1] in "-\u2010" and last[-2].isalnum() else " "


def _glue(before: Word, after: Word) -> str:
    """Nothing between pieces of one word that a change of font parted, a space between words."""
    return "" if after.straight.left - before.straight.right < 0.1 * max(before.size, after.size) else " "
