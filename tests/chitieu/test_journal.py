"""The log: a line for each thing that happened, rotated, whole lines whoever writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from chitieu import journal
from chitieu.journal import cut_back, read_entries, write_entry

WRITER = """
import sys
from pathlib import Path
from chitieu import journal
journal.ROTATED_BYTES = 20_000
for number in range(100):
    journal.write_entry(Path(sys.argv[1]), "wrote", who=sys.argv[2], number=number, more="ư" * 50)
"""


def test_what_is_written_is_read_in_its_order(tmp_path: Path) -> None:
    write_entry(tmp_path, "one", name="Sở Nội vụ")
    write_entry(tmp_path, "two", path=tmp_path)
    entries = list(read_entries(tmp_path))
    assert [entry["event"] for entry in entries] == ["one", "two"]
    assert entries[0]["name"] == "Sở Nội vụ"
    assert entries[1]["path"] == str(tmp_path)


def test_several_processes_lose_no_line_while_the_log_is_rotated(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(3)]
    assert [writer.wait(300) for writer in writers] == [0, 0, 0]
    assert (tmp_path / "chitieu.jsonl.2").exists()
    found = [(entry["who"], entry["number"]) for entry in read_entries(tmp_path)]
    assert sorted(found) == sorted((str(who), number) for who in range(3) for number in range(100))


def test_the_oldest_goes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "ROTATED_BYTES", 0)
    for number in range(10):
        write_entry(tmp_path, str(number))
    assert [entry["event"] for entry in read_entries(tmp_path)] == ["4", "5", "6", "7", "8", "9"]


def test_a_line_that_a_power_cut_left_unfinished_is_passed_over(tmp_path: Path) -> None:
    write_entry(tmp_path, "whole")
    with (tmp_path / "chitieu.jsonl").open("a") as file:
        file.write('{"event": "cu')
    assert [entry["event"] for entry in read_entries(tmp_path)] == ["whole"]


def test_a_log_of_another_program_is_cut_back_while_it_writes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "ROTATED_BYTES", 10)
    path = tmp_path / "prefect.log"
    cut_back(path)
    assert list(tmp_path.iterdir()) == []
    with path.open("ab", buffering=0) as log:
        for number in range(8):
            log.write(b"short %d\n" % number)
            cut_back(path)
            log.write(b"and more than is kept %d\n" % number)
            cut_back(path)
            assert path.read_bytes() == b""
    kept = {name.name: name.read_bytes() for name in tmp_path.iterdir() if name != path}
    assert kept == {
        f"prefect.log.{at}": b"short %d\nand more than is kept %d\n" % (8 - at, 8 - at) for at in range(1, 6)
    }


def test_a_log_that_cannot_be_copied_stays_as_it_is(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "ROTATED_BYTES", 10)
    path = tmp_path / "prefect.log"
    path.write_text("longer than ten bytes")
    (tmp_path / "prefect.log.1").write_text("before")
    (tmp_path / "prefect.log.new").mkdir()
    with pytest.raises(OSError, match="new"):
        cut_back(path)
    assert path.read_text() == "longer than ten bytes"
    assert (tmp_path / "prefect.log.1").read_text() == "before"
