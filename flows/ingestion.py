"""The way of files through the house, without Prefect: taken in, read in children, stored, published once."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from chitieu.claims import claimed, look, settle
from chitieu.corrections import replay
from chitieu.dataset import publish
from chitieu.errors import ChitieuError
from chitieu.inbox import (
    Ignored,
    Intake,
    Rejected,
    archive_copy,
    fingerprint,
    list_files,
    printable_name,
    quarantine_copy,
    release,
)
from chitieu.settings import Settings
from chitieu.store import DocumentRecord, DocumentState, Store, open_store
from chitieu.versions import code_version
from flows.workers import Stopped, read_in_child


@dataclass(frozen=True, slots=True)
class Started:
    """A document is being read."""

    document_id: str
    source_file: str


@dataclass(frozen=True, slots=True)
class PageRead:
    """So many pages of a document have been read."""

    document_id: str
    source_file: str
    page: int
    page_count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """How a document ended; `error` is None where it was read."""

    document_id: str
    source_file: str
    state: DocumentState
    rows: int
    flagged: int
    seconds: float
    error: ChitieuError | None


@dataclass(frozen=True, slots=True)
class ServerStarting:
    """Prefect is wanted, and its server may have to be started."""


@dataclass(frozen=True, slots=True)
class ServerStarted:
    """Prefect's own server is up; 0 seconds where one was running already."""

    seconds: float


Event = ServerStarting | ServerStarted | Started | PageRead | Finished
Tell = Callable[[Event], None]


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


# Gives every intake to the function, and returns what it returned, in order.
Runner = Callable[[Sequence[Intake], Callable[[Intake], Finished], Workplace], list[Finished]]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was set aside, with what a person reads about it."""

    name: str
    error: ChitieuError


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did."""

    documents: tuple[DocumentRecord, ...]  # read, or read before
    read_before: frozenset[str]  # the document ids that needed no reading
    quarantined: tuple[Quarantined, ...]
    ignored: tuple[Path, ...]
    seconds: float


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
    files = list(list_files(paths, place.settings.max_file_mib))
    rejected = [quarantine_rejected(file, place) for file in files if isinstance(file, Rejected)]
    intakes = distinct(file for file in files if isinstance(file, Intake))
    unread = [intake for intake in intakes if place.reads_again or not is_known(intake, place)]
    finished = read_all(unread, place, run) if unread else []
    publish(place.store, place.settings.output)
    failed = [Quarantined(outcome.source_file, outcome.error) for outcome in finished if outcome.error]
    read_before = frozenset(intake.document_id for intake in intakes) - {intake.document_id for intake in unread}
    return Summary(
        documents=records(place.store, [intake.document_id for intake in intakes]),
        read_before=read_before,
        quarantined=(*rejected, *failed),
        ignored=tuple(file.path for file in files if isinstance(file, Ignored)),
        seconds=time.monotonic() - started,
    )


def is_known(intake: Intake, place: Workplace) -> bool:
    """Whether this software has read the document before."""
    return place.store.known(intake.document_id, code_version())


def distinct(intakes: Iterable[Intake]) -> list[Intake]:
    """Each document once: the same bytes under a second name are the same document."""
    return list({intake.sha256: intake for intake in reversed(list(intakes))}.values())[::-1]


def records(store: Store, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
    """What stands in the store about documents that were read."""
    with store.snapshot() as snapshot:
        found = [snapshot.document(document_id) for document_id in document_ids]
    return tuple(record for record in found if record and record.state is not DocumentState.QUARANTINED)


def read_all(intakes: Sequence[Intake], place: Workplace, run: Runner) -> list[Finished]:
    """Read documents, several at once."""
    budget = ThreadBudget(os.cpu_count() or 1, len(intakes))

    def work(intake: Intake) -> Finished:
        with budget.share() as threads:
            return read_one(intake, threads, place)

    return run(intakes, work, place)


def read_one(intake: Intake, threads: int, place: Workplace) -> Finished:
    """Archive, read and store one document; where that fails, quarantine it. Raises Stopped when the run is stopped."""
    if place.stop.is_set():
        raise Stopped
    started = time.monotonic()
    name = place.store.record_received(intake.document_id, intake.sha256, intake.source_file)
    place.tell(Started(intake.document_id, name))
    try:
        finished = read_and_store(intake, name, threads, place, started)
    except ChitieuError as error:
        finished = quarantine_document(intake, name, error, place, time.monotonic() - started)
    place.tell(finished)
    return finished


def read_and_store(intake: Intake, name: str, threads: int, place: Workplace, started: float) -> Finished:
    """The good way of one document."""
    path = archive_copy(intake, place.settings.archive)

    def report(page: int, page_count: int) -> None:
        place.tell(PageRead(intake.document_id, name, page, page_count))

    extraction = read_in_child(
        place.extract, path, name, intake.document_id,
        settings=place.settings, threads=threads, report=report, stop=place.stop,
    )  # fmt: skip
    seconds = time.monotonic() - started
    state = place.store.save_extraction(extraction, code_version(), seconds, replay)
    release(name, intake.sha256, place.settings.quarantine)
    flagged = sum(bool(indicator.flags) for indicator in extraction.indicators)
    return Finished(intake.document_id, name, state, len(extraction.indicators), flagged, seconds, None)


def quarantine_document(intake: Intake, name: str, error: ChitieuError, place: Workplace, seconds: float) -> Finished:
    """Set one document aside; the copy is made of the original, or of the archive where that is gone."""
    quarantine_copy(intake.path, name, error, place.settings.quarantine)
    place.store.record_failure(intake.document_id, error, code_version(), seconds)
    return Finished(intake.document_id, name, DocumentState.QUARANTINED, 0, 0, seconds, error)


def quarantine_rejected(rejected: Rejected, place: Workplace) -> Quarantined:
    """Set a file aside that is no document; it stands in the dataset as such, if it could be opened at all."""
    name = printable_name(rejected.path)
    quarantine_copy(rejected.path, name, rejected.error, place.settings.quarantine)
    if os.access(rejected.path, os.R_OK):
        sha256 = fingerprint(rejected.path)
        place.store.record_received(sha256[:16], sha256, name)
        place.store.record_failure(sha256[:16], rejected.error, code_version(), 0.0)
    return Quarantined(name, rejected.error)


def ingest_inbox(place: Workplace, run: Runner) -> tuple[Summary, tuple[Path, ...]]:
    """Take what lies ready in the inbox, read it, and leave the inbox empty of it; also gives the files that wait.

    Every file that leaves the inbox lies in the archive or in quarantine, byte for byte.
    """
    settings = place.settings
    settings.inbox.mkdir(parents=True, exist_ok=True)
    found = look(settings.inbox, settings.settle_seconds)
    with claimed(settings.inbox, found.ready, settings.state / "claims") as files:
        summary = ingest(files, place, run)
        for path in files:
            settle(path, settings.archive, settings.quarantine)
    return summary, found.waiting


@contextmanager
def workplace(settings: Settings, extract: str, tell: Tell) -> Iterator[Workplace]:
    """Yield a place to work in, with the store of the home open."""
    with open_store(settings.store_url) as store:
        yield Workplace(settings, store, extract, tell, threading.Event())
