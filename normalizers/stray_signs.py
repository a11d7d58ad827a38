"""Signs between words that the readers see otherwise: specks in a wide space are read as `/` or `:`.

Signs beside numbers are left alone: there they mean something (`24/7`, `1.250`), and evidence weighs them.
"""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from chitieu.model import Reading, Repair
from normalizers.mended import Mended
from normalizers.text import clean_line, fold_marks

FIELDS = ("indicator", "agency", "coagency", "note")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# Signs that stand between words without touching them are none that offices print, but for dashes and `&`.
_LONE = re.compile(r"\s+[/:;|*+_.,'\"`~^·•=]+(?=\s|$)")
_DASH = re.compile("[‐‑‒–—―−]")
_START, _END = "^", "$"


def settle_signs(field: str, mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    """The text with the signs between two words that all other readers have, if they are two; lone ones go where no
    other reader has them. What changes is recorded.
    """
    if field not in FIELDS or not seconds:
        return mended
    text = mended.text
    words, gaps = _parts(text)
    theirs = [_gaps_beside(words, clean_line(second.text)) for second in seconds]
    settled = [_settled(gap, [found.get(place) for found in theirs]) for place, gap in enumerate(gaps)]
    settled = [
        gap if _beside_digit(words, place) else new for place, (gap, new) in enumerate(zip(gaps, settled, strict=True))
    ]
    if settled == gaps:
        return mended
    became = "".join(gap + word for gap, word in zip(settled, [*words, ""], strict=True)).strip()
    repair = Repair(field, text, became, "a sign between two words that no other reader sees so")
    return replace(mended, text=became, repairs=(*mended.repairs, repair))


def _settled(gap: str, others: list[str | None]) -> str:
    seen = [other for other in others if other is not None]
    if not seen or any(_plain(other) == _plain(gap) for other in seen):
        return gap
    if len(seen) > 1 and len({_plain(other) for other in seen}) == 1:
        return seen[0]
    without = _LONE.sub("", gap)
    return without if all(_plain(other) == _plain(without) for other in seen) else gap


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The words of a text and what stands before each of them and behind the last."""
    matches = list(_WORD.finditer(text))
    ends, starts = [0, *(m.end() for m in matches)], [*(m.start() for m in matches), len(text)]
    return [m[0] for m in matches], [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _gaps_beside(words: list[str], other: str) -> dict[int, str]:
    """What another reading has in the gaps of which it has the words on both sides, by the gap's place."""
    theirs, gaps = _parts(other)
    own, found = ([_START, *(fold_marks(word.lower()) for word in part), _END] for part in (words, theirs))
    blocks = SequenceMatcher(None, own, found, autojunk=False).get_matching_blocks()
    return {a + step: gaps[b + step] for a, b, size in blocks for step in range(size - 1)}


def _beside_digit(words: list[str], place: int) -> bool:
    return any(_DIGIT.search(word) for word in words[max(0, place - 1) : place + 1])


def _plain(gap: str) -> str:
    """A gap blind to spaces and to kinds of dashes."""
    return re.sub(r"\s", "", _DASH.sub("-", gap))
