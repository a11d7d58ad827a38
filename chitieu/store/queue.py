"""The rows that wait for a person, and rows looked for among all."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select, tuple_

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.records import OpenRow
from chitieu.store.replacing import other_scans

_ROWS, _DOCUMENTS = schema.indicators.c, schema.documents.c
_DECIDED = (ReviewStatus.ACCEPTED, ReviewStatus.REJECTED)
_FLAGS = cast(_ROWS.flags, Text)
_RISK = (_ROWS.flag_count.desc(), _ROWS.confidence)
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


def open_rows(connection: Connection, *, by_document: bool) -> list[OpenRow]:
    """All open rows, the worst first, or as they stand in the documents; those that were put off last."""
    return _open_rows(connection, _PLACE if by_document else (*_RISK, *_PLACE))


def worst_rows(connection: Connection, most: int) -> list[OpenRow]:
    """So many of the open rows that come first where the worst do: found in an index, without a look at the others."""
    query = select(_ROWS.flag_count, _ROWS.confidence).where(is_open()).order_by(*_RISK).limit(most)
    risks = connection.execute(query).tuples().all()
    as_bad = tuple_(_ROWS.flag_count, _ROWS.confidence).in_(risks)
    found = _open_rows(connection, (*_RISK, *_PLACE), as_bad)[:most]
    # A row that was put off comes after all others, however bad it is.
    return _open_rows(connection, (*_RISK, *_PLACE))[:most] if any(row.put_off for row in found) else found


def _open_rows(
    connection: Connection, order: Sequence[ColumnElement[object]], *wanted: ColumnElement[bool]
) -> list[OpenRow]:
    columns = (_ROWS.document_id, _ROWS.position, _FLAGS, _ROWS.agency, _DOCUMENTS.province, _ROWS.put_off)
    query = _joined(select(*columns).where(is_open(), *wanted)).order_by(_ROWS.put_off, *order)
    return [
        OpenRow(document_id, position, _kinds(flags), agency, province, put_off)
        for document_id, position, flags, agency, province, put_off in connection.execute(query).all()
    ]


def doubt_counts(connection: Connection) -> Counter[str]:
    """How many open rows have each kind of flag."""
    counted: Counter[str] = Counter()
    for flags, count in connection.execute(select(_FLAGS, func.count()).where(is_open()).group_by(_FLAGS)).all():
        counted.update(dict.fromkeys(_kinds(flags), count))
    return counted


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
