"""Misread text mended by what stands in the same column and by the words of the language; numbers never.

Near-certain repairs are made and recorded; likely misreadings are flagged with a suggestion; the rest is left as read,
for the dataset keeps the spelling as printed. Text layers are not touched: what they say is what is printed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from chitieu.model import Cell, Flag, FlagKind, RawRow, Reading, Repair, Role
from chitieu.model import Rival as ReadingRival
from normalizers.agencies import find_agency, split_agencies
from normalizers.cells import text_of
from normalizers.data import read_csv, split_variants
from normalizers.text import clean, fold_marks, is_syllable, match_key, unknown_words
from normalizers.unit_repair import unit_by_letters, unit_of_seconds
from normalizers.units import find_unit
from normalizers.wording import (
    DECISIVE_FACTOR,
    Word,
    better_spelling,
    doubtful_words,
    full_support,
    is_decisive,
    is_odd,
    is_respelling,
    support,
    weak_words,
    words_of,
)

TEXT_LAYER = "text layer"
# A phrase that stands three times in a column, and three times as often as its like, is what the column says.
MAJORITY_COUNT = 3
MAJORITY_FACTOR = 3
# Two letters of a long phrase; in short ones two letters make another word (`con`, `cơ sở`).
OUTLIER_LETTERS = 2
SHORTEST_REPAIRABLE = 6
# Two bodies of names so long differ in more than a letter.
LONG_NAME = 16
# Pairs of syllables seen so often, where what was read was never seen, leave no doubt (corpus of 4.7 million words).
OVERWHELMING_COUNT = 200
# Cells at least so certain are what is printed, however odd (`thể mạnh` stands in a real decision).
QUIET_CONFIDENCE = 0.9
REPAIR_CONFIDENCE = 0.6
# Below this the least certain character of a cell may be a stop that is none.
EVERY_MARK_SURE = 0.99
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
_PUNCTUATION = ".,;:()[]\"'“”/-"

_SMALL = "".join(char for char in map(chr, range(0x61, 0x1EFA)) if char.islower() and char.isalpha())
_CAPITALS = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper())
_LEADING = re.compile(r"^(?:[.,'\"`_|·•:;^]+\s+)+|^[`_|'.,;:·]+(?=[^\W\d_])")
_TRAILING = re.compile(r"(?:\s+[.,'\"`_|·:;^]+)+$|(?<=[^\W\d_])[`_|']+$")
_LONE_QUOTE = re.compile(r"[‘`](?=\w)|(?<=[^\W\d_])[’'`](?=\s|$)")
_RUN_WORDS = re.compile(rf"(?<![^\W\d_])([^\W\d_]*[{_SMALL}])([{_CAPITALS}][{_SMALL}]*)(?![^\W\d_])")
_STOP = re.compile(r"([^\W\d_]{2,})\. ([^\W\d_]+)")
_MAY_BE_DIGIT = re.compile(r"[|.,]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell's text after repair. `is_consensus`: the column says it so often that a misreading is out of question."""

    text: str
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_consensus: bool = False


Place = tuple[int, int, int]


def place_of(row: RawRow, cell: Cell) -> Place:
    """Where a cell stands: table, row and column of its top left; the same for all rows that it is merged over."""
    return row.table_index, cell.row, cell.col


def agree_columns(rows: tuple[RawRow, ...]) -> dict[Place, Mended]:
    """The mended text of every cell of the rows that has a role in the dataset."""
    cells = {place_of(row, cell): (column.role, cell) for row in rows for column, cell in row.cells}
    mended = {place: mend_cell(FIELDS[role], cell) for place, (role, cell) in cells.items() if role in FIELDS}
    for role in (Role.UNIT, Role.AGENCY, Role.COAGENCY):
        places = [place for place, (found, _) in cells.items() if found is role]
        layers = {place for place in places if _is_text_layer(cells[place][1])}
        mended |= _agree(FIELDS[role], {place: mended[place] for place in places}, layers)
    return mended


def mend_cell(field: str, cell: Cell) -> Mended:
    """The text of one cell, specks off, known misreadings mended; as read where it comes from a text layer."""
    text = text_of(cell)
    if field == "code" or not text or _is_text_layer(cell):
        return Mended(text)
    mended = _mend_phrases(field, _strip_specks(field, text))
    if field not in _LANGUAGE_FIELDS:
        return mended
    mended = _part_run_words(field, mended)
    mended = _doubt_inner_specks(field, _drop_lone_quotes(field, mended), cell.readings[0].confidence)
    mended = _mend_by_rivals(field, mended, cell.readings[0].rivals)
    if field == "unit":
        mended = _mend_unit(mended, cell.readings[1:])
    mended = _mend_by_seconds(field, mended, cell.readings[1:])
    mended = _mend_words(field, mended, cell.readings[0].confidence)
    return replace(mended, flags=tuple(dict.fromkeys(mended.flags)))


def _mend_unit(mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    unit = unit_of_seconds(mended.text, seconds) or unit_by_letters(mended.text)
    if not unit:
        return mended
    repair = Repair("unit", mended.text, unit, "no unit, but for strokes or marks this one")
    return replace(mended, text=unit, repairs=(*mended.repairs, repair))


def _is_text_layer(cell: Cell) -> bool:
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


def _mend_by_rivals(field: str, mended: Mended, rivals: tuple[ReadingRival, ...]) -> Mended:
    """Words replaced by the reader's second guess where the language leaves no doubt; flagged where either fits.

    Ink and language speak together here: the reader itself found both words possible.
    """
    for rival in rivals:
        read, instead = rival.read.strip(_PUNCTUATION), rival.instead.strip(_PUNCTUATION)
        if not is_respelling(read, instead):
            continue
        for word in reversed([word for word in words_of(mended.text) if word.text == read]):
            mended = _settle(field, mended, word, instead, rival.probability)
    return mended


def _mend_by_seconds(field: str, mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    """Words that the language would have otherwise: the other spelling is taken where a second reading has it.

    Where a second reading has the same odd word it is what is printed, unless the language leaves no room for it;
    where it has a third word, a person decides.
    """
    theirs = {_letter_key(word.text): word.text for second in seconds for word in words_of(second.text)}
    for doubt in reversed(doubtful_words(mended.text)):
        word, instead = doubt.word, doubt.instead
        if not doubt.is_overwhelming and (not seconds or _letter_key(word.text) in theirs):
            continue
        if _letter_key(instead) in theirs:
            printed = theirs[_letter_key(instead)]
            why = f"the second reading has {printed}, and {word.text} hardly stands here"
            mended = _respelled(mended, word, printed, field, why)
        else:
            flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{word.text} → {instead}")
            mended = replace(mended, flags=(*mended.flags, flag))
    return mended


def _letter_key(word: str) -> str:
    """A word blind to the place of its tone mark alone: small letters and capitals are told apart."""
    return match_key(word) if word.islower() else match_key(word).capitalize()


def _settle(field: str, mended: Mended, word: Word, instead: str, probability: float) -> Mended:
    own, other = support(word), support(word, instead)
    if full_support(word, instead) and is_decisive(other, own):
        return _respelled(
            mended, word, instead, field, f"second guess of the reader, and {word.text} hardly stands here"
        )
    if probability >= LIKELY_RIVAL and other > 0 and other * DECISIVE_FACTOR >= own:
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
        return _respelled(mended, word, spelling, field, f"{word.text} never stands here, {spelling} often does")
    flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{word.text} → {spelling}")
    return replace(mended, flags=(*mended.flags, flag))


def _respelled(mended: Mended, word: Word, spelling: str, field: str, why: str) -> Mended:
    end = word.start + len(word.text)
    text = mended.text[: word.start] + spelling + mended.text[end:]
    return replace(mended, text=text, repairs=(*mended.repairs, Repair(field, mended.text, text, why)))


def _agree(field: str, cells: dict[Place, Mended], layers: set[Place]) -> dict[Place, Mended]:
    """The cells of a column with outliers of its frequent phrases mended or flagged."""
    split: Callable[[str], Iterable[str]] = split_agencies if field != "unit" else lambda text: (text,) if text else ()
    counts = Counter(match_key(part) for mended in cells.values() for part in split(mended.text))
    spelling = {match_key(part): part for mended in cells.values() for part in split(mended.text)}
    return {
        place: mended if place in layers else _agree_cell(field, mended, tuple(split(mended.text)), counts, spelling)
        for place, mended in cells.items()
    }


def _agree_cell(
    field: str, mended: Mended, parts: tuple[str, ...], counts: Counter[str], spelling: dict[str, str]
) -> Mended:
    for part in parts:
        likely = _majority(field, part, counts)
        known = known_spelling(field, part)
        if known:
            mended = _mend_part(field, mended, part, known)
        elif likely:
            mended = _mend_part(field, mended, part, spelling.get(likely, likely))
    is_consensus = bool(parts) and all(counts[match_key(part)] >= MAJORITY_COUNT for part in parts)
    return replace(mended, is_consensus=is_consensus)


def _majority(field: str, part: str, counts: Counter[str]) -> str:
    """The key of the frequent phrase that an outlier is a misreading of; empty where there is none."""
    key = match_key(part)
    if len(key) < SHORTEST_REPAIRABLE or is_known_phrase(field, part):
        return ""
    frequent = [other for other, count in counts.items() if _outweighs(count, counts[key])]
    near = [other for other in frequent if other != key and _is_near(key, other)]
    return near[0] if len(near) == 1 else ""


def _outweighs(count: int, own: int) -> bool:
    return count >= max(MAJORITY_COUNT, MAJORITY_FACTOR * own)


def is_known_phrase(field: str, text: str) -> bool:
    """Whether a text is a unit, or agencies, that the data files know."""
    if field == "unit":
        return find_unit(text) is not None
    parts = split_agencies(text) if field in ("agency", "coagency") else ()
    return bool(parts) and all(find_agency(part) is not None for part in parts)


def known_spelling(field: str, text: str) -> str:
    """The one body that the data files know by the same letters with other marks; empty where there is none.

    Of a long name that hardly goes together one letter may be lost or another: `Sở Văn hóa, Thể thao và Du ịch`.
    """
    if field not in ("agency", "coagency") or is_known_phrase(field, text):
        return ""
    letters = fold_marks(text)
    known = _bodies_by_letters().get(letters, ())
    if not known and len(letters) >= LONG_NAME and is_odd(text):
        near = process.extract(
            letters, _bodies_by_letters().keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=2
        )
        known = _bodies_by_letters()[near[0][0]] if len(near) == 1 else ()
    return known[0] if len(known) == 1 else ""


@cache
def _bodies_by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_csv("agencies.csv"):
        for name in (row["full_vi"], *split_variants(row["variants"])):
            found[fold_marks(name)] = (*found.get(fold_marks(name), ()), name)
    return found


def _is_near(key: str, other: str) -> bool:
    same_digits = re.findall(r"\d+", key) == re.findall(r"\d+", other)
    return same_digits and Levenshtein.distance(key, other) <= OUTLIER_LETTERS


def _mend_part(field: str, mended: Mended, part: str, likely: str) -> Mended:
    """The part replaced where only marks differ or what was read is no Vietnamese; else flagged."""
    if fold_marks(part) != fold_marks(likely) and not unknown_words(part):
        flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{part} → {likely}")
        return replace(mended, flags=(*mended.flags, flag))
    text = clean(mended.text).replace("\n", " ") if field == "unit" else mended.text
    became = text.replace(part, likely, 1)
    if became == text:
        return replace(mended, flags=(*mended.flags, Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{part} → {likely}")))
    repair = Repair(field, mended.text, became, "an outlier of what the column says")
    return replace(mended, text=became, repairs=(*mended.repairs, repair))
