"""Words of a born-digital page, with their fonts; the layer as found, not judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pdfplumber._typing import T_obj
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils import extract_words

from chitieu.model import Box, Reading, Run
from extractors.pose import Pose
from extractors.reading import TEXT_LAYER

# Words whose middles lie within this share of their height stand on one line.
SAME_LINE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text layer; `size` is the font's size in points."""

    text: str
    font: str
    size: float
    box: Box

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


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
    """Text that runs up the page needs a quarter turn clockwise, text on its head two."""
    along, up = matrix[0], matrix[1]
    if abs(up) > abs(along):
        return 1 if up > 0 else 3
    return 0 if along >= 0 else 2


def find_words(page: PlumberPage, quarter_turns: int = 0) -> tuple[Word, ...]:
    """All words of a page in points, origin top left of the page so turned; parted where the font changes."""
    chars = [_turned(char, quarter_turns, page) for char in page.chars] if quarter_turns else page.chars
    found = extract_words(
        chars, x_tolerance_ratio=0.15, y_tolerance=2, keep_blank_chars=False, extra_attrs=["fontname", "size"]
    )
    return tuple(
        Word(word["text"], word["fontname"], word["size"], Box(word["x0"], word["top"], word["x1"], word["bottom"]))
        for word in found
    )


def _turned(char: T_obj, quarter_turns: int, page: PlumberPage) -> T_obj:
    """A character as it is on the page turned upright."""
    pose = Pose(quarter_turns, float(page.width), float(page.height))
    box = pose.upright(Box(char["x0"], char["top"], char["x1"], char["bottom"]))
    place = {"x0": box.left, "top": box.top, "x1": box.right, "bottom": box.bottom, "doctop": box.top}
    # pdfminer takes the box's height for the size, of a character on its side that is how wide it is.
    shape = {"width": box.width, "height": box.height, "size": box.height}
    return {**char, **place, **shape, "upright": _turns(char["matrix"]) == quarter_turns}


def lines_of(words: Iterable[Word]) -> tuple[TextLine, ...]:
    """Words grouped into lines, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.box.left)):
        if lines and abs(word.middle - lines[-1][0].middle) <= SAME_LINE_SHARE * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(TextLine(tuple(sorted(line, key=lambda w: w.box.left))) for line in lines)


def read_lines(lines: tuple[TextLine, ...], breaks: tuple[bool, ...]) -> Reading | None:
    """The lines' text as a reading; `breaks[i]` says that line i + 1 was begun on purpose. None without words."""
    if not lines:
        return None
    pieces: list[tuple[str, str]] = []
    for index, line in enumerate(lines):
        if index:
            pieces.append(("\n" if breaks[index - 1] else " ", line.words[0].font))
        for position, word in enumerate(line.words):
            glue = _glue(line.words[position - 1], word) if position else ""
            pieces.append((glue + word.text, word.font))
    runs = tuple(Run("".join(text for text, _ in part), font) for font, part in groupby(pieces, key=lambda p: p[1]))
    return Reading(runs, TEXT_LAYER, 1.0)


def _glue(before: Word, after: Word) -> str:
    """Nothing between pieces of one word that a change of font parted, a space between words."""
    return "" if after.box.left - before.box.right < 0.1 * after.size else " "
