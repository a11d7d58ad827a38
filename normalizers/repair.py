"""Misread text mended by what stands in the same column and by the words of the language; numbers never.

Near-certain repairs are made and recorded; likely misreadings are flagged with a suggestion; the rest is left as read,
for the dataset keeps the spelling as printed. Text layers are not touched: what they say is what is printed.
"""

import re
from dataclasses import replace
from functools import cache
from math import log

from chitieu.model import Cell, Flag, FlagKind, RawRow, Reading, Repair, Role
from chitieu.model import Rival as ReadingRival
from normalizers.agreement import seconds_of
from normalizers.cells import text_of
from normalizers.consensus import Place, agree_in_column
from normalizers.data import read_csv
from normalizers.decimal_marks import agree_on_marks, join_broken
from normalizers.lone_words import doubt_lone_words
from normalizers.majority import is_own_opinion, outvoted, second_guesses_of_others
from normalizers.mark_rivals import is_without_ink, mend_by_marks
from normalizers.mended import Mended, respelled, without_settled
from normalizers.other_spellings import is_same, printed_as, third_spellings
from normalizers.own_words import mend_by_own_words
from normalizers.stray_signs import settle_signs
from normalizers.text import is_syllable
from normalizers.torn_names import join_torn
from normalizers.unit_repair import mend_micro, mend_unit
from normalizers.wording import (
    DECISIVE_FACTOR,
    PUNCTUATION,
    Word,
    advantage,
    better_spelling,
    doubtful_words,
    full_support,
    is_decisive,
    is_respelling,
    support,
    weak_words,
    words_beside,
    words_of,
)

TEXT_LAYER = "text layer"
# Pairs of syllables seen so often, where what was read was never seen, leave no doubt (corpus of 4.7 million words).
OVERWHELMING_COUNT = 200
# Cells at least so certain are what is printed, however odd (`thể mạnh` stands in a real decision).
QUIET_CONFIDENCE = 0.9
REPAIR_CONFIDENCE = 0.6
# Below this the least certain character of a cell may be a stop that is none.
EVERY_MARK_SURE = 0.99
# Words of a cell that others' readings may replace.
MENDED_TIMES = 4
# A second guess so likely is doubted where the language cannot tell.
LIKELY_RIVAL = 0.2

FIELDS = {
    Role.CODE: "code",
    Role.INDICATOR: "indicator",
    Role.UNIT: "unit",
    Role.VALUE: "value_text",
    Role.AGENCY: "agency",
    Role.COAGENCY: "coagency",
    Role.NOTE: "note",
}
_LANGUAGE_FIELDS = ("indicator", "unit", "value_text", "agency", "coagency")

_SMALL = "".join(char for char in map(chr, range(0x61, 0x1EFA)) if char.islower() and char.isalpha())
_CAPITALS = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper())
_LEADING = re.compile(r"^(?:[.,'\"`_|·•:;^]+\s+)+|^[`_|'.,;:·]+(?=[^\W\d_])")
_TRAILING = re.compile(r"(?:\s+[.,'\"`_|·:;^]+)+$|(?<=[^\W\d_])[`_|']+$")
_LONE_QUOTE = re.compile(r"[‘`](?=\w)|(?<=[^\W\d_])[’'`](?=\s|$)")
_RUN_WORDS = re.compile(rf"(?<![^\W\d_])([^\W\d_]*[{_SMALL}])([{_CAPITALS}][{_SMALL}]*)(?![^\W\d_])")
_STOP = re.compile(r"([^\W\d_]{2,})\. ([^\W\d_]+)")
_MAY_BE_DIGIT = re.compile(r"[|.,]")


def place_of(row: RawRow, cell: Cell) -> Place:
    """Where a cell stands: table, row and column of its top left; the same for all rows that it is merged over."""
    return row.table_index, cell.row, cell.col


def agree_columns(rows: tuple[RawRow, ...]) -> dict[Place, Mended]:
    """The mended text of every cell of the rows that has a role in the dataset."""
    cells = {place_of(row, cell): (column.role, cell) for row in rows for column, cell in row.cells}
    mended = {place: mend_cell(FIELDS[role], cell) for place, (role, cell) in cells.items() if role in FIELDS}
    names = [place for place, (found, _) in cells.items() if found is Role.INDICATOR]
    read = {place: cells[place][1] for place in names if not is_text_layer(cells[place][1])}
    mended |= mend_by_own_words("indicator", read, {place: mended[place] for place in names})
    for role in (Role.UNIT, Role.AGENCY, Role.COAGENCY):
        places = [place for place, (found, _) in cells.items() if found is role]
        layers = {place for place in places if is_text_layer(cells[place][1])}
        texts = {place: mended[place] for place in places}
        if role is not Role.UNIT:
            texts = join_torn(FIELDS[role], {place: cells[place][1] for place in places}, texts)
        mended |= agree_in_column(FIELDS[role], texts, layers)
    values = [place for place, (found, _) in cells.items() if found is Role.VALUE]
    layers = {place for place in values if is_text_layer(cells[place][1])}
    return mended | agree_on_marks({place: mended[place] for place in values}, layers)


def mend_cell(field: str, cell: Cell) -> Mended:
    """The text of one cell, specks off, known misreadings mended; as read where it comes from a text layer."""
    text = text_of(cell)
    if field == "code" or not text:
        return Mended(text)
    if is_text_layer(cell):
        return join_broken(Mended(text)) if field == "value_text" else Mended(text)
    mended = _mend_phrases(field, _strip_specks(field, text))
    mended = join_broken(mended) if field == "value_text" else mended
    if field not in _LANGUAGE_FIELDS:
        return mended
    mended = _part_run_words(field, mended)
    mended = _mend_by_majority(field, _drop_lone_quotes(field, mended), seconds_of(cell))
    mended = _mend_by_rivals(field, mended, cell.readings[0].rivals)
    if field in ("unit", "value_text"):
        mended = mend_micro(field, mended)
    if field == "unit":
        mended = mend_unit(mended, cell.readings[1:])
    mended = mend_by_marks(field, _mend_by_seconds(field, mended, cell), cell.readings[0])
    mended = _doubt_inner_specks(field, settle_signs(field, mended, seconds_of(cell)), cell.readings[0].confidence)
    mended = _mend_words(field, mended, cell.readings[0].confidence)
    mended = doubt_lone_words(field, _doubt_shared_guesses(field, mended, cell.readings), seconds_of(cell))
    return without_settled(replace(mended, flags=tuple(dict.fromkeys(mended.flags))))


def is_text_layer(cell: Cell) -> bool:
    """Whether a cell has been printed so: nothing in it is misread."""
    return bool(cell.readings) and cell.readings[0].engine == TEXT_LAYER


def _strip_specks(field: str, text: str) -> Mended:
    """Off with quotes, underscores and specks at the ends; paired quotes and full stops after a word stay."""
    bare = _TRAILING.sub("", _LEADING.sub("", text)).strip()
    if bare.count('"') == 1 and bare[0] == '"':
        bare = bare[1:].strip()
    elif bare.count('"') == 1 and bare[-1] == '"':
        bare = bare[:-1].strip()
    if bare == text:
        return Mended(text)
    taken = text.replace(bare, "", 1) if bare else text
    is_uncertain = not bare or (field == "value_text" and bool(re.search(r"\d", bare)) and _MAY_BE_DIGIT.search(taken))
    flags = (Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{text} → {bare}"),) if is_uncertain else ()
    return Mended(bare, (Repair(field, text, bare, "specks at the ends of the text"),), flags)


def _mend_phrases(field: str, mended: Mended) -> Mended:
    """The misreadings that data/phrases.csv knows."""
    text = mended.text
    for misread, printed, is_start in _phrases(field):
        at = text.find(misread)
        if at == 0 or (at > 0 and not is_start):
            text = text[:at] + printed + text[at + len(misread) :]
    if text == mended.text:
        return mended
    repair = Repair(field, mended.text, text, "a misreading of a set phrase")
    return replace(mended, text=text, repairs=(*mended.repairs, repair))


@cache
def _phrases(field: str) -> tuple[tuple[str, str, bool], ...]:
    rows = (row for row in read_csv("phrases.csv") if row["field"] == field)
    return tuple((row["misread"], row["printed"], row["place"] == "start") for row in rows)


def _part_run_words(field: str, mended: Mended) -> Mended:
    """`SởY tế`: a capital after a small letter begins a word of its own where what stands before it is a syllable."""
    became = _RUN_WORDS.sub(lambda run: f"{run[1]} {run[2]}" if is_syllable(run[1]) else run[0], mended.text)
    if became == mended.text:
        return mended
    repair = Repair(field, mended.text, became, "a capital inside a word begins another")
    return replace(mended, text=became, repairs=(*mended.repairs, repair))


def _drop_lone_quotes(field: str, mended: Mended) -> Mended:
    """A quote before or behind a word that has no mate is a speck on the paper."""
    text = mended.text
    if sum(text.count(mark) for mark in "‘’'`\"“”") != 1:
        return mended
    became = _LONE_QUOTE.sub("", text)
    if became == text:
        return mended
    repair = Repair(field, text, became, "a quote without its mate")
    return replace(mended, text=became, repairs=(*mended.repairs, repair))


def _doubt_inner_specks(field: str, mended: Mended, confidence: float) -> Mended:
    """A full stop before a word in small letters is no end of a sentence: a speck, or a comma."""
    stops = _STOP.finditer(mended.text) if confidence < EVERY_MARK_SURE else ()
    found = tuple(Flag(FlagKind.UNCERTAIN_REPAIR, field, stop[0]) for stop in stops if stop[2].islower())
    return replace(mended, flags=mended.flags + found)


def _mend_by_majority(field: str, mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    for _ in words_of(mended.text):
        found = outvoted(mended.text, seconds)
        if found is None:
            break
        word, instead = found
        mended = respelled(mended, word, instead, field, "the second model and another engine read it so")
    return mended


def _mend_by_rivals(field: str, mended: Mended, rivals: tuple[ReadingRival, ...]) -> Mended:
    """Words replaced by the reader's second guess where the language leaves no doubt; flagged where either fits.

    Ink and language speak together here: the reader itself found both words possible.
    """
    for rival in rivals:
        read, instead = rival.read.strip(PUNCTUATION), rival.instead.strip(PUNCTUATION)
        if not is_respelling(read, instead) or read.lower() == instead.lower():
            continue
        for word in reversed([word for word in words_of(mended.text) if word.text == read]):
            mended = _settle(field, mended, word, instead, rival.probability)
    return mended


def _doubt_shared_guesses(field: str, mended: Mended, readings: tuple[Reading, ...]) -> Mended:
    """Words of which another engine has the reader's second guess: which of the two is printed, a person sees."""
    found = second_guesses_of_others(mended.text, readings)
    flags = tuple(Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{read} → {instead}") for read, instead in found)
    return replace(mended, flags=(*mended.flags, *flags))


def _mend_by_seconds(field: str, mended: Mended, cell: Cell) -> Mended:
    """Words that the language would have otherwise: the other spelling is taken where another reader has it.

    Where another engine has the same odd word it is what is printed, unless the language leaves no room for it;
    else a person decides. What all engines have stays, though the second model has it otherwise. A word that was
    mended may show its neighbour in another light.
    """
    seconds = seconds_of(cell)
    thirds: list[str] = []
    for _ in range(MENDED_TIMES):
        theirs = [words_beside(mended.text, second.text) for second in seconds]
        engines = [words_beside(mended.text, second.text) for second in seconds if is_own_opinion(second)]
        doubts = [
            (doubt, printed_as(doubt, theirs))
            for doubt in reversed(doubtful_words(mended.text))
            if not (engines and all(is_same(doubt.word, words) for words in engines))
        ]
        doubt, printed = next(((doubt, printed) for doubt, printed in doubts if printed), (None, ""))
        if doubt is None:
            break
        why = f"another reader has {printed}, and {doubt.word.text} hardly stands here"
        thirds += [f"{printed} → {third}" for third in third_spellings(doubt, printed, theirs)]
        mended = respelled(mended, doubt.word, printed, field, why)
    # The two models see the same strokes in the same lines: what looks alike they take alike.
    engines = [words_beside(mended.text, second.text) for second in seconds if is_own_opinion(second)]
    flags = tuple(
        Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{doubt.word.text} → {doubt.instead}")
        for doubt in doubtful_words(mended.text)
        if doubt.is_overwhelming or (seconds and not any(is_same(doubt.word, words) for words in engines))
        if not is_without_ink(mended.text, doubt.word.text, doubt.instead, cell.readings[0])
    )
    disputed = tuple(Flag(FlagKind.UNCERTAIN_REPAIR, field, third) for third in thirds)
    return replace(mended, flags=(*mended.flags, *flags, *disputed))


def _settle(field: str, mended: Mended, word: Word, instead: str, probability: float) -> Mended:
    own, other = support(word), support(word, instead)
    if full_support(word, instead) and is_decisive(other, own):
        return respelled(
            mended, word, instead, field, f"second guess of the reader, and {word.text} hardly stands here"
        )
    if probability >= LIKELY_RIVAL and other > 0 and advantage(word, instead) >= -log(DECISIVE_FACTOR):
        flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{word.text} → {instead}")
        return replace(mended, flags=(*mended.flags, flag))
    return mended


def _mend_words(field: str, mended: Mended, confidence: float) -> Mended:
    """Single wrong diacritics, where the neighbours never stand beside what was read and very often beside another."""
    if confidence >= QUIET_CONFIDENCE:
        return mended
    for word in reversed(weak_words(mended.text)):
        spelling, count = better_spelling(word)
        if count >= OVERWHELMING_COUNT:
            mended = _respell(field, mended, word, spelling, confidence)
    return mended


def _respell(field: str, mended: Mended, word: Word, spelling: str, confidence: float) -> Mended:
    if confidence < REPAIR_CONFIDENCE:
        return respelled(mended, word, spelling, field, f"{word.text} never stands here, {spelling} often does")
    flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{word.text} → {spelling}")
    return replace(mended, flags=(*mended.flags, flag))
