"""`chitieu serve` as a service: real processes, Prefect's real server, real documents."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from chitieu.journal import read_entries
from chitieu.settings import load_settings
from chitieu.store import DocumentState, open_store
from tests.no_network import __file__ as network_hook
from tests.smtp_server import Mailbox, mail_server

SERVE = [sys.executable, "-m", "chitieu.cli", "serve", "--language", "en"]
AT_WORK = {DocumentState.CLAIMED, DocumentState.READ}


@dataclass
class Service:
    """A running `chitieu serve` and the home that it serves."""

    process: "subprocess.Popen[str]"
    home: Path

    def states(self) -> dict[str, DocumentState]:
        with open_store(load_settings(self.home).store_url) as store, store.snapshot() as snapshot:
            return {one.document.source_file: one.state for one in snapshot.documents()}

    def nights(self) -> list[str]:
        """The states of the nights so far, as Prefect has them."""
        return self.history("r.state_type", "r.state_type != 'SCHEDULED'")

    def next_nights(self) -> list[str]:
        """When the nights to come are due."""
        return self.history("r.expected_start_time", "r.state_type = 'SCHEDULED' and r.auto_scheduled")

    def history(self, column: str, condition: str) -> list[str]:
        database = self.home / "state" / "prefect" / "prefect.db"
        query = (
            f"select {column} from flow_run r join flow f on f.id = r.flow_id where f.name = 'nightly' and {condition}"
        )
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as history:
                return [value for (value,) in history.execute(query)]
        except sqlite3.OperationalError:  # it is being made
            return []

    def events(self) -> list[str]:
        return [str(entry["event"]) for entry in read_entries(self.home / "state" / "logs")]

    def family(self) -> set[int]:
        """All processes under the service, whatever session they are in."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return found

    def end(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=120)
        return self.process.returncode, output


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(is_so: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Starts services over one home, with every connection but loopback refused and written down."""
    started = []
    attempts = tmp_path / "network.log"

    def start_one(**settings: str) -> Service:
        home = tmp_path / "home"
        quick = {"CHITIEU_SETTLE_SECONDS": "0.1", "CHITIEU_UNFINISHED_SECONDS": "1", "CHITIEU_PREFECT_PORT": "0"}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        hook = {"PYTHONPATH": str(Path(network_hook).parent), "NETWORK_ATTEMPTS_LOG": str(attempts)}
        process = subprocess.Popen(
            [*SERVE, "--home", str(home), "--port", "0"],
            env={**clean, **hook, **quick, **settings}, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(process)
        return Service(process, home)

    yield start_one
    for process in started:
        process.kill()
        process.communicate()
    assert not attempts.exists(), attempts.read_text()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


def drop(home: Path, *documents: Path) -> None:
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    for document in documents:
        (home / "inbox" / document.name).write_bytes(document.read_bytes())


@pytest.mark.prefect
def test_nights_fire_by_cron_and_go_on_after_the_plug_was_pulled_in_the_middle_of_one(start, samples, mailbox) -> None:
    mail = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mailbox.port), "SMTP_SECURITY": "none", "MAIL_TO": "thu@so.vn"}
    every_minute = {"CHITIEU_NIGHTLY": "* * * * *", "CHITIEU_POLL_SECONDS": "0"}
    every_minute |= {f"CHITIEU_{name}": value for name, value in mail.items()}
    first = start(**every_minute)
    documents = [samples / "digital" / "cao-bang-1139.pdf", samples / "digital" / "lai-chau-skhcn.pdf"]
    drop(first.home, *documents)
    wait_until(lambda: AT_WORK & set(first.states().values()), 600, "no night began to read")
    family = first.family()
    assert len(family) > 4
    first.process.kill()
    wait_until(lambda: not any(map(alive, family)), 60, "a process outlived the service")
    assert "RUNNING" in first.nights()

    second = start(**every_minute)
    published = {document.name: DocumentState.PUBLISHED for document in documents}
    wait_until(lambda: second.states() == published, 600, "the nights did not go on")
    wait_until(lambda: "night_ended" in second.events(), 300, "the night did not end")
    wait_until(second.next_nights, 120, "no further night is scheduled")
    assert "đọc 2 văn bản, cách ly 0" in " ".join(message["Subject"] for message in mailbox.messages)
    code, output = second.end(signal.SIGINT)
    assert code == 0, output
    assert "Next night" in output
    assert output.endswith("Ready.\nStopped. Nothing is lost.\n")
    assert "CRASHED" in second.nights()
    assert {"night_missed", "run_ended_as_crashed", "night_ended"} <= set(second.events())
    rows = (second.home / "output" / "indicators.csv").read_text("utf-8").splitlines()
    ids = [row.split(",", 1)[0] for row in rows]
    assert len(ids) == len(set(ids)) > 40


@pytest.mark.prefect
def test_by_day_what_is_dropped_is_read_soon_and_a_part_that_dies_is_started_again(start, samples) -> None:
    service = start(CHITIEU_POLL_SECONDS="0.5")
    lines = [service.process.stdout.readline() for _ in range(6)]
    assert lines[-1] == "Ready.\n", lines
    page = lines[0].split()[2]
    assert urlopen(f"{page}review").status == 200
    refused = subprocess.run([*SERVE, "--home", str(service.home), "--port", "0"], capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "is running for" in refused.stderr

    drop(service.home, samples / "digital" / "lai-chau-skhcn.pdf")
    (service.home / "inbox" / "note.pdf").write_text("no pdf")
    wanted = {"lai-chau-skhcn.pdf": DocumentState.PUBLISHED, "note.pdf": DocumentState.QUARANTINED}
    wait_until(lambda: service.states() == wanted, 300, "the inbox was not read")
    logged = {"inbox_taken", "document_finished", "run_finished"}
    wait_until(lambda: logged <= set(service.events()), 120, "the log does not tell of it")

    pages = [pid for pid in service.family() if b"review_service" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(pages[0], signal.SIGKILL)
    wait_until(lambda: "child_ended" in service.events(), 60, "nobody saw the page die")
    assert urlopen(f"{page}review", timeout=120).status == 200
    code, output = service.end(signal.SIGTERM)
    assert (code, output) == (0, "Stopped. Nothing is lost.\n")
