"""What a child process may meet; called there by name, as the real extraction is."""

# Each has the signature of the extraction, whatever it uses of it.
# ruff: noqa: ARG001

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from chitieu.errors import Unreadable
from chitieu.model import Extraction
from chitieu.page_ranges import PageRanges
from extractors.pdf import open_pdf
from tests.builders import extraction

Report = Callable[[int, int], None]


def sound(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    report(1, 2)
    report(2, 2)
    return extraction(document_id, source_file)


def without_rows(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    return replace(extraction(document_id, source_file), indicators=())


def by_name(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Misbehaves as the name of the file says, so that one run holds good and bad documents."""
    cases = {"hang": hang, "hog": hog, "crash": crash, "bug": bug, "unreadable": unreadable, "slow": slow}
    case = cases.get(Path(source_file).stem, sound)
    read = case(path, source_file, document_id, threads=threads, report=report)
    # Decisions of their own: files with one number would be scans of one decision.
    return replace(read, document=replace(read.document, number=Path(source_file).stem))


def opened(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Opens the file as the real extraction does."""
    with open_pdf(path) as pdf:
        report(pdf.page_count, pdf.page_count)
    return extraction(document_id, source_file)


def hang(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    while True:
        time.sleep(1)


def environment(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Says how many threads the engines of a child may start, in place of the document's title."""
    read = extraction(document_id, source_file)
    return replace(read, document=replace(read.document, title=os.environ["OMP_THREAD_LIMIT"]))


def slow(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Goes on for as long as a file `hold` lies in the home, and ends at once without."""
    hold = next(place.parent for place in path.parents if place.name == "archive") / "hold"
    while hold.exists():
        time.sleep(0.05)
    return extraction(document_id, source_file)


def hog(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    blocks = []
    while True:
        blocks.append(bytearray(os.urandom(2**16) * 256))
        time.sleep(0.005)


def hog_at_once(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    return extraction(str(len(bytearray(2**40))))


def hog_in_grandchild(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    subprocess.run(["tail", "/dev/zero"], check=True)  # reads for a line end that never comes
    return extraction(document_id, source_file)


def share(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Two copies of itself share its 150 MiB: what starts a program is forked, too."""
    held = b"1" * (150 * 2**20)
    copies = [os.fork() for _ in range(2)]
    if 0 in copies:
        time.sleep(1)
        os._exit(not held)
    for copy in copies:
        os.waitpid(copy, 0)
    return extraction(document_id, source_file)


def crash(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    os.kill(os.getpid(), signal.SIGSEGV)
    return extraction(document_id, source_file)


def end_of_the_server(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    os.kill(os.getppid(), signal.SIGKILL)
    return hang(path, source_file, document_id, threads=threads, report=report)


def bug(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    raise KeyError("a bug of ours")


def unreadable(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    raise Unreadable("page 1: no text")


def tables_by_name(
    path: Path, source_file: str, document_id: str, *, threads: int, report: Report, pages: PageRanges
) -> Extraction:
    """As `by_name`, with the signature of the reading of tables."""
    return by_name(path, source_file, document_id, threads=threads, report=report)
