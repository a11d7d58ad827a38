"""Documents as lists show them: names alone, provinces, those of one state a page at a time."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.queue import counts
from chitieu.store.records import DocumentState

_DOCUMENTS, _ROWS = schema.documents.c, schema.indicators.c


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a document is called by."""

    document_id: str
    source_file: str
    number: str
    province: str
    issuer: str


def document_names(connection: Connection) -> list[DocumentName]:
    """The names of all documents."""
    columns = [_DOCUMENTS[name] for name in DocumentName.__slots__]
    return [DocumentName(*row) for row in connection.execute(select(*columns)).tuples()]


def provinces(connection: Connection) -> list[str]:
    """All provinces that documents have."""
    query = select(_DOCUMENTS.province).where(_DOCUMENTS.province != "").distinct().order_by(_DOCUMENTS.province)
    return list(connection.scalars(query))


def listed_ids(connection: Connection, state: DocumentState | None, limit: int, offset: int) -> tuple[int, list[str]]:
    """How many documents are in a state (None: in any), and the ids of one page of them, in the dataset's order."""
    wanted = () if state is None else (_DOCUMENTS.state == state,)
    count = connection.execute(select(func.count()).select_from(schema.documents).where(*wanted)).scalar_one()
    query = select(_DOCUMENTS.document_id).where(*wanted).order_by(_DOCUMENTS.source_file, _DOCUMENTS.document_id)
    return count, list(connection.scalars(query.limit(limit).offset(offset)))


def row_count(connection: Connection) -> int:
    """How many rows count: people said of none of them that it is none, and no other scan does in their place."""
    holds = (_ROWS.review_status != ReviewStatus.REJECTED) & counts()
    return int(connection.execute(select(func.count()).select_from(schema.indicators).where(holds)).scalar_one())
