"""Tables found by this project and by other tools, side by side: writes benchmarks/PEERS.md.

usage: python -m benchmarks.peers [FOLDER …] [--quality NAME …] [--icdar FOLDER] [--peers PYTHON]

A FOLDER has a folder for each quality; the tagged PDFs of FOLDER/digital are the truth of all. `--peers` is a Python
that has the other tools: python -m venv build/peers && build/peers/bin/pip install -r benchmarks/peers/requirements.txt
`--icdar`: where the documents of the ICDAR 2013 table competition lie, with their `-str.xml`; measured in place of
the FOLDERs (benchmarks/peers/icdar.py).
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

from benchmarks.peers import icdar
from benchmarks.peers.model import Printed
from benchmarks.peers.report import Measured, write_report
from benchmarks.peers.runs import NEED_TEXT_LAYER, ROOT, add_text_layer, has_packages, run_tool
from benchmarks.peers.scores import compare
from benchmarks.peers.tools import FOR_UNRULED, TOOLS
from benchmarks.peers.truth import printed_tables

SAMPLES = ROOT / "samples"
FOLDERS = (SAMPLES, SAMPLES / "composed")
QUALITIES = ("digital", "clean", "office", "fax")
PEERS_PYTHON = ROOT / "build" / "peers" / "bin" / "python"


def main() -> int:
    """Measure all tools over all documents; 2 where the other tools are not installed."""
    options = _options()
    if not has_packages(options.peers):
        print(f"{options.peers} lacks the other tools. To install them:", file=sys.stderr)
        print("python -m venv build/peers", file=sys.stderr)
        print("build/peers/bin/pip install -r benchmarks/peers/requirements.txt", file=sys.stderr)
        return 2
    measured = measure_icdar(options.icdar, options.peers) if options.icdar else measure_folders(options)
    write_report(list(measured), options.out)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--quality", nargs="+", default=QUALITIES)
    parser.add_argument("--peers", default=str(PEERS_PYTHON), help="a Python that has the other tools")
    parser.add_argument("--icdar", type=Path, help="the folder of the ICDAR 2013 table competition")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "PEERS.md")
    return parser.parse_args()


def measure_folders(options: argparse.Namespace) -> Iterator[Measured]:
    """What every tool makes of the documents of the folders."""
    for folder in options.folders:
        group = "samples" if folder.resolve().is_relative_to(SAMPLES) else folder.name
        for quality in options.quality:
            for path in sorted((folder / quality).glob("*.pdf")):
                truth = printed_tables(folder / "digital" / path.name)
                tools = _settings(folder / "truth" / f"{path.stem}.json")
                yield from measure(path, truth, (group, quality), tools, options.peers)


def measure_icdar(folder: Path, peers: str) -> Iterator[Measured]:
    """What every tool makes of the documents of the competition, born-digital and scanned again."""
    for quality, degrees in icdar.TURNED.items():
        for document in icdar.find_documents(folder):
            with tempfile.TemporaryDirectory() as drafts:
                path = document.path
                if degrees is not None:
                    path = Path(drafts) / path.name
                    icdar.scan(document.path, path, degrees)
                yield from measure(path, document.tables, ("ICDAR 2013", quality), tuple(TOOLS), peers)


def measure(
    path: Path, truth: Sequence[Printed], place: tuple[str, str], tools: Sequence[str], peers: str
) -> Iterator[Measured]:
    """What every tool makes of a document; `place`: its group and quality."""
    group, quality = place
    with pypdfium2.PdfDocument(path) as document:
        pages = len(document)
    with tempfile.TemporaryDirectory() as drafts:
        layered, layer_seconds = path, 0.0
        if quality != "digital":
            layered = Path(drafts) / path.name
            layer_seconds = add_text_layer(path, layered)
        for tool in tools:
            is_layered = tool.startswith(NEED_TEXT_LAYER)
            run = run_tool(sys.executable if tool == "chitieu" else peers, tool, layered if is_layered else path)
            likeness = compare(truth, run.tables)
            print(f"{quality:8} {path.stem:24} {tool:22} F1 {likeness.f1:.3f} {run.failure}", flush=True)
            seconds = run.cpu_seconds + (layer_seconds if is_layered else 0.0)
            yield Measured(group, path.stem, quality, tool, likeness, pages, seconds, run.failure)


def _settings(truth: Path) -> list[str]:
    """The tools to run; settings for tables without rules where the maker of the document left any out."""
    is_ruled = not truth.exists() or json.loads(truth.read_text(encoding="utf-8")).get("rules", "full") == "full"
    return [tool for tool in TOOLS if not (is_ruled and tool in FOR_UNRULED)]


if __name__ == "__main__":
    sys.exit(main())
