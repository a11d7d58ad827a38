"""Who issued a document what when: from its pages, what is written on the first, and its digital signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chitieu.identity import Signature
from chitieu.model import Box, Document, Heading, PageKind, Table
from extractors.handwriting import find_blue
from extractors.heading import find_heading
from extractors.page_content import PageContent
from extractors.pdf import PdfFile
from extractors.signatures import read_file_title, read_signatures
from normalizers.documents import identify


@dataclass(frozen=True, slots=True)
class FileNotes:
    """What a file says beyond its pages: its digital signatures, and the title in its properties."""

    signatures: tuple[Signature, ...] = ()
    title: str = ""


def read_notes(path: Path) -> FileNotes:
    """What a PDF says beyond its pages."""
    return FileNotes(read_signatures(path), read_file_title(path))


def heading_of(pdf: PdfFile, contents: Sequence[PageContent]) -> Heading:
    """The lines that tell a document's identity, and where a pen filled in what they leave open."""
    is_scan = bool(contents) and contents[0].facts.kind is not PageKind.DIGITAL
    blue: tuple[Box, ...] = find_blue(pdf, contents[0]) if is_scan else ()
    return find_heading(contents, blue)


def identity_of(
    heading: Heading, tables: Sequence[Table], document_id: str, name: str, notes: FileNotes = FileNotes()
) -> Document:
    """The document's identity; its cells may name the province where nothing else does."""
    body = "\n".join(cell.text for table in tables for cell in table.cells)
    return identify(heading, document_id, name, body, notes.signatures, notes.title)
