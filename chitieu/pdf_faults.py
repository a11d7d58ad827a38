"""Faults of a PDF that readers mend or pass over without a word: missing pages, pages whose drawing is broken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

_OBJECT = re.compile(r"object (\d+) \d+")
# Resources whose parts a page draws.
_DRAWN = ("/XObject", "/Font")


@dataclass(frozen=True, slots=True)
class PdfFaults:
    """`promised_pages` is what the file says that it has; `broken_pages` those that show less than was written."""

    page_count: int
    promised_pages: int
    broken_pages: tuple[int, ...] = ()

    @property
    def missing_pages(self) -> int:
        return max(0, self.promised_pages - self.page_count)


def find_faults(path: Path) -> PdfFaults | None:
    """The faults of a file that opens; None of one that cannot be opened."""
    try:
        promised = promised_pages(path)
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            broken = {number for number, page in enumerate(pdf.pages, start=1) if not _draws_wholly(page)}
            complaints = {int(number) for text in pdf.get_warnings() for number in _OBJECT.findall(text)}
            named = {number for number, page in enumerate(pdf.pages, start=1) if complaints & set(_objects(page))}
            return PdfFaults(len(pdf.pages), promised, tuple(sorted(broken | named)))
    except (pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, RuntimeError, ValueError):
        return None


def promised_pages(path: Path) -> int:
    """How many pages the tree of pages counts, holes with them; qpdf leaves them out when it opens a file."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def page_list(numbers: tuple[int, ...]) -> str:
    """Page numbers for people.

    >>> page_list((1, 2, 3, 7))
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _draws_wholly(page: pikepdf.Page) -> bool:
    """Whether what a page draws can be unpacked to its end."""
    try:
        for stream in _contents(page):
            stream.read_bytes()
    except pikepdf.PdfError:
        return False
    return True


def _contents(page: pikepdf.Page) -> Iterator[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else (contents,)
    yield from (part for part in parts if isinstance(part, pikepdf.Stream))


def _objects(page: pikepdf.Page) -> Iterator[int]:
    """Numbers of the objects that a page is made of: itself, its contents, fonts and pictures."""
    yield page.obj.objgen[0]
    yield from (part.objgen[0] for part in _contents(page))
    resources = page.obj.get("/Resources")
    for kind in _DRAWN:
        group = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
        if isinstance(group, pikepdf.Dictionary):
            # A part that is null, a number or a word comes as what Python has for it.
            yield from (part.objgen[0] for part in group.values() if getattr(part, "is_indirect", False))
