"""The characters that the reader can write, in the order of its output; index 0 of the output is CTC's blank."""

import unicodedata
from pathlib import Path

CHARSET = Path(__file__).resolve().parents[1] / "extractors" / "data" / "charset.txt"
CHARACTERS = CHARSET.read_text(encoding="utf-8").rstrip("\r\n")
CLASSES = len(CHARACTERS) + 1
_INDEX = {char: index for index, char in enumerate(CHARACTERS, start=1)}


def encode(text: str) -> list[int]:
    """Class numbers of a text's characters, from 1; KeyError where the reader has no such character."""
    return [_INDEX[char] for char in unicodedata.normalize("NFC", text)]


def decode(classes: list[int]) -> str:
    """The text of the best classes, a class each frame: repeats are one, blanks none.

    >>> decode([0, 3, 3, 0, 3])
    '""'
    """
    before = [0, *classes[:-1]]
    return "".join(CHARACTERS[now - 1] for was, now in zip(before, classes, strict=True) if now and now != was)


def is_written(text: str) -> bool:
    """Whether the reader has every character of a text."""
    return all(char in _INDEX for char in unicodedata.normalize("NFC", text))
