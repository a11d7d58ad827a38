"""What people confirm is told, weighed in later readings, and unlearned; other scans of a decision show it."""

from dataclasses import replace

import pytest

from chitieu.corrections import replay
from chitieu.model import Extraction, Flag, FlagKind
from chitieu.settings import Settings
from flows.learning import with_evidence
from tests.builders import DOCUMENT_ID, extraction
from tests.review.conftest import Page, row, sound

OTHER = "fedcba9876543210"
BODY = "Trung tâm Xúc tiến đầu tư"


def other_scan(*rows: object, number: str = "1139/QĐ-UBND") -> Extraction:
    """Another scan of the decision of the page, or, with another number, another decision."""
    read = extraction(OTHER, "lan-hai.pdf")
    return replace(read, document=replace(read.document, number=number), indicators=rows)


def learn(page: Page) -> None:
    page.decide(0, value_text="≥ 90", agency=BODY)


def read_again(page: Page, read: Extraction, *, learning: bool = True) -> Extraction:
    """The reading as it would be stored."""
    return with_evidence(read, page.store, Settings(home=page.home, learning=learning))


def test_what_people_confirmed_is_listed_and_can_be_unlearned_and_learned_again(page: Page):
    learn(page)
    said = page.get("/api/lessons?q=xuc tien")
    assert [(one["field"], one["text"], one["documents"]) for one in said["lessons"]] == [("agency", BODY, 1)]
    assert BODY in page.client.get("/learned").text
    wish = {"field": "agency", "text": BODY}
    left = page.post("/api/lessons/unlearn", {"lessons": [wish]})
    assert BODY not in [one["text"] for one in left["lessons"]]
    assert [one["text"] for one in left["unlearned"]] == [BODY]
    back = page.post("/api/lessons/learn", wish)
    assert (back["count"], back["unlearned"]) == (left["count"] + 1, [])
    gone = page.post("/api/lessons/unlearn", {"all": True})
    assert (gone["count"], len(gone["unlearned"])) == (0, back["count"])


def test_an_undone_correction_is_learned_no_more(page: Page):
    learn(page)
    page.post(
        "/api/corrections/undo",
        {"document_id": DOCUMENT_ID, "position": 0, "version": page.row(0)["version"]},
    )
    assert page.get("/api/lessons")["count"] == 0


def test_a_later_reading_is_doubted_where_it_is_nearly_what_people_confirmed(page: Page):
    learn(page)
    misread = replace(sound(5), agency="Trung tâm Xúc tiên đầu tư")
    read = other_scan(misread, number="7/QĐ-UBND")
    (found,) = read_again(page, read).indicators
    assert found == replace(
        misread,
        flags=(Flag(FlagKind.UNCERTAIN_REPAIR, "agency", f"Trung tâm Xúc tiên đầu tư → {BODY}"),),
    )
    assert read_again(page, read, learning=False) == read
    page.post("/api/lessons/unlearn", {"all": True})
    assert read_again(page, read) == read


def test_a_document_learns_nothing_from_itself(page: Page):
    learn(page)
    read = replace(extraction(), indicators=(replace(sound(5), agency="Trung tâm Xúc tiên đầu tư"),))
    assert read_again(page, read) == read


@pytest.mark.parametrize("number", ["1139/QĐ-UBND", "1140/QĐ-UBND"])
def test_corrections_reach_another_scan_of_the_decision_as_suggestions(page: Page, number: str):
    learn(page)
    read = read_again(page, other_scan(replace(row(1, "≥ 99"), record_id="x"), number=number))
    is_same = number == "1139/QĐ-UBND"
    flag = Flag(FlagKind.UNCERTAIN_REPAIR, "value_text", "≥ 99 → ≥ 90")
    assert (flag in read.indicators[0].flags) == is_same
    page.store.record_received(OTHER, "b" * 64, "lan-hai.pdf")
    page.store.save_extraction(read, "1", 1.0, replay)
    shown = page.get(f"/api/rows/{OTHER}/0")
    fields = {field["name"]: field for field in shown["fields"]}
    assert fields["value_text"]["text"] == "≥ 99"
    origins = {choice["text"]: " ".join(choice["origins"]) for choice in fields["agency"]["choices"]}
    assert ("bản quét khác (cao-bang <b>.pdf)" in origins.get(BODY, "")) == is_same
    suggested = [choice["text"] for choice in fields["value_text"]["choices"] if choice["is_suggested"]]
    assert (suggested == ["≥ 90"]) == is_same
