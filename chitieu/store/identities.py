"""The identity of a document: as read, as it holds, and what reviewers said laid over it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from chitieu.exchange import CORRECTION, DOCUMENT
from chitieu.model import Correction, Document
from chitieu.reviewed import Replay
from chitieu.store import schema
from chitieu.store.records import document_columns, document_of
from chitieu.store.review import corrections_of

_DOCUMENTS = schema.documents.c


class IdentityChanged(Exception):
    """A document is no longer as the reviewer saw it."""


def identity_version(document: Document) -> str:
    """A name for what a document says of itself now; who saves says which version was seen."""
    said = DOCUMENT.dump_python(document, mode="json", exclude={"claims"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def add_to_identity(
    connection: Connection, document_id: str, said: Sequence[Correction], replay: Replay, version: str
) -> None:
    """Add what a reviewer said of a document's identity. Raises IdentityChanged where it is another by now."""
    if identity_version(_held(connection, document_id)[0]) != version:
        raise IdentityChanged(document_id)
    rows = [CORRECTION.dump_python(correction, mode="json") for correction in said]
    connection.execute(insert(schema.corrections), rows)
    replay_identity(connection, document_id, replay)


def replay_identity(connection: Connection, document_id: str, replay: Replay) -> None:
    """Lay all corrections of a document's identity over what was read of it."""
    held, read = _held(connection, document_id)
    holds = replay.identity(read, corrections_of(connection, document_id))
    if holds == held:
        return
    as_read = None if holds == read else DOCUMENT.dump_python(replace(read, claims=()), mode="json")
    own = _DOCUMENTS.document_id == document_id
    connection.execute(update(schema.documents).where(own).values({**document_columns(holds), "as_read": as_read}))


def _held(connection: Connection, document_id: str) -> tuple[Document, Document]:
    """A document as it holds and as it was read."""
    query = select(schema.documents).where(_DOCUMENTS.document_id == document_id).with_for_update()
    row = connection.execute(query).mappings().one()
    held = document_of(dict(row))
    read = DOCUMENT.validate_python(row["as_read"]) if row["as_read"] else held
    return held, replace(read, claims=held.claims)
