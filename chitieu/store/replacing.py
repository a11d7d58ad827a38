"""Decisions that later ones put an end to: `thay thế Quyết định số 1139/QĐ-UBND ngày 09/7/2025`.

They stay in the dataset, and say by which they are superseded: who compares provinces counts the later one alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, select

from chitieu.store import schema
from chitieu.store.records import DocumentState

_DOCUMENTS = schema.documents.c
_OTHER = schema.documents.alias("other")
_COUNTING = (DocumentState.EXTRACTED, DocumentState.PUBLISHED, DocumentState.NO_INDICATORS)


@dataclass(frozen=True, slots=True)
class Decision:
    """A document by its name; `replaces` as documents.csv has it."""

    document_id: str
    number: str
    date: date | None
    issuer: str
    replaces: str


def other_scans() -> Select[tuple[str]]:
    """Ids of the documents in whose place another scan of the same decision counts: their rows are not published.

    A later decision that replaces one has another number, and names the one that it replaces.
    """
    own, other = _DOCUMENTS.number, _OTHER.c.number
    is_nameless = _is_blank(own) | (_is_blank(other) & ~_OTHER.c.replaces.contains(own, autoescape=False))
    is_scan = (_OTHER.c.document_id == _DOCUMENTS.superseded_by) & ((other == own) | is_nameless)
    return select(_DOCUMENTS.document_id).join(_OTHER, is_scan)


def _is_blank(number: ColumnElement[str]) -> ColumnElement[bool]:
    return (number == "") | number.startswith("/")


def replaced(connection: Connection) -> dict[str, str]:
    """Which document is superseded by which later decision of its issuer."""
    columns = (_DOCUMENTS.document_id, _DOCUMENTS.number, _DOCUMENTS.date, _DOCUMENTS.issuer, _DOCUMENTS.replaces)
    query = select(*columns).where(_DOCUMENTS.state.in_(_COUNTING) & (_DOCUMENTS.number != ""))
    return superseded_decisions([Decision(**row) for row in connection.execute(query).mappings()])


def superseded_decisions(decisions: Sequence[Decision]) -> dict[str, str]:
    """By which later decision each is replaced; of several the latest counts, of scans of one the first by its id."""
    by_number: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_number.setdefault(decision.number, []).append(decision)
    found: dict[str, str] = {}
    for later in sorted(decisions, key=lambda one: (one.date or date.min, one.document_id), reverse=True):
        for earlier in _named(later, by_number):
            if found.get(later.document_id) != earlier.document_id:
                found.setdefault(earlier.document_id, later.document_id)
    return found


def _named(later: Decision, by_number: Mapping[str, Sequence[Decision]]) -> Iterator[Decision]:
    """The decisions that one replaces: of the same issuer, not later, and of the day that it names, if any."""
    for part in filter(None, later.replaces.split("; ")):
        number, _, day = part.partition(" (")
        for earlier in by_number.get(number, ()):
            is_named = not day or (earlier.date is not None and earlier.date.isoformat() == day.rstrip(")"))
            if is_named and earlier.number != later.number and _may_replace(later, earlier):
                yield earlier


def _may_replace(later: Decision, earlier: Decision) -> bool:
    is_later = later.date is not None and earlier.date is not None and earlier.date <= later.date
    return is_later and plain(later.issuer) == plain(earlier.issuer)


def plain(text: str) -> str:
    """A name without its spaces and capitals."""
    return "".join(text.casefold().split())
