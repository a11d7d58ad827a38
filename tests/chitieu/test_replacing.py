"""Decisions that later ones replace: kept, marked, and not compared."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chitieu.dataset import publish
from chitieu.model import Extraction
from chitieu.settings import Settings, load_settings
from chitieu.store import DocumentState, Store, open_store
from chitieu.store.replacing import Decision, superseded_decisions
from tests.builders import extraction

OLD, NEW = "a" * 16, "b" * 16
PROVINCE = "Ủy ban nhân dân tỉnh Cao Bằng"


def decision(name: str, number: str, day: date | None, replaces: str = "", issuer: str = PROVINCE) -> Decision:
    return Decision(name, number, day, issuer, replaces)


@pytest.mark.parametrize(
    ("replaces", "day", "issuer", "expected"),
    [
        ("12/QĐ-UBND (2025-07-09)", date(2025, 7, 9), PROVINCE, {"old": "new"}),
        ("5/QĐ-UBND; 12/QĐ-UBND", date(2025, 7, 9), PROVINCE.upper(), {"old": "new"}),
        ("12/QĐ-UBND (2024-07-09)", date(2025, 7, 9), PROVINCE, {}),  # the same number of another year
        ("12/QĐ-UBND", date(2026, 7, 9), PROVINCE, {}),  # later than what replaces it
        ("12/QĐ-UBND", None, PROVINCE, {}),
        ("12/QĐ-UBND", date(2025, 7, 9), "Ủy ban nhân dân tỉnh Lai Châu", {}),
        ("112/QĐ-UBND", date(2025, 7, 9), PROVINCE, {}),
    ],
)
def test_what_is_replaced_is_the_issuer_s_own_and_earlier(replaces, day, issuer, expected):
    old, new = (
        decision("old", "12/QĐ-UBND", day, issuer=issuer),
        decision("new", "80/QĐ-UBND", date(2026, 1, 2), replaces),
    )
    assert superseded_decisions([old, new]) == expected


def test_of_two_that_replace_it_the_latest_counts():
    old = decision("old", "12/QĐ-UBND", date(2025, 7, 9))
    second = decision("second", "80/QĐ-UBND", date(2026, 1, 2), "12/QĐ-UBND")
    third = decision("third", "90/QĐ-UBND", date(2026, 5, 2), "12/QĐ-UBND; 80/QĐ-UBND")
    assert superseded_decisions([old, second, third]) == {"old": "third", "second": "third"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings.store_url) as store:
        yield store


def put(store: Store, read: Extraction, **identity: object) -> None:
    document = replace(read.document, **identity)
    store.record_received(document.document_id, document.document_id * 4, document.source_file)
    store.save_extraction(replace(read, document=document), "1", 1.0)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_replaced_decision_stays_in_the_dataset_and_leaves_the_comparison(store: Store, settings: Settings) -> None:
    put(store, extraction(OLD, "old.pdf"), number="12/QĐ-UBND", date=date(2025, 7, 9))
    new = extraction(NEW, "new.pdf")
    kept = replace(new, indicators=new.indicators[:1])  # sets fewer targets than the one before
    put(store, kept, number="80/QĐ-UBND", date=date(2026, 1, 2), replaces="12/QĐ-UBND (2025-07-09)")
    publish(store, settings.output)
    documents = {row["document_id"]: row for row in rows_of(settings.output / "documents.csv")}
    assert (documents[OLD]["superseded_by"], documents[NEW]["superseded_by"]) == (NEW, "")
    assert {row["document_id"] for row in rows_of(settings.output / "indicators.csv")} == {OLD, NEW}
    assert store.state_of(OLD) is DocumentState.PUBLISHED
    compared = rows_of(settings.output / "comparison.csv")
    said = [(row["document_number"], row["document_date"], row["in_place_of"]) for row in compared]
    assert said == [("80/QĐ-UBND", "2026-01-02", "12/QĐ-UBND")]


def test_what_is_withdrawn_replaces_nothing_any_more(store: Store, settings: Settings) -> None:
    put(store, extraction(OLD, "old.pdf"), number="12/QĐ-UBND", date=date(2025, 7, 9))
    put(store, extraction(NEW, "new.pdf"), number="80/QĐ-UBND", date=date(2026, 1, 2), replaces="12/QĐ-UBND")
    publish(store, settings.output)
    store.withdraw(NEW, "wrong file")
    publish(store, settings.output)
    documents = {row["document_id"]: row for row in rows_of(settings.output / "documents.csv")}
    assert documents[OLD]["superseded_by"] == ""


def test_a_decision_whose_number_is_written_by_hand_replaces_an_earlier_one(store: Store, settings: Settings) -> None:
    put(store, extraction(OLD, "old.pdf"), number="12/QĐ-UBND", date=date(2025, 7, 9))
    put(store, extraction(NEW, "new.pdf"), number="/QĐ-UBND", date=date(2026, 1, 2), replaces="12/QĐ-UBND")
    publish(store, settings.output)
    assert {row["document_id"] for row in rows_of(settings.output / "indicators.csv")} == {OLD, NEW}
    assert {row["document_number"] for row in rows_of(settings.output / "comparison.csv")} == {"/QĐ-UBND"}
