"""All nasty files, the heavy ones too, in one inbox: writes benchmarks/NASTY.md. usage: python -m benchmarks.nasty."""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.nasty import all_cases
from benchmarks.nasty.running import ROOT, Run, faults_of, run_cases

SECONDS_PER_DOCUMENT = 120.0
PEAK_MIB = 1536.0
SLOWEST = 8


def main() -> None:
    """Run, look, write the report; ends with 1 where something ended otherwise than it may."""
    cases = all_cases()
    with tempfile.TemporaryDirectory(prefix="chitieu-") as folder:
        undisturbed = run_cases(Path(folder) / "undisturbed", [])
        run = run_cases(Path(folder) / "home", cases)
    faults = faults_of(run, cases, SECONDS_PER_DOCUMENT)
    if run.good_rows != undisturbed.good_rows:
        faults.append("the good documents gave other rows")
    if run.peak_mib > PEAK_MIB:
        faults.append(f"a process took {run.peak_mib:.0f} MiB")
    text = report(run, len(cases), faults)
    (ROOT / "benchmarks" / "NASTY.md").write_text(text, encoding="utf-8")
    print(text)
    sys.exit(bool(faults))


def report(run: Run, count: int, faults: list[str]) -> str:
    """The figures as Markdown."""
    cases = {f"{case.name}.pdf" for case in all_cases()}
    results = {name: result for name, result in run.results.items() if name in cases}
    outcomes = Counter(result.outcome for result in results.values())
    slowest = sorted(results.items(), key=lambda item: -item[1].seconds)[:SLOWEST]
    lines = [
        "# Nasty PDFs",
        "",
        f"`make nasty`: {count} files that are wrong, each in a way of its own (`benchmarks/nasty/`), in one inbox",
        f"with two good documents, read by `chitieu ingest` with its default limits on {os.cpu_count()} cores.",
        "",
        "| | |",
        "| --- | ---: |",
        f"| files that ended otherwise than they may, or beyond the limits | {len(faults)} |",
        f"| largest process (allowed: {PEAK_MIB:.0f}) | {run.peak_mib:.0f} MiB |",
        *(f"| ended as `{outcome}` | {number} |" for outcome, number in outcomes.most_common()),
        "",
        "The slowest:",
        "",
        "| file | ended as | seconds |",
        "| --- | --- | ---: |",
        *(f"| {Path(name).stem} | `{result.outcome}` | {result.seconds:.0f} |" for name, result in slowest),
        "",
        *(f"- {fault}" for fault in faults),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    main()
