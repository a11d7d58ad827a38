"""How sure a reading of some lines is, beyond what its text says."""

from collections.abc import Callable, Iterable

from chitieu.model import Line
from normalizers.text import clean_line

# The reader that reads every cell; others are asked about some.
FIRST_READER = "reader"
# Readings that no reader made: the words were there.
GIVEN = ("text layer", "text export")
# Of a value that both models read alike, and of one that only the first was asked about.
LEAST_WITNESSED, LEAST_ALONE = 0.5, 0.97


def texts_of(lines: Iterable[Line]) -> str:
    """The lines as the first reader has them, in one."""
    return " ".join(filter(None, (clean_line(line.text) for line in lines)))


def is_read_surely(lines: Iterable[Line], value: str, parse: Callable[[str], str]) -> bool:
    """Whether a value of these lines is beyond doubt: `parse` makes it of a text as of the other reader's."""
    read = [line for line in lines if line.reading.engine not in GIVEN]
    if not read:
        return True
    least = min(line.reading.confidence for line in read)
    if all(line.reading.witness is None for line in read):
        return least >= LEAST_ALONE
    seen = " ".join(clean_line(line.text if line.reading.witness is None else line.reading.witness) for line in read)
    return least >= LEAST_WITNESSED and parse(seen) == value
