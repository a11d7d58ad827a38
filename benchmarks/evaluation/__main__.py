"""The frozen set: make its files, measure the software on them.

usage: python -m benchmarks.evaluation make --out FOLDER [--count N] [--qualities NAME,…]
       python -m benchmarks.evaluation run --set FOLDER [--qualities NAME,…] [--documents N] [--keep FOLDER]
       python -m benchmarks.evaluation freeze
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.evaluation.frozen import freeze, read_entries
from benchmarks.evaluation.making import make_files
from benchmarks.evaluation.report import REPORT, write_report
from benchmarks.evaluation.running import run_quality

QUALITIES = "digital,clean,office,fax,bad"


def main() -> int:
    """Do what the first word says."""
    options = _options()
    if options.action == "freeze":
        print(f"{freeze()} targets frozen")
        return 0
    qualities = options.qualities.split(",")
    if options.action == "make":
        make_files(read_entries()[: options.count], options.out, qualities, options.processes)
        return 0
    return _run(options.set, qualities, options.documents, options.keep)


def _run(folder: Path, qualities: list[str], documents: int | None, keep: Path | None) -> int:
    with tempfile.TemporaryDirectory(prefix="chitieu-evaluation-") as temporary:
        homes = keep or Path(temporary)
        results = [run_quality(folder, quality, documents, homes / quality) for quality in qualities]
    report = write_report(results)
    print(report)
    if documents is None and qualities == QUALITIES.split(","):
        REPORT.write_text(report, encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(dest="action", required=True)
    making = actions.add_parser("make", help="write the files of the set")
    making.add_argument("--out", type=Path, required=True)
    making.add_argument("--count", type=int, help="only so many documents")
    making.add_argument("--processes", type=int, default=2)
    running = actions.add_parser("run", help="read the set with the software, score it, write EVALUATION.md")
    running.add_argument("--set", type=Path, required=True, help="where `make` wrote")
    running.add_argument("--documents", type=int, help="only so many documents")
    running.add_argument("--keep", type=Path, help="leave the homes in this new folder, to look into")
    for parts in (making, running):
        parts.add_argument("--qualities", default=QUALITIES)
    actions.add_parser("freeze", help="write the truth anew: for a new set only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
