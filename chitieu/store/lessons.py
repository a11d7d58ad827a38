"""What people confirmed, as lessons for later runs; and those that they took back."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from chitieu.lessons import LEARNED_FIELDS, Lesson
from chitieu.model import Document
from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.records import ReviewRow
from chitieu.store.review import review_row_of

_ROWS, _DOCUMENTS, _UNLEARNED = schema.indicators.c, schema.documents.c, schema.unlearned.c
_REVIEWED = (ReviewStatus.ACCEPTED, ReviewStatus.CORRECTED)
PARTED = "; "  # between bodies of one cell


@dataclass(frozen=True, slots=True)
class Unlearned:
    """A text that later runs are not to learn any more, as somebody said."""

    field: str
    text: str
    reviewer: str
    made_at: str


def all_lessons(connection: Connection, but: str) -> list[Lesson]:
    """What stands in rows that people accepted or corrected and nobody doubts any more, but for what was unlearned.

    `but`: the id of a file whose documents are left out.
    """
    columns = [_ROWS[field] for field in (*LEARNED_FIELDS, "coagency")]
    confirmed = [_ROWS.review_status.in_(_REVIEWED), _ROWS.flag_count == 0]
    if but:
        confirmed.append(~_ROWS.document_id.startswith(but, autoescape=True))
    found: dict[tuple[str, str], set[str]] = {}
    for document_id, *texts in connection.execute(select(_ROWS.document_id, *columns).where(*confirmed).distinct()):
        for field, text in zip((*LEARNED_FIELDS, "agency"), texts, strict=True):
            for part in text.split(PARTED) if field == "agency" else (text,):
                found.setdefault((field, part), set()).add(document_id)
    left_out = {(one.field, one.text) for one in unlearned(connection)}
    return [
        Lesson(field, text, len(documents))
        for (field, text), documents in sorted(found.items())
        if text and (field, text) not in left_out
    ]


def unlearned(connection: Connection) -> tuple[Unlearned, ...]:
    """What later runs are not to learn."""
    rows = connection.execute(select(schema.unlearned).order_by(_UNLEARNED.field, _UNLEARNED.text)).mappings()
    return tuple(Unlearned(**row) for row in rows)


def unlearn(connection: Connection, texts: Iterable[Unlearned]) -> None:
    """Have later runs learn these no more."""
    for one in texts:
        learn_again(connection, one.field, one.text)
        connection.execute(insert(schema.unlearned).values({name: getattr(one, name) for name in Unlearned.__slots__}))


def learn_again(connection: Connection, field: str, text: str) -> None:
    """Have later runs learn a text again."""
    connection.execute(delete(schema.unlearned).where(_UNLEARNED.field == field, _UNLEARNED.text == text))


def reviewed_on_other_scans(connection: Connection, document: Document) -> tuple[tuple[str, ReviewRow], ...]:
    """Rows that people accepted or corrected on other scans of a decision, each with the name of its file.

    A decision is one issuer, number and date; without all three it is not known again.
    """
    if not (document.number and document.date and document.issuer):
        return ()
    same = (
        _DOCUMENTS.number == document.number,
        _DOCUMENTS.date == document.date,
        _DOCUMENTS.issuer == document.issuer,
        _DOCUMENTS.document_id != document.document_id,
        _ROWS.review_status.in_(_REVIEWED),
        _ROWS.flag_count == 0,
    )
    joined = schema.indicators.join(schema.documents)
    query = select(schema.indicators, _DOCUMENTS.source_file).select_from(joined).where(*same)
    rows = connection.execute(query.order_by(_DOCUMENTS.document_id, schema.PRINTED_ORDER)).mappings()
    return tuple((str(row["source_file"]), review_row_of(dict(row))) for row in rows)
