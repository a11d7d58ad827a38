"""What a run tells while it works, and what it did in the end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chitieu.errors import ChitieuError
from chitieu.looking import Left
from chitieu.store import DocumentRecord, DocumentState


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
    """How a document ended; `error` is None where it was read, `state` is CLAIMED where another run has it."""

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
class Quarantined:
    """A file that was set aside, with what a person reads about it."""

    name: str
    error: ChitieuError


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose very bytes were dropped before, under the name `known_as`."""

    name: str
    known_as: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did."""

    documents: tuple[DocumentRecord, ...]  # read, or read before
    read_before: frozenset[str]  # the document ids that needed no reading
    quarantined: tuple[Quarantined, ...]
    ignored: tuple[Path, ...]
    seconds: float
    left: tuple[Left, ...] = ()  # in the inbox
    duplicates: tuple[Duplicate, ...] = ()
    busy: tuple[str, ...] = ()  # names of documents that another run reads
