"""What the page asks of the server: rows, decisions, conflicts, undo, the same elsewhere, pictures."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from chitieu.dataset import publish_changes
from chitieu.errors import Encrypted
from chitieu.looking import Left, LeftReason
from chitieu.reviewed import ReviewStatus
from tests.builders import DOCUMENT_ID
from tests.review.conftest import Page


def field(shape: dict, name: str) -> dict:
    return next(one for one in shape["fields"] if one["name"] == name)


def test_the_queue_has_the_open_rows_and_what_to_pick_them_by(page: Page):
    said = page.get("/api/queue")
    assert said["rows"] == [[DOCUMENT_ID, 0], [DOCUMENT_ID, 1], [DOCUMENT_ID, 2]]
    assert (said["open"], said["decided"]) == (3, 0)
    assert said["flags"] == {"readers_disagree": 3, "not_vietnamese": 3}
    assert page.get("/api/queue?flag=unparsed_value")["rows"] == []
    assert len(page.get("/api/queue?agency=Sở Bru chính")["rows"]) == 3


def test_a_row_shows_what_each_reader_has_and_what_speaks_for_itself(page: Page):
    value = field(page.row(0), "value_text")
    assert [choice["text"] for choice in value["choices"]] == ["> 90", "≥ 90"]
    assert [choice["is_suggested"] for choice in value["choices"]] == [False, True]
    assert value["meaning"] == "trên 90 %"
    assert value["doubts"] == ["Hai lần đọc khác nhau"]


def test_an_accepted_row_leaves_the_queue_and_its_value_counts(page: Page):
    saved = page.decide(0, value_text="≥ 90", agency="Sở Tài chính")
    assert (saved["open"], saved["row"]["status"]) == (2, "corrected")
    first, second, *_ = page.stored()
    assert (first.indicator.value_text, first.indicator.comparator) == ("≥ 90", ">=")
    assert first.indicator.flags == ()
    # The body stands in a cell of all rows.
    assert second.indicator.agency == "Sở Tài chính"
    assert [str(flag) for flag in second.indicator.flags] == ["readers_disagree:value_text"]


def test_who_saves_second_gets_what_the_first_saved_and_nothing_is_changed(page: Page):
    seen = page.row(0)["version"]
    page.decide(0, value_text="≥ 90")
    wish = {"document_id": DOCUMENT_ID, "position": 0, "version": seen, "texts": {"value_text": "≥ 99"}}
    conflict = page.post("/api/corrections", {**wish, "verdict": "accepted"}, 409)
    assert field(conflict["row"], "value_text")["text"] == "≥ 90"
    assert page.stored()[0].indicator.value_text == "≥ 90"


def test_undo_takes_back_the_whole_of_the_last_save_and_no_more(page: Page):
    before = page.stored()[0]
    page.decide(0, "", value_text="≥ 90")
    page.decide(0, agency="Sở Tài chính")
    undo = {"document_id": DOCUMENT_ID, "position": 0}
    once = page.post("/api/corrections/undo", {**undo, "version": page.row(0)["version"]})
    assert field(once["row"], "value_text")["text"] == "≥ 90"
    assert field(once["row"], "agency")["text"] == "Sở Bru chính"
    assert once["row"]["is_open"]
    twice = page.post("/api/corrections/undo", {**undo, "version": once["row"]["version"]})
    assert (page.stored()[0].indicator, page.stored()[0].status) == (before.indicator, ReviewStatus.UNREVIEWED)
    page.post("/api/corrections/undo", {**undo, "version": twice["row"]["version"]}, 404)


def test_undo_of_a_second_thought_gives_the_first_one_back(page: Page):
    page.decide(0, "", value_text="≥ 90")
    page.decide(0, "", value_text="≥ 91")
    undo = {"document_id": DOCUMENT_ID, "position": 0, "version": page.row(0)["version"]}
    once = page.post("/api/corrections/undo", undo)["row"]
    assert field(once, "value_text")["text"] == "≥ 90"
    assert once["said"][-1]["reason"] == "hoàn tác"
    twice = page.post("/api/corrections/undo", {**undo, "version": once["version"]})["row"]
    assert field(twice, "value_text")["text"] == "> 90"


@pytest.mark.parametrize(
    ("verdict", "status", "put_off"),
    [("rejected", "rejected", ""), ("skipped", "unreviewed", "skipped"), ("unreadable", "unreviewed", "unreadable")],
)
def test_every_verdict_is_kept(page: Page, verdict: str, status: str, put_off: str):
    shape = page.decide(1, verdict)["row"]
    assert (shape["status"], shape["put_off"]) == (status, put_off)


def test_what_is_skipped_comes_last_and_what_is_unreadable_no_more(page: Page):
    page.decide(0, "skipped")
    page.decide(1, "unreadable")
    assert [position for _, position in page.get("/api/queue")["rows"]] == [2, 0]
    assert [position for _, position in page.get("/api/queue?put_off=true")["rows"]] == [2, 0, 1]


def test_the_same_reading_is_put_right_everywhere_each_with_a_correction(page: Page):
    page.decide(0, value_text="≥ 90")
    found = page.get(f"/api/same/{DOCUMENT_ID}/0/value_text")
    assert [one["position"] for one in found["rows"]] == [1, 2]
    places = [{key: one[key] for key in ("document_id", "position", "version")} for one in found["rows"]]
    saved = page.post("/api/same", {"field": "value_text", "text": "≥ 90", "rows": places})
    assert saved == {"saved": 2, "changed": []}
    assert {one.indicator.value_text for one in page.stored()} == {"≥ 90"}
    with page.store.snapshot() as snapshot:
        assert len(snapshot.corrections(DOCUMENT_ID)) == 4


def test_a_row_that_changed_meanwhile_is_left_out_and_named(page: Page):
    found = page.get(f"/api/same/{DOCUMENT_ID}/0/value_text")
    page.decide(1, value_text="≥ 95")
    places = [{key: one[key] for key in ("document_id", "position", "version")} for one in found["rows"]]
    saved = page.post("/api/same", {"field": "value_text", "text": "≥ 90", "rows": places})
    assert saved == {"saved": 1, "changed": [[DOCUMENT_ID, 1]]}
    assert page.stored()[1].indicator.value_text == "≥ 95"


def test_what_people_made_of_a_text_is_suggested_where_it_is_read_again(page: Page):
    page.decide(0, "", value_text="≥ 90,5")
    choices = field(page.row(1), "value_text")["choices"]
    suggested = next(choice for choice in choices if choice["is_suggested"])
    assert suggested["text"] == "≥ 90,5"
    assert "đã sửa như vậy" in suggested["origins"][0]


def test_the_meaning_of_what_is_typed_is_told_and_nothing_kept(page: Page):
    wish = {"document_id": DOCUMENT_ID, "position": 0}
    said = page.post("/api/meaning", {**wish, "texts": {"value_text": "9-10"}})
    assert (said["meanings"]["value_text"], said["understood"]["value_text"]) == ("từ 9 đến 10 %", True)
    said = page.post("/api/meaning", {**wish, "texts": {"value_text": "9o,x1"}})
    assert not said["understood"]["value_text"]
    said = page.post("/api/meaning", {**wish, "texts": {"unit": "quả cam"}})
    assert not said["understood"]["unit"]
    assert page.stored()[0].indicator.value_text == "> 90"


def test_pages_and_cells_are_pictures(page: Page):
    whole = page.client.get(f"/api/pages/{DOCUMENT_ID}/2.jpg")
    picture = cv2.imdecode(np.frombuffer(whole.content, np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape[:2] == (2527, 1786)  # A4 at 216 dpi
    cell = page.client.get(f"/api/crops/{DOCUMENT_ID}/0/value_text.jpg")
    piece = cv2.imdecode(np.frombuffer(cell.content, np.uint8), cv2.IMREAD_COLOR)
    assert piece.shape[:2] == (84, 264)  # 80 x 20 points and a margin of 4, at 216 dpi
    assert page.client.get(f"/api/pages/{DOCUMENT_ID}/9.jpg").status_code == 404


def test_a_row_that_another_looks_at_is_left_to_them(page: Page):
    claims = page.client.app.state.desk.claims
    claims.leave(claims.take((DOCUMENT_ID, 0), "Lan"))  # the page itself begins with this row
    claims.take((DOCUMENT_ID, 0), "Lan")
    assert [position for _, position in page.get("/api/queue")["rows"]] == [1, 2]
    assert page.get(f"/api/rows/{DOCUMENT_ID}/0?claim=true")["holder"] == "Lan"


def test_the_random_check_draws_what_nobody_doubts_and_counts(page: Page):
    drawn = page.get("/api/check")
    assert (drawn["row"]["position"], drawn["checked"]) == (3, 0)
    said = {"document_id": DOCUMENT_ID, "position": 3, "version": drawn["row"]["version"]}
    page.post("/api/check", {**said, "is_right": True})
    counted = page.post("/api/check", {**said, "is_right": False})
    assert (counted["checked"], counted["wrong"]) == (2, 1)
    assert "50.0" in page.client.get("/overview").text


def test_the_document_has_its_rows_where_they_stand(page: Page):
    page.decide(1, "rejected")
    shape = page.get(f"/api/documents/{DOCUMENT_ID}")
    assert [one["look"] for one in shape["rows"]] == ["open", "rejected", "open", "sound"]
    assert ("≥ 40", 2) in [(cell["text"], cell["boxes"][0]["page"]) for cell in shape["cells"]]
    box = shape["rows"][0]["boxes"][0]
    # The body's cell reaches over three rows; each row is as high as its value.
    edges = [round(box[edge] * side) for edge, side in (("left", 595), ("top", 842), ("right", 595), ("bottom", 842))]
    assert (box["page"], edges) == (2, [350, 100, 520, 120])
    assert page.row(0)["boxes"] == [box]


def test_the_data_is_found_by_word_state_and_period(page: Page):
    assert page.client.get("/data?q=hộ NGHÈO").text.count("?row=") == 4
    assert page.client.get("/data?look=sound").text.count("?row=") == 1
    assert page.client.get("/data?period=2045").text.count("?row=") == 0


def test_every_page_opens_in_both_languages(page: Page):
    for path in ("/review", "/documents", f"/documents/{DOCUMENT_ID}", "/data", "/overview", "/check"):
        assert 'lang="vi"' in page.client.get(path).text
    page.client.post("/api/preferences", json={"language": "en"}, headers={"X-Chitieu-Token": page.token})
    for path in ("/review", "/documents", f"/documents/{DOCUMENT_ID}", "/data", "/overview", "/check"):
        assert 'lang="en"' in page.client.get(path).text


def test_corrections_bear_the_name_that_the_reviewer_gave(page: Page):
    page.client.post("/api/preferences", json={"name": "  Lan   Anh "}, headers={"X-Chitieu-Token": page.token})
    page.decide(0)
    with page.store.snapshot() as snapshot:
        assert {one.reviewer for one in snapshot.corrections(DOCUMENT_ID)} == {"Lan Anh"}


def test_a_missing_row_is_added_changed_and_taken_out(page: Page):
    wish = {"document_id": DOCUMENT_ID, "position": 0, "is_below": True}
    texts = {"code": "1a", "indicator": "Tỷ lệ hộ dùng nước sạch", "unit": "%", "value_text": "≥ 95", "period": "2030"}
    page.post("/api/additions", {**wish, "texts": {"indicator": "Không có giá trị"}}, 422)
    added = page.post("/api/additions", {**wish, "texts": texts})["row"]
    assert field(added, "value_text")["meaning"] == "từ 95 % trở lên"
    assert [one.indicator.code for one in page.stored()] == ["1", "1a", "2", "3", "4"]
    page.decide(added["position"], "", value_text="≥ 96")
    assert page.stored()[1].indicator.value_text == "≥ 96"
    page.decide(added["position"], "rejected")
    with page.store.snapshot() as snapshot:
        assert [one.indicator.code for one in snapshot.rows()] == ["1", "2", "3", "4"]


def test_the_overview_leads_to_the_report_of_the_day(page: Page) -> None:
    left = [Left(Path("<i>.docx"), LeftReason.UNKNOWN)]
    publish_changes(page.store, page.home / "output", left)
    (path,) = (page.home / "output" / "reports").glob("*.json")
    assert f'href="/reports/{path.stem}"' in page.client.get("/overview").text
    report = page.client.get(f"/reports/{path.stem}").text
    assert "cao-bang &lt;b&gt;.pdf" in report
    assert "Đã đọc" in report
    assert "<li>&lt;i&gt;.docx: không phải PDF" in report
    page.store.record_received("f" * 16, "ff" * 32, "khóa.pdf")
    page.store.record_failure("f" * 16, Encrypted("khóa.pdf"), "1", 0.1)
    publish_changes(page.store, page.home / "output", left)
    assert f"<td>{Encrypted.vi}</td>" in page.client.get(f"/reports/{path.stem}").text
    assert page.client.get("/reports/2020-01-01").status_code == 404
    assert page.client.get("/reports/..%2f..%2fchitieu").status_code in (404, 422)


def test_documents_are_listed_by_state_a_page_at_a_time(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.store.record_received("fedcba9876543210", "ab" * 32, "a-cho-doc.pdf")
    assert page.client.get("/documents").text.count('href="/documents/') == 2
    waiting = page.client.get("/documents?state=received").text
    assert "a-cho-doc.pdf" in waiting
    assert "cao-bang" not in waiting
    assert page.client.get("/documents?state=nothing").status_code == 422
    monkeypatch.setattr("chitieu.review.pages.DOCUMENTS_ON_PAGE", 1)
    first, second = page.client.get("/documents").text, page.client.get("/documents?page=2").text
    assert "a-cho-doc.pdf" in first
    assert 'href="?page=2"' in first
    assert "cao-bang" in second
    assert 'href="?page=1"' in second


def test_rows_and_corrections_are_listed_for_programs(page: Page) -> None:
    page.decide(1, value_text="≥ 95")
    found = page.get("/api/rows?look=open&limit=1&offset=1")
    assert (found["count"], [(one["position"], one["look"]) for one in found["rows"]]) == (2, [(2, "open")])
    assert page.get("/api/rows?q=≥ 95")["rows"][0]["document_number"] == "1139/QĐ-UBND"
    assert page.get("/api/rows?document=fedcba9876543210")["count"] == 0
    said = page.get(f"/api/corrections/{DOCUMENT_ID}")
    assert [(one["field"], one["seen"], one["text"]) for one in said if one["field"] != "row"] == [
        ("value_text", "> 90", "≥ 95")
    ]
