"""A home in one file, and back, byte for byte; nothing is changed by a file that is not whole."""

import sqlite3
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy import text as sql

from chitieu.archive import archive_copy
from chitieu.backup import BackupRefused, back_up, restore
from chitieu.corrections import replay
from chitieu.files import fingerprint
from chitieu.locks import SERVING, held
from chitieu.model import Correction
from chitieu.settings import Settings, load_settings
from chitieu.store import open_store, schema
from tests.builders import DOCUMENT_ID, PLACE, extraction


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    settings = Settings(home=home)
    said = Correction(DOCUMENT_ID, PLACE, "value_text", "> 90", "≥ 90", "Lan", "", "2026-11-21T03:00:00+00:00")
    with open_store(settings.store_url) as store:
        store.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
        store.save_extraction(extraction(), "1", 1.5)
        store.add_corrections(DOCUMENT_ID, [said], replay)
    (tmp_path / "văn bản.pdf").write_bytes(b"%PDF- the original")
    archive_copy(tmp_path / "văn bản.pdf", fingerprint(tmp_path / "văn bản.pdf"), settings.archive)
    (settings.claims / "c1" / "nơi khác").mkdir(parents=True)
    (settings.claims / "c1" / "nơi khác" / "a.pdf").write_bytes(b"%PDF- on its way")
    (home / "chitieu.toml").write_text('language = "en"\n', "utf-8")
    (home / "passwords.txt").write_text("mật khẩu\n", "utf-8")
    return settings


def files_of(home: Path) -> dict[str, bytes]:
    kept = [path for path in home.rglob("*") if path.is_file() and path.suffix not in (".lock", ".sqlite")]
    return {str(path.relative_to(home)): path.read_bytes() for path in kept if "sqlite-" not in path.name}


def dump_of(settings: Settings) -> list[str]:
    with sqlite3.connect(settings.state / "chitieu.sqlite") as store:
        return list(store.iterdump())


def test_what_comes_back_is_what_was(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "home.tar")
    again = Settings(home=tmp_path / "again")
    counted = restore(tmp_path / "home.tar", again, replaces=False)
    assert files_of(again.home) == files_of(settings.home)
    assert dump_of(again) == dump_of(settings)
    assert counted.files == len(files_of(again.home)) + 1
    assert load_settings(again.home).language == "en"


def test_a_backup_while_the_store_is_written_holds_one_moment(settings: Settings, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with open_store(settings.store_url) as store:
            for number in range(10_000):
                if stop.is_set():
                    return
                store.record_received(f"{number:016x}", f"{number:064x}", "a.pdf")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(settings, tmp_path / f"{number}.tar")
    finally:
        stop.set()
        writer.join()
    again = Settings(home=tmp_path / "again")
    restore(tmp_path / "4.tar", again, replaces=False)
    with open_store(again.store_url) as store, store.snapshot() as snapshot:
        received = len(list(snapshot.documents()))
    with sqlite3.connect(again.state / "chitieu.sqlite") as connection:
        (events,) = connection.execute("select count(*) from events where state = 'received'").fetchone()
    assert received == events > 1


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_backup_that_was_cut_short_changes_nothing(settings: Settings, tmp_path: Path, share: float) -> None:
    back_up(settings, tmp_path / "home.tar")
    data = (tmp_path / "home.tar").read_bytes().rstrip(b"\0")
    (tmp_path / "cut.tar").write_bytes(data[: int(len(data) * share)])
    again = Settings(home=tmp_path / "again")
    with pytest.raises(BackupRefused) as refused:
        restore(tmp_path / "cut.tar", again, replaces=False)
    assert refused.value.key == "backup_damaged"
    assert files_of(again.home) == {}


def test_a_byte_that_rotted_is_seen(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "home.tar")
    data = (tmp_path / "home.tar").read_bytes()
    (tmp_path / "home.tar").write_bytes(data.replace(b"the original", b"the originel"))
    with pytest.raises(BackupRefused, match="backup_damaged") as refused:
        restore(tmp_path / "home.tar", Settings(home=tmp_path / "again"), replaces=False)
    assert refused.value.detail.startswith("archive/")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "output/indicators.csv", "archive/../../outside"])
def test_a_file_that_would_lie_elsewhere_is_refused(settings: Settings, tmp_path: Path, name: str) -> None:
    back_up(settings, tmp_path / "home.tar")
    with tarfile.open(tmp_path / "home.tar", "a") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupRefused):
        restore(tmp_path / "home.tar", Settings(home=tmp_path / "again"), replaces=False)
    assert not (tmp_path / "outside").exists()


def test_a_home_that_holds_something_is_left_alone_unless_that_is_wished(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "home.tar")
    before = files_of(settings.home)
    with pytest.raises(BackupRefused, match="restore_not_empty"):
        restore(tmp_path / "home.tar", settings, replaces=False)
    with open_store(settings.store_url) as store:
        store.withdraw(DOCUMENT_ID, "later")
    restore(tmp_path / "home.tar", settings, replaces=True)
    assert files_of(settings.home) == before
    with open_store(settings.store_url) as store:
        assert store.state_of(DOCUMENT_ID) == "extracted"
    (kept,) = settings.state.glob("before-restore-*.sqlite")
    with open_store(f"sqlite:///{kept}") as store:
        assert store.state_of(DOCUMENT_ID) == "withdrawn"


def test_a_home_that_is_served_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "home.tar")
    with held(settings.state / SERVING), pytest.raises(BackupRefused, match="restore_while_served"):
        restore(tmp_path / "home.tar", settings, replaces=True)


def test_the_commands_say_what_they_did_and_publish(settings: Settings, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "chitieu.cli"]
    made = subprocess.run(
        [*command, "backup", tmp_path / "b.tar", "--home", settings.home], capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, "")
    back = [*command, "restore", tmp_path / "b.tar", "--home", tmp_path / "again"]
    first, second = (subprocess.run(back, capture_output=True, text=True, check=False) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    assert (tmp_path / "again" / "output" / "indicators.csv").read_text("utf-8").count("\n") > 1
    assert second.returncode == 3
    assert "--force" in second.stderr


def rows_in(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a store holds, whatever kind it is."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            tables = schema.metadata.sorted_tables
            return {one.name: sorted(map(tuple, connection.execute(select(one))), key=str) for one in tables}
    finally:
        engine.dispose()


@pytest.mark.postgres
def test_a_store_in_postgresql_comes_back_into_an_empty_one_alone(
    settings: Settings, tmp_path: Path, postgres_url: str
) -> None:
    with open_store(settings.store_url) as source, open_store(postgres_url) as target:
        source.copy_to(target)
    before = rows_in(settings.store_url)
    assert len(before["indicators"]) == 4
    assert len(before["corrections"]) == 1
    (settings.home / "chitieu.toml").write_text(f'database_url = "{postgres_url}"\n', "utf-8")
    (settings.state / "chitieu.sqlite").unlink()
    back_up(load_settings(settings.home), tmp_path / "home.tar")
    with pytest.raises(BackupRefused, match="restore_database_not_empty"):
        restore(tmp_path / "home.tar", Settings(home=tmp_path / "again"), replaces=False)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sql("DROP SCHEMA public CASCADE"))
        connection.execute(sql("CREATE SCHEMA public"))
    engine.dispose()
    restore(tmp_path / "home.tar", Settings(home=tmp_path / "again"), replaces=False)
    assert rows_in(postgres_url) == before
    again = load_settings(tmp_path / "again")
    assert again.store_url == postgres_url
    assert not (again.state / "chitieu.sqlite").exists()
    with open_store(postgres_url) as store:  # the numbers of rows to come go on after those that came back
        store.withdraw(DOCUMENT_ID, "later")
        assert store.state_of(DOCUMENT_ID) == "withdrawn"
