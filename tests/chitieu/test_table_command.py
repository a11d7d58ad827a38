"""`chitieu tables FILE` as people type it: on samples of the project, on files that are none, with limits."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from click.testing import Result
from typer.testing import CliRunner

from chitieu.cli import app

ROOT = Path(__file__).resolve().parent.parent.parent
DIGITAL, OFFICE = (ROOT / "samples" / quality / "cao-bang-1139.pdf" for quality in ("digital", "office"))
HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tables(*words: object) -> Result:
    """Run the command here; it reads in a child process all the same."""
    return CliRunner().invoke(app, ["tables", *map(str, words)])


def blank_pdf(path: Path) -> Path:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    return path


def test_json_goes_to_the_output_stream_and_nothing_else_is_made(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "chitieu.cli", "tables", str(DIGITAL)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    (table,) = json.loads(run.stdout)["tables"]
    assert table["rows"][0] == HEADER
    assert all(cell["confidence"] == 1 for cell in table["cells"])
    assert table["page"] == table["pages"][0] == table["cells"][0]["page"]
    places = {(cell["row"] + i, cell["col"] + j) for cell in table["cells"]
              for i in range(cell["row_span"]) for j in range(cell["col_span"])}  # fmt: skip
    assert len(places) == len(table["rows"]) * len(table["rows"][0])
    assert list(folder.iterdir()) == []


@pytest.mark.ocr
def test_a_scan_gives_the_table_that_the_file_with_words_gives() -> None:
    (scanned,) = json.loads(tables(OFFICE).stdout)["tables"]
    (digital,) = json.loads(tables(DIGITAL).stdout)["tables"]
    spans = [[(cell["row"], cell["col"], cell["row_span"], cell["col_span"]) for cell in table["cells"]]
             for table in (scanned, digital)]  # fmt: skip
    assert spans[0] == spans[1]
    assert scanned["rows"][0] == HEADER
    assert all(0 < cell["confidence"] <= 1 for cell in scanned["cells"])


def test_only_the_named_pages_are_read() -> None:
    (table,) = json.loads(tables(DIGITAL, "--pages", "3-4").stdout)["tables"]
    assert table["pages"] == [3, 4]


def test_the_ending_of_out_names_the_format(folder: Path) -> None:
    run = tables(DIGITAL, "--out", "a.html", "--language", "en")
    assert (run.exit_code, run.stdout) == (0, "")
    assert "Wrote a.html" in run.stderr
    assert '<html lang="en">' in (folder / "a.html").read_text(encoding="utf-8")


def test_xlsx_is_written_beside_the_file(folder: Path) -> None:
    path = folder / "quyết định.pdf"
    path.write_bytes(DIGITAL.read_bytes())
    run = tables(path, "--format", "xlsx")
    assert run.stdout == ""
    assert "quyết định.tables.xlsx" in run.stderr
    (sheet,) = openpyxl.load_workbook(folder / "quyết định.tables.xlsx").worksheets
    assert [one.value for one in sheet[1]] == HEADER


def test_csv_goes_into_a_folder_table_by_table(folder: Path) -> None:
    run = tables(DIGITAL, "--format", "csv", "--out", "new/")
    assert run.exit_code == 0
    with (folder / "new" / "cao-bang-1139.table-1.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADER


def test_a_file_without_tables_is_no_error(folder: Path) -> None:
    run = tables(blank_pdf(folder / "a.pdf"))
    assert (run.exit_code, json.loads(run.stdout)) == (0, {"tables": []})
    assert "a.pdf: không tìm thấy bảng nào" in run.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["gone.pdf"], 2, "gone.pdf does not exist"),
        (["."], 2, "Name one PDF file"),
        (["text.pdf"], 1, "text.pdf: The file is not a PDF."),
        (["cut.pdf"], 1, "cut.pdf: The file is damaged"),
        (["locked.pdf"], 1, "locked.pdf: The file has a password. Write it into passwords.txt"),
        (["good.pdf", "--pages", "2-9"], 2, "good.pdf: The file does not have so many pages"),
        (["good.pdf", "--pages", "5-3"], 2, "Write 3, 3-5 or 1,3-5"),
        (["good.pdf", "--out", "good.pdf"], 2, "Choose another name"),
        (["0123456789abcdef", "--pages", "1"], 2, "need one PDF file"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(folder: Path, words: list[str], code: int, said: str) -> None:
    good = blank_pdf(folder / "good.pdf")
    before = good.read_bytes()
    (folder / "text.pdf").write_text("no pdf")
    (folder / "cut.pdf").write_bytes(before[:300])
    with pikepdf.open(good) as document:
        document.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    run = tables(*words, "--language", "en")
    assert (run.exit_code, run.stdout) == (code, "")
    assert said in run.stderr
    assert isinstance(run.exception, SystemExit)
    assert good.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "reason"), [("hang", "out_of_time"), ("hog", "out_of_memory"), ("crash", "crashed"), ("bug", "crashed")]
)
def test_a_file_that_breaks_its_reader_ends_with_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    monkeypatch.setattr("chitieu.table_output.READ_TABLES", "tests.flows.child_cases:tables_by_name")
    monkeypatch.setenv("CHITIEU_SECONDS_PER_PAGE", "2" if name == "hang" else "300")
    monkeypatch.setenv("CHITIEU_MEMORY_MIB", "400")
    run = tables(blank_pdf(folder / f"{name}.pdf"))
    assert (run.exit_code, run.stdout) == (1, "")
    assert f"{name}.pdf: " in run.stderr
    assert f"({reason}: " in run.stderr


def test_a_document_that_was_read_before_is_written_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chitieu.reading_runs.EXTRACT", "tests.flows.child_cases:by_name")
    CliRunner().invoke(app, ["ingest", str(blank_pdf(folder / "good.pdf")), "--direct"])
    (written,) = (folder / "output" / "tables").iterdir()
    assert openpyxl.load_workbook(written).sheetnames == ["Bảng 1 (trang 2)"]
    written.unlink()
    assert "1 bảng" in tables(written.stem).stdout
    assert written.exists()
    (table,) = json.loads(tables(written.stem, "--format", "json").stdout)["tables"]
    assert table["rows"][1] == ["I", "Mục tiêu đến năm 2030", "", ""]
