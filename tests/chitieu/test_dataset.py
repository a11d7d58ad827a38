"""The published files, opened by the programs that people will open them with."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas
import pytest
from frictionless import Package, system

from chitieu.corrections import replay
from chitieu.dataset import publish, publish_changes
from chitieu.dataset.catalogue import CatalogueEntry
from chitieu.dataset.reports import VIETNAM, write_reports
from chitieu.dataset.rows import Comparison
from chitieu.dataset.schema import COMPARISON_COLUMNS, INDICATOR_COLUMNS
from chitieu.dataset.tabular import plain_decimal
from chitieu.errors import Encrypted
from chitieu.looking import Left, LeftReason
from chitieu.model import Correction, ValueKind
from chitieu.store import Store, open_store
from tests.builders import DOCUMENT_ID, PLACE, extraction


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    store.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
    store.save_extraction(extraction(), "1", 1.5)
    store.record_received("f" * 16, "ff" * 32, "locked.pdf")
    store.record_failure("f" * 16, Encrypted("locked.pdf"), "1", 0.1)
    yield store
    store.close()


@pytest.fixture
def output(store: Store, tmp_path: Path) -> Path:
    publish(store, tmp_path / "output")
    return tmp_path / "output"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_stand_in_printed_order_with_plain_numbers(output: Path) -> None:
    rows = rows_of(output / "indicators.csv")
    assert list(rows[0]) == [column.name for column in INDICATOR_COLUMNS]
    assert [row["code"] for row in rows] == ["7", "8", "9.1", "9.2"]
    assert [row["value_low"] for row in rows] == ["40", "0.623", "15000000000", "90"]
    assert rows[0]["indicator"] == "=SUM(A1:A9) là chữ"
    assert rows[0]["document_date"] == "2025-07-09"
    assert rows[0]["flags"] == ""
    assert rows[3]["flags"] == "readers_disagree:value_text; low_confidence"
    assert rows[0]["confidence"] == "0.988"
    assert rows[0]["agency"] == "Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh"


@pytest.mark.parametrize(
    ("number", "plain"),
    [("0.6230", "0.623"), ("1.5E+10", "15000000000"), ("100", "100"), ("-0.0", "0"), ("0", "0"), ("1E-7", "0.0000001")],
)
def test_decimals_are_plain(number: str, plain: str) -> None:
    assert plain_decimal(Decimal(number)) == plain


def test_frictionless_finds_nothing_to_say(output: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(output / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "fieldName", "rowNumber"])
    assert {"indicators", "documents", "comparison"} <= {task.name for task in report.tasks}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(",number,", ",figure,"), ("2025-07-09", "09/07/2025"), (",>=,", ",=>,"), ("low_conf", "lw"), (",40,", ",4O,")],
)
def test_frictionless_sees_what_breaks_the_contract(output: Path, right: str, wrong: str) -> None:
    path = output / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    package = json.loads((output / "datapackage.json").read_text())
    for resource in package["resources"]:  # the fingerprint alone would tell
        resource.pop("hash"), resource.pop("bytes")
    (output / "datapackage.json").write_text(json.dumps(package))
    assert not Package(str(output / "datapackage.json")).validate().valid


def test_every_column_has_both_titles(output: Path) -> None:
    package = json.loads((output / "datapackage.json").read_text())
    fields = [field for resource in package["resources"] for field in resource.get("schema", {}).get("fields", [])]
    assert len(fields) > 60
    assert all(field["title_vi"] and field["title_en"] for field in fields)


def test_parquet_is_typed(output: Path) -> None:
    frame = pandas.read_parquet(output / "indicators.parquet")
    assert list(frame["value_low"]) == [Decimal("40"), Decimal("0.623"), Decimal("15000000000"), Decimal("90")]
    assert frame["document_date"][0] == date(2025, 7, 9)
    assert list(frame["agency"][0]) == ["Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh"]
    assert list(frame["flags"][0]) == []
    assert list(frame["flags"][3])[1] == "low_confidence"
    assert frame["page"].dtype == "int64"


def test_the_workbook_has_numbers_dates_and_text(output: Path) -> None:
    book = openpyxl.load_workbook(output / "indicators.xlsx")
    assert book.sheetnames == ["Chỉ tiêu", "Văn bản", "Từ điển"]
    sheet = book["Chỉ tiêu"]
    at = {column.name: number for number, column in enumerate(INDICATOR_COLUMNS)}
    first, *_, last = sheet.iter_rows(min_row=2)
    assert first[at["indicator"]].value == "=SUM(A1:A9) là chữ"
    assert first[at["indicator"]].data_type in (
        "s",
        "inlineStr",
    )
    assert first[at["value_low"]].value == 40
    assert first[at["value_low"]].data_type == "n"
    assert first[at["code"]].value == "7"
    assert first[at["document_date"]].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert first[0].fill.fgColor.rgb != last[0].fill.fgColor.rgb == "FFFFF2CC"


def test_the_dictionary_explains_columns_and_flags(output: Path) -> None:
    lines = list(openpyxl.load_workbook(output / "indicators.xlsx")["Từ điển"].iter_rows(values_only=True))
    names = {line[1] for line in lines}
    assert {"value_low", "superseded_by", "readers_disagree", "ink_outside_cells"} <= names


def test_printed_tables_keep_merged_cells(output: Path) -> None:
    book = openpyxl.load_workbook(output / "tables" / f"{DOCUMENT_ID}.xlsx")
    sheet = book["Bảng 1 (trang 2)"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B2:D2"]
    assert sheet["B2"].value == "Mục tiêu đến năm 2030"
    assert sheet["B3"].value == "=SUM(A1:A9) là chữ"
    assert sheet["B3"].data_type != "f"


def test_documents_are_listed_with_state_and_reason(output: Path) -> None:
    first, second = rows_of(output / "documents.csv")
    assert (first["state"], first["reason"], first["rows"], first["rows_flagged"]) == ("published", "", "4", "1")
    assert first["flags"] == "ink_outside_cells"
    assert (second["source_file"], second["state"], second["reason"]) == ("locked.pdf", "quarantined", "encrypted")


def test_review_lists_doubtful_rows_with_readings_and_guards_formulas(store: Store, tmp_path: Path) -> None:
    read = extraction()
    worse = replace(read.indicators[3], indicator="=1+1", record_id="x", flags=read.indicators[3].flags * 2)
    store.save_extraction(replace(read, indicators=(*read.indicators, worse)), "1", 1)
    publish(store, tmp_path / "output")
    rows = rows_of(tmp_path / "output" / "review.csv")
    assert [row["indicator"] for row in rows] == ["'=1+1", "Tỉ lệ cung cấp “dịch vụ công”, trực tuyến"]
    assert rows[1]["readings"] == "value_text: reader “> 90” | tesseract “≥ 90”"
    assert rows[1]["suggestion"] == "value_text: ≥ 90"
    sheet = openpyxl.load_workbook(tmp_path / "output" / "review.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 3


def test_the_same_store_gives_the_same_bytes(store: Store, output: Path) -> None:
    def contents() -> dict[str, bytes]:
        files = (path for path in output.rglob("*") if path.suffix in {".csv", ".parquet", ".xlsx"})
        return {path.name: path.read_bytes() for path in files}

    before = contents()
    publish(store, output)
    assert contents() == before
    assert len(before) == 8


def test_what_a_killed_publication_left_is_swept_up(store: Store, output: Path) -> None:
    leftover = output / "tables" / ".abc.part.xlsx"
    leftover.write_text("half")
    publish(store, output)
    assert not leftover.exists()
    assert sorted(path.name for path in output.rglob(".*")) == [".lock", ".published"]


def written(output: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in output.iterdir() if path.is_file() and path.name[0] != "."}


def test_nothing_is_written_anew_where_nothing_changed_but_the_report_of_the_day(store: Store, output: Path) -> None:
    before, report = written(output), next((output / "reports").glob("*.json"))
    report.unlink()
    left = [Left(Path("lối tắt.pdf"), LeftReason.LINK), Left(Path("đang ghi.pdf"), LeftReason.GROWING)]
    publish_changes(store, output, left)
    assert written(output) == before
    assert json.loads(report.read_text())["left_in_inbox"] == [{"path": "lối tắt.pdf", "reason": "link"}]
    html = report.with_suffix(".html").read_text(encoding="utf-8")
    assert "<li>lối tắt.pdf: đường dẫn tắt; hãy sao chép chính tệp đó</li>" in html
    assert "đang ghi.pdf" not in html


def test_what_changed_is_published_and_what_is_missing_comes_back(store: Store, output: Path) -> None:
    before = written(output)
    (output / "review.xlsx").unlink()
    publish_changes(store, output)
    assert written(output).keys() == before.keys()
    store.withdraw(DOCUMENT_ID, "no decision")
    publish_changes(store, output)
    assert rows_of(output / "indicators.csv") == []
    store.save_extraction(extraction(), "2", 1)
    publish_changes(store, output)
    assert len(rows_of(output / "indicators.csv")) == 4
    said = Correction(DOCUMENT_ID, PLACE, "value_text", "≥ 90", "≥ 95", "Lan", "", "2026-11-21T03:00:00+00:00")
    store.add_corrections(DOCUMENT_ID, [said], replay)
    publish_changes(store, output)
    assert "≥ 95" in (output / "indicators.csv").read_text("utf-8")


def test_reports_tell_what_the_day_did(output: Path) -> None:
    (path,) = (output / "reports").glob("*.json")
    report = json.loads(path.read_text())
    assert (report["documents"], report["quarantined"], report["rows"], report["rows_flagged"]) == (1, 1, 4, 1)
    html = path.with_suffix(".html").read_text(encoding="utf-8")
    assert "cao-bang.pdf" in html
    assert Encrypted.vi in html


def test_who_publishes_without_a_look_into_the_inbox_leaves_in_the_report_what_stays_there(
    store: Store, output: Path
) -> None:
    (report,) = (output / "reports").glob("*.json")
    publish_changes(store, output, [Left(Path("ghi chú.docx"), LeftReason.UNKNOWN)])
    for _ in range(2):
        publish(store, output)
        publish_changes(store, output)
        told = json.loads(report.read_text("utf-8"))
        assert told["left_in_inbox"] == [{"path": "ghi chú.docx", "reason": "unknown"}]
        assert (told["received"], len(told["details"])) == (2, 2)
        assert "<li>ghi chú.docx: " in report.with_suffix(".html").read_text("utf-8")
    publish_changes(store, output, [])
    assert json.loads(report.read_text("utf-8"))["left_in_inbox"] == []


def test_the_report_of_a_day_gets_what_a_run_did_before_midnight_and_loses_nothing(
    store: Store, tmp_path: Path
) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=VIETNAM)
    early, late = noon.replace(hour=1).isoformat(), noon.replace(hour=23, minute=59).isoformat()
    with store.snapshot() as snapshot:
        first, second = (replace(one, received_at=early, finished_at=late) for one in snapshot.documents())
    folder, waiting = tmp_path / "reports", replace(second, finished_at="")

    def told() -> tuple[int, int, list[str]]:
        report = json.loads((folder / "2026-11-20.json").read_text("utf-8"))
        return report["documents"], report["quarantined"], [one["path"] for one in report["left_in_inbox"]]

    write_reports(folder, [first, waiting], noon, [Left(Path("lối tắt.pdf"), LeftReason.LINK)])
    assert told() == (1, 0, ["lối tắt.pdf"])
    write_reports(folder, [first, second], noon + timedelta(days=1), [])
    assert told() == (1, 1, ["lối tắt.pdf"])
    read_again = replace(first, finished_at=(noon + timedelta(days=1)).isoformat())
    write_reports(folder, [read_again, second], noon + timedelta(days=1), [])
    assert told() == (1, 1, ["lối tắt.pdf"])
    assert json.loads((folder / "2026-11-21.json").read_text("utf-8"))["documents"] == 1


def test_an_empty_store_gives_valid_empty_files(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/chitieu.sqlite")
    publish(store, tmp_path / "output")
    assert rows_of(tmp_path / "output" / "indicators.csv") == []
    assert Package(str(tmp_path / "output" / "datapackage.json")).validate().valid


def test_the_comparison_takes_the_latest_decision_of_a_province(store: Store) -> None:
    newer = extraction("a" * 16, "newer.pdf")
    document = replace(newer.document, date=date(2026, 1, 1))
    row = replace(newer.indicators[0], value_low=Decimal(45), record_id="newer", value_kind=ValueKind.NUMBER)
    store.record_received("a" * 16, "aa" * 32, "newer.pdf")
    store.save_extraction(replace(newer, document=document, indicators=(row,)), "1", 1)
    catalogue = {"test.7": CatalogueEntry("Đóng góp của TFP", {"2030": "> 55", "2045": ""})}
    comparison = Comparison()
    with store.snapshot() as snapshot:
        comparison.add(snapshot.rows())
    rows = [dict(zip((c.name for c in COMPARISON_COLUMNS), row, strict=True)) for row in comparison.rows(catalogue)]
    first = next(row for row in rows if row["indicator_id"] == "test.7")
    assert len(rows) == 4
    assert (first["value_low"], first["record_id"], first["national_target"]) == (Decimal(45), "newer", "> 55")
    assert first["indicator_name"] == "Đóng góp của TFP"
