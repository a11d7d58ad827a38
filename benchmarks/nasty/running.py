"""A home with nasty files in its inbox and good ones beside them, run to the end by `chitieu ingest`."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.nasty.raw import Case
from chitieu.settings import load_settings
from chitieu.store import DocumentState, open_store

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "samples" / "digital" / "lai-chau-skhcn.pdf", ROOT / "samples" / "exports" / "cao-bang-1139.txt")
# Runs a command and says the resident memory of the largest process among all that it started, in KiB: getrusage(2).
MEASURED = (
    "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode; "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
)


@dataclass(frozen=True, slots=True)
class Result:
    """How a file ended: a state, or the reason of its quarantine; with what a log would say of it."""

    outcome: str
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """Results by file name; the rows of the good documents; the largest process."""

    results: dict[str, Result]
    good_rows: tuple[tuple[str, ...], ...]
    peak_mib: float
    output: str


def run_cases(home: Path, cases: Sequence[Case]) -> Run:
    """Drop the cases and the good documents, and run to the end."""
    inbox = home / "inbox"
    inbox.mkdir(parents=True)
    for case in cases:
        case.write(inbox / f"{case.name}.pdf")
    for path in GOOD:
        (inbox / path.name).write_bytes(path.read_bytes())
    words = [sys.executable, "-m", "chitieu.cli", "ingest", "--direct", "--home", str(home), "--language", "en"]
    quick = {**os.environ, "CHITIEU_SETTLE_SECONDS": "0.01", "CHITIEU_UNFINISHED_SECONDS": "0"}
    command = [sys.executable, "-c", MEASURED, *words]
    done = subprocess.run(command, env=quick, capture_output=True, text=True, check=False)
    *said, peak_kib = done.stdout.splitlines()
    return Run(results_of(home), rows_of(home), int(peak_kib) / 1024, "\n".join([*said, done.stderr]))


def results_of(home: Path) -> dict[str, Result]:
    """How every file of a home ended."""
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        records = list(snapshot.documents())
    return {
        one.document.source_file: Result(
            one.reason if one.state is DocumentState.QUARANTINED else one.state.value, one.detail, one.seconds
        )
        for one in records
    }


def rows_of(home: Path) -> tuple[tuple[str, ...], ...]:
    """The rows of the dataset, all of which are those of good documents."""
    with (home / "output" / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(map(tuple, csv.reader(file)))


def faults_of(run: Run, cases: Iterable[Case], seconds: float) -> list[str]:
    """What ended otherwise than it may, or took too long."""
    found = []
    for case in cases:
        result = run.results.get(f"{case.name}.pdf")
        if result is None:
            found.append(f"{case.name} is lost")
        elif result.outcome not in case.outcomes:
            found.append(f"{case.name}: {result.outcome} ({result.detail}), not {' or '.join(sorted(case.outcomes))}")
        elif result.seconds > seconds:
            found.append(f"{case.name} took {result.seconds:.0f} s")
    return found
