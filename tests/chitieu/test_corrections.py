"""What reviewers said, laid over what was read: by place, guarded by what was seen, done again after every reading."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from chitieu.corrections import decision, regions_of, replay, text_of
from chitieu.model import Box, Correction, FieldSource, Flag, FlagKind, Indicator, Region
from chitieu.reviewed import ACCEPTED, REJECTED, SKIPPED, UNREADABLE, WITHDRAWN, ReviewStatus
from chitieu.store import ReviewRow, RowChanged, Store, open_store
from tests.builders import DOCUMENT_ID, extraction, indicator, reading

AGENCY_PLACE = (Region(2, Box(300, 100, 400, 300)),)


def source(field: str, text: str, regions: tuple[Region, ...], row: int = 2) -> FieldSource:
    return FieldSource(field, 0, row, 3, regions, (reading(text),))


def row(number: int, value: str = "> 90", agency: str = "Sở Bru chính") -> Indicator:
    """A doubted row with a value of its own and a body that it shares with all others."""
    read = indicator(DOCUMENT_ID, str(number), "Tỷ lệ hộ nghèo", "90")
    place = (Region(2, Box(200, 100.0 * number, 250, 100.0 * number + 20)),)
    return replace(
        read,
        value_text=value,
        comparator=">",
        agency=agency,
        flags=(Flag(FlagKind.READERS_DISAGREE, "value_text"), Flag(FlagKind.NOT_VIETNAMESE, "agency")),
        sources=(source("value_text", value, place, number), source("agency", agency, AGENCY_PLACE)),
    )


def said(about: Indicator, field: str, text: str, **more: str) -> Correction:
    seen = more.get("seen", text_of(about, field))
    return Correction(
        DOCUMENT_ID, regions_of(about, field), field, seen, text, "Lan", more.get("reason", ""), "2026-11-01"
    )


def decided(about: Indicator, verdict: str) -> Correction:
    return decision(about, DOCUMENT_ID, verdict=verdict, reviewer="Lan", reason="", made_at="2026-11-01")


def flags(one: Indicator) -> list[str]:
    return [str(flag) for flag in one.flags]


def test_a_corrected_value_is_understood_anew_and_its_doubt_is_gone():
    read = row(1)
    (corrected,) = replay.rows([read], [said(read, "value_text", "≥ 95,5")])
    assert corrected.status is ReviewStatus.CORRECTED
    assert (corrected.indicator.comparator, corrected.indicator.value_low) == (">=", Decimal("95.5"))
    assert flags(corrected.indicator) == ["not_vietnamese:agency"]


def test_a_cell_that_rows_share_is_corrected_once_for_all_of_them():
    rows = [row(1), row(2), replace(row(3), sources=row(3).sources[:1])]
    found = replay.rows(rows, [said(rows[0], "agency", "Sở Tư pháp")])
    assert [one.indicator.agency for one in found] == ["Sở Tư pháp", "Sở Tư pháp", "Sở Bru chính"]


def test_a_row_that_is_right_as_it_stands_is_never_asked_again():
    read = row(1)
    (accepted,) = replay.rows([read], [decided(read, ACCEPTED)])
    assert (accepted.status, accepted.indicator.flags) == (ReviewStatus.ACCEPTED, ())
    assert accepted.indicator.value_text == read.value_text


def test_a_field_that_is_right_clears_its_own_doubt_alone():
    read = row(1)
    (found,) = replay.rows([read], [said(read, "value_text", read.value_text)])
    assert (found.status, flags(found.indicator)) == (ReviewStatus.UNREVIEWED, ["not_vietnamese:agency"])
    (found,) = replay.rows([read], [said(read, "value_text", read.value_text), said(read, "agency", read.agency)])
    assert (found.status, flags(found.indicator)) == (ReviewStatus.ACCEPTED, [])


def test_a_row_that_is_put_off_stays_open_and_is_asked_last():
    (found,) = replay.rows([row(1)], [decided(row(1), SKIPPED)])
    assert (found.status, found.put_off, found.indicator) == (ReviewStatus.UNREVIEWED, SKIPPED, row(1))


def test_what_nobody_can_read_keeps_its_doubts_and_says_so():
    (found,) = replay.rows([row(1)], [decided(row(1), UNREADABLE)])
    assert found.put_off == UNREADABLE
    assert flags(found.indicator) == [*flags(row(1)), "unreadable"]


def test_a_row_that_is_read_otherwise_now_is_put_off_no_more():
    (found,) = replay.rows([row(1, value="> 96")], [decided(row(1), SKIPPED)])
    assert (found.put_off, flags(found.indicator)) == ("", flags(row(1)))


def test_what_is_no_row_is_rejected():
    assert replay.rows([row(1)], [decided(row(1), REJECTED)])[0].status is ReviewStatus.REJECTED


def test_where_another_text_is_read_now_the_row_opens_again_with_both():
    before, now = row(1), row(1, value="> 96")
    (found,) = replay.rows([now], [said(before, "value_text", "≥ 90"), decided(before, ACCEPTED)])
    assert found.indicator.value_text == "> 96"
    assert [str(flag) for flag in found.indicator.flags if flag.kind is FlagKind.STALE_CORRECTION] == [
        "stale_correction:value_text",
        "stale_correction",
    ]
    assert "> 90 → ≥ 90" in {flag.detail for flag in found.indicator.flags}


def test_where_the_software_learnt_to_read_it_right_the_correction_agrees():
    before, now = row(1), row(1, value="≥ 90")
    (found,) = replay.rows([now], [said(before, "value_text", "≥ 90")])
    assert "stale_correction:value_text" not in flags(found.indicator)
    assert "readers_disagree:value_text" not in flags(found.indicator)


def test_the_last_word_counts_and_can_be_taken_back():
    read = row(1)
    words = [said(read, "value_text", "≥ 90"), said(read, "value_text", "≥ 91")]
    assert replay.rows([read], words)[0].indicator.value_text == "≥ 91"
    taken_back = [*words, said(read, "value_text", read.value_text, reason=WITHDRAWN)]
    (found,) = replay.rows([read], taken_back)
    assert (found.indicator, found.status) == (read, ReviewStatus.UNREVIEWED)


def test_a_corrected_number_gives_the_row_its_name_without_a_clash():
    rows = [row(1), row(2)]
    found = replay.rows(rows, [said(rows[1], "code", "1")])
    assert [one.indicator.record_id for one in found] == [
        f"{DOCUMENT_ID}-I-1-2030",
        f"{DOCUMENT_ID}-I-1-2030~2",
    ]


def test_nothing_said_changes_nothing():
    rows = (row(1), row(2))
    assert [one.indicator for one in replay.rows(rows, ())] == list(rows)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        opened.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
        opened.save_extraction(replace(extraction(), indicators=(row(1), row(2))), "1", 1.0, replay)
        yield opened


def rows_of(store: Store) -> tuple[ReviewRow, ...]:
    with store.snapshot() as snapshot:
        return snapshot.review_rows(DOCUMENT_ID)


def test_the_store_shows_what_was_said_and_keeps_what_was_read(store: Store) -> None:
    store.add_corrections(DOCUMENT_ID, [said(row(1), "value_text", "≥ 90"), decided(row(2), REJECTED)], replay)
    first, second = rows_of(store)
    assert (first.indicator.value_text, first.as_read.value_text) == ("≥ 90", "> 90")
    assert second.status is ReviewStatus.REJECTED
    with store.snapshot() as snapshot:
        assert [record.indicator.value_text for record in snapshot.rows()] == ["≥ 90"]


def test_a_new_reading_keeps_what_was_said(store: Store) -> None:
    store.add_corrections(DOCUMENT_ID, [said(row(1), "value_text", "≥ 90")], replay)
    store.save_extraction(replace(extraction(), indicators=(row(1), row(2))), "2", 1.0, replay)
    assert [one.indicator.value_text for one in rows_of(store)] == ["≥ 90", "> 90"]


def test_who_saves_second_sees_what_the_first_did_and_nothing_is_lost(store: Store) -> None:
    first, _ = rows_of(store)
    store.add_corrections(DOCUMENT_ID, [said(row(1), "value_text", "≥ 90")], replay, {first.position: first.version})
    with pytest.raises(RowChanged) as raised:
        store.add_corrections(
            DOCUMENT_ID, [said(row(1), "value_text", "≥ 99")], replay, {first.position: first.version}
        )
    assert [one.indicator.value_text for one in raised.value.rows] == ["≥ 90"]
    assert rows_of(store)[0].indicator.value_text == "≥ 90"


def test_the_queue_has_the_worst_first_and_what_was_put_off_last(store: Store) -> None:
    worse = replace(row(2), flags=(*row(2).flags, Flag(FlagKind.UNPARSED_VALUE, "value_text")))
    sound = replace(row(4), flags=())
    read = replace(extraction(), indicators=(row(1), worse, row(3), sound))
    store.save_extraction(read, "2", 1.0, replay)
    store.add_corrections(DOCUMENT_ID, [decided(worse, SKIPPED), decided(row(3), ACCEPTED)], replay)
    with store.snapshot() as snapshot:
        queue, progress = snapshot.open_rows(by_document=False), snapshot.progress()
        worst, doubts = [snapshot.worst_rows(most) for most in (1, 2, 3)], snapshot.doubt_counts()
        same = snapshot.same_text("agency", "Sở Bru chính")
    assert [(one.position, one.put_off) for one in queue] == [(0, ""), (1, SKIPPED)]
    assert queue[0].flags == ("readers_disagree", "not_vietnamese")
    assert worst == [queue[:1], queue, queue]
    assert doubts == {"readers_disagree": 2, "not_vietnamese": 2, "unparsed_value": 1}
    assert (progress.open, progress.decided) == (2, 1)
    assert same == [(DOCUMENT_ID, 0), (DOCUMENT_ID, 1), (DOCUMENT_ID, 2), (DOCUMENT_ID, 3)]


def test_the_worst_rows_are_the_first_of_the_queue_also_where_many_are_equally_bad(store: Store) -> None:
    rows = [replace(row(number), confidence=0.1 * (number // 3)) for number in range(9, 0, -1)]
    store.save_extraction(replace(extraction(), indicators=tuple(rows)), "2", 1.0, replay)
    with store.snapshot() as snapshot:
        queue = snapshot.open_rows(by_document=False)
        assert [snapshot.worst_rows(most) for most in range(11)] == [queue[:most] for most in range(11)]
