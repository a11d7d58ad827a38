"""Every table of a PDF, whatever it holds and whatever its language: pages → tables joined over pages."""

from pathlib import Path

import cv2

from chitieu.errors import NoSuchPages
from chitieu.exports import is_export
from chitieu.model import Document, Extraction
from chitieu.page_ranges import ALL_PAGES, PageRanges
from extractors.pdf import open_pdf
from extractors.second_reading import read_surer
from extractors.tables import join_tables
from extractors.text_export import in_file, read_export
from flows.layer_reading import export_summaries
from flows.page_reading import Report, on_pages, page_flags, page_pictures, read_pages
from normalizers.legibility import judge_any_language


def read_tables(
    path: Path, source_file: str, document_id: str, *, threads: int, report: Report, pages: PageRanges = ALL_PAGES
) -> Extraction:
    """All tables on the named pages, without indicators. `report(pages done, pages in all)` as pages are finished.

    Raises ChitieuError: NoSuchPages where the document ends before, those of `open_pdf`, Unreadable where no page
    gave anything. A page that fails leaves the others standing and flags the document.
    """
    cv2.setNumThreads(1)
    if is_export(path):
        contents = read_export(path)
        tables = in_file(join_tables(document_id, contents))
        return Extraction(Document(document_id, source_file), export_summaries(contents), tables, ())
    with open_pdf(path) as pdf:
        numbers = [number for number in range(1, pdf.page_count + 1) if number in pages]
        if pages.last > pdf.page_count:
            raise NoSuchPages(f"{pages.last} > {pdf.page_count}")
        found = read_pages(pdf, numbers, judge_any_language, prose_pages=(), threads=threads, report=report)
        read = [page.content for page in found if page.content]
        joined = join_tables(document_id, read)
        tables = on_pages(read_surer(joined, page_pictures(pdf, read), threads), read)
    document = Document(document_id, source_file, flags=page_flags(found))
    return Extraction(document, tuple(page.summary for page in found), tables, ())
