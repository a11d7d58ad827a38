"""Several scans of one decision: the better one counts, the others say by which they are superseded.

One decision is one issuer, number, date and appendix, with rows that are largely the same: the parts of a decision that
came as files of their own share its number and have other rows. Documents whose number or date is blank: drafts.py.
What is better: the one that a person chose; else the one that has number and date; then the one with more rows that
nobody has to look at, then the one with more rows, then the one that is no picture, then the one that came first; of
drafts, the one that came last.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Select, func, insert, select, update

from chitieu.store import schema
from chitieu.store.claiming import later, move
from chitieu.store.drafts import near_titles, put_drafts
from chitieu.store.records import DocumentState
from chitieu.store.replacing import replaced
from chitieu.store.scans import Name, Version, have_same_rows, versions

PREFERRED = "preferred"  # what an event says of a document that a person chose
_DOCUMENTS = schema.documents.c
_COUNTING = (DocumentState.EXTRACTED, DocumentState.PUBLISHED)


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
    """Which document is superseded by which."""
    found: dict[str, str] = {}
    for group in groups:
        for scans in alike(group):
            scans.sort(key=lambda one: (one.name.received_at, one.document_id))
            if not any(one.name.is_whole for one in scans):
                scans.reverse()
            best = max(scans, key=lambda one: one.worth)
            found |= {one.document_id: best.document_id for one in scans if one is not best}
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


def candidates(connection: Connection) -> Iterator[list[Version]]:
    """Documents that may be scans of one decision or draft, where there are several; drafts come last."""
    chosen = preferences(connection)
    for names in _by_issuer(connection).values():
        named: dict[tuple[object, ...], list[Name]] = {}
        drafts = [name for name in names if not name.is_whole and name.issuer and name.title]
        for name in names:
            if name.is_whole:
                named.setdefault(name.key, []).append(name)
        near = near_titles({name.plain_title for name in drafts}, {name.plain_title for name in names})
        asked = {title for titles in near.values() for title in titles}
        # The rows of a decision of which nothing else may be a scan are not read.
        groups = [
            group for group in named.values() if len(group) > 1 or any(name.plain_title in asked for name in group)
        ]
        read = versions(connection, (name for group in (*groups, drafts) for name in group), chosen)
        found = [[read[name.document_id] for name in group] for group in groups]
        others = put_drafts(found, [read[name.document_id] for name in drafts], near)
        yield from (group for group in (*found, *others) if len(group) > 1)


def _by_issuer(connection: Connection) -> dict[str, list[Name]]:
    """What the documents that count are known by, by their issuers, in the order in which they came."""
    columns = (_DOCUMENTS.number, _DOCUMENTS.date, _DOCUMENTS.issuer, _DOCUMENTS.title, _DOCUMENTS.appendix)
    query = select(_DOCUMENTS.document_id, _DOCUMENTS.received_at, *columns).where(_DOCUMENTS.state.in_(_COUNTING))
    found: dict[str, list[Name]] = {}
    for row in connection.execute(query.order_by(_DOCUMENTS.received_at, _DOCUMENTS.document_id)).tuples():
        name = Name(*row)
        found.setdefault(name.plain_issuer, []).append(name)
    return found


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
