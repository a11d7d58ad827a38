"""CPU seconds of each stage of a scanned page, reading apart: where the time between picture and cells goes.

Every page is worked on four times; the quickest of the last three counts, with what is loaded once out of the way:
other programs on the machine make work dearer, never cheaper. A stage's time is its own, without the stages inside it.

usage: python -m benchmarks.stages [--pages N] [--write] PDF ...     (scans; --write: to benchmarks/STAGES.md)
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import ParamSpec, TypeVar

import cv2

from extractors import (
    grid,
    image,
    ledger,
    lines,
    pages,
    print_lines,
    rules,
    scanned_page,
    tables,
    unruled,
    upright,
    witness,
)
from extractors.arrays import Grey
from extractors.pdf import describe_page, open_pdf

P = ParamSpec("P")
R = TypeVar("R")

# What is timed: the function by the module that calls it, and the stage that it is.
STAGES: tuple[tuple[ModuleType, str, str], ...] = (
    (scanned_page, "render_page", "picture out of the file"),
    (scanned_page, "prepare_image", "image: clean, ink"),
    (image, "find_quarter_turns", "image: which way up"),
    (image, "measure_skew", "image: skew"),
    (image, "find_bend", "image: bend"),
    (image, "level", "image: turned level"),
    (rules, "find_inked_rules", "rules"),
    (rules, "_furrows", "rules: furrows"),
    (rules, "find_dashes", "rules: dashes"),
    (grid, "find_meshes", "meshes and cells"),
    (witness, "ask_camelot", "camelot, asked"),
    (scanned_page, "find_blobs", "blobs"),
    (print_lines, "pieces_of_ink", "tables without rules"),
    (unruled, "with_unruled", "tables without rules"),
    (ledger, "find_cut", "ledger"),
    (ledger, "rows_outside", "ledger"),
    (lines, "cut_lines", "lines cut"),
    (lines, "cut_prose", "lines cut"),
    (scanned_page, "read_line", "reading"),
    (scanned_page, "read_as_witness", "reading"),
    (upright, "read_line", "reading"),
)
REST, SEWING, READING, PICTURE = "cells, bands and the rest", "sewing", "reading", "picture out of the file"
# Neither is between the picture and the cells.
APART = (READING, PICTURE)
REPETITIONS = 3
REPORT = Path(__file__).with_name("STAGES.md")
HEAD = """# Stages of a scanned page

Written by `python -m benchmarks.stages --write`: CPU seconds between the picture of a page and its cells, reading
apart, on one core with nothing else running. Every page is worked on four times; the quickest of the last
three counts."""
# Pages of A4 differ in what they hold: fewer say little.
USUAL_PAGES = 8


class Clock:
    """CPU seconds by stage; a stage that begins inside another stops the other's."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._running = [REST]
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._note()
        self._running.append(name)
        try:
            yield
        finally:
            self._note()
            self._running.pop()

    def _note(self) -> None:
        now = time.process_time()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def taken(self) -> dict[str, float]:
        """What has run since the last time that this was asked."""
        self._note()
        seconds, self.seconds = dict(self.seconds), defaultdict(float)
        return seconds


def watch(clock: Clock) -> None:
    """Have the stages tell the clock when they begin and end."""
    for module, name, stage in STAGES:
        function = getattr(module, name)
        # Lines that were read once are not read again: what is measured is the rest.
        setattr(module, name, _timed(_remembered(function) if stage == READING else function, clock, stage))


def _remembered(read: Callable[[Sequence[Grey]], R]) -> Callable[[Sequence[Grey]], R]:
    readings: dict[tuple[bytes, ...], R] = {}

    def reading(pieces: Sequence[Grey]) -> R:
        key = tuple(piece.tobytes() for piece in pieces)
        if key not in readings:
            readings[key] = read(pieces)
        return readings[key]

    return reading


def _timed(function: Callable[P, R], clock: Clock, stage: str) -> Callable[P, R]:
    def timed(*args: P.args, **kwargs: P.kwargs) -> R:
        with clock.stage(stage):
            return function(*args, **kwargs)

    return timed


def measure(scan: Path, clock: Clock) -> list[dict[str, float]]:
    """Seconds by stage of each page; sewing is shared by all pages of the file."""
    taken, contents = [], []
    with open_pdf(scan) as pdf:
        for number in range(1, pdf.page_count + 1):
            facts = describe_page(pdf, number)
            contents.append(pages.read_page(pdf, facts, wants_prose=True))
            reading = clock.taken().get(READING, 0.0)
            quickest: dict[str, float] = {}
            for _ in range(REPETITIONS):
                pages.read_page(pdf, facts, wants_prose=True)
                again = clock.taken()
                quickest = again if not quickest or _between(again) < _between(quickest) else quickest
            taken.append({**quickest, READING: reading})
    with clock.stage(SEWING):
        tables.join_tables("", contents)
    sewing = clock.taken()[SEWING] / len(taken)
    return [{**one, SEWING: sewing} for one in taken]


def _between(seconds: Mapping[str, float]) -> float:
    """Seconds from the picture to the cells."""
    return sum(each for name, each in seconds.items() if name not in APART)


def table(taken: list[dict[str, float]]) -> str:
    """Rows of stages in the order in which they run."""
    names = [*dict.fromkeys(stage for _, _, stage in STAGES), REST, SEWING]
    medians = {name: statistics.median(one.get(name, 0.0) for one in taken) for name in names}
    sums = sorted(_between(one) for one in taken)
    rows = [(name, medians[name]) for name in names if name not in APART]
    rows += [("**all of these, mean of the pages**", statistics.mean(sums))]
    rows += [("**median page**", statistics.median(sums)), ("**worst page**", sums[-1])]
    rows += [(f"besides: {name}", medians[name]) for name in APART]
    lines_ = [f"| {name} | {seconds:.3f} |" for name, seconds in rows]
    return "\n".join([f"| stage, {len(taken)} pages | CPU s a page |", "| --- | ---: |", *lines_])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=USUAL_PAGES, help="at least as many, whole files")
    parser.add_argument("--write", action="store_true", help="to benchmarks/STAGES.md, a table for each folder")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    clock = Clock()
    watch(clock)
    folders = dict.fromkeys(scan.parent for scan in arguments.scans)
    groups = [[scan for scan in arguments.scans if scan.parent == folder] for folder in folders]
    parts = [
        f"## {folder.name}\n\n{table(stages_of(scans, arguments.pages, clock))}"
        for folder, scans in zip(folders, groups, strict=True)
    ]
    report = "\n\n".join(parts)
    print(report)
    if arguments.write:
        REPORT.write_text(f"{HEAD}\n\n{report}\n", encoding="utf-8")


def stages_of(scans: Sequence[Path], pages: int, clock: Clock) -> list[dict[str, float]]:
    """The stages of the first scans that have so many pages together, page by page."""
    taken: list[dict[str, float]] = []
    for scan in scans:
        if len(taken) < pages:
            taken += measure(scan, clock)
    return taken


if __name__ == "__main__":
    main()
