"""What the child process does that reads one document; what it says goes through a pipe, as lines.

A line is a letter and JSON: `P [page, pages]` progress, `E ["reason", "detail"]` failure, `X {…}` the extraction.
"""

import json
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import TextIO

from chitieu.errors import ChitieuError, OutOfMemory
from chitieu.exchange import EXTRACTION
from chitieu.inbox import inspect_pdf
from chitieu.kinds import FileKind, kind_of
from chitieu.mending import mend
from chitieu.model import Extraction, Flag, FlagKind
from chitieu.page_ranges import PageRanges
from chitieu.passwords import read_passwords, unlocked
from chitieu.pdf_faults import PdfFaults, find_faults, page_list

Extract = Callable[..., Extraction]
PROGRESS, FAILURE, RESULT = "P", "E", "X"
# Addresses are taken generously (thread stacks, memory maps); the parent watches what is resident.
ADDRESSES_PER_RESIDENT = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read, and with what: `extract` is `module:function`."""

    path: str
    source_file: str
    document_id: str
    extract: str
    threads: int
    memory_mib: int
    max_file_mib: int
    max_pages: int
    passwords: str  # a file of them, one a line, which need not be there
    wrapped: str = ""  # where the PDF made of a picture or of a locked PDF is kept; nowhere
    pages: PageRanges | None = None  # where only these are asked for; then `extract` takes `pages`


def main(job: Job, pipe_number: int) -> None:
    """Work a job and say how it ended."""
    limit_resources(job.memory_mib)
    with os.fdopen(pipe_number, "w", encoding="utf-8") as pipe:
        try:
            extraction = read_document(job, pipe)
        except ChitieuError as error:
            say(pipe, FAILURE, json.dumps([error.reason, error.detail]))
        except MemoryError:
            say(pipe, FAILURE, json.dumps([OutOfMemory.reason, f"> {job.memory_mib} MiB"]))
        else:
            say(pipe, RESULT, EXTRACTION.dump_json(extraction).decode())


def read_document(job: Job, pipe: TextIO) -> Extraction:
    """Inspect and extract; a document that had to be repaired is read from a mended copy, and says so."""
    path = readable(job)
    facts = inspect_pdf(path, job.max_file_mib, job.max_pages)

    def report(page: int, page_count: int) -> None:
        say(pipe, PROGRESS, json.dumps([page, page_count]))

    def read(file: Path) -> Extraction:
        extract = load(job.extract) if job.pages is None else partial(load(job.extract), pages=job.pages)
        return extract(file, job.source_file, job.document_id, threads=job.threads, report=report)

    report(0, facts.page_count)
    faults = find_faults(path)
    if facts.was_repaired:
        return with_faults(read(mended(path)), faults, was_repaired=True)
    try:
        return with_faults(read(path), faults, was_repaired=False)
    except (ChitieuError, MemoryError):
        raise
    except Exception:  # of any library that reads PDFs; what a mended copy does not help with is raised again
        if kind_of(path).kind is not FileKind.PDF:
            raise
        # One reader understands the file and another does not: a file that is plain to all may do.
        return with_faults(read(mended(path)), faults, was_repaired=True)


def mended(path: Path) -> Path:
    """A copy of a PDF with its structure written anew, which goes with this process."""
    return mend(path, Path(gettempdir()) / "mended.pdf")


def readable(job: Job) -> Path:
    """The file itself; of a scan that came as a picture, or a PDF whose password is known, the PDF made of it."""
    path = Path(job.path)
    kept = Path(job.wrapped) if job.wrapped else Path(gettempdir()) / "made.pdf"
    kind = kind_of(path).kind
    if kind is FileKind.PDF:
        return unlocked(path, read_passwords(Path(job.passwords)), kept)
    if kind is not FileKind.PICTURE:
        return path
    # Not before it is needed: few documents are pictures.
    from extractors.picture_file import wrap_picture

    return wrap_picture(path, kept, job.max_pages)


def with_faults(extraction: Extraction, faults: PdfFaults | None, *, was_repaired: bool) -> Extraction:
    """The extraction with what its file lacks, holds beside its pages, or had to be mended for, as flags."""
    flags = list(extraction.document.flags)
    broken = page_list(faults.broken_pages) if faults else ""
    if was_repaired or broken:
        flags.append(Flag(FlagKind.REPAIRED_PDF, detail=broken))
    if faults and faults.missing_pages:
        flags.append(Flag(FlagKind.MISSING_PAGES, detail=f"{faults.page_count} < {faults.promised_pages}"))
    if faults and faults.attached_files:
        flags.append(Flag(FlagKind.ATTACHED_FILES, detail=", ".join(faults.attached_files)))
    if faults and faults.is_dynamic_form:
        flags.append(Flag(FlagKind.DYNAMIC_FORM))
    return replace(extraction, document=replace(extraction.document, flags=tuple(flags)))


def load(name: str) -> Extract:
    """The function that `module:function` names."""
    module, _, function = name.partition(":")
    found: Extract = getattr(import_module(module), function)
    return found


def say(pipe: TextIO, kind: str, text: str) -> None:
    pipe.write(f"{kind} {text}\n")
    pipe.flush()


def limit_resources(memory_mib: int) -> None:
    """Cap the addresses of this process, and leave no core dumps."""
    addresses = memory_mib * ADDRESSES_PER_RESIDENT * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
