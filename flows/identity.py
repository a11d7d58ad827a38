"""Who issued a document what when: from its pages, what is written on the first, and its digital signatures."""

from collections.abc import Sequence

from chitieu.identity import Signature
from chitieu.model import Box, Document, Heading, PageKind, Table
from extractors.handwriting import find_blue
from extractors.heading import find_heading
from extractors.page_content import PageContent
from extractors.pdf import PdfFile
from normalizers.documents import identify


def heading_of(pdf: PdfFile, contents: Sequence[PageContent]) -> Heading:
    """The lines that tell a document's identity, and where a pen filled in what they leave open."""
    is_scan = bool(contents) and contents[0].facts.kind is not PageKind.DIGITAL
    blue: tuple[Box, ...] = find_blue(pdf, contents[0]) if is_scan else ()
    return find_heading(contents, blue)


def identity_of(
    heading: Heading, tables: Sequence[Table], document_id: str, name: str, signatures: Sequence[Signature] = ()
) -> Document:
    """The document's identity; its cells may name the province where nothing else does."""
    body = "\n".join(cell.text for table in tables for cell in table.cells)
    return identify(heading, document_id, name, body, signatures)
