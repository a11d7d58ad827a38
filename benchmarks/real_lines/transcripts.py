"""Transcripts of lines, and the cut lines that are theirs."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.real_lines.cutting import CutLine
from chitieu.model import Box

TRANSCRIPTS = Path(__file__).parent / "transcripts.csv"
# A line that is cut otherwise than when it was transcribed still is the same one.
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is printed on a line of a scan; handwriting in it is `✍`."""

    file: str
    page: int
    box: Box
    text: str


def read_transcripts(path: Path = TRANSCRIPTS) -> list[Transcript]:
    """All transcripts, in the order of their pages."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Transcript(
                row["file"],
                int(row["page"]),
                Box(float(row["left"]), float(row["top"]), float(row["right"]), float(row["bottom"])),
                row["text"],
            )
            for row in csv.DictReader(file)
        ]


def line_of(transcript: Transcript, cut: Sequence[CutLine]) -> CutLine | None:
    """The cut line that shares most of its place with a transcript's; None where none shares half of it."""
    near = [line for line in cut if line.page == transcript.page]
    best = max(near, key=lambda line: _shared(line.box, transcript.box), default=None)
    return best if best and _shared(best.box, transcript.box) >= LEAST_SHARED else None


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, wide) * max(0.0, tall)
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
