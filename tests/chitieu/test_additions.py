"""Rows that a reviewer added: understood, in their place, kept by new readings, gone where they are read after all."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chitieu.additions import addition
from chitieu.corrections import decision, regions_of, replay, text_of
from chitieu.dataset import publish
from chitieu.model import Correction, Indicator
from chitieu.reviewed import REJECTED, WITHDRAWN, ReviewStatus
from chitieu.store import Store, open_store
from tests.builders import DOCUMENT_ID, extraction
from tests.chitieu.test_corrections import row

TEXTS = {"code": "1a", "indicator": "Tỷ lệ hộ dùng nước sạch", "unit": "%", "value_text": "≥ 95,5", "period": "2030"}


def add(beside: Indicator, others: tuple[Correction, ...] = (), *, is_below: bool = True, **texts: str) -> Correction:
    return addition(
        DOCUMENT_ID, beside, others, is_below=is_below, texts={**TEXTS, **texts}, reviewer="Lan", reason="", made_at="1"
    )


def test_an_added_row_is_understood_as_if_it_had_been_read():
    *_, found = replay.rows([row(1), row(2)], [add(row(1))])
    one = found.indicator
    assert (one.comparator, one.value_low, one.unit_code) == (">=", Decimal("95.5"), "pct")
    assert (one.section, one.agency, one.flags, one.page) == (row(1).section, "", (), 2)
    assert (found.status, found.added_behind) == (ReviewStatus.CORRECTED, 0)
    assert one.record_id == f"{DOCUMENT_ID}-I-1a-2030"


@pytest.mark.parametrize(("beside", "is_below", "behind"), [(1, True, 0), (2, False, 0), (1, False, -1), (3, True, 2)])
def test_it_stands_where_it_was_said_to_stand(beside: int, is_below: bool, behind: int):
    *_, found = replay.rows([row(1), row(2), row(3)], [add(row(beside), is_below=is_below)])
    assert found.added_behind == behind


def test_what_is_said_of_it_later_is_said_of_it_alone():
    rows = [row(1), row(2)]
    first = add(row(1))
    second = add(row(1), (first,), code="1b")
    added = replay.rows(rows, [first, second])[2].indicator
    said = Correction(
        DOCUMENT_ID, regions_of(added, "value_text"), "value_text", text_of(added, "value_text"), "≥ 96", "Lan", "", "2"
    )
    found = replay.rows(rows, [first, second, said])
    assert [one.indicator.value_text for one in found] == ["> 90", "> 90", "≥ 96", "≥ 95,5"]


def test_it_can_be_rejected_and_taken_back():
    added = replay.rows([row(1)], [add(row(1))])[1].indicator
    no_row = decision(added, DOCUMENT_ID, verdict=REJECTED, reviewer="Lan", reason="", made_at="2")
    assert replay.rows([row(1)], [add(row(1)), no_row])[1].status is ReviewStatus.REJECTED
    assert len(replay.rows([row(1)], [add(row(1)), replace(add(row(1)), reason=WITHDRAWN)])) == 1


def test_a_row_that_is_read_after_all_is_no_longer_added():
    now = replace(row(2), code="1a", indicator="Tỷ lệ hộ dùng nước sạch", period="2030")
    assert len(replay.rows([row(1), now], [add(row(1))])) == 2


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url) as opened:
        opened.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
        opened.save_extraction(replace(extraction(), indicators=(row(1), row(2))), "1", 1.0, replay)
        yield opened


def codes(store: Store) -> list[str]:
    with store.snapshot() as snapshot:
        return [one.indicator.code for one in snapshot.rows()]


def test_the_dataset_has_it_between_its_neighbours_and_keeps_it(store: Store, tmp_path: Path):
    first = add(row(1))
    store.add_corrections(DOCUMENT_ID, [first, add(row(1), (first,), code="1b")], replay)
    assert codes(store) == ["1", "1a", "1b", "2"]
    store.save_extraction(replace(extraction(), indicators=(row(1), row(2))), "2", 1.0, replay)
    assert codes(store) == ["1", "1a", "1b", "2"]
    publish(store, tmp_path / "output")
    assert "Tỷ lệ hộ dùng nước sạch" in (tmp_path / "output" / "indicators.csv").read_text("utf-8")
