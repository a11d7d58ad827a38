"""The further documents of a file that holds several: `-2`, `-3` after the file's own id."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from chitieu.model import Extraction
from chitieu.store import schema
from chitieu.store.records import DocumentState

_DOCUMENTS = schema.documents.c


def further_ids(connection: Connection, document_id: str) -> list[str]:
    """The ids of the further documents of a file."""
    own = _DOCUMENTS.document_id
    query = select(own).where(own.startswith(f"{document_id}-", autoescape=True))
    if connection.dialect.name == "sqlite":  # its index finds what lies between two texts, no beginnings
        query = query.where(own > f"{document_id}-", own < f"{document_id}.")
    return sorted(connection.scalars(query), key=lambda one: (len(one), one))


def add_further(connection: Connection, extraction: Extraction) -> None:
    """Have the store know the further documents of a file, and forget those that a new reading has no more."""
    document_id = extraction.document.document_id
    ids = [one.document.document_id for one in extraction.further]
    remove_further(connection, document_id, but=ids)
    if not ids:
        return
    known = set(connection.scalars(select(_DOCUMENTS.document_id).where(_DOCUMENTS.document_id.in_(ids))))
    file = connection.execute(select(schema.documents).where(_DOCUMENTS.document_id == document_id)).one()
    for further in ids:
        if further not in known:
            values = {"document_id": further, "sha256": file.sha256, "source_file": file.source_file}
            received = {"state": DocumentState.CLAIMED, "received_at": file.received_at}
            connection.execute(insert(schema.documents).values({**values, **received}))


def remove_further(connection: Connection, document_id: str, but: Collection[str] = ()) -> None:
    """Forget the further documents of a file; what reviewers said of them is kept."""
    ids = [one for one in further_ids(connection, document_id) if one not in but]
    for table in (schema.pages, schema.tables, schema.indicators, schema.documents):
        connection.execute(delete(table).where(table.c.document_id.in_(ids)))
