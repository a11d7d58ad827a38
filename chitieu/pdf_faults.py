"""Faults of a PDF that readers mend or pass over without a word: missing pages, pages whose drawing is broken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from chitieu.kinds import PICTURE_SUFFIXES
from chitieu.looking import shown_path

_OBJECT = re.compile(r"object (\d+) \d+")
READ_BY_PEOPLE = frozenset(
    (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".rtf", ".zip", ".rar", ".7z", *PICTURE_SUFFIXES)
)
# Resources whose parts a page draws.
_DRAWN = ("/XObject", "/Font")


@dataclass(frozen=True, slots=True)
class PdfFaults:
    """`promised_pages` is what the file says that it has; `broken_pages` those that show less than was written.

    `attached_files`: the names of documents inside that are no pages of it; `is_dynamic_form`: what its pages show is
    made by Adobe's reader alone (XFA), and stands in them for all others as a word to wait.
    """

    page_count: int
    promised_pages: int
    broken_pages: tuple[int, ...] = ()
    attached_files: tuple[str, ...] = ()
    is_dynamic_form: bool = False

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
            broken_pages = tuple(sorted(broken | named))
            return PdfFaults(len(pdf.pages), promised, broken_pages, _attached_files(pdf), _is_dynamic_form(pdf))
    except (pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, RuntimeError, ValueError):
        return None


def _attached_files(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """The names of attached files that people read; data for programs is none of them."""
    names = sorted(spec.filename or name for name, spec in pdf.attachments.items())
    return tuple(shown_path(Path(name)) for name in names if Path(name).suffix.lower() in READ_BY_PEOPLE)


def _is_dynamic_form(pdf: pikepdf.Pdf) -> bool:
    """Whether pages are made of a form when they are shown: ISO 32000-1, 7.7.2 and 12.7.8."""
    form = pdf.Root.get("/AcroForm")
    has_form = isinstance(form, pikepdf.Dictionary) and "/XFA" in form
    return has_form and bool(pdf.Root.get("/NeedsRendering", False))


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
