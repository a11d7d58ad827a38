"""The rows that are published: read document by document, so that their cost grows with their number and no faster."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, CursorResult, Select, select

from chitieu.batches import batches
from chitieu.model import Document
from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.records import IndicatorRecord, document_of, indicator_of
from chitieu.store.replacing import other_scans
from chitieu.store.review import version_of

_ROWS, _DOCUMENTS = schema.indicators.c, schema.documents.c
_HOLDS = _ROWS.review_status != ReviewStatus.REJECTED
LIGHT_COLUMNS = tuple(column for column in _ROWS if column.name not in {"sources", "repairs", "as_read"})
DOCUMENTS_AT_ONCE = 50
ROWS_AT_ONCE = 500
Fields: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Source:
    """The document of rows, and by which later one it is superseded."""

    document: Document
    superseded_by: str


def published_rows(connection: Connection) -> Iterator[IndicatorRecord]:
    """All rows that are to be published, in printed order, without their sources."""
    sources = _counting_documents(connection)
    for ids in batches(sources, DOCUMENTS_AT_ONCE):
        query = select(*LIGHT_COLUMNS).where(_ROWS.document_id.in_(ids), _HOLDS)
        found: dict[str, list[Fields]] = {document_id: [] for document_id in ids}
        for row in _fields(connection.execute(query.order_by(_ROWS.document_id, schema.PRINTED_ORDER))):
            found[str(row["document_id"])].append(row)
        for document_id in ids:
            for row in found[document_id]:
                yield _record(row, sources[document_id])


def doubtful_rows(connection: Connection) -> Iterator[IndicatorRecord]:
    """The open flagged rows with their sources and version, the worst first."""
    sources = _counting_documents(connection)
    place = (_DOCUMENTS.source_file, _DOCUMENTS.document_id, schema.PRINTED_ORDER)
    query = (
        select(schema.indicators)
        .select_from(schema.indicators.join(schema.documents))
        .where(_ROWS.flag_count > 0, _HOLDS, _counts())
        .order_by(_ROWS.flag_count.desc(), _ROWS.confidence, *place)
    )
    for row in _fields(connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)):
        yield _versioned(_record(row, sources[str(row["document_id"])]), str(row["put_off"]))


def _counting_documents(connection: Connection) -> dict[str, _Source]:
    """The documents whose rows are published, in the order of the dataset."""
    query = _light_documents().where(_counts()).order_by(_DOCUMENTS.source_file, _DOCUMENTS.document_id)
    rows = _fields(connection.execute(query))
    return {str(row["document_id"]): _Source(document_of(row), str(row["superseded_by"])) for row in rows}


def _light_documents() -> Select[tuple[object, ...]]:
    """Documents but for what only the page of the document itself shows."""
    return select(*(column for column in _DOCUMENTS if column.name not in {"claims", "as_read"}))


def _counts() -> ColumnElement[bool]:
    """Of documents: no other scan does in their place; of one that failed, the former rows are gone."""
    return _DOCUMENTS.document_id.not_in(other_scans())


def _record(row: Fields, source: _Source) -> IndicatorRecord:
    return IndicatorRecord(source.document, indicator_of(row), str(row["review_status"]), "", source.superseded_by)


def _versioned(record: IndicatorRecord, put_off: str) -> IndicatorRecord:
    """Whoever edits a list of rows must say which version they saw."""
    version = version_of(record.indicator, ReviewStatus(record.review_status), put_off)
    return replace(record, version=version)


def _fields(result: CursorResult[tuple[object, ...]]) -> Iterator[Fields]:
    """Rows by the names of their columns; SQLAlchemy's own mappings look every name up anew."""
    names = list(result.keys())
    for row in result:
        yield dict(zip(names, row, strict=True))
