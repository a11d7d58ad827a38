"""Who reads which document: claims with a lease, every change of state kept. Two runs never read the same at once.

A claim holds as long as its holder lives: on this machine that is seen at once, elsewhere when the lease runs out.
"""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Row, insert, select, update

from chitieu.batches import batches
from chitieu.store import schema
from chitieu.store.records import DocumentState

MOVED_AT_ONCE = 500
LEASE_SECONDS = 120
RENEW_SECONDS = 30
ENDED = ("Z", "X")  # a process that was killed and that nobody has asked about yet is no more: proc(5)
# A document in one of these is unfinished business, of the run that holds it or of the next one.
UNFINISHED_STATES = (DocumentState.RECEIVED, DocumentState.CLAIMED, DocumentState.READ)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that is to be read; `attempts` tells whether another run took it since."""

    document_id: str
    sha256: str
    source_file: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was taken in, also one whose bytes were known; `token` is its own."""

    token: str
    document_id: str
    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a document is called, and whether its bytes came before."""

    name: str
    is_duplicate: bool


def waiting(connection: Connection) -> list[Waiting]:
    """Documents that nobody reads and that are not finished, in the order in which they came."""
    documents = schema.documents.c
    query = select(schema.documents).where(documents.state.in_(UNFINISHED_STATES))
    rows = connection.execute(query.order_by(documents.received_at, documents.source_file, documents.document_id))
    return [Waiting(row.document_id, row.sha256, row.source_file, row.attempts) for row in rows if is_free(row)]


def attempts_of(connection: Connection, document_id: str) -> int:
    """How often a document has been claimed."""
    query = select(schema.documents.c.attempts).where(schema.documents.c.document_id == document_id)
    return int(connection.execute(query).scalar_one())


def claim(connection: Connection, document_id: str, seen_attempts: int, code_version: str) -> bool:
    """Take a document to read; False where another run has it, or had it since it was listed."""
    query = select(schema.documents).where(schema.documents.c.document_id == document_id).with_for_update()
    row = connection.execute(query).one()
    if row.attempts != seen_attempts or not is_free(row):
        return False
    taken = {"attempts": row.attempts + 1, "holder": holder(), "lease_until": later(LEASE_SECONDS)}
    move(connection, document_id, DocumentState.CLAIMED, code_version, columns=taken)
    return True


def renew(connection: Connection) -> None:
    """Say that this run lives."""
    own = schema.documents.c.holder == holder()
    connection.execute(update(schema.documents).where(own).values(lease_until=later(LEASE_SECONDS)))


def let_go(connection: Connection, document_id: str) -> None:
    """Give back what this process holds and has not finished; one document of that where it is named."""
    query = select(schema.documents).where(schema.documents.c.holder == holder())
    if document_id:
        query = query.where(schema.documents.c.document_id == document_id)
    for row in connection.execute(query).all():
        free = {"holder": "", "lease_until": ""}
        move(connection, row.document_id, DocumentState.RECEIVED, row.code_version, "stopped", columns=free)


def retry(connection: Connection, document_id: str) -> bool:
    """Have a document of the quarantine wait again; False where it is not there."""
    own = (schema.documents.c.document_id == document_id, schema.documents.c.state == DocumentState.QUARANTINED)
    row = connection.execute(select(schema.documents).where(*own).with_for_update()).first()
    if row is None:
        return False
    afresh = {"reason": "", "detail": "", "holder": "", "lease_until": ""}
    move(connection, document_id, DocumentState.RECEIVED, row.code_version, "retried", columns=afresh)
    return True


def move(
    connection: Connection,
    document_id: str,
    state: DocumentState,
    code_version: str,
    detail: str = "",
    *,
    columns: Mapping[str, object] | None = None,
) -> None:
    """Change the state of a document and keep that it changed. Raises LookupError where it was never received."""
    own = schema.documents.c.document_id == document_id
    change = update(schema.documents).where(own).values({**(columns or {}), "state": state})
    if connection.execute(change).rowcount != 1:
        raise LookupError(f"{document_id} was never received")
    row = connection.execute(select(schema.documents).where(own)).one()
    said = {"document_id": document_id, "at": later(0), "state": state, "attempt": row.attempts}
    said |= {"holder": row.holder, "code_version": code_version, "detail": detail}
    connection.execute(insert(schema.events).values(said))


def move_all(connection: Connection, documents: Mapping[str, str], state: DocumentState) -> None:
    """The same for many documents, given with their versions of the software."""
    for ids in batches(documents, MOVED_AT_ONCE):
        own = schema.documents.c.document_id.in_(ids)
        connection.execute(update(schema.documents).where(own).values(state=state))
        at, rows = later(0), connection.execute(select(schema.documents).where(own)).all()
        said = [
            {"document_id": row.document_id, "at": at, "state": state, "attempt": row.attempts, "holder": row.holder}
            | {"code_version": documents[row.document_id], "detail": ""}
            for row in sorted(rows, key=lambda row: ids.index(row.document_id))
        ]
        connection.execute(insert(schema.events), said)


def note_arrival(connection: Connection, arrival: Arrival) -> str | None:
    """Keep that a file came, once; returns the first arrival of its bytes, None where this is it."""
    arrivals = schema.arrivals
    same_bytes = select(arrivals.c.token).where(arrivals.c.document_id == arrival.document_id)
    first = connection.execute(same_bytes.order_by(arrivals.c.at, arrivals.c.token)).scalars().first()
    if not connection.execute(select(arrivals.c.token).where(arrivals.c.token == arrival.token)).first():
        values = {name: getattr(arrival, name) for name in Arrival.__slots__}
        connection.execute(insert(arrivals).values({**values, "at": later(0)}))
    return first


def is_free(row: "Row[tuple[object, ...]]") -> bool:
    """Whether nobody reads a document: its holder is known to be dead, or its lease ran out."""
    return not row.holder or row.lease_until < later(0) or is_dead(row.holder)


def later(seconds: float) -> str:
    """The time in UTC so many seconds from now, as the store keeps it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")


@cache
def place() -> str:
    """This machine, since it was started, as far as process numbers are common: a container is its own."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    space = os.stat("/proc/self/ns/pid").st_ino  # noqa: PTH116  # a link that is to be followed
    return f"{socket.gethostname()}/{boot[:8]}/{space}"


def holder() -> str:
    """This process, told from every other that had or will have its number."""
    return f"{place()}/{os.getpid()}/{start_of(os.getpid())}"


def is_dead(name: str) -> bool:
    """Whether a holder is known to have ended; False of one elsewhere."""
    where, _, rest = name.rpartition("/")
    where, _, number = where.rpartition("/")
    return where == place() and start_of(int(number)) != rest


def start_of(pid: int) -> str:
    """When a process started, in ticks since the machine did; empty where there is none."""
    try:
        # The command's name is in brackets and may hold anything.
        status = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if status[0] in ENDED else status[19]
