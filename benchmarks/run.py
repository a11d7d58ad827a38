"""Run the samples of every quality through the installed software, score what comes out, write RESULTS.md.

usage: python -m benchmarks.run [--quality NAME …] [--more FOLDER] [--keep FOLDER]
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.score import Scores, score

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
# Developers have the larger set of samples beside the project; a clone does without.
MORE_SAMPLES = ROOT.parent / "shared" / "samples"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
QUALITIES = ("digital", "clean", "office", "fax", "bad")
# The documents that the project promises figures for; the composed layouts are reported beside them.
PROMISED = ("cao-bang-1139", "lai-chau-skhcn", "d03-seed5")
SHARES = (
    "recall", "spurious", "row_exact", "silent_error", "flagged",
    "code", "indicator", "period", "unit", "value", "agency", "section", "indicator_cer", "number", "date", "province",
)  # fmt: skip
TITLES = {"flagged": "review load", "indicator_cer": "indicator CER"}


class BenchmarkFailed(Exception):
    """The software ended with an error, or did not give the same again."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: of the whole process tree the CPU time, of its largest process the memory."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Result:
    """One quality: `again` is the cost of a second run over the same files, which has nothing new to read."""

    quality: str
    documents: int
    pages: int
    promised: Scores
    all_samples: Scores
    cost: Cost
    again: Cost


def find_samples(quality: str, more: Path) -> dict[str, Path]:
    """Find the PDFs of a quality by document id; a document of the project's own goes before one from elsewhere."""
    folders = (more / quality, SAMPLES / "composed" / quality, SAMPLES / quality)
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.pdf"))}


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run a command to its end; raise BenchmarkFailed with the end of its log where it fails."""
    started = time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    # wait4 counts the process and all descendants that were waited for, unlike getrusage, which adds up all runs
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
        raise BenchmarkFailed(f"{' '.join(command)}\nended with {process.returncode}:\n{tail}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024)


def count_pages(documents_csv: Path) -> int:
    """Add up the pages of all documents, as the software says."""
    with documents_csv.open(encoding="utf-8", newline="") as file:
        return sum(int(row["pages"]) for row in csv.DictReader(file))


def run_quality(quality: str, samples: dict[str, Path], truth: Path, home: Path) -> Result:
    """Read all samples of a quality in one home, twice, and score what came out."""
    inputs = home / "samples"
    inputs.mkdir(parents=True)
    for path in samples.values():
        shutil.copyfile(path, inputs / path.name)
    chitieu = str(Path(sys.executable).with_name("chitieu"))
    command = [chitieu, "ingest", "--direct", "--home", str(home), str(inputs)]
    indicators = home / "output" / "indicators.csv"
    cost = measure(command, home / "ingest.log")
    first = indicators.read_bytes()
    again = measure(command, home / "ingest.log")
    if indicators.read_bytes() != first:
        raise BenchmarkFailed(f"{quality}: a second run over the same files gave another indicators.csv")
    return Result(
        quality=quality,
        documents=len(samples),
        pages=count_pages(home / "output" / "documents.csv"),
        promised=score(indicators, truth, [name for name in samples if name in PROMISED]),
        all_samples=score(indicators, truth, samples),
        cost=cost,
        again=again,
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _score_table(scores: dict[str, Scores]) -> list[str]:
    lines = [_row(["", *scores]), _row(["---", *("---:" for _ in scores)])]
    lines.append(_row(["true rows", *(str(of_quality.truth) for of_quality in scores.values())]))
    for share in SHARES:
        values = (asdict(of_quality)[share] for of_quality in scores.values())
        lines.append(_row([TITLES.get(share, share.replace("_", " ")), *(f"{value:.4f}" for value in values)]))
    return lines


def _cost_table(results: Sequence[Result]) -> list[str]:
    titles = ("", "documents", "pages", "CPU s", "CPU s/page", "wall s", "peak MiB", "CPU s again", "wall s again")
    lines = [_row(titles), _row(["---", *("---:" for _ in titles[1:])])]
    for result in results:
        cost, again = result.cost, result.again
        figures = (
            f"{cost.cpu_seconds:.1f}",
            f"{cost.cpu_seconds / max(1, result.pages):.2f}",
            f"{cost.wall_seconds:.1f}",
            f"{cost.peak_mib:.0f}",
            f"{again.cpu_seconds:.1f}",
            f"{again.wall_seconds:.1f}",
        )
        lines.append(_row([result.quality, str(result.documents), str(result.pages), *figures]))
    return lines


def describe_version() -> str:
    """Name the version, with the commit where this is a clone."""
    git = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    commit = f" ({git.stdout.strip()})" if git.returncode == 0 else ""
    return f"chitieu {version('chitieu')}{commit}"


def write_report(results: Sequence[Result]) -> str:
    """Lay out the results as a page of Markdown."""
    lines = [
        "# Results",
        "",
        f"`make bench`, {describe_version()}, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores. "
        "What the shares mean: [docs/DATASET.md](../docs/DATASET.md#the-measure).",
        "",
        f"## The promised documents ({', '.join(PROMISED)})",
        "",
        *_score_table({result.quality: result.promised for result in results}),
        "",
        "## All samples, other layouts among them",
        "",
        *_score_table({result.quality: result.all_samples for result in results}),
        "",
        "## Cost",
        "",
        "All samples of a quality in one run, start-up included, without Prefect. Peak: the largest single process. "
        "Again: a second run over the same files, that is the start-up and the publication alone.",
        "",
        *_cost_table(results),
    ]
    return "\n".join(lines) + "\n"


def run_all(qualities: Iterable[str], more: Path, homes: Path) -> list[Result]:
    """Run the qualities one after the other, saying which."""
    truth = homes / "truth"
    truth.mkdir(parents=True)
    for folder in (more / "truth", SAMPLES / "truth"):
        for path in folder.glob("*.json"):
            shutil.copyfile(path, truth / path.name)
    results = []
    for quality in qualities:
        samples = find_samples(quality, more)
        print(f"{quality}: {len(samples)} documents …", file=sys.stderr, flush=True)
        results.append(run_quality(quality, samples, truth, homes / quality))
    return results


def main() -> int:
    """Measure, print and, when all qualities were measured, write RESULTS.md; 1 where the software failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quality", action="append", choices=QUALITIES, help="only this one (may be repeated)")
    parser.add_argument("--more", type=Path, default=MORE_SAMPLES, help="further samples, laid out like samples/")
    parser.add_argument("--keep", type=Path, help="leave the homes in this new folder, to look into")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chitieu-bench-") as temporary:
        try:
            results = run_all(options.quality or QUALITIES, options.more, options.keep or Path(temporary))
        except BenchmarkFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    report = write_report(results)
    print(report)
    if not options.quality:
        RESULTS.write_text(report, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
