"""One document read by a process that shares nothing with its run but the home and the store: a worker of Dask."""

import socket
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from chitieu.errors import OtherVersion, SchedulerFailed
from chitieu.settings import load_settings
from chitieu.store import Waiting
from chitieu.versions import code_version
from flows.events import Event, Finished
from flows.ingestion import held_claims, read_one, workplace

DASK_PORT = 8786
ANSWER_SECONDS = 30.0


def read_elsewhere(home: str, extract: str, version: str, document_id: str, *, reads_again: bool) -> Finished:
    """Read and store a document of the home, which lies on storage that all machines share.

    It may be that a worker died over it before: whoever is known to be dead holds it no longer. Raises OtherVersion
    where this machine has other software than the one that began the run.
    """
    if code_version() != version:
        raise OtherVersion(f"{socket.gethostname()}: {code_version()}, {version}")
    with workplace(load_settings(Path(home)), extract, untold) as place:
        with place.store.snapshot() as snapshot:
            record = snapshot.document(document_id)
        assert record is not None
        document = Waiting(document_id, record.sha256, record.document.source_file, record.attempts)
        with held_claims(place.store, document_id):
            return read_one(document, threads=1, place=replace(place, reads_again=reads_again))


def require_answer(address: str) -> None:
    """Raise SchedulerFailed where nobody listens at an address such as `tcp://10.0.0.5:8786`."""
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "", place.port or DASK_PORT), ANSWER_SECONDS).close()
    except OSError as error:
        raise SchedulerFailed(f"{address}: {error}") from error


def untold(_event: Event) -> None:
    """The run that handed the document out tells how it ended."""
