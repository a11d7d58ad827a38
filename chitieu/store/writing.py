"""Changes of the store, each in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import (
    Connection,
    Table,
    delete,
    insert,
    select,
)

from chitieu.errors import ChitieuError
from chitieu.exchange import CORRECTION, PAGE, TABLE
from chitieu.model import Correction, Extraction
from chitieu.reviewed import IDENTITY_FIELDS, Replay
from chitieu.store import schema, superseding
from chitieu.store.bundles import add_further, remove_further
from chitieu.store.checks import Check, add_check
from chitieu.store.claiming import Arrival, Known, move, move_all, note_arrival
from chitieu.store.engines import store_engine
from chitieu.store.identities import add_to_identity, replay_identity
from chitieu.store.migrations import upgrade
from chitieu.store.reading import Snapshot
from chitieu.store.records import (
    FINISHED_STATES,
    DocumentState,
    document_columns,
    indicator_columns,
)
from chitieu.store.review import RowChanged, replay_document, review_row
from chitieu.store.users import User, put_user, remove_user
from chitieu.store.work import READS, Work


class Store(Work):
    """The database of a home. Methods that change it are safe to repeat and to be called from several threads."""

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Yield the store as it is now; what others write meanwhile is not seen."""
        # SQLite in WAL mode gives a transaction one view by itself.
        level = {} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._engine.execution_options(**READS, **level).begin() as connection:
            yield Snapshot(connection)

    def known(self, document_id: str, code_version: str) -> bool:
        """Whether a document has been read by this very software, or withdrawn: reading it again gives nothing new."""
        documents = schema.documents.c
        query = select(documents.document_id).where(
            documents.document_id == document_id,
            ((documents.code_version == code_version) & documents.state.in_(FINISHED_STATES))
            | (documents.state == DocumentState.WITHDRAWN),
        )
        with self._engine.execution_options(**READS).begin() as connection:
            return connection.execute(query).first() is not None

    def state_of(self, document_id: str) -> DocumentState | None:
        """How a document stands; None where it is unknown."""
        query = select(schema.documents.c.state).where(schema.documents.c.document_id == document_id)
        with self._engine.execution_options(**READS).begin() as connection:
            state = connection.execute(query).scalar_one_or_none()
        return None if state is None else DocumentState(state)

    def record_received(self, document_id: str, sha256: str, source_file: str) -> str:
        """Note that a document is there; returns the name that it goes by: the first under which it was dropped."""
        with self._engine.begin() as connection:
            name = _source_file(connection, document_id)
            if name is None:
                _insert_received(connection, document_id, sha256, source_file)
            return source_file if name is None else name

    def record_arrival(self, arrival: Arrival, sha256: str) -> Known:
        """The same for a file that came into the inbox; this very arrival may have been noted before a crash."""
        with self._engine.begin() as connection:
            name = _source_file(connection, arrival.document_id)
            if name is None:
                _insert_received(connection, arrival.document_id, sha256, arrival.name)
            first = note_arrival(connection, arrival)
            return Known(name or arrival.name, is_duplicate=name is not None and first != arrival.token)

    def save_extraction(
        self, extraction: Extraction, code_version: str, seconds: float, replay: Replay | None = None
    ) -> DocumentState:
        """Put what was read in the place of what was read before; the document must have been received.

        The same for the further documents of its file. `replay` lays over them what reviewers said.
        """
        with self._engine.begin() as connection:
            add_further(connection, extraction)
            for one in (extraction, *extraction.further):
                _save(connection, one, code_version, seconds, replay)
        return _state_of(extraction)

    def record_failure(self, document_id: str, error: ChitieuError, code_version: str, seconds: float) -> None:
        """Quarantine a document: what was read of it before is withdrawn with it."""
        outcome = _outcome(error.reason, error.detail, code_version, seconds)
        with self._engine.begin() as connection:
            _clear_reading(connection, document_id)
            remove_further(connection, document_id)
            move(connection, document_id, DocumentState.QUARANTINED, code_version, error.reason, columns=outcome)

    def withdraw(self, document_id: str, why: str) -> None:
        """Take a document out of the dataset, with the reason of a person."""
        with self._engine.begin() as connection:
            _clear_reading(connection, document_id)
            said = {"reason": "", "detail": why, "holder": "", "lease_until": ""}
            move(connection, document_id, DocumentState.WITHDRAWN, "", why, columns=said)

    def settle_versions(self) -> None:
        """Have every document say whether another scan of its decision counts in its place."""
        with self._engine.begin() as connection:
            superseding.settle_versions(connection)

    def prefer(self, document_id: str) -> None:
        """Have a document count before all other scans of its decision, as a person chose."""
        with self._engine.begin() as connection:
            superseding.prefer(connection, document_id)
            superseding.settle_versions(connection)

    def mark_published(self, document_ids: Iterable[str]) -> None:
        """Note that the dataset holds these documents."""
        documents = schema.documents.c
        with self._engine.begin() as connection:
            query = select(documents.document_id, documents.code_version).where(
                documents.state == DocumentState.EXTRACTED
            )
            extracted = {row.document_id: row.code_version for row in connection.execute(query)}
            published = {one: extracted[one] for one in document_ids if one in extracted}
            move_all(connection, published, DocumentState.PUBLISHED)

    def add_corrections(
        self, document_id: str, said: Sequence[Correction], replay: Replay, seen: Mapping[int, str] | None = None
    ) -> None:
        """Add what a reviewer said of a document and lay it over its rows; nothing that was said before is changed.

        `seen`: versions of rows by their positions that the reviewer had on the screen. Raises RowChanged, with
        nothing added, where one of them is another by now.
        """
        with self._engine.begin() as connection:
            now_there = [(review_row(connection, document_id, at), version) for at, version in (seen or {}).items()]
            changed = [row for row, version in now_there if row and row.version != version]
            if changed:
                raise RowChanged(changed)
            rows = [CORRECTION.dump_python(correction, mode="json") for correction in said]
            _insert_all(connection, schema.corrections, rows)
            replay_document(connection, document_id, replay)
            if any(one.field in IDENTITY_FIELDS for one in said):
                replay_identity(connection, document_id, replay)

    def add_to_identity(self, document_id: str, said: Sequence[Correction], replay: Replay, version: str) -> None:
        """Add what a reviewer said of a document's own data. Raises IdentityChanged where they are others by now."""
        with self._engine.begin() as connection:
            add_to_identity(connection, document_id, said, replay, version)

    def put_user(self, user: User) -> None:
        """Add an account, or change the one of this name."""
        with self._engine.begin() as connection:
            put_user(connection, user)

    def remove_user(self, name: str) -> bool:
        """Take an account away; False where there is none."""
        with self._engine.begin() as connection:
            return remove_user(connection, name)

    def add_check(self, check: Check) -> None:
        """Keep what a person said of a row that nobody doubted."""
        with self._engine.begin() as connection:
            add_check(connection, check)


def open_store(url: str) -> Store:
    """Open the store of an SQLAlchemy URL, created where it is not there yet."""
    engine = store_engine(url)
    upgrade(engine)
    return Store(engine)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _source_file(connection: Connection, document_id: str) -> str | None:
    query = select(schema.documents.c.source_file).where(schema.documents.c.document_id == document_id)
    return connection.execute(query).scalar_one_or_none()


def _insert_received(connection: Connection, document_id: str, sha256: str, source_file: str) -> None:
    identity = {"document_id": document_id, "sha256": sha256, "source_file": source_file}
    values = {**identity, "state": DocumentState.RECEIVED, "received_at": now()}
    connection.execute(insert(schema.documents).values(values))
    move(connection, document_id, DocumentState.RECEIVED, "")


def _state_of(extraction: Extraction) -> DocumentState:
    return DocumentState.EXTRACTED if extraction.indicators else DocumentState.NO_INDICATORS


def _save(
    connection: Connection, extraction: Extraction, code_version: str, seconds: float, replay: Replay | None
) -> None:
    """One document's reading in the place of the former one."""
    document_id, state = extraction.document.document_id, _state_of(extraction)
    columns = {**document_columns(extraction.document), **_outcome("", "", code_version, seconds), "as_read": None}
    _clear_reading(connection, document_id)
    move(connection, document_id, state, code_version, columns=columns)
    _insert_all(connection, schema.pages, _page_rows(extraction))
    _insert_all(connection, schema.tables, _table_rows(extraction))
    _insert_all(connection, schema.indicators, _indicator_rows(extraction))
    if replay:
        replay_document(connection, document_id, replay)
        replay_identity(connection, document_id, replay)


def _outcome(reason: str, detail: str, code_version: str, seconds: float) -> dict[str, object]:
    said = {"reason": reason, "detail": detail, "holder": "", "lease_until": ""}
    return {**said, "code_version": code_version, "seconds": seconds, "finished_at": now()}


def _clear_reading(connection: Connection, document_id: str) -> None:
    for table in (schema.pages, schema.tables, schema.indicators):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def _insert_all(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _page_rows(extraction: Extraction) -> list[dict[str, object]]:
    own = {"document_id": extraction.document.document_id}
    return [{**own, **PAGE.dump_python(page, mode="json")} for page in extraction.pages]


def _table_rows(extraction: Extraction) -> list[dict[str, object]]:
    own = {"document_id": extraction.document.document_id}
    return [
        {**own, "index": table.index, "content": TABLE.dump_python(table, mode="json")} for table in extraction.tables
    ]


def _indicator_rows(extraction: Extraction) -> list[dict[str, object]]:
    own = {"document_id": extraction.document.document_id, "review_status": "unreviewed"}
    return [
        {**own, "position": position, **indicator_columns(indicator)}
        for position, indicator in enumerate(extraction.indicators)
    ]
