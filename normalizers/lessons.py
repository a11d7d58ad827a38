"""What people confirmed in other documents, weighed against what was read: doubts come and go, no text is changed.

A text that people confirmed in several documents is none that the lexicon lacks. One that is like it but for its marks
may be a misreading of it: a person decides, with the confirmed text as the suggestion.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log1p

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from chitieu.lessons import Lesson
from chitieu.model import Flag, FlagKind, Indicator
from normalizers.agencies import split_agencies
from normalizers.known_phrases import is_known_phrase
from normalizers.lexicon import bigram_count
from normalizers.text import fold_marks, match_key, tokens, unknown_words

# One person may err; so many documents hardly do.
ENOUGH_DOCUMENTS = 2
# A long phrase with so many letters misread is still known by the others.
NEAR_LETTERS, SHORTEST_NEAR = 2, 6
SAME_WORDS = 75.0
# Doubts about the wording alone.
WORD_DOUBTS = frozenset({FlagKind.NOT_VIETNAMESE, FlagKind.UNKNOWN_UNIT})
FIELDS = {"indicator": "indicator", "unit": "unit", "agency": "agency", "coagency": "agency"}
COMPARED = ("indicator", "unit", "value_text", "agency", "coagency")


@dataclass(frozen=True, slots=True)
class _Known:
    """The lessons of one field: how many documents confirm a text, and texts by their letters."""

    documents: Mapping[str, int]
    by_letters: Mapping[str, tuple[str, ...]]


def weigh_lessons(rows: Sequence[Indicator], lessons: Sequence[Lesson]) -> tuple[Indicator, ...]:
    """The rows with the doubts that lessons lay or raise."""
    known = {field: _known([one for one in lessons if one.field == field]) for field in set(FIELDS.values())}
    return tuple(_weighed(row, known) for row in rows)


def weigh_other_scans(rows: Sequence[Indicator], reviewed: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The rows doubted where people who reviewed another scan of the same decision have another text."""
    by_place: dict[tuple[str, str, str], list[Indicator]] = {}
    for one in reviewed:
        by_place.setdefault(_place(one), []).append(one)
    return tuple(_compared(row, by_place.get(_place(row), [])) for row in rows)


def same_row(row: Indicator, others: Sequence[Indicator]) -> Indicator | None:
    """The row of another scan that is this one: in the same place, by and large of the same words."""
    words = match_key(row.indicator)
    there = [other for other in others if _place(other) == _place(row)]
    alike = [other for other in there if fuzz.ratio(match_key(other.indicator), words) >= SAME_WORDS]
    return alike[0] if len(alike) == 1 else None


def _place(row: Indicator) -> tuple[str, str, str]:
    return row.section_code, row.code, row.period


def _compared(row: Indicator, others: Sequence[Indicator]) -> Indicator:
    other = same_row(row, others)
    if other is None:
        return row
    doubts = (
        Flag(FlagKind.UNCERTAIN_REPAIR, name, f"{read} → {said}")
        for name in COMPARED
        if match_key(read := str(getattr(row, name))) != match_key(said := str(getattr(other, name))) and read and said
    )
    return _with_doubts(row, doubts)


def _with_doubts(row: Indicator, doubts: Iterator[Flag]) -> Indicator:
    return replace(row, flags=tuple(dict.fromkeys((*row.flags, *doubts))))


def _known(lessons: Sequence[Lesson]) -> _Known:
    by_letters: dict[str, tuple[str, ...]] = {}
    for one in lessons:
        letters = fold_marks(one.text)
        by_letters[letters] = (*by_letters.get(letters, ()), one.text)
    return _Known({match_key(one.text): one.documents for one in lessons}, by_letters)


def _weighed(row: Indicator, known: Mapping[str, _Known]) -> Indicator:
    for name, field in FIELDS.items():
        parts = _parts(name, str(getattr(row, name)))
        if parts and all(known[field].documents.get(match_key(part), 0) >= ENOUGH_DOCUMENTS for part in parts):
            row = replace(row, flags=tuple(flag for flag in row.flags if not _is_about_words(flag, name)))
            continue
        likely = ((part, _likely(name, part, known[field])) for part in parts)
        doubts = (Flag(FlagKind.UNCERTAIN_REPAIR, name, f"{part} → {text}") for part, text in likely if text)
        row = _with_doubts(row, doubts)
    return row


def _parts(name: str, text: str) -> tuple[str, ...]:
    if name in ("agency", "coagency"):
        return split_agencies(text)
    return (text,) if text else ()


def _is_about_words(flag: Flag, name: str) -> bool:
    return flag.field == name and flag.kind in WORD_DOUBTS


def _likely(name: str, part: str, known: _Known) -> str:
    """The one confirmed text that a part may be a misreading of; empty where there is none."""
    if match_key(part) in known.documents or is_known_phrase(name, part):
        return ""
    letters = fold_marks(part)
    likely = known.by_letters.get(letters, ())
    if not likely and len(letters) >= SHORTEST_NEAR and unknown_words(part):
        near = process.extract(
            letters, known.by_letters.keys(), scorer=Levenshtein.distance, score_cutoff=NEAR_LETTERS, limit=2
        )
        likely = known.by_letters[near[0][0]] if len(near) == 1 and _digits(near[0][0]) == _digits(letters) else ()
    return likely[0] if len(likely) == 1 and _is_evidence(part, likely[0], known) else ""


def _is_evidence(part: str, confirmed: str, known: _Known) -> bool:
    """Whether a confirmed text speaks against what was read: several confirmed it, or the language does not object.

    Whoever accepts a row may have overlooked `đối mới`; that is no reason to doubt `đổi mới`.
    """
    return known.documents[match_key(confirmed)] >= ENOUGH_DOCUMENTS or _usual(confirmed) > _usual(part)


def _usual(text: str) -> float:
    """How usual the pairs of words of a text are, all in all."""
    return sum(log1p(bigram_count(*pair)) for pair in pairwise(tokens(text)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
