"""The software on the frozen set: one run per quality, counted document by document."""

import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation.frozen import digest, read_digests
from benchmarks.run import Cost, count_pages, measure
from benchmarks.score import count, read_rows
from benchmarks.truth import read_truth


class NotFrozen(Exception):
    """A truth beside the files is not the one that was frozen: make the set anew with `make`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One quality: what was counted in each document by its id."""

    quality: str
    tallies: dict[str, Counter[str]]
    pages: int
    cost: Cost


def run_quality(folder: Path, quality: str, documents: int | None, home: Path) -> Outcome:
    """Read the documents of a quality in a home of their own and count what came out."""
    inputs = home / "inputs"
    inputs.mkdir(parents=True)
    names = [name for name in read_digests() if (folder / quality / f"{name}.pdf").exists()][:documents]
    for name in names:
        _check_truth(folder / "truth" / f"{name}.json", name)
        shutil.copyfile(folder / quality / f"{name}.pdf", inputs / f"{name}.pdf")
    print(f"{quality}: {len(names)} documents …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "chitieu.cli", "ingest", "--direct", "--home", str(home), str(inputs)]
    cost = measure(command, home / "ingest.log")
    rows = read_rows(home / "output" / "indicators.csv")
    tallies = {name: count(read_truth(folder / "truth" / f"{name}.json"), rows.get(name, [])) for name in names}
    return Outcome(quality, tallies, count_pages(home / "output" / "documents.csv"), cost)


def _check_truth(path: Path, name: str) -> None:
    """Compare a truth with the frozen one, but for the number of pages, which the browser decides."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    frozen = "".join(' "pages": 0,\n' if line.startswith(' "pages": ') else line for line in lines)
    if digest(frozen) != read_digests()[name]:
        raise NotFrozen(f"{path} is not the frozen truth")
