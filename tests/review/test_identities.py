"""A document's own data, corrected on the page: kept apart from what was read, guarded, published."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from chitieu.correction_files import import_file, write_corrections
from chitieu.corrections import replay
from chitieu.dataset import publish
from chitieu.identity_corrections import canonical_text
from chitieu.model import Extraction, Flag, FlagKind
from chitieu.store import DocumentRecord
from tests.builders import DOCUMENT_ID, extraction
from tests.review.conftest import Page

PATH = f"/api/documents/{DOCUMENT_ID}/identity"
NUMBER = Flag(FlagKind.LOW_CONFIDENCE, "document_number", "1189/QĐ-UBND")
BLANK = Flag(FlagKind.BLANK_DATE, "document_date")
DRAFT = Flag(FlagKind.DRAFT)


def misread(number: str = "1189/QĐ-UBND") -> Extraction:
    read = extraction()
    return replace(read, document=replace(read.document, number=number, date=None, flags=(NUMBER, BLANK, DRAFT)))


@pytest.fixture
def wrong(page: Page) -> Page:
    page.store.save_extraction(misread(), "1", 1.0, replay)
    return page


def record(page: Page) -> DocumentRecord:
    with page.store.snapshot() as snapshot:
        return snapshot.document(DOCUMENT_ID)


def say(page: Page, status: int = 200, **texts: str) -> dict:
    return page.post(PATH, {"version": page.get(PATH)["version"], "texts": texts}, status)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9/7/2025", "2025-07-09"),
        (" 09-07-2025 ", "2025-07-09"),
        ("2025-07-09", "2025-07-09"),
        ("ngày 9 tháng 7 năm 2025", "2025-07-09"),
        ("", ""),
        ("31/2/2025", None),
        ("mai", None),
    ],
)
def test_dates_are_taken_as_people_write_them(text: str, iso: str | None):
    assert canonical_text("document_date", text) == iso


def test_number_and_date_are_corrected_and_published_everywhere(wrong: Page):
    shown = say(wrong, document_number="1139/QĐ-UBND", document_date="9/7/2025")
    assert {field["name"]: field["doubts"] for field in shown["fields"]}["document_number"] == []
    assert {field["name"]: field["text"] for field in shown["fields"]}["document_date"] == "09/07/2025"
    held = record(wrong).document
    assert (held.number, held.date, held.flags) == ("1139/QĐ-UBND", date(2025, 7, 9), (DRAFT,))
    assert (record(wrong).read.number, record(wrong).read.date) == ("1189/QĐ-UBND", None)
    publish(wrong.store, wrong.home / "output")
    for name in ("documents.csv", "indicators.csv"):
        lines = (wrong.home / "output" / name).read_text(encoding="utf-8").splitlines()
        rows = list(csv.DictReader(lines))
        assert {(one["document_number"], one["document_date"]) for one in rows} == {("1139/QĐ-UBND", "2025-07-09")}


def test_what_was_said_survives_a_new_reading_and_a_changed_one_is_doubted(wrong: Page):
    say(wrong, document_number="1139/QĐ-UBND")
    wrong.store.save_extraction(misread(), "2", 1.0, replay)
    assert record(wrong).document.number == "1139/QĐ-UBND"
    wrong.store.save_extraction(misread("1138/QĐ-UBND"), "3", 1.0, replay)
    held = record(wrong).document
    stale = Flag(FlagKind.STALE_CORRECTION, "document_number", "1189/QĐ-UBND → 1139/QĐ-UBND")
    assert (held.number, stale in held.flags) == ("1138/QĐ-UBND", True)
    say(wrong, document_number="1139/QĐ-UBND")
    held = record(wrong).document
    assert (held.number, stale in held.flags, NUMBER in held.flags) == ("1139/QĐ-UBND", False, False)


def test_a_doubtful_field_that_is_right_is_doubted_no_more(wrong: Page):
    say(wrong, document_number="1189/QĐ-UBND", document_date="")
    assert record(wrong).document.flags == (DRAFT,)


def test_who_saves_second_gets_what_the_first_saved(wrong: Page):
    seen = wrong.get(PATH)["version"]
    say(wrong, document_number="1139/QĐ-UBND")
    shown = wrong.post(PATH, {"version": seen, "texts": {"document_number": "1/QĐ"}}, 409)
    assert shown["fields"][1]["text"] == "1139/QĐ-UBND"
    assert record(wrong).document.number == "1139/QĐ-UBND"


def test_undo_takes_back_the_last_save_alone(wrong: Page):
    say(wrong, document_number="1139/QĐ-UBND")
    say(wrong, document_number="1140/QĐ-UBND", document_date="9/7/2025")
    once = wrong.post(f"{PATH}/undo", {"version": wrong.get(PATH)["version"]})
    assert record(wrong).document.number == "1139/QĐ-UBND"
    assert BLANK in record(wrong).document.flags
    wrong.post(f"{PATH}/undo", {"version": once["version"]})
    assert record(wrong).document.flags == (NUMBER, BLANK, DRAFT)
    wrong.post(f"{PATH}/undo", {"version": wrong.get(PATH)["version"]}, 404)


def test_another_issuer_is_of_another_province(wrong: Page):
    say(wrong, issuer="Ủy ban nhân dân tỉnh Lai Châu")
    held = record(wrong).document
    assert (held.province, held.province_code) == ("Lai Châu", "12")


@pytest.mark.parametrize("texts", [{"document_date": "32/1/2025"}, {"province": "x"}, {"document_number": "x" * 2000}])
def test_what_is_no_date_or_no_field_is_refused(wrong: Page, texts: dict[str, str]):
    say(wrong, 422, **texts)
    assert record(wrong).as_read is None


def test_what_was_said_moves_with_the_other_corrections(wrong: Page):
    say(wrong, document_number="1139/QĐ-UBND")
    write_corrections(wrong.store, wrong.home / "said.csv")
    known = import_file(wrong.store, wrong.home / "said.csv", "Lan", "2026-01-01")
    assert (known.saved, known.unchanged, known.refused) == (0, 1, ())
