"""Questions to the store, all within one transaction: what one run publishes fits together."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from sqlalchemy import ColumnElement, Connection, Integer, Select, case, cast, func, select, true

from chitieu.exchange import DOCUMENT, PAGE, TABLE
from chitieu.lessons import Lesson
from chitieu.model import Correction, Document, Indicator, PageKind, PageSummary, Table
from chitieu.store import schema
from chitieu.store.bundles import further_ids
from chitieu.store.checks import CheckedCount, checked_count, draw_undoubted
from chitieu.store.history import DayChecks, DayCount, checks_by_day, confidence_counts, counts_by_day
from chitieu.store.lessons import Unlearned, all_lessons, reviewed_on_other_scans, unlearned
from chitieu.store.listing import DocumentName, document_names, listed_ids, provinces, row_count
from chitieu.store.published import doubtful_rows, published_rows
from chitieu.store.queue import Progress, doubt_counts, open_rows, progress, same_text, worst_rows
from chitieu.store.records import (
    DocumentRecord,
    DocumentState,
    IndicatorRecord,
    OpenRow,
    ReviewRow,
    document_of,
)
from chitieu.store.replacing import other_scans
from chitieu.store.review import all_corrections, corrections_of, review_row, review_rows, review_rows_at, said_of_text
from chitieu.store.searching import RowQuery, find_places, periods
from chitieu.store.users import User, all_users, find_user


class Snapshot:
    """The store as it is at one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def documents(self) -> Iterator[DocumentRecord]:
        """All documents, in the order of the dataset."""
        for row in self._connection.execute(_documents_query()).mappings():
            yield _document_record(dict(row))

    def document(self, document_id: str) -> DocumentRecord | None:
        """One document, None where it is unknown."""
        query = _documents_query([document_id])
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _document_record(dict(row))

    def documents_called(self, document_ids: Iterable[str]) -> dict[str, DocumentRecord]:
        """Documents by their ids; unknown ones are left out."""
        rows = self._connection.execute(_documents_query(list(dict.fromkeys(document_ids)))).mappings()
        found = [_document_record(dict(row)) for row in rows]
        return {one.document.document_id: one for one in found}

    def documents_page(self, state: DocumentState | None, limit: int, offset: int) -> tuple[int, list[DocumentRecord]]:
        """How many documents are in a state (None: in any), and one page of them, in the dataset's order."""
        count, ids = listed_ids(self._connection, state, limit, offset)
        found = self.documents_called(ids)
        return count, [found[document_id] for document_id in ids]

    def document_names(self) -> list[DocumentName]:
        """The names of all documents."""
        return document_names(self._connection)

    def provinces(self) -> list[str]:
        """All provinces that documents have."""
        return provinces(self._connection)

    def row_count(self) -> int:
        """How many rows count."""
        return row_count(self._connection)

    def latest_documents(self, limit: int) -> list[DocumentRecord]:
        """The documents that came last, the latest first."""
        documents = schema.documents.c
        order = (documents.received_at.desc(), documents.document_id)
        ids = self._connection.scalars(select(documents.document_id).order_by(*order).limit(limit)).all()
        found = [_document_record(dict(row)) for row in self._connection.execute(_documents_query(ids)).mappings()]
        return sorted(found, key=lambda one: ids.index(one.document.document_id))

    def other_scans(self) -> frozenset[str]:
        """Ids of the documents in whose place another scan of the same decision counts."""
        return frozenset(self._connection.scalars(other_scans()))

    def rows(self) -> Iterator[IndicatorRecord]:
        """All rows that are to be published, in printed order, without their sources."""
        return published_rows(self._connection)

    def doubtful_rows(self) -> Iterator[IndicatorRecord]:
        """The open flagged rows with their sources, the worst first."""
        return doubtful_rows(self._connection)

    def further(self, document_id: str) -> tuple[str, ...]:
        """The ids of the further documents of a file that holds several."""
        return tuple(further_ids(self._connection, document_id))

    def indicators(self, document_id: str) -> tuple[Indicator, ...]:
        """The rows of a document as they hold, with their sources; rejected ones too."""
        return tuple(row.indicator for row in self.review_rows(document_id))

    def review_rows(self, document_id: str) -> tuple[ReviewRow, ...]:
        """The rows of a document as they were read and as they hold, in printed order."""
        return review_rows(self._connection, document_id)

    def review_row(self, document_id: str, position: int) -> ReviewRow | None:
        """One row as it was read and as it holds; None where there is none."""
        return review_row(self._connection, document_id, position)

    def review_rows_at(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], ReviewRow]:
        """Rows by their places (document, position); unknown ones are left out."""
        return review_rows_at(self._connection, places)

    def open_rows(self, *, by_document: bool) -> list[OpenRow]:
        """The rows that wait for a person: the worst first, or as they stand in the documents."""
        return open_rows(self._connection, by_document=by_document)

    def worst_rows(self, most: int) -> list[OpenRow]:
        """So many of the rows that wait for a person, the worst first."""
        return worst_rows(self._connection, most)

    def doubt_counts(self) -> Counter[str]:
        """How many rows that wait for a person have each kind of flag."""
        return doubt_counts(self._connection)

    def progress(self) -> Progress:
        """How many rows wait for a person, and how many are decided."""
        return progress(self._connection)

    def same_text(self, field: str, text: str) -> list[tuple[str, int]]:
        """Places (document, position) of rows that say the very same in a field."""
        return same_text(self._connection, field, text)

    def pages(self, document_id: str) -> tuple[PageSummary, ...]:
        """What became of the pages of a document."""
        query = select(schema.pages).where(schema.pages.c.document_id == document_id).order_by(schema.pages.c.page)
        return tuple(PAGE.validate_python(dict(row)) for row in self._connection.execute(query).mappings())

    def tables(self, document_id: str) -> tuple[Table, ...]:
        """The tables of a document, also those that are no indicator tables."""
        own = schema.tables.c.document_id == document_id
        query = select(schema.tables.c.content).where(own).order_by(schema.tables.c.index)
        return tuple(TABLE.validate_python(content) for content in self._connection.scalars(query))

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """What reviewers said about a document, oldest first."""
        return corrections_of(self._connection, document_id)

    def find_rows(self, query: RowQuery, limit: int, offset: int) -> tuple[int, list[tuple[str, int]]]:
        """How many rows a query finds, and the places of one page of them, in the dataset's order."""
        return find_places(self._connection, query, limit, offset)

    def periods(self) -> list[str]:
        """All periods that rows have."""
        return periods(self._connection)

    def counts_by_day(self, zone: tzinfo) -> list[DayCount]:
        """What was read, day by day."""
        return counts_by_day(self._connection, zone)

    def checks_by_day(self, zone: tzinfo) -> list[DayChecks]:
        """The random checks up to the end of each day."""
        return checks_by_day(self._connection, zone)

    def confidence_counts(self) -> list[tuple[int, int]]:
        """Rows by tenths of confidence: not doubted, open."""
        return confidence_counts(self._connection)

    def draw_undoubted(self, chance: random.Random) -> tuple[str, int] | None:
        """The place of any row that nobody doubts or decided on; None where there is none."""
        return draw_undoubted(self._connection, chance)

    def checked_count(self) -> CheckedCount:
        """How many undoubted rows people looked at, and how many were wrong."""
        return checked_count(self._connection)

    def said_of_text(self, field: str, seen: str) -> tuple[Correction, ...]:
        """What reviewers made of such a text of a field in any document, oldest first."""
        return said_of_text(self._connection, field, seen)

    def lessons(self, but: str = "") -> list[Lesson]:
        """What later runs learn from rows that people confirmed; `but`: without those of a file of this id."""
        return all_lessons(self._connection, but)

    def unlearned(self) -> tuple[Unlearned, ...]:
        """What later runs are not to learn."""
        return unlearned(self._connection)

    def reviewed_on_other_scans(self, document: Document) -> tuple[tuple[str, ReviewRow], ...]:
        """Rows that people confirmed on other scans of a decision, each with the name of its file."""
        return reviewed_on_other_scans(self._connection, document)

    def all_corrections(self) -> tuple[Correction, ...]:
        """What reviewers said of all documents, oldest first."""
        return all_corrections(self._connection)

    def count_by_state(self) -> list[tuple[DocumentState, int]]:
        """How many documents stand how, in the order of states."""
        state = schema.documents.c.state
        query = select(state, func.count()).group_by(state).order_by(state)
        return [(DocumentState(name), count) for name, count in self._connection.execute(query)]

    def stamp(self) -> str:
        """A text that is another one as soon as anything that is published has changed."""
        events, said = schema.events.c, schema.corrections.c
        changes = select(func.count(), func.max(events.id)).where(events.state != DocumentState.PUBLISHED)
        counts = [self._connection.execute(query).one() for query in (changes, select(func.count(), func.max(said.id)))]
        return " ".join(str(number) for row in counts for number in row)

    def latest_event(self) -> str:
        """When something last happened to a document; empty where nothing ever did."""
        return self._connection.execute(select(func.max(schema.events.c.at))).scalar_one() or ""

    def users(self) -> tuple[User, ...]:
        """Who may sign in to the review page."""
        return all_users(self._connection)

    def user(self, name: str) -> User | None:
        """The account of this name; None where there is none."""
        return find_user(self._connection, name)


def _documents_query(only: Sequence[str] | None = None) -> Select[tuple[object, ...]]:
    """Documents with counts of their pages and rows, in the order of the dataset; `only`: the ones with these ids."""
    documents, pages, indicators = schema.documents, schema.pages, schema.indicators
    chosen = [true() if only is None else table.c.document_id.in_(only) for table in (documents, pages, indicators)]
    own_pages = (
        select(
            pages.c.document_id,
            func.count().label("pages"),
            _count(pages.c.kind == PageKind.DIGITAL).label("pages_digital"),
            _count(pages.c.kind.in_([PageKind.SCANNED, PageKind.MIXED])).label("pages_scanned"),
        )
        .where(chosen[1])
        .group_by(pages.c.document_id)
        .subquery()
    )
    own_rows = (
        select(
            indicators.c.document_id,
            func.count().label("rows"),
            _count(indicators.c.flag_count > 0).label("rows_flagged"),
        )
        .where(chosen[2], indicators.c.review_status != "rejected")
        .group_by(indicators.c.document_id)
        .subquery()
    )
    counts = [own_pages.c.pages, own_pages.c.pages_digital, own_pages.c.pages_scanned]
    counts += [own_rows.c.rows, own_rows.c.rows_flagged]
    return (
        select(documents, *(func.coalesce(count, 0).label(count.name) for count in counts))
        .outerjoin(own_pages, own_pages.c.document_id == documents.c.document_id)
        .outerjoin(own_rows, own_rows.c.document_id == documents.c.document_id)
        .where(chosen[0])
        .order_by(documents.c.source_file, documents.c.document_id)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.sum(case((condition, 1), else_=0)), Integer)


def _document_record(row: dict[str, object]) -> DocumentRecord:
    own = {"document", "state", "as_read"}
    fields = {name: row[name] for name in DocumentRecord.__slots__ if name in row and name not in own}
    state = DocumentState(str(row["state"]))
    as_read = DOCUMENT.validate_python(row["as_read"]) if row["as_read"] else None
    return DocumentRecord(document=document_of(row), state=state, as_read=as_read, **fields)  # type: ignore[arg-type]
