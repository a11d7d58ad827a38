"""The way of files through the house, without Prefect: taken in, read in children, stored, published once."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from chitieu.archive import archived_path, find_archived, wrapped_path
from chitieu.corrections import replay
from chitieu.dataset import publish_changes
from chitieu.dataset.searchable import write_searchable
from chitieu.errors import ChitieuError, LostOriginal, Stopped
from chitieu.inbox import Intake
from chitieu.quarantine import quarantine_copy, release
from chitieu.settings import Settings
from chitieu.store import RENEW_SECONDS, DocumentRecord, DocumentState, Store, Waiting, open_store
from chitieu.versions import code_version
from flows.events import Finished, PageRead, Quarantined, Started, Summary, Tell
from flows.learning import with_evidence
from flows.receiving import Received, receive_inbox, receive_named
from flows.workers import read_in_child

# By name: the parent never imports the engines, the child does.
EXTRACT = "flows.stages:extract_document"


@dataclass(frozen=True, slots=True)
class Workplace:
    """What work on documents needs. `extract` is `module:function`: the children import it, this process does not.

    `stop` ends the work early; `tell` is called from several threads. `reads_again`: also what was read before.
    """

    settings: Settings
    store: Store
    extract: str
    tell: Tell
    stop: threading.Event
    reads_again: bool = False


# Gives every document to the function, and returns what it returned, in order.
Runner = Callable[[Sequence[Waiting], Callable[[Waiting], Finished], Workplace], list[Finished]]


class ThreadBudget:
    """How many threads a document may use: all cores for the last one, an even share before."""

    def __init__(self, cores: int, documents: int) -> None:
        self._cores, self._unfinished, self._lock = cores, documents, Lock()

    @contextmanager
    def share(self) -> Iterator[int]:
        """Yield the threads for the document that starts now."""
        with self._lock:
            threads = max(1, self._cores // max(1, self._unfinished))
        try:
            yield threads
        finally:
            with self._lock:
                self._unfinished -= 1


def ingest(paths: Iterable[Path], place: Workplace, run: Runner) -> Summary:
    """Take in files and folders, read what is new, publish, and say what was done."""
    started = time.monotonic()
    return read_and_publish(receive_named(paths, place.settings, place.store), started, place, run)


def ingest_inbox(place: Workplace, run: Runner) -> Summary:
    """The same with what lies ready in the inbox, which leaves it."""
    started = time.monotonic()
    return read_and_publish(receive_inbox(place.settings, place.store), started, place, run)


def read_and_publish(received: Received, started: float, place: Workplace, run: Runner) -> Summary:
    """Read what came and is new, and what earlier runs left unread; publish; say what was done."""
    unread = documents_to_read(received.intakes, place)
    finished = read_all(unread, place, run) if unread else []
    publish_changes(place.store, place.settings.output, received.left)
    if place.settings.searchable:
        read = {one.document_id for one in finished}
        write_searchable(place.store, place.settings.archive, place.settings.output, read)
    failed = [Quarantined(outcome.source_file, outcome.error) for outcome in finished if outcome.error]
    to_read = [one.document_id for one in unread]
    document_ids = with_further(place.store, [*(one.document_id for one in received.intakes), *to_read])
    read_now = with_further(place.store, to_read)
    return Summary(
        documents=records(place.store, dict.fromkeys(document_ids)),
        read_before=frozenset(document_ids) - set(read_now),
        quarantined=(*received.quarantined, *failed),
        ignored=received.ignored,
        seconds=time.monotonic() - started,
        left=received.left or (),
        duplicates=received.duplicates,
        busy=tuple(outcome.source_file for outcome in finished if outcome.state is DocumentState.CLAIMED),
    )


def documents_to_read(intakes: Iterable[Intake], place: Workplace) -> list[Waiting]:
    """Each document once: what came and this software has not read, and what waits in the store."""
    store = place.store
    came = [one for one in intakes if place.reads_again or not store.known(one.document_id, code_version())]
    wanted = [Waiting(one.document_id, one.sha256, one.source_file, store.attempts(one.document_id)) for one in came]
    return list({one.document_id: one for one in (*wanted, *store.waiting())}.values())


def with_further(store: Store, file_ids: Iterable[str]) -> list[str]:
    """The ids of all documents that these files hold."""
    with store.snapshot() as snapshot:
        return [one for file_id in file_ids for one in (file_id, *snapshot.further(file_id))]


def records(store: Store, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
    """What stands in the store about documents that were read."""
    with store.snapshot() as snapshot:
        found = [snapshot.document(document_id) for document_id in document_ids]
    return tuple(record for record in found if record and record.state is not DocumentState.QUARANTINED)


def read_all(documents: Sequence[Waiting], place: Workplace, run: Runner) -> list[Finished]:
    """Read documents, several at once."""
    budget = ThreadBudget(os.cpu_count() or 1, len(documents))

    def work(document: Waiting) -> Finished:
        with budget.share() as threads:
            return read_one(document, threads, place)

    with held_claims(place.store):
        return run(documents, work, place)


@contextmanager
def held_claims(store: Store, document_id: str = "") -> Iterator[None]:
    """Renew the claims of this process as long as the block lasts; then let go of what it has not finished.

    `document_id`: of this document alone, where the process may be reading others.
    """
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(RENEW_SECONDS):
            store.renew()

    renewer = threading.Thread(target=renew, daemon=True)
    renewer.start()
    try:
        yield
    finally:
        ended.set()
        renewer.join()
        store.let_go(document_id)


def read_one(document: Waiting, threads: int, place: Workplace) -> Finished:
    """Read and store one document; where that fails, quarantine it. Raises Stopped when the run is stopped."""
    if place.stop.is_set():
        raise Stopped
    started = time.monotonic()
    # Another run may have had it already when the documents were listed, and be done with it by now.
    is_done = not place.reads_again and place.store.known(document.document_id, code_version())
    if is_done or not place.store.claim(document.document_id, document.attempts, code_version()):
        return Finished(document.document_id, document.source_file, DocumentState.CLAIMED, 0, 0, 0.0, None)
    place.tell(Started(document.document_id, document.source_file))
    try:
        finished = read_and_store(document, threads, place, started)
    except ChitieuError as error:
        finished = quarantine_document(document, error, place, time.monotonic() - started)
    place.tell(finished)
    return finished


def read_and_store(document: Waiting, threads: int, place: Workplace, started: float) -> Finished:
    """The good way of one document."""
    document_id, name = document.document_id, document.source_file
    path = find_archived(place.settings.archive, document.sha256)
    if path is None:
        raise LostOriginal(str(archived_path(place.settings.archive, document.sha256)))

    def report(page: int, page_count: int) -> None:
        place.tell(PageRead(document_id, name, page, page_count))
        if page == page_count:
            place.store.mark_read(document_id, code_version())

    extraction = read_in_child(
        place.extract, path, name, document_id,
        settings=place.settings, threads=threads, report=report, stop=place.stop,
        wrapped=wrapped_path(path),
    )  # fmt: skip
    extraction = with_evidence(extraction, place.store, place.settings)
    seconds = time.monotonic() - started
    state = place.store.save_extraction(extraction, code_version(), seconds, replay)
    release(path, place.settings.quarantine)
    rows = [indicator for one in (extraction, *extraction.further) for indicator in one.indicators]
    flagged = sum(bool(indicator.flags) for indicator in rows)
    return Finished(document_id, name, state, len(rows), flagged, seconds, None)


def quarantine_document(document: Waiting, error: ChitieuError, place: Workplace, seconds: float) -> Finished:
    """Set one document aside, with a copy out of the archive."""
    settings, name = place.settings, document.source_file
    quarantine_copy(find_archived(settings.archive, document.sha256), name, error, settings.quarantine)
    place.store.record_failure(document.document_id, error, code_version(), seconds)
    return Finished(document.document_id, name, DocumentState.QUARANTINED, 0, 0, seconds, error)


@contextmanager
def workplace(settings: Settings, extract: str, tell: Tell) -> Iterator[Workplace]:
    """Yield a place to work in, with the store of the home open."""
    with open_store(settings.store_url) as store:
        yield Workplace(settings, store, extract, tell, threading.Event())
