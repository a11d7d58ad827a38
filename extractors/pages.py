"""A page → its tables with read cells, and the lines outside them."""

from chitieu.model import PageKind
from extractors.digital_page import read_digital
from extractors.grid import Mesh
from extractors.page_content import PageContent
from extractors.pdf import PageFacts, PdfFile
from extractors.scanned_page import read_scanned


def read_page(pdf: PdfFile, facts: PageFacts, *, wants_prose: bool, rest: Mesh | None = None) -> PageContent:
    """Read a page's tables, and its lines above and between them (of a page without tables: where prose is wanted).

    A page with both a picture of itself and a text layer is read from the picture: the layer may be any scanner's.
    `rest`: the mesh of rows that go on with the page before's table (`extractors.rests`).
    """
    if facts.kind is PageKind.BLANK:
        return PageContent(facts, (), (), None)
    if facts.kind is PageKind.DIGITAL:
        return read_digital(pdf, facts, rest=rest)
    return read_scanned(pdf, facts, wants_prose=wants_prose, rest=rest)
