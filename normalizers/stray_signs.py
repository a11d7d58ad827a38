"""Signs between words that the readers see otherwise: specks in a wide space are read as `/` or `:`.

Signs beside numbers are left alone: there they mean something (`24/7`, `1.250`), and evidence weighs them.
"""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from chitieu.model import Flag, FlagKind, Reading, Repair
from normalizers.lexicon import bigram_count
from normalizers.mended import Mended
from normalizers.text import clean_line, fold_marks
from normalizers.wording import DECISIVE_COUNT

FIELDS = ("indicator", "agency", "coagency", "note")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# What specks beside a word, or between two, are read as.
_STRAY = re.compile(r"[/:;|*+_.,'\"`~^·•=-]+")
_DASH = re.compile("[‐‑‒–—―−]")
_START, _END = "^", "$"
# Both models read it in the wide spaces of a justified line.
SPACED_SLASH = " / "


def settle_signs(field: str, mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    """The text without the signs that nobody else has there, or that part two words which always go together.

    Signs are taken away, never set. What changes is recorded; a sign that another reading hints at only is doubted.
    """
    if field not in FIELDS or not seconds:
        return mended
    text = mended.text
    words, gaps = _parts(text)
    theirs = [_gaps_beside(words, clean_line(second.text)) for second in seconds]
    settled, doubts = list(gaps), []
    for place, gap in enumerate(gaps):
        beside = words[max(0, place - 1) : place + 1]
        seen = [_plain(found[place]) for found in theirs if place in found]
        if not _STRAY.fullmatch(_plain(gap)) or "" not in seen or any(_DIGIT.search(word) for word in beside):
            continue
        is_inside = 0 < place < len(words)
        if (len(seen) > 1 and _plain(gap) not in seen) or _go_together(gap, beside):
            settled[place] = " " if is_inside else ""
        elif is_inside and (_plain(gap) not in seen or gap == SPACED_SLASH):
            doubts.append(Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{gap.strip()} → ∅"))
    became = "".join(gap + word for gap, word in zip(settled, [*words, ""], strict=True)).strip()
    if became == text:
        return replace(mended, flags=(*mended.flags, *doubts))
    repair = Repair(field, text, became, "a sign between two words that other readers do not see")
    return replace(mended, text=became, repairs=(*mended.repairs, repair), flags=(*mended.flags, *doubts))


def _go_together(gap: str, beside: list[str]) -> bool:
    """Whether legal texts set two words beside each other often; a comma or a dash may part them all the same."""
    is_mark = "," in gap or (gap[0] == " " and _plain(gap) == "-")
    return len(beside) == 2 and not is_mark and bigram_count(*beside) >= DECISIVE_COUNT


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


def _plain(gap: str) -> str:
    """A gap blind to spaces and to kinds of dashes."""
    return re.sub(r"\s", "", _DASH.sub("-", gap))
