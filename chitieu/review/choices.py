"""What a doubtful field may say: as it stands, as each reader has it, as people corrected such a text before.

A short text is chosen as a whole. Of a long one the places are chosen where the readers differ, each by itself: often
no single reading has all of it right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chitieu.model import Correction, FlagKind, Indicator, Reading
from chitieu.review.meanings import meaning_of
from chitieu.review.words import word
from chitieu.settings import Language
from chitieu.store import ReviewRow
from normalizers.corrected import with_text
from normalizers.text import clean_line, unknown_words

Candidates = Sequence[tuple[str, str]]  # texts and who has them
MAX_CHOICES = 9
# Second guesses below this probability help nobody.
LEAST_RIVAL = 0.02
# From so many words on, places are chosen and not whole texts.
MANY_WORDS = 7
ARROW = " → "
# Doubts whose detail is one text and another that may be right.
TELLING_DOUBTS = frozenset({FlagKind.UNCERTAIN_REPAIR, FlagKind.STALE_CORRECTION})
_SIGN_PAIRS = {">": "≥", "<": "≤"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A text that a field may be given by one key, and who has it so.

    `replaced` and `by`: of a long text the one place that changes, which stands there once; empty for a whole text.
    """

    text: str
    origins: tuple[str, ...]
    is_suggested: bool = False
    replaced: str = ""
    by: str = ""


def choices_of(
    row: ReviewRow,
    name: str,
    before: Sequence[Correction],
    language: Language,
    elsewhere: Candidates = (),
    above: str = "",
) -> tuple[Choice, ...]:
    """The choices of a field, the text that stands first.

    `before`: what people made of such a text; `elsewhere`: what they confirmed on other scans, with where that is;
    `above`: what the cell above says, for one that may be merged with it.
    """
    current = str(getattr(row.indicator, name))
    found = [
        (cleaned, origin)
        for text, origin in (
            *_said(before, language),
            *elsewhere,
            *([(above, word("row_above", language))] if above else []),
            *_suspected(row, name, language),
            *_repaired(row, name, language),
            *_read(row.as_read, name, language),
        )
        if (cleaned := as_field(row.indicator, name, text))
    ]
    stands = Choice(current, _origins(current, [(current, word("as_it_stands", language)), *found]))
    if len(current.split()) >= MANY_WORDS:
        known = (*(said.text for said in before), *(as_field(row.indicator, name, text) for text, _ in elsewhere))
        said_before = [text for text in dict.fromkeys(known) if text != current]
        others = [Choice(text, _origins(text, found), is_suggested=True) for text in said_before]
        return (stands, *others, *_places(current, found))[:MAX_CHOICES]
    texts = [text for text in dict.fromkeys(text for text, _ in found) if text != current]
    by_people = {said.text for said in before} | {as_field(row.indicator, name, text) for text, _ in elsewhere}
    best = suggested(row, name, (current, *texts), by_people)
    return (stands, *(Choice(text, _origins(text, found), text == best) for text in texts))[:MAX_CHOICES]


def as_field(row: Indicator, name: str, text: str) -> str:
    """A text as the field would hold it."""
    return str(getattr(with_text(row, name, clean_line(text)), name))


def _origins(text: str, found: Candidates) -> tuple[str, ...]:
    return tuple(dict.fromkeys(origin for other, origin in found if other == text))


def _places(current: str, found: Candidates) -> tuple[Choice, ...]:
    """The places of a long text that some reading has otherwise, those first that mend a word.

    What makes a word of the language none is of no use to anybody.
    """
    words = current.split()
    places: dict[tuple[int, int, str], list[str]] = {}
    for text, origin in found:
        others = text.split()
        for kind, start, end, from_, to in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
            if kind != "equal":
                origins = places.setdefault((start, end, " ".join(others[from_:to])), [])
                origins.append(origin)
    useful = (entry for entry in sorted(places.items()) if not _spoils(words, *entry[0]))
    choices = [_place(words, key, tuple(dict.fromkeys(origins))) for key, origins in useful]
    return tuple(sorted(choices, key=lambda choice: not choice.is_suggested))


def _spoils(words: list[str], start: int, end: int, by: str) -> bool:
    return bool(unknown_words(by)) and not unknown_words(" ".join(words[start:end]))


def _place(words: list[str], key: tuple[int, int, str], origins: tuple[str, ...]) -> Choice:
    start, end, by = key
    text = " ".join(part for part in (*words[:start], by, *words[end:]) if part)
    mends = bool(unknown_words(" ".join(words[start:end]))) and not unknown_words(by)
    first, last = _unique_span(words, start, end)
    replaced = " ".join(words[first:last])
    instead = " ".join(part for part in (*words[first:start], by, *words[end:last]) if part)
    return Choice(text, origins, mends, replaced, instead)


def _unique_span(words: list[str], start: int, end: int) -> tuple[int, int]:
    """The span, with as many words around it as it takes to stand in the text once."""
    text = " ".join(words)
    while end == start or text.count(" ".join(words[start:end])) > 1:
        if (start, end) == (0, len(words)):
            break
        start, end = max(0, start - 1), min(len(words), end + 1)
    return start, end


def _repaired(row: ReviewRow, name: str, language: Language) -> Candidates:
    return [(repair.read, word("before_repair", language)) for repair in row.as_read.repairs if repair.field == name]


def _suspected(row: ReviewRow, name: str, language: Language) -> Candidates:
    """What the reason of a doubt holds for likelier, as it says: `Bru chính → Bưu chính`."""
    text = str(getattr(row.indicator, name))
    doubts = (flag for flag in row.indicator.flags if flag.field == name and flag.kind in TELLING_DOUBTS)
    parted = (flag.detail.partition(ARROW) for flag in doubts)
    return [
        (text.replace(left, right, 1) if left in text else right, word("suspected", language))
        for left, arrow, right in parted
        if arrow and left
    ]


def _read(row: Indicator, name: str, language: Language) -> Iterable[tuple[str, str]]:
    """Every reading of the field's cell; the cell may say more than the field."""
    for source in row.sources:
        if source.field == name:
            for number, reading in enumerate(source.readings, start=1):
                yield from _versions(reading, number, language)


def _versions(reading: Reading, number: int, language: Language) -> Iterable[tuple[str, str]]:
    yield reading.text, word("reading", language, number=number, engine=reading.engine)
    if reading.witness:
        yield reading.witness, word("witness", language)
    for rival in sorted(reading.rivals, key=lambda rival: -rival.probability):
        if rival.probability >= LEAST_RIVAL and rival.read in reading.text:
            yield reading.text.replace(rival.read, rival.instead, 1), word("second_guess", language)


def _said(before: Sequence[Correction], language: Language) -> Candidates:
    return [(said.text, word("said_before", language, reviewer=said.reviewer)) for said in reversed(before)]


def suggested(row: ReviewRow, name: str, texts: Sequence[str], said_before: set[str]) -> str | None:
    """The text that speaks for itself against the first, which stands; None where none does.

    What people said of the same text before; a sign that tesseract cannot write (it has > for ≥); the first text that
    is understood where the one that stands is not.
    """
    current, *others = texts
    for text in others:
        if text in said_before:
            return text
    if name == "value_text":
        for text in others:
            if any(current.replace(weak, strong) == text for weak, strong in _SIGN_PAIRS.items() if weak in current):
                return text
    if not _stands_well(row.indicator, name):
        return next((text for text in others if _stands_well(with_text(row.indicator, name, text), name)), None)
    return None


def _stands_well(row: Indicator, name: str) -> bool:
    return meaning_of(row, name, Language.VI).is_understood
