"""How far a field can be trusted: the readings of its cell against each other and against the language.

The first reader errs in 1 of 2,000 characters on office scans, tesseract in 3 of 100 and has no ≥ and ≤. So a second
reading confirms, but seldom refutes: on words it counts only where it reads Vietnamese too and the first reader is
not sure; on numbers it counts always.
"""

import re
from dataclasses import dataclass

from chitieu.model import Cell, Flag, FlagKind, Reading
from normalizers.agreement import differences, readings_agree
from normalizers.periods import find_period
from normalizers.repair import TEXT_LAYER, Mended
from normalizers.text import match_key, tokens, unknown_words
from normalizers.wording import reads_well, rival_words

# A number that one reader alone vouches for: below this the flag costs less than the error (to be tuned).
EXACT_ALONE = 0.98
# A number on which the readers differ in a way that tesseract is known for (a lost sign, `2` for `≥`).
EXACT_CERTAIN = 0.99
# A comparison sign in a cell whose digits are confirmed.
SIGN_ALONE = 0.90
# A title is long and its least certain letter seldom the year; a misread year is mostly no plausible year.
PERIOD_ALONE = 0.60
# Words that go well together, read by one reader: only a reading near a guess is doubted.
FITTING_TEXT_ALONE = 0.35
# The same where tesseract reads other Vietnamese words in the same places.
FITTING_TEXT_DISPUTED = 0.80
# Words that the language does not vouch for (names, rare terms, or misread).
ODD_TEXT_ALONE = 0.90
ODD_TEXT_DISPUTED = 0.97
# A line lost out of seven leaves 0.86 of the ink.
READ_INK = 0.85
# What a reading is worth that another engine confirms: engines seldom err alike.
CONFIRMED = 0.98
# Above this share of words unknown (and two of them) a text is no Vietnamese.
UNKNOWN_SHARE = 0.34

_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[≥≤<>=~]+")
_NOT_VALUE = re.compile(r"[^\w%,.-]|_")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one field: what speaks against it, and how sure the reading is (0..1, not calibrated)."""

    confidence: float = 1.0
    flags: tuple[Flag, ...] = ()


def weigh(field: str, cell: Cell, mended: Mended, is_exact: bool) -> Evidence:
    """The evidence for a field that was read in a cell; `is_exact` where every character counts (numbers, signs)."""
    if not cell.readings:
        unread = _unread(field, cell)
        return Evidence(0.0 if unread else 1.0, unread)
    flags = mended.flags + _foreign(field, mended.text) + _unread(field, cell)
    first = cell.readings[0]
    if first.engine == TEXT_LAYER:
        return Evidence(first.confidence, flags)
    doubts = _doubts(field, cell, mended, is_exact)
    return Evidence(_confidence(cell, mended.text), flags + doubts)


def weigh_period(cell: Cell | None) -> Evidence:
    """The evidence for the year in a section's title or a header: it holds for many rows, so it is weighed as a number."""
    if cell is None or not cell.readings or not find_period(cell.text):
        return Evidence()
    first, seconds = cell.readings[0], cell.readings[1:]
    others = {find_period(second.text) for second in seconds} - {""}
    if find_period(first.text) in others or first.engine == TEXT_LAYER:
        return Evidence(max(first.confidence, CONFIRMED))
    if others:
        return Evidence(first.confidence / 2, (Flag(FlagKind.READERS_DISAGREE, "period", " ".join(sorted(others))),))
    low = (Flag(FlagKind.LOW_CONFIDENCE, "period", f"{first.confidence:.2f}"),)
    return Evidence(first.confidence, low if first.confidence < PERIOD_ALONE else ())


def _confidence(cell: Cell, text: str) -> float:
    """The first reader's, at least CONFIRMED where a second reading agrees, half of it where all differ."""
    first, seconds = cell.readings[0], cell.readings[1:]
    if any(_agrees(first, text, second) for second in seconds):
        return max(first.confidence, CONFIRMED)
    return first.confidence / 2 if seconds else first.confidence


def _agrees(first: Reading, text: str, second: Reading) -> bool:
    return readings_agree(first.text, second.text, second.engine) or readings_agree(text, second.text, second.engine)


def _unread(field: str, cell: Cell) -> tuple[Flag, ...]:
    if cell.quality >= READ_INK:
        return ()
    return (Flag(FlagKind.LOW_CONFIDENCE, field, f"ink read: {cell.quality:.0%}"),)


def _foreign(field: str, text: str) -> tuple[Flag, ...]:
    unknown, words = unknown_words(text), tokens(text)
    if len(unknown) < 2 or len(unknown) < UNKNOWN_SHARE * len(words):
        return ()
    return (Flag(FlagKind.NOT_VIETNAMESE, field, " ".join(unknown)),)


def _doubts(field: str, cell: Cell, mended: Mended, is_exact: bool) -> tuple[Flag, ...]:
    first, second = cell.readings[0], cell.readings[1] if len(cell.readings) > 1 else None
    low = (Flag(FlagKind.LOW_CONFIDENCE, field, f"{first.confidence:.2f}"),)
    if second is None:
        return low if first.confidence < _needed_alone(mended, is_exact) else ()
    if _agrees(first, mended.text, second):
        # The second engine cannot tell ≥ from >: the sign rests on the first reader alone.
        return low if is_exact and _SIGNS.search(mended.text) and first.confidence < SIGN_ALONE else ()
    disputed = (Flag(FlagKind.READERS_DISAGREE, field, differences(first.text, second.text)),)
    if is_exact:
        is_explained = first.confidence >= EXACT_CERTAIN and _is_lost_sign(mended.text, second.text)
        return () if is_explained else disputed
    return disputed if _is_disputed(first.confidence, mended, second.text) else ()


def _needed_alone(mended: Mended, is_exact: bool) -> float:
    if is_exact:
        return EXACT_ALONE
    return FITTING_TEXT_ALONE if _is_fitting(mended) else ODD_TEXT_ALONE


def _is_fitting(mended: Mended) -> bool:
    return mended.is_consensus or reads_well(mended.text)


def _is_disputed(confidence: float, mended: Mended, second: str) -> bool:
    """Whether a second reading of words is to be taken seriously."""
    if mended.is_consensus or not second.strip():
        return False
    if _lost_digits(mended.text, second) and confidence < EXACT_CERTAIN:
        return True
    if reads_well(mended.text):
        return confidence < FITTING_TEXT_DISPUTED and bool(rival_words(mended.text, second))
    return confidence < ODD_TEXT_DISPUTED or bool(rival_words(mended.text, second))


def _lost_digits(first: str, second: str) -> bool:
    """Whether the readings differ in the numbers that the text contains."""
    return _DIGITS.findall(first) != _DIGITS.findall(second)


def _is_lost_sign(first: str, second: str) -> bool:
    """Whether the readings differ only by a comparison sign that tesseract cannot write: lost, or read as `2`, `>`."""
    if not _SIGNS.search(first):
        return False
    mine = _NOT_VALUE.sub("", _SIGNS.sub("", match_key(first)))
    theirs = _NOT_VALUE.sub("", _SIGNS.sub("", match_key(second)))
    return theirs in (mine, f"2{mine}", f"s{mine}", f"z{mine}")
