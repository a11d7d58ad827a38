"""Several scans of one decision: the better one counts, the others say by which they are superseded.

One decision is one issuer, number, date and appendix, with rows that are largely the same: the parts of a decision that
came as files of their own share its number and have other rows. A document whose number or date is blank, a draft for
instance, is a scan of the decision that has both, where issuer, title, appendix and rows are the same and nothing that
it does say is otherwise. What is better: the one that a person chose; else the one that has number and date; then the
one with more rows that nobody has to look at, then the one with more rows, then the one that came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlalchemy import Connection, Select, func, insert, select, update

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.claiming import later, move
from chitieu.store.records import DocumentState
from chitieu.store.replacing import plain, replaced

PREFERRED = "preferred"  # what an event says of a document that a person chose
SAME_ROWS, SAME_WORDS, SAME_TITLE = 0.5, 75.0, 90.0
_DOCUMENTS, _ROWS = schema.documents.c, schema.indicators.c
_COUNTING = (DocumentState.EXTRACTED, DocumentState.PUBLISHED)
# A row as it is found again on another scan: place, period and wording.
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One scan of a decision, and what speaks for it; `chosen` is 0 where nobody chose it, else larger for later.

    `is_named`: neither number nor date is blank.
    """

    document_id: str
    received_at: str
    chosen: int
    rows: tuple[Row, ...]
    flagged: int
    is_named: bool = True

    @property
    def worth(self) -> tuple[int, bool, int, int]:
        return self.chosen, self.is_named, len(self.rows) - self.flagged, len(self.rows)


@dataclass(frozen=True, slots=True)
class Name:
    """What a document is known by."""

    document_id: str
    received_at: str
    number: str
    date: date | None
    issuer: str
    title: str
    appendix: str

    @property
    def is_whole(self) -> bool:
        """Whether it has its number and its date: `/QĐ-UBND` waits for its number."""
        return self.number[:1].isdigit() and self.date is not None

    @property
    def key(self) -> tuple[object, ...]:
        return self.number, self.date, plain(self.issuer), plain(self.appendix)

    def may_be(self, other: "Name") -> bool:
        """Whether it may be the other one, of the same issuer: the same by its title, and whatever it says besides."""
        numbers = self.number in ("", other.number) or self.number == other.number[other.number.find("/") :]
        dates = self.date in (None, other.date)
        is_titled = bool(self.issuer) and bool(self.title) and plain(self.appendix) == plain(other.appendix)
        return numbers and dates and is_titled and _is_same_title(self.title, other.title)


def _is_same_title(one: str, other: str) -> bool:
    return fuzz.ratio(plain(one), plain(other)) >= SAME_TITLE


def settle_versions(connection: Connection) -> None:
    """Have every document say whether another scan of its decision, or a later decision, counts in its place."""
    said = {row.document_id: row.superseded_by for row in connection.execute(_superseded())}
    scans = superseding(candidates(connection))
    now = {**replaced(connection), **scans}
    for document_id, by in now.items():
        if said.get(document_id, "") == by:
            continue
        if document_id in scans:
            columns = {"superseded_by": by}
            move(connection, document_id, DocumentState.EXTRACTED, "", f"superseded by {by}", columns=columns)
        else:
            _say(connection, document_id, by)
    for document_id in said.keys() - now.keys():
        _say(connection, document_id, "")


def _say(connection: Connection, document_id: str, by: str) -> None:
    own = _DOCUMENTS.document_id == document_id
    connection.execute(update(schema.documents).where(own).values(superseded_by=by))


def superseding(groups: Iterable[Sequence[Version]]) -> dict[str, str]:
    """Which document is superseded by which; what has no number or date is no scan of another one without."""
    found: dict[str, str] = {}
    for group in groups:
        for versions in alike(group):
            if not any(one.is_named for one in versions):
                continue
            best, *others = sorted(versions, key=lambda one: (one.received_at, one.document_id))
            for other in others:
                best = other if other.worth > best.worth else best
            found |= {one.document_id: best.document_id for one in versions if one is not best}
    return found


def alike(group: Sequence[Version]) -> list[list[Version]]:
    """Documents of one name parted into scans of the same rows."""
    parts: list[list[Version]] = []
    for version in group:
        own = next((part for part in parts if any(have_same_rows(version.rows, one.rows) for one in part)), None)
        if own is None:
            parts.append([version])
        else:
            own.append(version)
    return parts


def have_same_rows(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Whether half of the rows of the shorter list stand in the other one too, letters misread or not."""
    short, long = sorted((first, second), key=len)
    by_place: dict[tuple[str, str], list[str]] = {}
    for code, period, words in long:
        by_place.setdefault((code, period), []).append(words)
    found = sum(
        any(fuzz.ratio(words, other) >= SAME_WORDS for other in by_place.get((code, period), ()))
        for code, period, words in short
    )
    return bool(short) and found >= SAME_ROWS * len(short)


def candidates(connection: Connection) -> list[list[Version]]:
    """Documents that may be scans of one decision, where there are several; those without number or date come last."""
    columns = (_DOCUMENTS.number, _DOCUMENTS.date, _DOCUMENTS.issuer, _DOCUMENTS.title, _DOCUMENTS.appendix)
    query = select(_DOCUMENTS.document_id, _DOCUMENTS.received_at, *columns).where(_DOCUMENTS.state.in_(_COUNTING))
    named: dict[tuple[object, ...], list[Name]] = {}
    nameless: list[Name] = []
    for row in connection.execute(query.order_by(_DOCUMENTS.received_at, _DOCUMENTS.document_id)).mappings():
        name = Name(**row)
        if name.is_whole:
            named.setdefault(name.key, []).append(name)
        else:
            nameless.append(name)
    _add_nameless(named, nameless)
    chosen = preferences(connection)
    groups = (group for group in named.values() if len(group) > 1)
    return [[_version(connection, name, chosen) for name in group] for group in groups]


def _add_nameless(named: Mapping[tuple[object, ...], list[Name]], nameless: Iterable[Name]) -> None:
    """Put each document that lacks number or date to the decisions that it may be."""
    by_issuer: dict[str, list[list[Name]]] = {}
    for group in named.values():
        by_issuer.setdefault(plain(group[0].issuer), []).append(group)
    for name in nameless:
        for group in by_issuer.get(plain(name.issuer), ()):
            if any(name.may_be(one) for one in group if one.is_whole):
                group.append(name)


def _version(connection: Connection, name: Name, chosen: Mapping[str, int]) -> Version:
    holds = (_ROWS.document_id == name.document_id) & (_ROWS.review_status != ReviewStatus.REJECTED)
    query = select(_ROWS.code, _ROWS.period, _ROWS.indicator, _ROWS.flag_count).where(holds)
    rows = connection.execute(query.order_by(_ROWS.position)).all()
    kept = tuple((row.code, row.period, row.indicator.casefold()) for row in rows)
    flagged = sum(row.flag_count > 0 for row in rows)
    return Version(
        name.document_id, name.received_at, chosen.get(name.document_id, 0), kept, flagged, is_named=name.is_whole
    )


def preferences(connection: Connection) -> dict[str, int]:
    """Documents that a person chose before their other scans; the later, the larger the number."""
    events = schema.events.c
    query = (
        select(events.document_id, func.max(events.id).label("number"))
        .where(events.detail == PREFERRED)
        .group_by(events.document_id)
    )
    return {row.document_id: row.number for row in connection.execute(query)}


def prefer(connection: Connection, document_id: str) -> None:
    """Note that a person chose a document before its other scans."""
    row = connection.execute(select(schema.documents).where(_DOCUMENTS.document_id == document_id)).one()
    said = {"document_id": document_id, "at": later(0), "state": row.state, "attempt": row.attempts, "holder": ""}
    connection.execute(insert(schema.events).values({**said, "code_version": row.code_version, "detail": PREFERRED}))


def _superseded() -> Select[tuple[str, str]]:
    return select(_DOCUMENTS.document_id, _DOCUMENTS.superseded_by).where(_DOCUMENTS.superseded_by != "")
