"""Each tool over each document, in a process of its own; a text layer for the scans of those that read none."""

import json
import os
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytesseract

from benchmarks.peers.model import Piece, Printed

ROOT = Path(__file__).resolve().parents[2]
# A tool that needs longer for a document has failed on it.
TIMEOUT_S = 900
# What a good scanner's software does: tesseract at the resolution that it is trained for.
LAYER_DPI = 300
# Tools that see no picture, by the first word of their names.
NEED_TEXT_LAYER = ("camelot", "pdfplumber")


@dataclass(frozen=True, slots=True)
class Run:
    """What a tool found in a document; `failure` is its last word where it broke down (and found nothing)."""

    tables: tuple[Printed, ...]
    cpu_seconds: float
    failure: str = ""


def run_tool(python: str, tool: str, path: Path) -> Run:
    """Run a tool over a document by the Python that has it."""
    command = [python, "-m", "benchmarks.peers.tools", tool, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return Run((), float(TIMEOUT_S), f"not done after {TIMEOUT_S} s")
    if done.returncode != 0:
        return Run((), 0.0, (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1])
    answer = json.loads(done.stdout.splitlines()[-1])
    tables = tuple(
        Printed(table["page"], tuple(Piece(**piece) for piece in table["pieces"])) for table in answer["tables"]
    )
    return Run(tables, answer["cpu_seconds"])


def has_packages(python: str) -> bool:
    """Tell whether a Python has all the tools to compare with."""
    command = [python, "-c", "import camelot, img2table, pdfplumber"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def add_text_layer(path: Path, target: Path) -> float:
    """Write a scan with a text layer by tesseract's Vietnamese model; its CPU time in seconds."""
    before = _children_seconds()
    with pikepdf.new() as layered, pypdfium2.PdfDocument(path) as document, tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(document):
            image = page.render(scale=LAYER_DPI / 72).to_pil()
            part = Path(folder) / f"{number}.pdf"
            part.write_bytes(pytesseract.image_to_pdf_or_hocr(image, lang="vie", config=f"--dpi {LAYER_DPI}"))
            with pikepdf.open(part) as single:
                layered.pages.extend(single.pages)
        layered.save(target)
    return _children_seconds() - before


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
