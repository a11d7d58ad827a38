"""Write synthetic decisions with truth.

usage: python -m benchmarks.maker --out FOLDER --count N --seed S [--qualities NAME,…] [--kinds NAME,…] [--hard|--mixed]
"""

import argparse
from pathlib import Path

import pypdfium2

from benchmarks.maker.content import make_decision
from benchmarks.maker.damage import QUALITIES
from benchmarks.maker.layouts import OPEN_TEMPLATES, TEMPLATES
from benchmarks.maker.looks import FULL_RULES, HARD_RULES, MIXED_RULES
from benchmarks.maker.model import Decision
from benchmarks.maker.page import page_html
from benchmarks.maker.printing import print_pdf
from benchmarks.maker.scans import scan_pdf
from benchmarks.maker.truth import truth_json, truth_rows

RULED_QUALITIES = ("digital", "clean", "office", "fax", "bad", "photocopy", "low")


def main() -> None:
    """Read the command line and write the set, one document after the other."""
    options = _options()
    rules = HARD_RULES if options.hard else MIXED_RULES if options.mixed else FULL_RULES
    kinds = _kinds(options.kinds)
    for index in range(options.first, options.first + options.count):
        decision = make_decision(options.seed, index, rules, kinds[index % len(kinds)])
        pages = write_document(decision, options.out, options.qualities.split(","), options.seed * 1000 + index)
        records = sum(row["kind"] == "row" for row in truth_rows(decision))
        print(
            f"{decision.identity}: {pages} pages, {records} rows, {decision.look.font} {decision.look.size_pt}",
            flush=True,
        )


def _kinds(names: str) -> list[str]:
    if names == "all":
        return list(OPEN_TEMPLATES)
    return names.split(",") if names else list(TEMPLATES)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maker", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--qualities", default=",".join(RULED_QUALITIES))
    parser.add_argument("--kinds", default="", help=f"`all`, or of {','.join(OPEN_TEMPLATES)}")
    parser.add_argument("--hard", action="store_true", help="tables without some or all of their rules")
    parser.add_argument("--mixed", action="store_true", help="tables of which half lack rules or have others")
    return parser.parse_args()


def write_document(decision: Decision, folder: Path, qualities: list[str], seed: int) -> int:
    """Write a document in all qualities, its truth last and in one move: who sees it sees all. How many pages."""
    digital = folder / "digital" / f"{decision.identity}.pdf"
    for name in {*qualities, "digital", "truth"}:
        (folder / name).mkdir(parents=True, exist_ok=True)
    print_pdf(page_html(decision), digital)
    with pypdfium2.PdfDocument(str(digital)) as document:
        pages = len(document)
    for name in qualities:
        if name != "digital":
            scan_pdf(digital, folder / name / digital.name, QUALITIES[name], seed)
    draft = folder / "truth" / f".{decision.identity}.part"
    draft.write_text(truth_json(decision, pages), encoding="utf-8")
    draft.replace(folder / "truth" / f"{decision.identity}.json")
    return pages


if __name__ == "__main__":
    main()
