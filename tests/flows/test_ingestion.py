"""Whole runs without Prefect: real files, real children, a real store."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from chitieu.settings import Settings
from chitieu.store import open_store
from flows.events import Event, Finished, Started, Summary
from flows.ingestion import ThreadBudget, ingest, workplace
from flows.runners import run_direct

BY_NAME = "tests.flows.child_cases:by_name"
MARK = "CHITIEU_TEST_HOME"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def drop(folder: Path, *names: str) -> None:
    for name in names:
        with pikepdf.new() as document:
            document.add_blank_page(page_size=(100, 100 + sum(name.encode())))
            document.save(folder / f"{name}.pdf")


def run(folder: Path, events: list[Event] | None = None, seconds_per_page: float = 300) -> Summary:
    settings = Settings(home=folder.parent / "home", memory_mib=300, seconds_per_page=seconds_per_page, workers=2)
    with workplace(settings, BY_NAME, (events if events is not None else []).append) as place:
        return ingest([folder], place, run_direct)


def output(folder: Path) -> dict[str, bytes]:
    files = (folder.parent / "home" / "output").iterdir()
    return {path.name: path.read_bytes() for path in files if path.suffix in {".csv", ".parquet"}}


def test_bad_documents_are_quarantined_alone_and_the_others_go_on(folder: Path) -> None:
    drop(folder, "good", "hog", "crash", "unreadable", "other")
    (folder / "cut.pdf").write_bytes((folder / "good.pdf").read_bytes()[:250])
    (folder / "empty.pdf").touch()
    (folder / "notes.txt").write_text("hello")
    summary = run(folder)
    assert [record.document.source_file for record in summary.documents] == ["good.pdf", "other.pdf"]
    assert {file.name: file.error.reason for file in summary.quarantined} == {
        "hog.pdf": "out_of_memory",
        "crash.pdf": "crashed",
        "unreadable.pdf": "unreadable",
        "cut.pdf": "damaged",
        "empty.pdf": "empty",
    }
    assert [path.name for path in summary.ignored] == ["notes.txt"]
    quarantine = folder.parent / "home" / "quarantine"
    assert len(list(quarantine.glob("*.pdf"))) == len(list(quarantine.glob("*.reason.txt"))) == 5
    assert len(list(folder.iterdir())) == 8  # the originals stay where they are
    documents = output(folder)["documents.csv"].decode()
    assert documents.count(",quarantined,") == 5
    assert documents.count(",published,") == 2


def test_a_document_that_hangs_is_quarantined(folder: Path) -> None:
    drop(folder, "hang")
    summary = run(folder, seconds_per_page=1)
    assert [(file.name, file.error.reason) for file in summary.quarantined] == [("hang.pdf", "out_of_time")]


def test_running_again_reads_nothing_and_gives_the_same_bytes(folder: Path) -> None:
    drop(folder, "good", "other")
    assert run(folder).read_before == frozenset()
    before = output(folder)
    events: list[Event] = []
    summary = run(folder, events)
    assert events == []
    assert len(summary.read_before) == 2
    assert output(folder) == before
    assert b"good.pdf" in before["indicators.csv"]


def test_the_same_bytes_under_two_names_are_one_document(folder: Path) -> None:
    drop(folder, "good")
    (folder / "second name.pdf").write_bytes((folder / "good.pdf").read_bytes())
    assert [record.document.source_file for record in run(folder).documents] == ["good.pdf"]


def test_two_documents_are_read_at_once(folder: Path) -> None:
    drop(folder, "one", "two")
    events: list[Event] = []
    run(folder, events)
    first_end = next(at for at, event in enumerate(events) if isinstance(event, Finished))
    assert sum(isinstance(event, Started) for event in events[:first_end]) == 2


def test_the_last_document_gets_all_cores() -> None:
    budget = ThreadBudget(cores=4, documents=3)
    with budget.share() as first, budget.share() as second:
        assert (first, second) == (1, 1)
    with budget.share() as last:
        assert last == 4


def test_a_killed_run_is_taken_up_by_the_next(folder: Path) -> None:
    drop(folder, "slow", "good")
    home = folder.parent / "home"
    home.mkdir()
    (home / "hold").touch()
    script = f"""
from pathlib import Path
from chitieu.settings import Settings
from flows.ingestion import ingest, workplace
from flows.runners import run_direct
def tell(event):
    print(event, flush=True)
with workplace(Settings(home=Path({str(home)!r}), workers=2), {BY_NAME!r}, tell) as place:
    ingest([Path({str(folder)!r})], place, run_direct)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": ".", MARK: str(home)},
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Finished"):
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with open_store(f"sqlite:///{home}/state/chitieu.sqlite") as store, store.snapshot() as snapshot:
        states = {record.document.source_file: record.state for record in snapshot.documents()}
    assert states == {"slow.pdf": "claimed", "good.pdf": "extracted"}
    deadline = time.monotonic() + 60
    while children_of(home):  # the kernel ends them with their parent
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (home / "hold").unlink()
    (folder / "slow.pdf").rename(folder / "slow again.pdf")  # it keeps its first name
    with workplace(Settings(home=home), BY_NAME, lambda _event: None) as place:
        summary = ingest([folder], place, run_direct)
    assert len(summary.read_before) == 1
    assert {record.document.source_file for record in summary.documents} == {"good.pdf", "slow.pdf"}


def children_of(home: Path) -> list[str]:
    """The processes that a run for a home has started, and they in turn."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = path.read_text()
        except OSError:  # it has ended
            continue
        if f"{MARK}={home}" in environment.split("\0"):
            found.append(path.parent.name)
    return found
