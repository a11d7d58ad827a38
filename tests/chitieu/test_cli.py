"""The commands as people type them, without Prefect."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from chitieu.corrections import regions_of, replay
from chitieu.model import Correction
from chitieu.store import open_store

PROGRAM = """
import sys
import chitieu.cli, chitieu.reading_runs
chitieu.reading_runs.EXTRACT = "tests.flows.child_cases:by_name"
try:
    chitieu.cli.main()
finally:
    assert "prefect" not in sys.modules
"""


def environment(**values: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": ".", "COLUMNS": "200", **values}


def chitieu(*words: object, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        capture_output=True, text=True, env=environment(**values), timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(folder / "good.pdf")
    return folder


def test_a_good_run_ends_with_0_and_says_where_the_files_are(folder: Path, tmp_path: Path) -> None:
    run = chitieu("ingest", folder, "--home", tmp_path / "home", "--direct")
    assert (run.returncode, run.stderr) == (0, "")
    assert "good.pdf: trang 2/2" in run.stdout
    assert "Dòng chỉ tiêu: 4, trong đó 1 dòng cần xem lại" in run.stdout
    assert f"Kết quả ở: {tmp_path}/home/output" in run.stdout


def test_a_bad_file_ends_with_1_and_names_the_remedy_in_the_language(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.pdf").write_text("no pdf")
    run = chitieu("ingest", folder, "--home", tmp_path / "home", "--direct")
    assert run.returncode == 1
    assert "Cách ly: bad.pdf: Tệp không phải là PDF." in run.stdout
    run = chitieu("ingest", folder, "--home", tmp_path / "home", "--direct", "--language", "en")
    assert run.returncode == 1
    assert "Quarantined: bad.pdf: The file is not a PDF." in run.stdout
    assert "0 read now, 1 read before" in run.stdout


def test_a_path_that_is_not_there_ends_with_2_and_does_nothing(folder: Path, tmp_path: Path) -> None:
    run = chitieu("ingest", folder, tmp_path / "gone.pdf", "--home", tmp_path / "home", "--direct")
    assert run.returncode == 2
    assert "gone.pdf" in run.stderr
    assert not (tmp_path / "home").exists()


def test_wrong_words_and_wrong_settings_end_with_2(tmp_path: Path) -> None:
    assert chitieu("ingest", "--nonsense").returncode == 2
    run = chitieu("status", "--home", tmp_path, CHITIEU_MEMORY_MIB="much")
    assert run.returncode == 2
    assert "Cấu hình sai" in run.stderr
    assert "Traceback" not in run.stderr


def test_help_speaks_vietnamese_and_english() -> None:
    assert "Đọc các tệp PDF" in chitieu("--help").stdout
    assert "Read PDF files" in chitieu("--help", CHITIEU_LANGUAGE="en").stdout


def test_the_other_commands_work_on_a_home(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "chitieu ingest" in chitieu("status", "--home", home).stdout
    chitieu("ingest", folder, "--home", home, "--direct")
    (home / "output" / "indicators.csv").unlink()
    assert "4 dòng" in chitieu("publish", "--home", home).stdout
    assert (home / "output" / "indicators.csv").exists()
    assert "đã xuất bản" in chitieu("status", "--home", home).stdout
    pages = chitieu("status", "--pages", folder / "good.pdf", "--home", home).stdout
    assert "bản quét có chữ nhận dạng sai" in pages
    assert "90 từ, 31% tiếng Việt, 1% chữ có dấu; ảnh phủ 100%" in pages
    assert chitieu("status", "--pages", "good.pdf", "--home", home).stdout == pages
    assert chitieu("status", "--pages", "gone.pdf", "--home", home).returncode == 2
    assert "1 bảng" in chitieu("tables", "--home", home).stdout
    assert chitieu("tables", "nothing", "--home", home).returncode == 2
    assert "vie" in chitieu("doctor", "--home", home).stdout


def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "good.pdf").rename(folder / "slow.pdf")
    home = tmp_path / "home"
    home.mkdir()
    (home / "hold").touch()
    words = ("ingest", str(folder), "--home", str(home), "--direct")
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith("slow.pdf")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.strip()) == (130, "Đã dừng. Không mất gì: chạy lại lệnh để tiếp tục.")
    (home / "hold").unlink()
    assert chitieu(*words).returncode == 0


def test_force_reads_again_and_keeps_what_reviewers_said(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    chitieu("ingest", folder, "--home", home, "--direct")
    with open_store(f"sqlite:///{home}/state/chitieu.sqlite") as store:
        with store.snapshot() as snapshot:
            (document_id,) = (record.document.document_id for record in snapshot.documents())
            row = next(row for row in snapshot.review_rows(document_id) if row.indicator.flags)
        places = regions_of(row.as_read, "value_text")
        said = Correction(document_id, places, "value_text", row.as_read.value_text, "≥ 95", "Lan", "", "2026-11-01")
        store.add_corrections(document_id, [said], replay)
    run = chitieu("ingest", folder, "--home", home, "--direct", "--force")
    assert "1 mới đọc, 0 đã đọc từ trước" in run.stdout
    assert "≥ 95" in (home / "output" / "indicators.csv").read_text("utf-8")


def test_the_inbox_is_read_where_no_path_is_named_and_is_empty_afterwards(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    inbox = home / "inbox" / "phòng tài chính"
    inbox.mkdir(parents=True)
    data = (folder / "good.pdf").read_bytes()
    (inbox / "good.pdf").write_bytes(data)
    (inbox / "again.pdf").write_bytes(data)
    (inbox / "bad.pdf").write_text("no pdf")
    (inbox / "half.pdf").write_bytes(data[: len(data) // 2])
    run = chitieu("ingest", "--home", home, "--direct", CHITIEU_SETTLE_SECONDS="0.1")
    assert run.returncode == 0, run.stderr
    assert "phòng tài chính/half.pdf: chưa đủ đến cuối tệp" in run.stdout
    assert "good.pdf: trùng từng byte với again.pdf" in run.stdout
    assert sorted(path.name for path in (home / "inbox").rglob("*.pdf")) == ["bad.pdf", "half.pdf"]
    assert [path.read_bytes() for path in (home / "archive").rglob("*.pdf")] == [data]
    waiting = chitieu("ingest", "--home", home, "--direct", CHITIEU_SETTLE_SECONDS="60")
    assert "Chưa đọc tệp nào; lý do nêu ở trên." in waiting.stdout
    assert "Không có tệp PDF nào để đọc." not in waiting.stdout
    (inbox / "half.pdf").write_bytes(data)
    patient = {"CHITIEU_SETTLE_SECONDS": "0.1", "CHITIEU_UNFINISHED_SECONDS": "0"}
    run = chitieu("ingest", "--home", home, "--direct", **patient)
    assert run.returncode == 1, run.stderr
    assert "Cách ly: bad.pdf" in run.stdout
    assert (home / "quarantine" / "bad.pdf").read_text() == "no pdf"
    assert not list((home / "inbox").rglob("*.pdf"))


def test_an_empty_inbox_is_no_fault(tmp_path: Path) -> None:
    run = chitieu("ingest", "--home", tmp_path, "--direct")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "inbox").is_dir()


def test_quarantine_is_listed_and_read_again(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    (folder / "bad.pdf").write_text("no pdf")
    chitieu("ingest", folder, "--home", home, "--direct")
    listed = chitieu("quarantine", "list", "--home", home).stdout
    assert "bad.pdf" in listed
    assert "Hãy xuất lại thành PDF" in listed
    assert chitieu("retry", "--home", home).returncode == 1
    assert chitieu("retry", "no such file", "--home", home).returncode == 2
    # Somebody put the right file in its place.
    (home / "quarantine" / "bad.pdf").write_bytes((folder / "good.pdf").read_bytes())
    assert chitieu("retry", "bad.pdf", "--home", home).returncode == 0
    assert not (home / "quarantine" / "bad.pdf").exists()


def test_a_withdrawn_document_is_out_of_the_dataset_but_not_of_the_archive(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    chitieu("ingest", folder, "--home", home, "--direct")
    indicators = home / "output" / "indicators.csv"
    assert "good.pdf" in indicators.read_text()
    gone = chitieu("withdraw", "good.pdf", "--why", "dropped by mistake", "--home", home)
    assert gone.returncode == 0, gone.stderr
    assert "good.pdf" not in indicators.read_text()
    assert "withdrawn" in (home / "output" / "documents.csv").read_text()
    assert list((home / "archive").rglob("*.pdf"))
    # Dropped once more it stays out, until a person wants it back.
    chitieu("ingest", folder, "--home", home, "--direct")
    assert "good.pdf" not in indicators.read_text()
    chitieu("ingest", folder, "--home", home, "--direct", "--force")
    assert "good.pdf" in indicators.read_text()
    assert chitieu("withdraw", "nothing.pdf", "--why", "x", "--home", home).returncode == 2
