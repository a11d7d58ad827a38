"""What is doubted of a field: the readings of its cell against each other and against the language.

The first reader errs in 1 of 2,000 characters on office scans, tesseract in 3 of 100 and has no ≥ and ≤. So a second
reading confirms, but seldom refutes: on words it counts only where it reads Vietnamese too and the first reader is
not sure; on numbers it counts always.
"""

import re

from chitieu.model import Cell, Flag, FlagKind, Reading, Role
from normalizers.acronyms import strange_acronyms
from normalizers.agencies import seem_joined
from normalizers.agreement import differences, readings_agree, seconds_of, witness_agrees, witness_differs
from normalizers.foreign import foreign_words
from normalizers.known_phrases import is_known_phrase
from normalizers.mark_rivals import doubted_marks, is_without_ink
from normalizers.mended import Mended
from normalizers.oddities import OVERWHELMING, SLIGHT, STRONG, rare_words, strange_starts, stray_marks, unlikely_words
from normalizers.periods import find_period
from normalizers.readers import FIRST_READER, GIVEN
from normalizers.repair import FIELDS, TEXT_LAYER
from normalizers.stray_signs import SPACED_SLASH
from normalizers.text import clean_line, match_key, tokens
from normalizers.wording import is_odd, reads_well, rival_words
from normalizers.years import is_undisputed, is_usual, unusual_years

# A number that one reader alone vouches for: below this the flag costs less than the error (to be tuned).
EXACT_ALONE = 0.98
# A reading that outweighs a second one that is as likely as itself.
EXACT_CERTAIN = 0.99
# A number on which the readers differ in a way that tesseract is known for (a lost sign, `2` for `≥`).
LOST_SIGN_CERTAIN = 0.95
# Two models of ours that say the same, the first one that sure: of 1,159 short lines with numbers in unseen fonts at
# clean, office and bad two were wrong (training/README.md); tesseract is then not heard.
WITNESSED = 0.98
# A comparison sign in a cell whose digits are confirmed; the same where the second model sees it too.
SIGN_ALONE, SIGN_WITNESSED = 0.90, 0.5
# A title is long and its least certain letter seldom the year; a misread year is mostly no plausible year.
PERIOD_ALONE = 0.60
# Tesseract misreads a digit of a year far more often than the first reader; a decade off is no plausible year.
PERIOD_DISPUTED = 0.97
# Words that go well together, read by one reader: only a reading near a guess is doubted.
FITTING_TEXT_ALONE = 0.35
# The same where tesseract reads other Vietnamese words in the same places.
FITTING_TEXT_DISPUTED = 0.80
# The same where tesseract's words fit worse than those of the first reader.
FITTING_TEXT_GUESSED = 0.50
# Words that the language does not vouch for (names, rare terms, or misread).
ODD_TEXT_ALONE = 0.90
ODD_TEXT_DISPUTED = 0.93
# A word that another spelling would fit strongly better, or overwhelmingly: of 4,087 rows 21 and none that were found
# so were right, 14 and 15 wrong. A rare word beside words that it stands nowhere beside: of 3,978 rows of other
# documents 5 were right, 4 wrong; up to 0.995 it would be 14 and 5.
ODDITY_UNSURE, ODDITY_ALONE = 0.98, 0.999
# A number that the first reader guessed is a guess, whoever agrees.
GUESSED_NUMBER = 0.6
# A short last line lost out of a full cell leaves 0.95 of the ink; of printed cells that are whole, all is read.
READ_INK = 0.97
# What the first reader guesses is a guess, whoever agrees: of 10,000 texts none so unsure was right and undoubted.
GUESSED = 0.3
# What a reading is worth that another engine confirms: engines seldom err alike.
CONFIRMED = 0.98

# Longer values are words with a number among them; their numbers are compared by `weigh` all the same.
EXACT_LENGTH = 24
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[≥≤<>=~]+")
_EDGE_MARKS = re.compile(r"^[-–—_*|~^'`·•=.,;:]+(?=\s)|(?<=\s)[-–—_*|~^'`·•=]+$")
_NOT_VALUE = re.compile(r"[^\w%,.-]|_")


def deserves_second_reading(role: Role, text: str) -> bool:
    """Whether a cell deserves another engine's look however sure the first is.

    Units and numbers always; words where they hardly go together: tesseract errs in them 50 times as often as the first
    reader, and reading every line of them doubles the cost of a page. Row numbers have a better witness in their
    sequence (tesseract reads `II` as `H`, `7.` as `Về`).
    """
    line = clean_line(text)
    if role is Role.UNIT:
        return True
    if role is Role.VALUE:
        return len(line) <= EXACT_LENGTH or bool(_DIGITS.search(line) or _SIGNS.search(line)) or is_odd(line)
    if role not in FIELDS or role is Role.CODE or is_known_phrase(FIELDS[role], line):
        return False
    return is_odd(line) or bool(strange_acronyms(line)) or SPACED_SLASH in line


def weigh(field: str, cell: Cell, mended: Mended, *, is_exact: bool) -> tuple[Flag, ...]:
    """What speaks against a field that was read in a cell; `is_exact` where every character counts (numbers, signs)."""
    if not cell.readings:
        return _unread(field, cell)
    flags = mended.flags + foreign_words(field, cell, mended.text) + _joined(field, mended.text) + _unread(field, cell)
    if cell.readings[0].engine == TEXT_LAYER:
        return flags
    return flags + _doubts(field, cell, mended, is_exact=is_exact) + _odd(field, cell, mended)


def weigh_edges(field: str, cell: Cell, shown: str) -> tuple[Flag, ...]:
    """What speaks against a scanned name that begins or ends with a mark: a speck, or a piece of a rule.

    Of 14,705 rows 26 had one, and none of these was right. A bullet is the row's number and not in `shown`.
    """
    is_read = field == "indicator" and bool(cell.readings) and cell.readings[0].engine != TEXT_LAYER
    marks = _EDGE_MARKS.findall(shown) if is_read else []
    return (Flag(FlagKind.UNCERTAIN_REPAIR, field, " ".join(marks)),) if marks else ()


def weigh_period(cell: Cell | None) -> tuple[Flag, ...]:
    """What speaks against the year in a title or a header: it holds for many rows, so it counts as a number."""
    if cell is None or not cell.readings:
        return ()
    first, seconds = cell.readings[0], cell.readings[1:]
    mended = unusual_years(cell)
    if mended and is_undisputed(cell):
        return ()
    if mended:
        instead = ", ".join(f"{year} → {usual}" for year, usual in mended.items())
        return (Flag(FlagKind.READERS_DISAGREE, "period", instead),)
    period = find_period(first.text)
    if not period:
        return ()
    others = {other for second in seconds if is_usual(other := find_period(second.text))}
    if period in others or first.engine == TEXT_LAYER:
        return ()
    if first.engine not in (FIRST_READER, *GIVEN):
        return (Flag(FlagKind.READERS_DISAGREE, "period", period),)
    if not is_usual(period):
        return (Flag(FlagKind.LOW_CONFIDENCE, "period", period),)
    if others and first.confidence < PERIOD_DISPUTED:
        return (Flag(FlagKind.READERS_DISAGREE, "period", " ".join(sorted(others))),)
    if first.confidence >= PERIOD_ALONE or _digits_are_sure(first):
        return ()
    return (Flag(FlagKind.LOW_CONFIDENCE, "period", f"{first.confidence:.2f}"),)


def _digits_are_sure(reading: Reading) -> bool:
    """Whether what the reader doubts are words, none of them with a digit."""
    doubted = [rival.read + rival.instead for rival in reading.rivals]
    return bool(doubted) and not any(_DIGITS.search(text) for text in doubted)


def _agrees(first: Reading, text: str, second: Reading) -> bool:
    return readings_agree(first.text, second.text, second.engine) or readings_agree(text, second.text, second.engine)


def _unread(field: str, cell: Cell) -> tuple[Flag, ...]:
    lost = (Flag(FlagKind.UNCERTAIN_GRID, field),) if cell.has_lost_rule else ()
    if cell.quality >= READ_INK:
        return lost
    return (*lost, Flag(FlagKind.LOW_CONFIDENCE, field, f"ink read: {cell.quality:.0%}"))


def _joined(field: str, text: str) -> tuple[Flag, ...]:
    """Two bodies that nothing parts: the cell's lines do not show where a name ends."""
    bodies = seem_joined(text) if field in ("agency", "coagency") else None
    return (Flag(FlagKind.UNCERTAIN_REPAIR, field, " | ".join(bodies)),) if bodies else ()


def _odd(field: str, cell: Cell, mended: Mended) -> tuple[Flag, ...]:
    """Spellings and marks that print hardly has: the odder, the surer the reader may have been."""
    first, engines = cell.readings[0], cell.readings[1:]
    is_disputed = witness_differs(first) and engines and not any(_agrees(first, mended.text, one) for one in engines)
    is_vouched = is_known_phrase(field, mended.text) or mended.is_consensus
    if is_vouched or (first.confidence >= ODDITY_ALONE and not is_disputed):
        words: tuple[tuple[str, str], ...] = ()
    else:
        least = SLIGHT if is_disputed else STRONG if first.confidence < ODDITY_UNSURE else OVERWHELMING
        unlikely = unlikely_words(mended.text, least)
        words = tuple(one for one in unlikely if not is_without_ink(mended.text, *one, first))
    if not is_vouched:
        rare = rare_words(mended.text) if first.confidence < ODDITY_UNSURE else ()
        words = tuple(dict.fromkeys((*words, *doubted_marks(mended.text, first), *rare)))
    if field == "indicator" and not is_vouched:
        words = tuple(dict.fromkeys((*words, *strange_starts(mended.text))))
    found = [f"{word} → {instead}" for word, instead in words] + list(stray_marks(mended.text))
    return (Flag(FlagKind.UNCERTAIN_REPAIR, field, "; ".join(found)),) if found else ()


def _doubts(field: str, cell: Cell, mended: Mended, *, is_exact: bool) -> tuple[Flag, ...]:
    others = seconds_of(cell)
    if not is_exact and others:
        return _doubts_of_words(field, cell.readings[0], mended, others)
    first, second = cell.readings[0], cell.readings[1] if len(cell.readings) > 1 else None
    low = (Flag(FlagKind.LOW_CONFIDENCE, field, f"{first.confidence:.2f}"),)
    if is_exact and first.confidence < GUESSED_NUMBER:
        return low
    by_witness = (Flag(FlagKind.READERS_DISAGREE, field, differences(first.text, first.witness or "")),)
    if second is None:
        if witness_differs(first):
            return by_witness
        return low if first.confidence < _needed_alone(field, mended, is_exact=is_exact) else ()
    if _agrees(first, mended.text, second):
        if _rests_on_first_alone(first, second):
            return by_witness
        # The second engine cannot tell ≥ from >: the sign rests on our two models.
        needed = SIGN_WITNESSED if witness_agrees(first, least_confidence=0.0) else SIGN_ALONE
        return low if _SIGNS.search(mended.text) and first.confidence < needed else ()
    if witness_agrees(first, least_confidence=WITNESSED):
        return ()
    disputed = (Flag(FlagKind.READERS_DISAGREE, field, differences(first.text, second.text)),)
    if not _has_same_numbers(mended.text, second.text):
        is_explained = first.confidence >= LOST_SIGN_CERTAIN and _is_lost_sign(mended.text, second.text)
        return () if is_explained else disputed
    return disputed if _is_disputed(field, first.confidence, mended, second.text) else ()


def _doubts_of_words(field: str, first: Reading, mended: Mended, others: tuple[Reading, ...]) -> tuple[Flag, ...]:
    """Of readings that differ, the ones to be taken seriously; what another confirms is harder to dispute."""
    differing = [other for other in others if not _agrees(first, mended.text, other)]
    confidence = first.confidence if len(differing) == len(others) else max(first.confidence, CONFIRMED)
    if first.confidence < GUESSED:
        return (Flag(FlagKind.LOW_CONFIDENCE, field, f"{first.confidence:.2f}"),)
    disputing = [other for other in differing if _is_disputed(field, confidence, mended, other.text)]
    return tuple(Flag(FlagKind.READERS_DISAGREE, field, differences(first.text, other.text)) for other in disputing[:1])


def _rests_on_first_alone(first: Reading, second: Reading) -> bool:
    """Whether the second engine agrees only because it cannot write what one of the models saw (≥ as >, ‰ as %), and
    the second model saw something else than the first.
    """
    if not witness_differs(first):
        return False
    differ_in_sign = _SIGNS.findall(first.text) != _SIGNS.findall(first.witness or "")
    return differ_in_sign or not readings_agree(first.text, second.text, first.engine)


def _needed_alone(field: str, mended: Mended, *, is_exact: bool) -> float:
    if is_exact:
        return EXACT_ALONE
    return FITTING_TEXT_ALONE if mended.is_consensus or _fits(field, mended.text) else ODD_TEXT_ALONE


def _fits(field: str, text: str) -> bool:
    """Whether the language speaks for a text: a known phrase, words that go together. Of a word or two in a unit's cell
    only the catalogue can.
    """
    return is_known_phrase(field, text) or (field != "unit" and reads_well(text))


def _is_disputed(field: str, confidence: float, mended: Mended, second: str) -> bool:
    """Whether a second reading of words is to be taken seriously."""
    if is_known_phrase(field, second) and confidence < EXACT_CERTAIN:
        # `% GDP` against `% GRDP`: one of two known phrases is wrong.
        return match_key(second) != match_key(mended.text)
    if mended.is_consensus or not second.strip():
        return False
    if _lost_digits(mended.text, second) and confidence < EXACT_CERTAIN:
        return True
    if set(strange_acronyms(mended.text)) - set(tokens(second)):
        return True
    rivals = rival_words(mended.text, second)
    if _fits(field, mended.text):
        needed = FITTING_TEXT_DISPUTED if any(rival.fits_better for rival in rivals) else FITTING_TEXT_GUESSED
        return confidence < needed and bool(rivals)
    # The first reader can be sure and wrong (a tone mark lost to the line above): the better words decide.
    return any(rival.fits_better for rival in rivals) or confidence < ODD_TEXT_DISPUTED


def _lost_digits(first: str, second: str) -> bool:
    """Whether the readings differ in the numbers that the text contains."""
    return _DIGITS.findall(first) != _DIGITS.findall(second)


def _has_same_numbers(first: str, second: str) -> bool:
    """Whether the readings differ in words only: `Phấn đấu 2%`, `Phân đấu 2%`."""
    return _numbers(first) == _numbers(second) != ""


def _numbers(text: str) -> str:
    """Digits and signs of a text, as tesseract would write the signs; words as one mark each."""
    signs = re.sub(r"[≥⩾]|>=", ">", re.sub(r"[≤⩽]|<=", "<", match_key(text)))
    return re.sub(r"\s+", " ", re.sub(r"[^\W\d_]+", "x", signs)) if _DIGITS.search(text) else ""


def _is_lost_sign(first: str, second: str) -> bool:
    """Whether the readings differ only by a comparison sign that tesseract cannot write: lost, or read as `2`, `>`."""
    if not _SIGNS.search(first):
        return False
    mine = _NOT_VALUE.sub("", _SIGNS.sub("", match_key(first)))
    theirs = _NOT_VALUE.sub("", _SIGNS.sub("", match_key(second)))
    return theirs in (mine, f"2{mine}", f"s{mine}", f"z{mine}")
