"""The rows that wait for a person, and rows looked for among all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.records import OpenRow
from chitieu.store.replacing import other_scans

_ROWS, _DOCUMENTS = schema.indicators.c, schema.documents.c
_DECIDED = (ReviewStatus.ACCEPTED, ReviewStatus.REJECTED)
_PLACE = (_DOCUMENTS.source_file, _DOCUMENTS.document_id, schema.PRINTED_ORDER)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows a person has been asked about: still open, and decided."""

    open: int
    decided: int


def is_open() -> ColumnElement[bool]:
    """Flagged, nobody has said that it holds or is no row, and its document counts."""
    return (_ROWS.flag_count > 0) & (_ROWS.review_status.not_in(_DECIDED)) & counts()


def counts() -> ColumnElement[bool]:
    """Whether a row is of a document that no other scan of its decision supersedes."""
    return _ROWS.document_id.not_in(other_scans())


def open_rows(connection: Connection, *, by_document: bool, most: int | None = None) -> Iterator[OpenRow]:
    """Open rows, all or so many: the worst first, or as they stand in the documents; those that were put off last."""
    risk = () if by_document else (_ROWS.flag_count.desc(), _ROWS.confidence)
    query = _joined(
        select(
            _ROWS.document_id,
            _ROWS.position,
            cast(_ROWS.flags, Text),
            _ROWS.agency,
            _DOCUMENTS.province,
            _ROWS.put_off,
        ).where(is_open())
    ).order_by(_ROWS.put_off, *risk, *_PLACE)
    for document_id, position, flags, agency, province, put_off in connection.execute(query.limit(most)):
        yield OpenRow(document_id, position, _kinds(flags), agency, province, put_off)


@lru_cache(maxsize=4096)
def _kinds(flags: str) -> tuple[str, ...]:
    """The kinds of flags as the store writes them; thousands of rows have few different ones."""
    return tuple(dict.fromkeys(str(flag["kind"]) for flag in json.loads(flags)))


def progress(connection: Connection) -> Progress:
    """How far the reviewers are."""
    count = select(func.count()).select_from(schema.indicators)
    decided = _ROWS.review_status != ReviewStatus.UNREVIEWED
    return Progress(
        connection.execute(count.where(is_open())).scalar_one(),
        connection.execute(count.where(decided, ~is_open())).scalar_one(),
    )


def same_text(connection: Connection, field: str, text: str) -> list[tuple[str, int]]:
    """Places (document, position) of the rows that say the very same in a field, in printed order."""
    query = _joined(select(_ROWS.document_id, _ROWS.position).where(_ROWS[field] == text))
    return [(document_id, position) for document_id, position in connection.execute(query.order_by(*_PLACE))]


def _joined(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.select_from(schema.indicators.join(schema.documents))
