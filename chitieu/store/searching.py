"""Rows looked for by words, place, period and state, a page at a time."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.queue import counts, is_open

_ROWS, _DOCUMENTS = schema.indicators.c, schema.documents.c
_SEARCHED = (_ROWS.indicator, _ROWS.agency, _ROWS.code, _ROWS.indicator_id, _ROWS.value_text)
_LOOKS = {
    "open": is_open(),
    "sound": (_ROWS.flag_count == 0) & (_ROWS.review_status == ReviewStatus.UNREVIEWED),
    **{status.value: _ROWS.review_status == status for status in (*ReviewStatus,)},
}


@dataclass(frozen=True, slots=True)
class RowQuery:
    """What rows are looked for; empty: whatever."""

    words: str = ""
    province: str = ""
    period: str = ""
    document_id: str = ""
    look: str = ""


def find_places(connection: Connection, query: RowQuery, limit: int, offset: int) -> tuple[int, list[tuple[str, int]]]:
    """How many rows there are, and the places (document, position) of one page of them, in the dataset's order."""
    joined = schema.indicators.join(schema.documents)
    wanted = _conditions(query)
    count = connection.execute(select(func.count()).select_from(joined).where(*wanted)).scalar_one()
    order = (_DOCUMENTS.source_file, _DOCUMENTS.document_id, schema.PRINTED_ORDER)
    page = select(_ROWS.document_id, _ROWS.position).select_from(joined).where(*wanted).order_by(*order)
    return count, [(one, position) for one, position in connection.execute(page.limit(limit).offset(offset))]


def _conditions(query: RowQuery) -> list[ColumnElement[bool]]:
    conditions = [counts(), *(_contains(word) for word in query.words.split())]
    if query.province:
        conditions.append(_DOCUMENTS.province == query.province)
    if query.period:
        conditions.append(_ROWS.period == query.period)
    if query.document_id:
        conditions.append(_ROWS.document_id == query.document_id)
    if query.look:
        conditions.append(_LOOKS.get(query.look, false()))
    return conditions


def _contains(word: str) -> ColumnElement[bool]:
    """A word in any of the searched fields. SQLite folds no Vietnamese letter: the usual cases are asked for."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(field.contains(spelling, autoescape=True) for field in _SEARCHED for spelling in spellings))


def periods(connection: Connection) -> list[str]:
    """All periods that rows have."""
    return [period for period in connection.scalars(select(_ROWS.period).distinct().order_by(_ROWS.period)) if period]
