"""Stores of before: brought to the present schema when they are opened, with all that is in them."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from chitieu.store import DocumentState, open_store, schema
from tests.builders import DOCUMENT_ID

BEFORE = Path(__file__).parent.parent / "stores" / "before-versions.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store written by the last version without migrations: published, corrected, quarantined, waiting."""
    path = tmp_path / "chitieu.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(BEFORE.read_text("utf-8"))
    connection.close()
    return path


def differences(path: Path) -> list[object]:
    return differences_at(f"sqlite:///{path}")


def differences_at(url: str) -> list[object]:
    engine = create_engine(url)
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), schema.metadata)


def test_a_new_store_is_what_the_schema_says(store_url: str) -> None:
    open_store(store_url).close()
    assert differences_at(store_url) == []


def test_a_new_store_is_made_once_by_whoever_comes_first(store_url: str) -> None:
    script = f"from chitieu.store import open_store\nopen_store({store_url!r}).close()"
    processes = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]
    assert [process.wait(timeout=300) for process in processes] == [0, 0, 0, 0]
    assert differences_at(store_url) == []


def test_a_new_store_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "chitieu.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # as one that makes it has it, before the file is in WAL mode
    release = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
    release.start()
    open_store(f"sqlite:///{path}").close()
    release.join()
    other.close()
    assert differences(path) == []


def test_a_store_of_before_becomes_what_the_schema_says_and_keeps_what_it_holds(old: Path) -> None:
    assert differences(old) != []
    with open_store(f"sqlite:///{old}") as store, store.snapshot() as snapshot:
        states = {record.document.source_file: record.state for record in snapshot.documents()}
        texts = [indicator.value_text for indicator in snapshot.indicators(DOCUMENT_ID)]
        corrections = snapshot.corrections(DOCUMENT_ID)
        waiting = [one.source_file for one in store.waiting()]
    assert differences(old) == []
    assert states == {
        "cao-bang.pdf": DocumentState.PUBLISHED,
        "khóa.pdf": DocumentState.QUARANTINED,
        "chờ.pdf": DocumentState.RECEIVED,
    }
    assert texts == ["≥ 40", "≥ 0.6230", "≥ 1.5E+10", "≥ 95"]
    assert [(one.text, one.reviewer) for one in corrections] == [("≥ 95", "Lan")]
    assert waiting == ["chờ.pdf"]


def test_an_older_store_that_lacks_columns_and_tables_gets_them(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.executescript("DROP TABLE users; ALTER TABLE pages DROP COLUMN legibility;")
    connection.close()
    open_store(f"sqlite:///{old}").close()
    assert differences(old) == []


def test_a_store_is_upgraded_once_by_whoever_comes_first(old: Path) -> None:
    script = f"from chitieu.store import open_store\nopen_store('sqlite:///{old}').close()"
    processes = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]
    assert [process.wait(timeout=300) for process in processes] == [0, 0, 0, 0]
    assert differences(old) == []


def test_a_migration_that_fails_changes_nothing(old: Path) -> None:
    with sqlite3.connect(old) as connection:  # what the second migration wants to make is in its way
        connection.execute("CREATE TABLE arrivals (token TEXT)")
        before = list(connection.iterdump())
    connection.close()
    with pytest.raises(OperationalError, match="arrivals"):
        open_store(f"sqlite:///{old}")
    with sqlite3.connect(old) as connection:
        assert list(connection.iterdump()) == before
    connection.close()


def test_a_present_store_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite"
    open_store(url).close()
    script = f"import sys\nfrom chitieu.store import open_store\nopen_store({url!r}).close()\nassert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
