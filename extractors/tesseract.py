"""Tesseract, run as a program: many pictures in one call, for its model takes longer to load than a cell to read."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Columns of its table: the number of the picture, how sure it is of a word (percent), the word.
PAGE, CONFIDENCE, TEXT = "page_num", "conf", "text"


class TesseractFailed(Exception):
    """The program ended with an error, which it tells."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read, on the picture of this number (from 1); confidence 0..1."""

    page: int
    text: str
    confidence: float


def read_words(listing: Path, psm: int) -> list[Word]:
    """The words of the pictures that a file names, one a line; `psm`: how it is to take their layout.

    Raises FileNotFoundError where the program is not installed, TesseractFailed.
    """
    options = ["--psm", str(psm), "--oem", "1", "-c", "thresholding_method=0", "-c", "tessedit_create_tsv=1"]
    done = subprocess.run(
        ["tesseract", str(listing), "stdout", "-l", "vie", *options],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise TesseractFailed(f"tesseract ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return list(_words_in(done.stdout.decode("utf-8")))


def _words_in(table: str) -> Iterator[Word]:
    """The words in its table, whose rows are also for blocks and lines; nothing in it is quoted."""
    # Not all that Python takes for the end of a line is one.
    header, *rows = (line.split("\t") for line in table.split("\n") if line)
    page, confidence, text = (header.index(name) for name in (PAGE, CONFIDENCE, TEXT))
    for row in rows:
        if row[text].strip():
            yield Word(int(row[page]), row[text], float(row[confidence]) / 100)
