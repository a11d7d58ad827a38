"""The inbox: taken when whole, by one process, and never lost, whenever a process dies."""

import os
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pikepdf
import pytest

from chitieu.claims import claimed, look, settle
from chitieu.inbox import Intake, archive_copy, fingerprint

HOLDER = """
import sys, time
from pathlib import Path
from chitieu.claims import claimed, look
inbox, claims = Path(sys.argv[1]), Path(sys.argv[2])
with claimed(inbox, look(inbox, 0).ready, claims) as files:
    print(len(files), flush=True)
    time.sleep(60)
"""


def pdf(path: Path, pages: int = 1) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(path)
    return path.read_bytes()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


@pytest.mark.parametrize(
    "name",
    ["a.pdf", "A.PDF", "Kế hoạch số 12.pdf", "một/hai/ba.pdf", f"{'dài' * 60}.pdf", "no ending"],
)
def test_a_whole_file_that_stands_still_is_ready(inbox: Path, name: str):
    pdf(inbox / name)
    assert names(look(inbox, 0).ready) == [Path(name).name]


@pytest.mark.parametrize(
    "name", [".a.pdf", "a.pdf.part", "a.pdf.crdownload", "~$a.pdf", ".trash/a.pdf", "Thumbs.db", ".DS_Store", "a.tmp"]
)
def test_what_editors_and_copying_programs_leave_is_not_there_for_us(inbox: Path, name: str):
    pdf(inbox / name)
    found = look(inbox, 0)
    assert (found.ready, found.waiting) == ((), ())


def test_a_file_that_is_being_written_waits_until_it_is_whole(inbox: Path, tmp_path: Path):
    data = pdf(tmp_path / "source.pdf", 3)
    path = inbox / "slow.pdf"
    stop = threading.Event()

    def write() -> None:
        with path.open("wb", buffering=0) as file:
            for at in range(0, len(data), 40):
                file.write(data[at : at + 40])
                time.sleep(0.02)
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        for ready in look(inbox, 0.05).ready:
            assert ready.read_bytes() == data
    writer.join()
    assert names(look(inbox, 0.05).ready) == ["slow.pdf"]


def test_a_writer_that_pauses_longer_than_we_look_is_waited_for(inbox: Path, tmp_path: Path):
    data = pdf(tmp_path / "source.pdf", 3)
    (inbox / "slow.pdf").write_bytes(data[: len(data) // 2])
    assert names(look(inbox, 0.05).waiting) == ["slow.pdf"]
    (inbox / "slow.pdf").write_bytes(data)
    assert names(look(inbox, 0.05).ready) == ["slow.pdf"]


def test_a_file_that_was_cut_short_long_ago_is_taken_so_that_somebody_hears_of_it(inbox: Path, tmp_path: Path):
    data = pdf(tmp_path / "source.pdf")
    (inbox / "cut.pdf").write_bytes(data[:-30])
    os.utime(inbox / "cut.pdf", (time.time() - 3600, time.time() - 3600))
    assert names(look(inbox, 0).ready) == ["cut.pdf"]


def test_what_is_claimed_is_out_of_the_inbox_and_goes_back_where_it_was_not_settled(inbox: Path, tmp_path: Path):
    first, second = pdf(inbox / "a.pdf", 1), pdf(inbox / "sub" / "b.pdf", 2)
    with claimed(inbox, look(inbox, 0).ready, tmp_path / "claims") as files:
        assert names(files) == ["a.pdf", "b.pdf"]
        assert not list(inbox.rglob("*.pdf"))
        archive_copy(Intake(files[0], fingerprint(files[0])), tmp_path / "archive")
        assert settle(files[0], tmp_path / "archive", tmp_path / "quarantine")
        assert not settle(files[1], tmp_path / "archive", tmp_path / "quarantine")
    assert [path.read_bytes() for path in inbox.rglob("*.pdf")] == [second]
    assert next((tmp_path / "archive").rglob("*.pdf")).read_bytes() == first


def test_two_processes_share_an_inbox_and_no_file_is_taken_twice(inbox: Path, tmp_path: Path):
    for number in range(60):
        pdf(inbox / f"{number}.pdf", 1 + number % 3)
    command = [sys.executable, "-c", HOLDER, str(inbox), str(tmp_path / "claims")]
    holders = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [int(holder.stdout.readline()) for holder in holders]
    # What a living process holds is not taken over.
    with claimed(inbox, look(inbox, 0).ready, tmp_path / "claims") as files:
        assert (sum(counts), files) == (60, ())
    for holder in holders:
        holder.kill()
        holder.wait()


def test_what_a_process_held_when_it_died_is_taken_over(inbox: Path, tmp_path: Path):
    data = pdf(inbox / "sub" / "a.pdf")
    command = [sys.executable, "-c", HOLDER, str(inbox), str(tmp_path / "claims")]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "1\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with claimed(inbox, look(inbox, 0).ready, tmp_path / "claims") as files:
        assert [path.read_bytes() for path in files] == [data]
    assert (inbox / "sub" / "a.pdf").read_bytes() == data
    assert not list((tmp_path / "claims").iterdir())


def test_names_of_macs_are_composed_and_a_name_that_is_taken_gets_another(inbox: Path, tmp_path: Path):
    pdf(inbox / unicodedata.normalize("NFD", "Kế hoạch.pdf"), 1)
    with claimed(inbox, look(inbox, 0).ready, tmp_path / "claims") as files:
        assert names(files) == ["Kế hoạch.pdf"]
        pdf(inbox / "Kế hoạch.pdf", 2)
    assert len(list(inbox.iterdir())) == 2
