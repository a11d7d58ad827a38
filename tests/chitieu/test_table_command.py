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

ROOT = Path(__file__).resolve().parent.parent.parent
DIGITAL, OFFICE = (ROOT / "samples" / quality / "cao-bang-1139.pdf" for quality in ("digital", "office"))
HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"]
MISBEHAVING = """
import chitieu.cli, chitieu.table_command
chitieu.table_command.READ_TABLES = "tests.flows.child_cases:tables_by_name"
chitieu.cli.main()
"""


def tables(
    *words: object, folder: Path, program: str = "import chitieu.cli; chitieu.cli.main()", **values: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, "tables", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **values},
    )  # fmt: skip


def blank_pdf(path: Path) -> Path:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    return path


def test_json_goes_to_the_output_stream_and_nothing_else_is_made(tmp_path: Path) -> None:
    run = tables(DIGITAL, folder=tmp_path, LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert run.returncode == 0
    (table,) = json.loads(run.stdout)["tables"]
    assert table["rows"][0] == HEADER
    assert all(cell["confidence"] == 1 for cell in table["cells"])
    assert table["page"] == table["pages"][0] == table["cells"][0]["page"]
    places = {(cell["row"] + i, cell["col"] + j) for cell in table["cells"]
              for i in range(cell["row_span"]) for j in range(cell["col_span"])}  # fmt: skip
    assert len(places) == len(table["rows"]) * len(table["rows"][0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.ocr
def test_a_scan_gives_the_table_that_the_file_with_words_gives(tmp_path: Path) -> None:
    (scanned,) = json.loads(tables(OFFICE, folder=tmp_path).stdout)["tables"]
    (digital,) = json.loads(tables(DIGITAL, folder=tmp_path).stdout)["tables"]
    spans = [[(cell["row"], cell["col"], cell["row_span"], cell["col_span"]) for cell in table["cells"]]
             for table in (scanned, digital)]  # fmt: skip
    assert spans[0] == spans[1]
    assert scanned["rows"][0] == HEADER
    assert all(0 < cell["confidence"] <= 1 for cell in scanned["cells"])


def test_only_the_named_pages_are_read(tmp_path: Path) -> None:
    (table,) = json.loads(tables(DIGITAL, "--pages", "3-4", folder=tmp_path).stdout)["tables"]
    assert table["pages"] == [3, 4]


def test_the_ending_of_out_names_the_format(tmp_path: Path) -> None:
    run = tables(DIGITAL, "--out", "a.html", "--language", "en", folder=tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert "Wrote a.html" in run.stderr
    assert '<html lang="en">' in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_xlsx_is_written_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quyết định.pdf"
    path.write_bytes(DIGITAL.read_bytes())
    run = tables(path, "--format", "xlsx", folder=tmp_path)
    assert run.stdout == ""
    assert "quyết định.tables.xlsx" in run.stderr
    (sheet,) = openpyxl.load_workbook(tmp_path / "quyết định.tables.xlsx").worksheets
    assert [one.value for one in sheet[1]] == HEADER


def test_csv_goes_into_a_folder_table_by_table(tmp_path: Path) -> None:
    run = tables(DIGITAL, "--format", "csv", "--out", "new/", folder=tmp_path)
    assert run.returncode == 0
    with (tmp_path / "new" / "cao-bang-1139.table-1.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADER


def test_a_file_without_tables_is_no_error(tmp_path: Path) -> None:
    run = tables(blank_pdf(tmp_path / "a.pdf"), folder=tmp_path)
    assert (run.returncode, json.loads(run.stdout)) == (0, {"tables": []})
    assert "a.pdf: không tìm thấy bảng nào" in run.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["gone.pdf"], 2, "gone.pdf does not exist"),
        (["."], 2, "Name one PDF file"),
        (["text.pdf"], 1, "text.pdf: The file is not a PDF."),
        (["cut.pdf"], 1, "cut.pdf: The PDF is damaged"),
        (["locked.pdf"], 1, "locked.pdf: The PDF has a password."),
        (["good.pdf", "--pages", "2-9"], 2, "good.pdf: The file does not have so many pages"),
        (["good.pdf", "--pages", "5-3"], 2, "Write 3, 3-5 or 1,3-5"),
        (["good.pdf", "--out", "good.pdf"], 2, "Choose another name"),
        (["0123456789abcdef", "--pages", "1"], 2, "need one PDF file"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    good = blank_pdf(tmp_path / "good.pdf")
    before = good.read_bytes()
    (tmp_path / "text.pdf").write_text("no pdf")
    (tmp_path / "cut.pdf").write_bytes(before[:300])
    with pikepdf.open(good) as document:
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    run = tables(*words, "--language", "en", folder=tmp_path)
    assert (run.returncode, run.stdout) == (code, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert good.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "reason"), [("hang", "out_of_time"), ("hog", "out_of_memory"), ("crash", "crashed"), ("bug", "crashed")]
)
def test_a_file_that_breaks_its_reader_ends_with_words(tmp_path: Path, name: str, reason: str) -> None:
    path = blank_pdf(tmp_path / f"{name}.pdf")
    limits = {"CHITIEU_SECONDS_PER_PAGE": "6", "CHITIEU_MEMORY_MIB": "400"}
    run = tables(path, folder=tmp_path, program=MISBEHAVING, **limits)
    assert (run.returncode, run.stdout) == (1, "")
    assert f"{name}.pdf: " in run.stderr
    assert f"({reason}: " in run.stderr
    assert "Traceback" not in run.stderr


def test_a_document_that_was_read_before_is_written_again(tmp_path: Path) -> None:
    ingest = "import chitieu.cli; chitieu.cli.EXTRACT = 'tests.flows.child_cases:by_name'; chitieu.cli.main()"
    path = blank_pdf(tmp_path / "good.pdf")
    subprocess.run(
        [sys.executable, "-c", ingest, "ingest", str(path), "--direct"],
        check=True, capture_output=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    (written,) = (tmp_path / "output" / "tables").iterdir()
    assert openpyxl.load_workbook(written).sheetnames == ["Bảng 1 (trang 2)"]
    written.unlink()
    assert "1 bảng" in tables(written.stem, folder=tmp_path).stdout
    assert written.exists()
    (table,) = json.loads(tables(written.stem, "--format", "json", folder=tmp_path).stdout)["tables"]
    assert table["rows"][1] == ["I", "Mục tiêu đến năm 2030", "", ""]
