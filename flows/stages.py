"""The way of one document, without Prefect: pages → tables → second reading → rows → indicators.

`extract_document` reads as the table of contents. It touches neither the store nor the folders of the home.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from pathlib import Path

import cv2

from chitieu.exports import is_export
from chitieu.model import (
    ColumnRoles,
    Document,
    Extraction,
    Flag,
    FlagKind,
    Heading,
    Indicator,
    Line,
    RawRow,
    Table,
)
from extractors.heading import find_caption, find_heading
from extractors.page_content import PageContent
from extractors.pdf import PdfFile, open_pdf
from extractors.reading import import_tesseract
from extractors.second_reading import CLOSER_LOOK_DPI, reread
from extractors.tables import join_tables
from extractors.text_export import in_file, read_export
from flows.bundles import Part, document_id_of, part_documents
from flows.identity import FileNotes, heading_of, identity_of, read_notes
from flows.layer_reading import export_summaries
from flows.lost_places import find_lost_places
from flows.page_reading import ReadPage, Report, on_pages, page_flags, page_pictures, read_pages
from flows.second_look import read_twice
from normalizers.accounting import beside_hole, doubt_empty_pages, doubt_places, may_hold_targets
from normalizers.agencies import find_agency
from normalizers.canonical import find_indicator
from normalizers.captions import caption_period
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.confidence import with_confidence
from normalizers.continuing import continued_roles, doubted
from normalizers.documents import find_appendix
from normalizers.headers import names_indicators, names_targets
from normalizers.indicators import read_indicators
from normalizers.legibility import judge
from normalizers.lexicon import bigram_count, syllable_count
from normalizers.rows import read_rows
from normalizers.text import clean_line
from normalizers.units import find_unit

# A caption of these alone is a page's number.
NO_WORDS = " -–—.()/0123456789"

LostPlaces = tuple[tuple[tuple[int, int], Flag], ...]


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A table with the roles of its columns and the lines above it."""

    table: Table
    roles: ColumnRoles
    caption: tuple[Line, ...]
    is_rest: bool = False  # goes on with the table before, without a header of its own
    is_by_second: bool = False  # only the second reader understood its header


def prepare() -> None:
    """Load what every document needs and none changes; once for all that a process reads (`flows/fork_server.py`)."""
    import_tesseract()
    bigram_count("", "")
    syllable_count("")
    find_unit("%")
    find_agency("UBND")
    find_indicator("GRDP")


def extract_document(path: Path, source_file: str, document_id: str, *, threads: int, report: Report) -> Extraction:
    """Read all indicators of a document. `report(pages done, pages in all)` is called as pages are finished.

    Raises ChitieuError (Encrypted, Damaged, TooLarge; Unreadable where no page gave anything). A page that fails
    leaves the others standing and flags the document.
    """
    cv2.setNumThreads(1)
    return (_extract_export if is_export(path) else _extract_pdf)(path, source_file, document_id, threads, report)


def _extract_pdf(path: Path, source_file: str, document_id: str, threads: int, report: Report) -> Extraction:
    with open_pdf(path) as pdf:
        numbers = range(1, pdf.page_count + 1)
        pages = read_pages(pdf, numbers, judge, prose_pages=numbers, threads=threads, report=report)
        return extract_pages(pdf, pages, read_notes(path), source_file, document_id, threads=threads)


def extract_pages(
    pdf: PdfFile, pages: Sequence[ReadPage], notes: FileNotes, source_file: str, document_id: str, *, threads: int
) -> Extraction:
    """All indicators of a document whose pages the first reader has read."""
    first, *further = (
        _extract_part(
            pdf, part, document_id_of(document_id, place), source_file, part.own(notes, is_first=place == 1), threads
        )
        for place, part in enumerate(part_documents(pages), start=1)
    )
    return replace(first, further=tuple(further))


def _extract_part(
    pdf: PdfFile, part: Part, document_id: str, source_file: str, notes: FileNotes, threads: int
) -> Extraction:
    """One of the documents of a file."""
    contents = part.contents
    tables = join_tables(document_id, contents)
    labelled = _with_rests(_read_headers_again(pdf, [_label(table, contents) for table in tables], contents, threads))
    lost_places = _lost_places(labelled, contents)
    tables = on_pages(read_twice(pdf, [(one.table, one.roles) for one in labelled], contents, threads), contents)
    heading = heading_of(pdf, contents)
    labelled = _with_rests([_again(one, table) for one, table in zip(labelled, tables, strict=True)])
    document = identity_of(heading, tables, document_id, source_file, notes)
    extraction = _finish(labelled, document, lost_places, heading)
    flags = (*extraction.document.flags, *page_flags(part.pages), *part.flags)
    summaries = tuple(page.summary for page in part.pages)
    return replace(extraction, document=replace(extraction.document, flags=flags), pages=summaries)


def _extract_export(path: Path, source_file: str, document_id: str, _threads: int, report: Report) -> Extraction:
    """The same of a text file of another OCR system: it has been read, there is no picture to read again."""
    contents = read_export(path)
    tables = join_tables(document_id, contents)
    captions = [find_caption(table, contents) for table in tables]
    labelled = [
        _Labelled(table, label_columns(table, caption), caption)
        for table, caption in zip(in_file(tables), captions, strict=True)
    ]
    report(len(contents), len(contents))
    heading = find_heading(contents)
    document = identity_of(heading, tables, document_id, source_file)
    extraction = _finish(_with_rests(labelled), document, (), heading)
    return replace(extraction, pages=export_summaries(contents))


def _finish(labelled: list[_Labelled], document: Document, lost_places: LostPlaces, heading: Heading) -> Extraction:
    """What the tables say, with the document's identity."""
    tables = tuple(one.table for one in labelled)
    doubted = doubt_places(_read_indicators(labelled, document.document_id), lost_places)
    indicators = with_confidence(doubted, tables)
    lost = _lost_tables(labelled) or (() if indicators else _no_rows(heading, labelled))
    return Extraction(replace(document, flags=document.flags + lost), (), tables, indicators)


def _label(table: Table, contents: list[PageContent]) -> _Labelled:
    caption = find_caption(table, contents)
    return _Labelled(table, label_columns(table, caption), caption)


def _read_headers_again(
    pdf: PdfFile, labelled: list[_Labelled], contents: list[PageContent], threads: int
) -> list[_Labelled]:
    """The tables whose headers the first reader made nothing of, as the second reader's headers label them."""
    chosen = [
        (one.table.index, cell.row, cell.col)
        for one in labelled
        if one.roles.header_rows and not one.roles.is_indicator_table
        for cell in one.table.cells
        if cell.row < one.roles.header_rows and cell.readings
    ]
    if not chosen:
        return labelled
    tables = reread([one.table for one in labelled], chosen, page_pictures(pdf, contents), CLOSER_LOOK_DPI, threads)
    return [_by_second_header(one, table) for one, table in zip(labelled, tables, strict=True)]


def _by_second_header(one: _Labelled, table: Table) -> _Labelled:
    """The table with the columns that its second header names where only that one is of indicators, always in doubt."""
    seconds = replace(table, cells=tuple(replace(cell, readings=cell.readings[-1:]) for cell in table.cells))
    roles = label_columns(seconds, one.caption) if table is not one.table else one.roles
    if one.roles.is_indicator_table or not roles.is_indicator_table:
        return one
    doubt = Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=" | ".join(column.title for column in roles.columns))
    return replace(one, roles=replace(roles, flags=(*roles.flags, doubt)), is_by_second=True)


def _again(one: _Labelled, table: Table) -> _Labelled:
    """The table with its second readings, which the years of its header may come from."""
    roles = one.roles if one.is_by_second else label_columns(table, one.caption)
    return _Labelled(table, roles, one.caption, is_by_second=one.is_by_second)


def _with_rests(labelled: list[_Labelled]) -> list[_Labelled]:
    """The tables with those without header that go on with the indicator table before them known as such."""
    known: list[_Labelled] = []
    for one in labelled:
        before = known[-1].roles if known and known[-1].roles.is_indicator_table else None
        is_alone = one.roles.header_rows or find_appendix(one.caption) or names_indicators(_text(one.caption))
        roles = None if is_alone or before is None else continued_roles(one.table, _widest(known))
        known.append(one if roles is None else replace(one, roles=roles, is_rest=True))
    return known


def _widest(known: list[_Labelled]) -> ColumnRoles:
    """The columns of the last table with a header, which its rests may have lost."""
    return next(one.roles for one in reversed(known) if not one.is_rest)


def _read_indicators(labelled: list[_Labelled], document_id: str) -> tuple[Indicator, ...]:
    rows: list[RawRow] = []
    found: list[Indicator] = []
    appendix, hole, lost = "", "", _lost(labelled)
    for one in labelled:
        appendix = find_appendix(one.caption) or appendix
        own = _rows_with_rests(one, labelled) if one.roles.is_indicator_table and not one.is_rest else ()
        records = read_indicators(own, one.roles, document_id, caption_period(one.caption))
        if records:
            rows += own
            found = beside_hole(found, [replace(record, appendix=appendix) for record in records], hole)
            hole = ""
        elif one in lost or (one.roles.is_indicator_table and not one.is_rest):
            hole = hole or _size(one)
    checked = check(tuple(beside_hole(found, [], hole)), tuple(rows))
    return doubt_empty_pages(checked, _chains(labelled))


def _chains(labelled: list[_Labelled]) -> dict[int, int]:
    """The number of each table's chain: tables that nothing but a page's end parts."""
    starts = (bool(_text(one.caption).strip(NO_WORDS)) for one in labelled)
    return {one.table.index: chain for one, chain in zip(labelled, accumulate(starts), strict=True)}


def _rows_with_rests(one: _Labelled, labelled: list[_Labelled]) -> tuple[RawRow, ...]:
    """The rows of a table and of the tables right after it that go on with it."""
    rows = read_rows(one.table, one.roles)
    for rest in takewhile(lambda other: other.is_rest, labelled[labelled.index(one) + 1 :]):
        rows += doubted(read_rows(rest.table, rest.roles), all_rows=bool(rest.caption))
    return rows


def _lost_tables(labelled: list[_Labelled]) -> tuple[Flag, ...]:
    """A flag for every table that may hold indicators and whose columns were not understood."""
    return tuple(Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=_size(one)) for one in _lost(labelled))


def _lost(labelled: list[_Labelled]) -> list[_Labelled]:
    """The tables that were not read and whose rows may be targets: by what they say, or where they stand."""
    lost: list[_Labelled] = []
    is_open = False  # whether what has no header goes on with indicators, and not with a table of tasks
    for one in labelled:
        is_read = one.roles.is_indicator_table
        is_rest = is_open and not one.roles.header_rows and not _text(one.caption).strip(NO_WORDS)
        if not is_read and (is_rest or may_hold_targets(one.table, one.roles, _text(one.caption))):
            lost.append(one)
        is_open = is_read or one in lost or (is_open and not one.roles.header_rows)
    return lost


def _lost_places(labelled: list[_Labelled], contents: list[PageContent]) -> LostPlaces:
    """Where print stands outside the tables beside or between rows of indicators."""
    of_indicators = {one.table.index for one in labelled if one.roles.is_indicator_table}
    places = find_lost_places([one.table for one in labelled], contents)
    return tuple((key, flag) for key, flag in places if key[0] in of_indicators)


def _size(one: _Labelled) -> str:
    return f"{one.table.row_count} x {one.table.col_count}"


def _no_rows(heading: Heading, labelled: list[_Labelled]) -> tuple[Flag, ...]:
    """A flag for a document whose titles promise indicators and that gave none."""
    titles = [_text(heading.first_page), _text(heading.caption), *(_text(one.caption) for one in labelled)]
    is_promised = any(map(names_targets, titles)) or any(one.roles.is_indicator_table for one in labelled)
    return (Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail="0 rows"),) if is_promised else ()


def _text(lines: tuple[Line, ...]) -> str:
    return " ".join(clean_line(line.text) for line in lines)
