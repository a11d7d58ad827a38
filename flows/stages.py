"""The way of one document, without Prefect: pages → tables → second reading → rows → indicators.

`extract_document` reads as the table of contents. It touches neither the store nor the folders of the home.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import cv2

from chitieu.errors import ChitieuError, Unreadable
from chitieu.model import (
    Cell,
    ColumnRoles,
    Document,
    Extraction,
    Flag,
    FlagKind,
    Heading,
    Indicator,
    Line,
    PageKind,
    PageSummary,
    RawRow,
    Reading,
    Role,
    Table,
)
from extractors.heading import find_heading
from extractors.image import PageImage, prepare_image
from extractors.pages import PageContent, read_page
from extractors.pdf import PageFacts, PdfFile, describe_page, open_pdf, render_page
from extractors.second_reading import CLOSER_LOOK_DPI, FIRST_LOOK_DPI, reread
from extractors.tables import join_tables
from normalizers.agreement import readings_agree
from normalizers.checks import check
from normalizers.columns import caption_period, label_columns
from normalizers.documents import identify
from normalizers.evidence import deserves_second_reading
from normalizers.headers import names_indicators
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from normalizers.text import clean_line

# Pages whose pictures are kept for the second reader; of longer documents they are drawn again.
MAX_KEPT_PICTURES = 24
# Cells whose first reading is less sure, or leaves more ink unread, get a second one whatever they hold.
SURE_CONFIDENCE, SURE_QUALITY = 0.9, 0.97

Report = Callable[[int, int], None]
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's summary and, unless it failed, its content."""

    summary: PageSummary
    content: PageContent | None


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A table with the roles of its columns and the lines above it."""

    table: Table
    roles: ColumnRoles
    caption: tuple[Line, ...]


def extract_document(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Read all indicators of a document. `report(pages done, pages in all)` is called as pages are finished.

    Raises ChitieuError (Encrypted, Damaged, TooLarge; Unreadable where no page gave anything). A page that fails
    leaves the others standing and flags the document.
    """
    cv2.setNumThreads(1)
    with open_pdf(path) as pdf:
        pages = _read_pages(pdf, threads, report)
        contents = [page.content for page in pages if page.content]
        tables = join_tables(document_id, contents)
        labelled = [_label(table, contents) for table in tables]
        tables = _read_twice(pdf, labelled, contents, threads)
    labelled = [replace(one, table=table) for one, table in zip(labelled, tables, strict=True)]
    indicators = _read_indicators(labelled, document_id)
    document = _identify(find_heading(contents), tables, document_id, source_file)
    document = replace(document, flags=document.flags + _lost_tables(labelled))
    return Extraction(_flag_pages(document, pages), tuple(page.summary for page in pages), tables, indicators)


def _read_pages(pdf: PdfFile, threads: int, report: Report) -> list[_Page]:
    pages: list[_Page] = []
    report(0, pdf.page_count)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for page in pool.map(lambda number: _read_one(pdf, number), range(1, pdf.page_count + 1)):
            pages.append(_without_old_picture(page, pages))
            report(len(pages), pdf.page_count)
    if not any(page.content for page in pages):
        raise Unreadable("; ".join(sorted({page.summary.failure for page in pages})))
    return pages


def _read_one(pdf: PdfFile, number: int) -> _Page:
    """A page's content; whatever goes wrong on it is its own failure, not the document's."""
    began = time.perf_counter()
    try:
        facts = describe_page(pdf, number)
        content = read_page(pdf, facts, wants_prose=number == 1)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a page breaks on, the other pages stand
        reason = error.reason if isinstance(error, ChitieuError) else "page_failed"
        return _Page(PageSummary(number, PageKind.SCANNED, 0.0, 0.0, failure=f"{reason}: {error}"), None)
    seconds = round(time.perf_counter() - began, 3)
    return _Page(PageSummary(number, facts.kind, facts.width, facts.height, len(content.tables), seconds), content)


def _without_old_picture(page: _Page, before: list[_Page]) -> _Page:
    """The page, its picture dropped where enough are kept or it has nothing to read again."""
    if page.content is None or page.content.image is None:
        return page
    kept = sum(1 for one in before if one.content and one.content.image)
    if page.content.tables and kept < MAX_KEPT_PICTURES:
        return page
    return replace(page, content=replace(page.content, image=None))


def _label(table: Table, contents: list[PageContent]) -> _Labelled:
    caption = _caption(table, contents)
    return _Labelled(table, label_columns(table, caption), caption)


def _caption(table: Table, contents: list[PageContent]) -> tuple[Line, ...]:
    """The lines above a table on the page where it starts, below the table before it."""
    start = next(cell for cell in table.cells).regions[0]
    content = next(one for one in contents if one.facts.number == start.page)
    bottoms = [one.grid.box.bottom for one in content.tables if one.grid.box.bottom <= start.box.top]
    ceiling = max(bottoms, default=0.0)
    return tuple(
        line
        for line in content.lines
        if line.region.box.top >= ceiling - 2 and line.region.box.bottom <= start.box.top + 2
    )


def _read_twice(
    pdf: PdfFile, labelled: list[_Labelled], contents: list[PageContent], threads: int
) -> tuple[Table, ...]:
    chosen = [place for one in labelled if one.roles.is_indicator_table for place in _doubtful_places(one)]
    pictures = {content.facts.number: content.image for content in contents if content.image}
    facts = {content.facts.number: content.facts for content in contents}
    drawn: dict[int, PageImage] = {}

    def picture(number: int) -> PageImage | None:
        if number in pictures:
            return pictures[number]
        if facts[number].kind is PageKind.DIGITAL:
            return None
        if number not in drawn:
            drawn.clear()
            drawn[number] = _draw(pdf, facts[number])
        return drawn[number]

    tables = reread([one.table for one in labelled], chosen, picture, FIRST_LOOK_DPI, threads)
    disputed = [place for table in tables for place in _disputed_places(table)]
    tables = reread(tables, disputed, picture, CLOSER_LOOK_DPI, threads)
    return tuple(_agreeing_first(table) for table in tables)


def _disputed_places(table: Table) -> Iterator[Place]:
    """Cells that the two readers read differently."""
    for cell in table.cells:
        if len(cell.readings) > 1 and not _agree(cell.readings[0], cell.readings[1]):
            yield table.index, cell.row, cell.col


def _agree(first: Reading, second: Reading) -> bool:
    return readings_agree(clean_line(first.text), clean_line(second.text), second.engine)


def _agreeing_first(table: Table) -> Table:
    """The further readings of every cell sorted: those that agree with the first reader's before the others."""
    return replace(table, cells=tuple(_with_agreeing_first(cell) for cell in table.cells))


def _with_agreeing_first(cell: Cell) -> Cell:
    first, further = cell.readings[:1], cell.readings[1:]
    return replace(cell, readings=first + tuple(sorted(further, key=lambda second: not _agree(first[0], second))))


def _draw(pdf: PdfFile, facts: PageFacts) -> PageImage:
    raw, dpi = render_page(pdf, facts)
    return prepare_image(facts.number, raw, dpi)


def _doubtful_places(one: _Labelled) -> Iterator[Place]:
    """Cells of an indicator table's body that deserve a second reading."""
    roles = {column.index: column.role for column in one.roles.columns}
    for cell in one.table.cells:
        if cell.row >= one.roles.header_rows and cell.readings and _needs_second(cell, roles.get(cell.col)):
            yield one.table.index, cell.row, cell.col


def _needs_second(cell: Cell, role: Role | None) -> bool:
    is_unsure = cell.readings[0].confidence < SURE_CONFIDENCE or cell.quality < SURE_QUALITY
    return is_unsure or (role is not None and deserves_second_reading(role, cell.text))


def _read_indicators(labelled: list[_Labelled], document_id: str) -> tuple[Indicator, ...]:
    rows: list[RawRow] = []
    found: list[Indicator] = []
    for one in labelled:
        if one.roles.is_indicator_table:
            own = read_rows(one.table, one.roles)
            rows += own
            found += read_indicators(own, one.roles, document_id, caption_period(one.caption))
        elif found and not one.caption and not one.roles.header_rows:
            # No header, no caption: the rest of the table before it, which could not be joined to it.
            lost = Flag(FlagKind.MISSING_ROW_AFTER, detail=f"{one.table.row_count} x {one.table.col_count}")
            found[-1] = replace(found[-1], flags=(*found[-1].flags, lost))
    return check(tuple(found), tuple(rows))


def _lost_tables(labelled: list[_Labelled]) -> tuple[Flag, ...]:
    """A flag for every table whose caption speaks of indicators and whose columns were not understood."""
    lost = [one.table for one in labelled if not one.roles.is_indicator_table and names_indicators(_text(one.caption))]
    return tuple(Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=f"{t.row_count} x {t.col_count}") for t in lost)


def _text(lines: tuple[Line, ...]) -> str:
    return " ".join(clean_line(line.text) for line in lines)


def _identify(heading: Heading, tables: tuple[Table, ...], document_id: str, source_file: str) -> Document:
    body = "\n".join(cell.text for table in tables for cell in table.cells)
    return identify(heading, document_id, source_file, body)


def _flag_pages(document: Document, pages: list[_Page]) -> Document:
    failed = [page.summary for page in pages if page.summary.failure]
    flags = tuple(Flag(FlagKind.PAGE_FAILED, detail=f"{one.page}: {one.failure}") for one in failed)
    strays = tuple(
        Flag(FlagKind.INK_OUTSIDE_CELLS, detail=f"{page.summary.page}: {len(page.content.strays)}")
        for page in pages
        if page.content and page.content.strays
    )
    return replace(document, flags=document.flags + flags + strays)
