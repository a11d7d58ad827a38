"""The store in a real SQLite file."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from chitieu.corrections import replay
from chitieu.errors import Damaged
from chitieu.model import Correction
from chitieu.store import DocumentRecord, DocumentState, Store, open_store
from tests.builders import DOCUMENT_ID, PLACE, extraction

VERSION = "0.1.0+abc"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = open_store(store_url)
    store.record_received(DOCUMENT_ID, "00" * 32, "cao-bang.pdf")
    yield store
    store.close()


def document(store: Store) -> DocumentRecord:
    with store.snapshot() as snapshot:
        record = snapshot.document(DOCUMENT_ID)
    assert record is not None
    return record


def test_what_was_read_comes_back_whole(store: Store) -> None:
    saved = extraction()
    store.save_extraction(saved, VERSION, 1.5)
    with store.snapshot() as snapshot:
        assert snapshot.indicators(DOCUMENT_ID) == saved.indicators
        assert snapshot.tables(DOCUMENT_ID) == saved.tables
        assert snapshot.pages(DOCUMENT_ID) == saved.pages
        record = snapshot.document(DOCUMENT_ID)
    assert record is not None
    assert record.document == saved.document
    assert (record.pages, record.pages_digital, record.pages_scanned, record.rows, record.rows_flagged) == (
        2,
        1,
        1,
        4,
        1,
    )


def test_saving_twice_is_saving_once(store: Store) -> None:
    store.save_extraction(extraction(), VERSION, 1.5)
    store.save_extraction(extraction(), VERSION, 1.5)
    with store.snapshot() as snapshot:
        assert len(list(snapshot.rows())) == 4


def test_a_document_is_known_to_the_software_that_read_it(store: Store) -> None:
    assert not store.known(DOCUMENT_ID, VERSION)
    store.save_extraction(extraction(), VERSION, 1.5)
    assert store.known(DOCUMENT_ID, VERSION)
    assert not store.known(DOCUMENT_ID, "0.2.0+abc")


def test_a_document_without_rows_is_known_too(store: Store) -> None:
    assert store.save_extraction(replace(extraction(), indicators=()), VERSION, 1) is DocumentState.NO_INDICATORS
    assert store.known(DOCUMENT_ID, VERSION)


def test_a_failure_withdraws_the_rows_and_asks_for_another_try(store: Store) -> None:
    store.save_extraction(extraction(), VERSION, 1.5)
    store.record_failure(DOCUMENT_ID, Damaged("cut short"), VERSION, 0.1)
    record = document(store)
    assert (record.state, record.reason, record.detail, record.rows) == ("quarantined", "damaged", "cut short", 0)
    assert not store.known(DOCUMENT_ID, VERSION)


def test_the_first_name_of_a_document_stays(store: Store) -> None:
    assert store.record_received(DOCUMENT_ID, "00" * 32, "copy.pdf") == "cao-bang.pdf"


def test_published_documents_are_marked(store: Store) -> None:
    store.save_extraction(extraction(), VERSION, 1.5)
    store.mark_published([DOCUMENT_ID])
    assert document(store).state is DocumentState.PUBLISHED


def test_a_save_that_fails_changes_nothing(store: Store) -> None:
    store.save_extraction(extraction(), VERSION, 1.5)
    broken = extraction()
    with pytest.raises(Exception, match=r"(?i)unique"):
        store.save_extraction(replace(broken, tables=broken.tables * 2), "other", 1.5)
    assert document(store).rows == 4
    assert store.known(DOCUMENT_ID, VERSION)


def test_a_document_must_have_been_received(store: Store) -> None:
    with pytest.raises(LookupError):
        store.save_extraction(extraction("f" * 16), VERSION, 1)


def test_corrections_are_kept_in_order_and_survive_a_new_reading(store: Store) -> None:
    said = [
        Correction(DOCUMENT_ID, PLACE, "value_text", "> 90", text, "Lan", "", "2026-11-01") for text in ("≥ 90", "90")
    ]
    for correction in said:
        store.add_corrections(DOCUMENT_ID, [correction], replay)
    store.save_extraction(extraction(), VERSION, 1)
    with store.snapshot() as snapshot:
        assert snapshot.corrections(DOCUMENT_ID) == tuple(said)


def test_a_snapshot_does_not_see_what_is_written_meanwhile(store: Store) -> None:
    with store.snapshot() as snapshot:
        assert list(snapshot.rows()) == []
        store.save_extraction(extraction(), VERSION, 1)
        assert list(snapshot.rows()) == []


def test_threads_write_beside_each_other(store: Store) -> None:
    def write(number: int) -> None:
        document_id = f"{number:016x}"
        store.record_received(document_id, f"{number:064x}", f"{number}.pdf")
        store.save_extraction(extraction(document_id, f"{number}.pdf"), VERSION, 1)

    threads = [Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.snapshot() as snapshot:
        assert len(list(snapshot.rows())) == 48
