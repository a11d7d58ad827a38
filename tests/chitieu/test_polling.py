"""The look into the inbox: what hinders is said once, a run that fails is logged."""

import json
import threading
import time
import zipfile
from pathlib import Path

import pytest

from chitieu import polling
from chitieu.journal import read_entries
from chitieu.locks import READING, held
from chitieu.polling import poll_forever, poll_once
from chitieu.settings import Settings
from chitieu.store import DocumentState, open_store
from tests.builders import DOCUMENT_ID, extraction


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, settle_seconds=0.01, unfinished_seconds=0, poll_seconds=0.01)


def events(settings: Settings) -> list[object]:
    return [entry["event"] for entry in read_entries(settings.logs)]


def wait_in_store(settings: Settings) -> None:
    with open_store(settings.store_url) as store:
        store.record_received("a" * 16, "aa" * 32, "a.pdf")


def test_an_empty_inbox_starts_nothing(settings: Settings) -> None:
    assert not poll_once(settings, threading.Event(), owes_publication=True)
    assert events(settings) == []


def test_what_is_no_document_is_set_aside_logged_and_listed(settings: Settings) -> None:
    settings.inbox.mkdir()
    (settings.inbox / "a.pdf").write_text("no pdf")
    assert not poll_once(settings, threading.Event())
    entry = next(read_entries(settings.logs))
    assert (entry["event"], entry["quarantined"]) == ("inbox_taken", [{"source_file": "a.pdf", "reason": "not_a_pdf"}])
    assert "a.pdf,quarantined,not_a_pdf" in (settings.output / "documents.csv").read_text("utf-8")
    (report,) = (settings.output / "reports").glob("*.json")
    assert json.loads(report.read_text("utf-8"))["quarantined"] == 1


def test_what_is_left_out_of_an_archive_is_logged(settings: Settings) -> None:
    settings.inbox.mkdir()
    with zipfile.ZipFile(settings.inbox / "kho.zip", "w") as archive:
        archive.writestr("a.txt", "STT\tChỉ tiêu\tĐơn vị\n1\tTỷ lệ hộ nghèo\t%\n")
        archive.writestr("phụ lục.docx", "none of ours")
    with held(settings.state / READING):
        poll_once(settings, threading.Event())
    (entry,) = read_entries(settings.logs)
    assert (entry["taken"], entry["left_out"]) == (["a.txt"], ["kho.zip/phụ lục.docx"])


def test_while_another_run_reads_what_was_set_aside_is_to_be_published_still(settings: Settings) -> None:
    settings.inbox.mkdir()
    (settings.inbox / "a.pdf").write_text("no pdf")
    with held(settings.state / READING):
        assert poll_once(settings, threading.Event())
    assert not poll_once(settings, threading.Event(), owes_publication=True)
    assert "a.pdf" in (settings.output / "documents.csv").read_text("utf-8")


def test_while_another_run_reads_none_is_started(settings: Settings) -> None:
    wait_in_store(settings)
    with held(settings.state / READING):
        poll_once(settings, threading.Event())
    with open_store(settings.store_url) as store:
        assert len(store.waiting()) == 1


def test_a_document_that_waits_is_worked_by_a_run_of_its_own(settings: Settings) -> None:
    wait_in_store(settings)
    poll_once(settings, threading.Event())
    with open_store(settings.store_url) as store:
        assert store.state_of("a" * 16) == "quarantined"  # its original is not in the archive
    assert events(settings)[-1] == "run_finished"


def test_a_run_that_fails_is_logged_and_what_it_read_is_published_by_the_next(settings: Settings) -> None:
    wait_in_store(settings)
    settings.output.write_text("a file where the folder should be")
    assert poll_once(settings, threading.Event())
    assert events(settings)[-1] == "run_failed"
    settings.output.unlink()
    assert not poll_once(settings, threading.Event(), owes_publication=True)
    assert events(settings)[-1] == "run_finished"
    assert "a.pdf" in (settings.output / "documents.csv").read_text("utf-8")


def test_what_was_read_before_a_kill_is_published_when_the_service_starts_again(settings: Settings) -> None:
    with open_store(settings.store_url) as store:
        store.record_received(DOCUMENT_ID, DOCUMENT_ID * 4, "cao-bang.pdf")
        store.save_extraction(extraction(), "1", 1.0)
    stop = threading.Event()
    threading.Thread(target=poll_forever, args=(settings, stop, lambda _key, **_values: None), daemon=True).start()
    deadline = time.monotonic() + 300
    while "run_finished" not in events(settings) and time.monotonic() < deadline:
        time.sleep(0.1)
    stop.set()
    with open_store(settings.store_url) as store:
        assert store.state_of(DOCUMENT_ID) is DocumentState.PUBLISHED
    assert "cao-bang.pdf" in (settings.output / "documents.csv").read_text("utf-8")


def test_while_another_run_reads_what_is_to_be_published_stays_so(settings: Settings) -> None:
    wait_in_store(settings)
    with held(settings.state / READING):
        assert poll_once(settings, threading.Event(), owes_publication=True)
        assert not poll_once(settings, threading.Event())


def test_what_hinders_is_said_once_and_tried_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, said, tries = threading.Event(), [], []

    def fail(*_: object, **__: object) -> bool:
        tries.append(1)
        if len(tries) == 5:
            stop.set()
        raise OSError(28, "No space left on device" if len(tries) < 4 else "Permission denied")

    monkeypatch.setattr(polling, "poll_once", fail)
    poll_forever(settings, stop, lambda key, **values: said.append((key, str(values["detail"]))))
    assert [key for key, _ in said] == ["poll_trouble"] * 2
    assert "No space" in said[0][1]
    assert "Permission" in said[1][1]
    assert len(tries) == 5
