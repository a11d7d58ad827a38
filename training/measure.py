"""How well readers read lines in fonts and texts that training never saw.

usage: python -m training.measure --count 5000 --readers NAME=READER.onnx … [--misses 20]
`--count` lines at each of clean, office, fax and bad; the same seed gives every reader the same lines.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime as ort
from rapidfuzz.distance import Levenshtein

from extractors.reading import HANDWRITING
from training.alphabet import decode
from training.damage import SCANS, Scan
from training.lines import Line, make_lines
from training.typefaces import HELD_OUT

QUALITIES = ("clean", "office", "fax", "bad")
SEED = 777_000
SIGNS = "≥≤><%"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class Score:
    """Counts over printed lines; `signs`: of each sign how often printed, found, invented.

    `written`, `told`: lines with handwriting, and how many of them were told; `mistaken`: print taken for such.
    """

    lines: int = 0
    exact: int = 0
    letters: int = 0
    errors: int = 0
    numbered: int = 0
    numbers_right: int = 0
    seconds: float = 0.0
    written: int = 0
    told: int = 0
    mistaken: int = 0
    printed: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str]] = field(default_factory=list)

    def add(self, true: str, read: str) -> None:
        """Count a line."""
        if HANDWRITING in true:
            self.written += 1
            self.told += HANDWRITING in read
            return
        self.mistaken += HANDWRITING in read
        self.lines += 1
        self.exact += true == read
        self.letters += len(true)
        self.errors += Levenshtein.distance(true, read)
        if numbers := _NUMBER.findall(true):
            self.numbered += 1
            self.numbers_right += numbers == _NUMBER.findall(read)
        for sign in SIGNS:
            printed, found = true.count(sign), read.count(sign)
            self.printed[sign] += printed
            self.found[sign] += min(printed, found)
            self.invented[sign] += max(0, found - printed)
        if true != read:
            self.misses.append((true, read))

    def row(self, quality: str, name: str) -> str:
        """A line of the report's table."""
        recall = sum(self.found.values()) / max(1, sum(self.printed.values()))
        invented = self.invented["≥"] + self.invented["≤"]
        wrong = 100 * self.errors / max(1, self.letters)
        return (
            f"| {quality} | {name} | {wrong:.3f} | {100 * self.exact / self.lines:.2f} "
            f"| {self.numbers_right / max(1, self.numbered):.4f} | {recall:.4f} | {invented} "
            f"| {self.told}/{self.written} | {self.mistaken} | {100 * self.seconds / self.lines:.3f} |"
        )


HEAD = (
    "| quality | reader | CER % | exact lines % | lines whose numbers are right | ≥ ≤ > < % found | ≥ ≤ invented "
    "| handwriting told | print taken for it | CPU s per 100 lines |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def open_reader(path: Path) -> ort.InferenceSession:
    """A reader on one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def measure(session: ort.InferenceSession, lines: Sequence[Line]) -> Score:
    """Read lines greedily, one a call."""
    score = Score()
    for line in lines:
        picture = np.asarray(line.image, dtype=np.float32)[None, None] / 255
        began = time.process_time()
        logits = session.run(None, {"x": picture})[0][0]
        score.seconds += time.process_time() - began
        score.add(line.text, decode([int(best) for best in logits.argmax(axis=1)]).strip())
    return score


def scan_named(quality: str) -> Scan:
    """The way of scanning that a quality stands for."""
    return next(scan for scan in SCANS if scan.name == quality)


def evaluation_lines(quality: str, count: int) -> list[Line]:
    """Lines of the measure: held-out fonts, held-out texts."""
    stream = make_lines(SEED + QUALITIES.index(quality), HELD_OUT, unseen=True, scan=scan_named(quality))
    return [next(stream) for _ in range(count)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--readers", nargs="+", required=True)
    parser.add_argument("--qualities", default=",".join(QUALITIES))
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong lines of each")
    options = parser.parse_args()
    readers = {name: open_reader(Path(path)) for name, path in (entry.split("=", 1) for entry in options.readers)}
    print(HEAD, flush=True)
    for quality in options.qualities.split(","):
        lines = evaluation_lines(quality, options.count)
        for name, session in readers.items():
            score = measure(session, lines)
            print(score.row(quality, name), flush=True)
            for true, read in score.misses[: options.misses]:
                print(f"    {true!r} → {read!r}")


if __name__ == "__main__":
    main()
