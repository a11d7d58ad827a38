"""Words of a born-digital page, with their fonts; the layer as found, not judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pdfplumber.page import Page as PlumberPage

from chitieu.model import Box, Reading, Run
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


def find_words(page: PlumberPage) -> tuple[Word, ...]:
    """All words of a page in points, origin top left; parted where the font changes."""
    found = page.extract_words(
        x_tolerance_ratio=0.15, y_tolerance=2, keep_blank_chars=False, extra_attrs=["fontname", "size"]
    )
    return tuple(
        Word(word["text"], word["fontname"], word["size"], Box(word["x0"], word["top"], word["x1"], word["bottom"]))
        for word in found
    )


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
