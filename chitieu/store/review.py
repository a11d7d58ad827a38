"""Rows under review: as read, as they hold, and what reviewers said laid over them."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, tuple_, update

from chitieu.exchange import CORRECTION, INDICATOR
from chitieu.model import Correction, Indicator
from chitieu.reviewed import Replay, Reviewed, ReviewStatus
from chitieu.store import schema
from chitieu.store.records import ReviewRow, indicator_columns, indicator_of

# Positions from here on are of rows that a person added.
FIRST_ADDED = 1_000_000


class RowChanged(Exception):
    """Rows are no longer as the reviewer saw them; `rows` are as they are now."""

    def __init__(self, rows: Sequence[ReviewRow]) -> None:
        super().__init__(", ".join(row.indicator.record_id for row in rows))
        self.rows = tuple(rows)


def review_rows(connection: Connection, document_id: str) -> tuple[ReviewRow, ...]:
    """The rows of a document in printed order."""
    own = schema.indicators.c.document_id == document_id
    query = select(schema.indicators).where(own).order_by(schema.PRINTED_ORDER)
    return tuple(review_row_of(dict(row)) for row in connection.execute(query).mappings())


def review_row_of(row: Mapping[str, object]) -> ReviewRow:
    as_read, held = _read_and_held(row)
    version = version_of(held.indicator, held.status, held.put_off)
    return ReviewRow(int(str(row["position"])), as_read, held.indicator, held.status, version, held.put_off)


def _read_and_held(row: Mapping[str, object]) -> tuple[Indicator, Reviewed]:
    """A row as it was read and as it holds."""
    indicator = indicator_of(row)
    as_read = INDICATOR.validate_python(row["as_read"]) if row["as_read"] else indicator
    return as_read, Reviewed(indicator, ReviewStatus(str(row["review_status"])), str(row["put_off"]))


def review_row(connection: Connection, document_id: str, position: int) -> ReviewRow | None:
    """One row; None where there is none."""
    own = (schema.indicators.c.document_id == document_id, schema.indicators.c.position == position)
    row = connection.execute(select(schema.indicators).where(*own)).mappings().first()
    return None if row is None else review_row_of(dict(row))


def review_rows_at(connection: Connection, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], ReviewRow]:
    """Rows by their places (document, position)."""
    place = tuple_(schema.indicators.c.document_id, schema.indicators.c.position)
    found = connection.execute(select(schema.indicators).where(place.in_(places))).mappings()
    return {(str(row["document_id"]), int(row["position"])): review_row_of(dict(row)) for row in found}


def replay_document(connection: Connection, document_id: str, replay: Replay) -> None:
    """Lay all corrections of a document over its rows as they were read."""
    columns = schema.indicators.c
    own = (columns.document_id == document_id, columns.position < FIRST_ADDED)
    query = select(schema.indicators).where(*own).order_by(schema.PRINTED_ORDER)
    rows = [(int(row["position"]), *_read_and_held(dict(row))) for row in connection.execute(query).mappings()]
    replayed = replay.rows([as_read for _, as_read, _ in rows], corrections_of(connection, document_id))
    for (position, as_read, held), reviewed in zip(rows, replayed, strict=False):
        if reviewed != held:
            own = (columns.document_id == document_id, columns.position == position)
            connection.execute(update(schema.indicators).where(*own).values(_columns(as_read, reviewed)))
    _put_added(connection, document_id, [position for position, _, _ in rows], replayed[len(rows) :])


def _put_added(connection: Connection, document_id: str, positions: Sequence[int], added: Sequence[Reviewed]) -> None:
    """The rows that people added, in the place of those that stood there before."""
    own = (schema.indicators.c.document_id == document_id, schema.indicators.c.position >= FIRST_ADDED)
    connection.execute(delete(schema.indicators).where(*own))
    for number, one in enumerate(added):
        at = one.added_behind if one.added_behind is not None else -1
        behind = positions[at] if at >= 0 else -1
        place = {"position": FIRST_ADDED + number, "printed_order": behind + (number + 1) / (len(added) + 1)}
        columns = _columns(one.as_added or one.indicator, one)
        connection.execute(insert(schema.indicators).values(document_id=document_id, **place, **columns))


def corrections_of(connection: Connection, document_id: str) -> tuple[Correction, ...]:
    """What reviewers said about a document, oldest first."""
    own = schema.corrections.c.document_id == document_id
    query = select(schema.corrections).where(own).order_by(schema.corrections.c.id)
    found = connection.execute(query).mappings()
    return tuple(CORRECTION.validate_python({name: row[name] for name in Correction.__slots__}) for row in found)


def all_corrections(connection: Connection) -> tuple[Correction, ...]:
    """What reviewers said, oldest first."""
    found = connection.execute(select(schema.corrections).order_by(schema.corrections.c.id)).mappings()
    return tuple(CORRECTION.validate_python({name: row[name] for name in Correction.__slots__}) for row in found)


def said_of_text(connection: Connection, field: str, seen: str) -> tuple[Correction, ...]:
    """What reviewers made of a text of a field, in whatever document, oldest first."""
    table = schema.corrections
    query = select(table).where(table.c.field == field, table.c.seen == seen, table.c.text != seen).order_by(table.c.id)
    found = connection.execute(query).mappings()
    return tuple(CORRECTION.validate_python({name: row[name] for name in Correction.__slots__}) for row in found)


def _columns(as_read: Indicator, reviewed: Reviewed) -> dict[str, object]:
    is_as_read = reviewed == Reviewed(as_read, ReviewStatus.UNREVIEWED)
    original = None if is_as_read else INDICATOR.dump_python(as_read, mode="json")
    columns = {"review_status": reviewed.status, "put_off": reviewed.put_off, "as_read": original}
    return {**indicator_columns(reviewed.indicator), **columns}


def version_of(indicator: Indicator, status: ReviewStatus, put_off: str) -> str:
    """A name for what a row says now, its places aside."""
    said = INDICATOR.dump_python(indicator, mode="json", exclude={"sources", "repairs"})
    return hashlib.sha256(json.dumps([said, status, put_off], sort_keys=True).encode()).hexdigest()[:16]
