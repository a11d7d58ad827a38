"""Words of a born-digital page, with their fonts; the layer as found, not judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pdfplumber.page import Page as PlumberPage

from chitieu.model import Box, Reading, Run
from extractors.reading import TEXT_LAYER

# Words whose middles lie within this share of their height stand on one line.
SAME_LINE_SHARE = 0.5
# A raised or lowered mark is smaller than this share of its line's print (Word sets 0.65, browsers 0.83), and lies
# beside it with at least this share of its own height.
MARK_SIZE_SHARE, MARK_OVERLAP_SHARE = 0.85, 0.5


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
    return tuple(TextLine(tuple(sorted(line, key=lambda w: w.box.left))) for line in _with_raised(lines))


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
    height = min(mark.box.bottom - mark.box.top for mark in marks)
    has_room = all(m.box.left >= w.box.right - 1 or m.box.right <= w.box.left + 1 for m in marks for w in line)
    is_small = all(mark.size <= MARK_SIZE_SHARE * size for mark in marks)
    return is_small and has_room and _overlap(marks, line) >= MARK_OVERLAP_SHARE * height


def _overlap(marks: list[Word], line: list[Word]) -> float:
    """Height in points that two lines share."""
    top = max(min(word.box.top for word in part) for part in (marks, line))
    return min(max(word.box.bottom for word in part) for part in (marks, line)) - top


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
    return "" if after.box.left - before.box.right < 0.1 * max(before.size, after.size) else " "
