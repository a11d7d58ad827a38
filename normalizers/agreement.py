"""Whether two readings of a cell say the same, given what the second engine cannot write."""

import re
from difflib import SequenceMatcher

from chitieu.model import Cell, Reading, Run
from normalizers.text import clean_line
from normalizers.tones import place_tone

# tesseract `vie` lacks these in its character set (shared OCR.md) and prints the right-hand sign; a digit or
# letter in their place is a misreading like any other.
_TESSERACT_WRITES = str.maketrans(
    {"≥": ">", "≤": "<", "–": "-", "—": "-", "‰": "%", "²": "2", "³": "3", "Ỵ": "Y", "ỵ": "y"}
)
WITNESS = "witness"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'"})
_DASHES = re.compile("[‐‑‒–—―−]")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_AT_LEAST = re.compile(r"[⩾≧]|>=|> =")
_AT_MOST = re.compile(r"[⩽≦]|<=|< =")


def readings_agree(first: str, second: str, second_engine: str) -> bool:
    """Whether both readings say the same.

    Spaces, place of tone marks, kinds of quotes and dashes, and a full stop or comma at the end do not matter, except
    a space between digits. Letters, their case, digits and comparison signs do. Two empty readings agree.
    """
    return first == second or _comparable(first, second_engine) == _comparable(second, second_engine)


def seconds_of(cell: Cell) -> tuple[Reading, ...]:
    """What other readers have of a cell: the second model first, then other engines."""
    first, *others = cell.readings
    if first.witness is None:
        return tuple(others)
    return (Reading((Run(first.witness),), WITNESS, first.confidence), *others)


def witness_agrees(reading: Reading, *, least_confidence: float) -> bool:
    """Whether the first reader is that sure and its second model, on the same lines, says the same."""
    if reading.witness is None or reading.confidence < least_confidence:
        return False
    return readings_agree(reading.text, reading.witness, reading.engine)


def witness_differs(reading: Reading) -> bool:
    """Whether the second model was asked and says otherwise."""
    return reading.witness is not None and not readings_agree(reading.text, reading.witness, reading.engine)


def differences(first: str, second: str) -> str:
    """What the second reading has otherwise, for people: `80 → 90`; "" where they are equal."""
    one, two = clean_line(first).split(), clean_line(second).split()
    changes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return "; ".join(
        f"{_quoted(one[start:end])} → {_quoted(two[from_:to])}"
        for kind, start, end, from_, to in changes
        if kind != "equal"
    )


def _quoted(words: list[str]) -> str:
    return f"“{' '.join(words)}”" if words else "∅"


def _comparable(text: str, second_engine: str) -> str:
    """The text as the second engine would have written it, without what does not matter."""
    line = _AT_MOST.sub("≤", _AT_LEAST.sub("≥", clean_line(text))).translate(_QUOTES)
    if second_engine.startswith("tesseract"):
        line = line.translate(_TESSERACT_WRITES)
    line = _WORD.sub(_place_keeping_case, _DASHES.sub("-", line))
    return re.sub(r"\s", "", _DIGIT_GAP.sub("_", line)).rstrip(".,")


def _place_keeping_case(match: re.Match[str]) -> str:
    """The word with its tone mark placed, its capitals kept."""
    word = match[0]
    placed = place_tone(word.lower())
    if len(placed) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))
