"""Measure: is every page's text layer known for what it is, and who issued what when.

usage: python -m benchmarks.identity --out FOLDER [--count N] [--scanned N] [--seed S]
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.identity.cases import Case, Identity, make_cases
from benchmarks.run import describe_version
from chitieu.model import Document
from extractors.layer import examine_layer
from extractors.pdf import open_pdf
from extractors.tables import join_tables
from flows.bundles import part_documents
from flows.identity import heading_of, identity_of
from flows.page_reading import read_pages
from normalizers.legibility import judge
from normalizers.text import match_key

REPORT = Path(__file__).resolve().parents[1] / "IDENTITY.md"
FIELDS = ("number", "date", "issuer", "province")
RIGHT, FLAGGED, SILENT = "right", "wrong, flagged", "wrong, silent"


def main() -> None:
    """Make the documents, read them, and write the page."""
    options = _options()
    tallies: dict[str, Counter[str]] = {}
    cpu_seconds, pages = 0.0, 0
    for case in make_cases(options.out, options.seed, options.count, options.scanned):
        tally = tallies.setdefault(case.name, Counter())
        kinds, documents = read(case.path)
        tally += _counted(case, kinds, documents)
        tallies[case.name] = tally
        cpu_seconds, pages = cpu_seconds + layer_cost(case.path), pages + len(case.kinds)
        print(case.path.name, case.name, *_faults(case, kinds, documents), sep="; ", flush=True)
        REPORT.write_text(_report(tallies, options, cpu_seconds / max(1, pages)), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=40, help="documents in the ways that need no reading of pictures")
    parser.add_argument("--scanned", type=int, default=20, help="how many of them come as scans too")
    parser.add_argument("--seed", type=int, default=91)
    return parser.parse_args()


def read(path: Path) -> tuple[list[str], list[Document]]:
    """What each page's layer was taken for, and the identity of every document in a file."""
    with open_pdf(path) as pdf:
        numbers = range(1, pdf.page_count + 1)
        pages = read_pages(pdf, numbers, judge, prose_pages=numbers, threads=1, report=lambda *_: None)
        documents = []
        for part in part_documents(pages):
            tables = join_tables(path.stem, part.contents)
            documents.append(identity_of(heading_of(pdf, part.contents), tables, path.stem, path.name))
    return [str(page.summary.legibility.kind) if page.summary.legibility else "" for page in pages], documents


def layer_cost(path: Path) -> float:
    """CPU seconds that all verdicts on the layers of a file take."""
    with open_pdf(path) as pdf:
        began = time.process_time()
        for number in range(1, pdf.page_count + 1):
            judge(examine_layer(pdf, number))
        return time.process_time() - began


def _counted(case: Case, kinds: list[str], documents: list[Document]) -> Counter[str]:
    tally = Counter({"pages": len(case.kinds), "documents": len(case.identities)})
    tally["kind"] += sum(one == other for one, other in zip(kinds, case.kinds, strict=False))
    tally["parted"] += len(documents) == len(case.identities)
    tally["files"] += 1
    for true, document in zip(case.identities, documents, strict=False):
        for field in FIELDS:
            tally[f"{field}: {_verdict(field, true, document)}"] += 1
    return tally


def _faults(case: Case, kinds: list[str], documents: list[Document]) -> Iterator[str]:
    """What came out other than it is, for whoever watches."""
    if kinds != list(case.kinds):
        yield f"kinds {' '.join(kinds)}"
    if len(documents) != len(case.identities):
        yield f"{len(documents)} documents"
    for true, document in zip(case.identities, documents, strict=False):
        for field in FIELDS:
            if (verdict := _verdict(field, true, document)) != RIGHT:
                yield f"{field} {verdict}: {_given(field, document)!r} for {getattr(true, field)!r}"


def _verdict(field: str, true: Identity, document: Document) -> str:
    column = f"document_{field}" if field in ("number", "date") else field
    if match_key(_given(field, document)) == match_key(getattr(true, field)):
        return RIGHT
    return FLAGGED if any(flag.field == column for flag in document.flags) else SILENT


def _given(field: str, document: Document) -> str:
    return {
        "number": document.number, "date": document.date.isoformat() if document.date else "",
        "issuer": document.issuer, "province": document.province,
    }[field]  # fmt: skip


def _report(tallies: dict[str, Counter[str]], options: argparse.Namespace, cost: float) -> str:
    head = [
        "",
        "pages",
        "kind right",
        "documents",
        "files parted rightly",
        *(f"{field} right" for field in FIELDS),
        SILENT,
    ]
    lines = [
        "# Text layers, and who issued what when",
        "",
        f"`python -m benchmarks.identity --count {options.count} --scanned {options.scanned} --seed {options.seed}`, "
        f"{describe_version()}, {datetime.now(UTC):%Y-%m-%d}. Documents of the [maker](maker/README.md), their heads "
        "set as offices set them, in every way in which their text layers come. Kind: what a page's layer is taken "
        "for (`chitieu status --pages`). Wrong, silent: values "
        "that are wrong and carry no flag. Drafts are right where their blanks stay blank.",
        "",
        _row(head),
        _row(["---", *("---:" for _ in head[1:])]),
        *(_row(_cells(name, tally)) for name, tally in tallies.items()),
        "",
        f"A verdict on a layer takes {cost:.3f} CPU s a page.",
    ]
    return "\n".join(lines) + "\n"


def _cells(name: str, tally: Counter[str]) -> list[str]:
    right = [str(tally[f"{field}: {RIGHT}"]) for field in FIELDS]
    silent = sum(tally[f"{field}: {SILENT}"] for field in FIELDS)
    parted = f"{tally['parted']}/{tally['files']}"
    return [name, str(tally["pages"]), str(tally["kind"]), str(tally["documents"]), parted, *right, str(silent)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
