"""`output/searchable/<document_id>.pdf`: the original pages, and over those read from pictures what they say."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from chitieu.archive import find_archived, wrapped_path
from chitieu.dataset.text_layer import PageWords, write_text_layer
from chitieu.geometry import PlacedText
from chitieu.kinds import FileKind, kind_of
from chitieu.layers import LayerKind
from chitieu.model import Indicator, PageSummary, Table
from chitieu.printed.shape import clean_text
from chitieu.store import DocumentRecord, Snapshot, Store

# Their own words are what a search is to find.
_OWN_WORDS = (LayerKind.SOUND, LayerKind.FOREIGN, LayerKind.BLANK, LayerKind.EXPORT)
# Fields that are the whole text of their cell, as it holds after repairs and corrections.
_WHOLE_CELLS = ("indicator", "unit", "value_text", "note")
Key = tuple[int, int, int]


def searchable_path(output: Path, document_id: str) -> Path:
    return output / "searchable" / f"{document_id}.pdf"


def write_searchable(store: Store, archive: Path, output: Path, document_ids: Iterable[str]) -> None:
    """Write the searchable copy of these documents, and of all that lack theirs."""
    anew = set(document_ids)
    (output / "searchable").mkdir(parents=True, exist_ok=True)
    with store.snapshot() as snapshot:
        for record in list(snapshot.documents()):
            target = searchable_path(output, record.document.document_id)
            source = _pdf_of(record, archive)
            if source and record.pages and (record.document.document_id in anew or not target.exists()):
                _write(snapshot, record.document.document_id, source, target)


def _pdf_of(record: DocumentRecord, archive: Path) -> Path | None:
    """The PDF that was read; None of a text export, and of what is lost."""
    original = find_archived(archive, record.sha256)
    if original is None:
        return None
    wrapped = wrapped_path(original)
    path = wrapped if wrapped.exists() else original
    return path if kind_of(path).kind is FileKind.PDF else None


def _write(snapshot: Snapshot, document_id: str, source: Path, target: Path) -> None:
    """Write one copy, whole or not at all; what qpdf cannot open has none."""
    texts = _texts_by_page(snapshot.tables(document_id), snapshot.indicators(document_id))
    draft = target.with_suffix(".part")
    try:
        write_text_layer(source, draft, [_words(page, texts) for page in snapshot.pages(document_id)])
        draft.replace(target)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        draft.unlink(missing_ok=True)


def _words(page: PageSummary, cells: dict[int, list[PlacedText]]) -> PageWords:
    has_own = page.legibility is not None and page.legibility.kind in _OWN_WORDS
    texts = () if has_own else (*page.lines, *cells.get(page.page, ()))
    return PageWords(page.page, page.quarter_turns, texts)


def _texts_by_page(tables: Iterable[Table], indicators: Iterable[Indicator]) -> dict[int, list[PlacedText]]:
    """The cells of all tables, with their texts as they hold; one that a page's end cuts stands where it begins."""
    held = dict(_held_texts(indicators))
    found: dict[int, list[PlacedText]] = {}
    for table in tables:
        for cell in table.cells:
            text = held.get((table.index, cell.row, cell.col)) or clean_text(cell)
            if text and cell.regions:
                found.setdefault(cell.regions[0].page, []).append(PlacedText(text, cell.regions[0].box))
    return found


def _held_texts(indicators: Iterable[Indicator]) -> Iterator[tuple[Key, str]]:
    for indicator in indicators:
        for source in indicator.sources:
            if source.field in _WHOLE_CELLS:
                yield (source.table_index, source.row, source.col), str(getattr(indicator, source.field))
