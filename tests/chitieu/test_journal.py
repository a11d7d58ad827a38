"""The log: a line for each thing that happened, rotated, whole lines whoever writes."""

import subprocess
import sys
from pathlib import Path

from chitieu import journal
from chitieu.journal import read_entries, write_entry

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
