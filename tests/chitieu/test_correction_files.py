"""Corrections leave and enter as files; a spreadsheet is a review page too, with the same guard."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from chitieu.correction_files import NotCorrections, import_file, write_corrections
from chitieu.corrections import replay
from chitieu.dataset import publish
from chitieu.reviewed import REJECTED, ReviewStatus
from chitieu.store import Store, open_store
from tests.builders import DOCUMENT_ID, extraction
from tests.chitieu.test_corrections import decided, row, said

NOW = "2026-11-27T00:00:00"


def opened(folder: Path) -> Store:
    store = open_store(f"sqlite:///{folder}/chitieu.sqlite")
    store.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
    store.save_extraction(replace(extraction(), indicators=(row(1), row(2), row(3))), "1", 1.0, replay)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def rows_of(store: Store) -> list[tuple[str, str]]:
    with store.snapshot() as snapshot:
        return [(one.indicator.value_text, str(one.status)) for one in snapshot.review_rows(DOCUMENT_ID)]


def edit(path: Path, column: str, texts: dict[int, str]) -> Path:
    """The list with other texts in a column, by place in the list."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    for at, text in texts.items():
        lines[at][column] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return path


def test_corrections_move_to_another_store_once(store: Store, tmp_path: Path) -> None:
    store.add_corrections(DOCUMENT_ID, [said(row(1), "value_text", "≥ 90"), decided(row(2), REJECTED)], replay)
    assert write_corrections(store, tmp_path / "said.csv") == 2
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other") as other:
        done = import_file(other, tmp_path / "said.csv", "Lan", NOW)
        assert (done.saved, done.unchanged, done.refused) == (2, 0, ())
        assert rows_of(other) == rows_of(store)
        assert import_file(other, tmp_path / "said.csv", "Lan", NOW).unchanged == 2
        with other.snapshot() as mine, store.snapshot() as theirs:
            assert mine.all_corrections() == theirs.all_corrections()


def test_a_review_list_edited_in_a_spreadsheet_is_taken(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "output")
    path = edit(tmp_path / "output" / "review.csv", "value_text", {0: "≥ 90"})
    done = import_file(store, edit(path, "review_status", {0: "accepted", 1: "rejected"}), "Lan", NOW)
    assert (done.saved, done.unchanged, done.refused) == (2, 1, ())
    assert sorted(rows_of(store)) == [("> 90", "rejected"), ("> 90", "unreviewed"), ("≥ 90", "corrected")]
    # Taken once more it says nothing new, or is refused where the row is another by now.
    again = import_file(store, path, "Lan", NOW)
    assert (again.saved, len(again.refused)) == (0, 0)


def test_a_row_that_changed_since_the_list_was_written_is_refused_and_named(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "output")
    store.add_corrections(DOCUMENT_ID, [said(row(1), "value_text", "≥ 91")], replay)
    path = edit(tmp_path / "output" / "review.csv", "value_text", {0: "≥ 90", 1: "≥ 90", 2: "≥ 90"})
    done = import_file(store, path, "Lan", NOW)
    assert done.saved == 2
    assert [(one.why, one.name) for one in done.refused] == [("changed", f"{DOCUMENT_ID}-I-1-2030")]
    assert ("≥ 91", "corrected") in rows_of(store)


def test_the_workbook_is_taken_like_the_list_and_formulas_stay_texts(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "output")
    path = tmp_path / "output" / "review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("Ghi chú") + 1, "'=1+1")
    book.save(path)
    assert import_file(store, path, "Lan", NOW).saved == 1
    with store.snapshot() as snapshot:
        assert "=1+1" in {one.indicator.note for one in snapshot.review_rows(DOCUMENT_ID)}


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"\xff\xfe\x00", b"PK\x03\x04 no book"])
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_another_file_is_no_list(store: Store, tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotCorrections):
        import_file(store, tmp_path / name, "Lan", NOW)


def test_semicolons_and_a_byte_order_mark_are_what_spreadsheets_write(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "output")
    path = edit(tmp_path / "output" / "review.csv", "value_text", {0: "≥ 90"})
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    assert import_file(store, path, "Lan", NOW).saved == 1
    assert ("≥ 90", ReviewStatus.CORRECTED.value) in rows_of(store)
