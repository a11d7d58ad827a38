"""The overview over time: days of the home's own zone, checks, confidence, nights; and the quarantine read again."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from chitieu import journal
from chitieu.archive import archived_path
from chitieu.corrections import replay
from chitieu.errors import OutOfMemory
from chitieu.journal import write_entry
from chitieu.review.charts import HEIGHT, Column, Share, marks, stacked
from chitieu.review.nights import FAILED, GOOD, OPEN, read_nights
from chitieu.store import Check, DocumentState
from tests.builders import DOCUMENT_ID, extraction
from tests.review.conftest import Page

VIETNAM = timezone(timedelta(hours=7))
OTHER = "fedcba9876543210"


def test_bars_are_stacked_to_the_height_of_the_chart():
    low, high, *_ = stacked([Column([("sound", 3), ("open", 1)], "a"), Column([("sound", 1)], "b")])
    assert (low.y + low.height, high.y, high.height, high.look) == (HEIGHT, 0, HEIGHT / 4, "open")
    assert stacked([Column([("sound", 0)], "none")]) == []


def test_marks_stand_between_nothing_and_the_top():
    (one,) = marks([Share(0.05, 0.0, 0.3, "")], top=0.1)
    assert (one.y, one.low, one.high) == (HEIGHT / 2, HEIGHT, 0)


def test_days_are_those_of_the_homes_zone_and_rows_stay_flagged_that_people_decided(
    page: Page, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("chitieu.store.writing.now", lambda: "2026-03-01T19:30:00+00:00")
    page.store.save_extraction(extraction(), "2", 1.0, replay)
    page.decide(3)
    with page.store.snapshot() as snapshot:
        (day,) = snapshot.counts_by_day(VIETNAM)
        (utc,) = snapshot.counts_by_day(UTC)
        confidence = snapshot.confidence_counts()
    assert (day.day, utc.day) == ("2026-03-02", "2026-03-01")
    assert (day.states, day.rows, day.flagged) == ({"extracted": 1}, 4, 1)
    assert confidence[9] == (4, 0)


def test_checks_add_up_from_day_to_day(page: Page):
    for day, is_right in (("2026-03-01", True), ("2026-03-01", False), ("2026-03-05", True)):
        page.store.add_check(Check(DOCUMENT_ID, 3, "", is_right, "Lan", f"{day}T01:00:00.000001+00:00"))
    with page.store.snapshot() as snapshot:
        found = [(one.day, one.checked, one.wrong) for one in snapshot.checks_by_day(VIETNAM)]
    assert found == [("2026-03-01", 2, 1), ("2026-03-05", 3, 1)]
    assert "05/03/2026: 3 dòng đã xem, 1 dòng sai" in page.client.get("/overview").text


def test_nights_end_well_or_not_or_not_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    clock = iter(datetime(2026, 3, 1, 19, minute, tzinfo=UTC) for minute in range(60))

    class Clock:
        @staticmethod
        def now(_zone: object) -> datetime:
            return next(clock)

    monkeypatch.setattr(journal, "datetime", Clock)
    for event, more in (("night_began", {}), ("inbox_taken", {}), ("night_ended", {"said": "3 documents read"})):
        write_entry(tmp_path, event, **more)
    for event in ("night_began", "night_failed", "night_began"):
        write_entry(tmp_path, event)
    nights = read_nights(tmp_path, VIETNAM, 30)
    assert [(one.ended, one.began) for one in nights] == [
        (OPEN, "2026-03-02 02:05"),
        (FAILED, "2026-03-02 02:03"),
        (GOOD, "2026-03-02 02:00"),
    ]
    assert (nights[2].minutes, nights[2].said) == (2.0, "3 documents read")
    assert len(read_nights(tmp_path, VIETNAM, 1)) == 1


def test_a_document_of_the_quarantine_is_read_again_by_the_next_run(page: Page):
    sha256 = "ab" * 32
    path = archived_path(page.home / "archive", sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    page.store.record_received(OTHER, sha256, "nang.pdf")
    page.store.record_failure(OTHER, OutOfMemory("> 1280 MiB"), "1", 1.0)
    text = page.client.get("/overview").text
    assert f'data-retry="{OTHER}"' in text
    headers = {"X-Chitieu-Token": page.token}
    retry = f"/api/documents/{OTHER}/retry"
    assert page.client.post(retry, json={}, headers=headers).status_code == 204
    assert page.store.state_of(OTHER) is DocumentState.RECEIVED
    assert [one.document_id for one in page.store.waiting()] == [OTHER]
    assert page.client.post(retry, json={}, headers=headers).status_code == 409
    assert page.client.post(retry, json={}).status_code == 403
    assert page.client.post(f"/api/documents/{DOCUMENT_ID}/retry", json={}, headers=headers).status_code == 409


def test_a_document_whose_file_is_lost_stays_in_quarantine(page: Page):
    page.store.record_received(OTHER, "ab" * 32, "mat.pdf")
    page.store.record_failure(OTHER, OutOfMemory("x"), "1", 1.0)
    headers = {"X-Chitieu-Token": page.token}
    assert page.client.post(f"/api/documents/{OTHER}/retry", json={}, headers=headers).status_code == 409
    assert page.store.state_of(OTHER) is DocumentState.QUARANTINED
