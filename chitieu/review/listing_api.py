"""Lists for programs: rows of the dataset that are looked for, and what reviewers said."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from chitieu.exchange import CORRECTION
from chitieu.model import Correction
from chitieu.review.guards import AtDesk, Reviewer
from chitieu.review.shapes import DocumentId
from chitieu.review.shaping import look_of
from chitieu.store import RowQuery

router = APIRouter(prefix="/api")
MOST_ROWS = 500
Asked = Annotated[str, Query(max_length=200)]


class FoundRow(BaseModel):
    """A row that was looked for; `look`: open, sound, accepted, corrected, rejected."""

    document_id: str
    position: int
    record_id: str
    province: str
    document_number: str
    code: str
    indicator: str
    period: str
    value_text: str
    unit: str
    agency: str
    look: str


class FoundRows(BaseModel):
    """How many rows there are, and some of them in the dataset's order."""

    count: int
    rows: tuple[FoundRow, ...]


class SaidCorrection(BaseModel):
    """A correction as it is kept; of a whole row the field is `row`, of a document its column in documents.csv."""

    document_id: str
    field: str
    seen: str
    text: str
    reviewer: str
    reason: str
    made_at: str


@router.get("/rows")
def rows(
    desk: AtDesk,
    _reviewer: Reviewer,
    *,
    q: Asked = "",
    province: Asked = "",
    period: Asked = "",
    document: Annotated[str, Query(pattern=r"^([0-9a-f]{16}(-[0-9]{1,4})?|)$")] = "",
    look: Annotated[str, Query(pattern="^(open|sound|accepted|corrected|rejected|)$")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> FoundRows:
    """Rows by words, province, period, document and state."""
    query = RowQuery(q, province, period, document, look)
    with desk.store.snapshot() as snapshot:
        count, places = snapshot.find_rows(query, limit, offset)
        documents = snapshot.documents_called(document_id for document_id, _ in places)
        found = snapshot.review_rows_at(places)
    return FoundRows(
        count=count,
        rows=tuple(
            FoundRow(
                document_id=place[0],
                position=place[1],
                record_id=found[place].indicator.record_id,
                province=documents[place[0]].document.province,
                document_number=documents[place[0]].document.number,
                code=found[place].indicator.code,
                indicator=found[place].indicator.indicator,
                period=found[place].indicator.period,
                value_text=found[place].indicator.value_text,
                unit=found[place].indicator.unit,
                agency=found[place].indicator.agency,
                look=look_of(found[place]),
            )
            for place in places
        ),
    )


@router.get("/corrections/{document_id}")
def corrections(document_id: DocumentId, desk: AtDesk, _reviewer: Reviewer) -> tuple[SaidCorrection, ...]:
    """What reviewers said of a document, oldest first; nothing of one that is unknown."""
    with desk.store.snapshot() as snapshot:
        said = snapshot.corrections(document_id)
    return tuple(_said(one) for one in said)


def _said(one: Correction) -> SaidCorrection:
    return SaidCorrection(**CORRECTION.dump_python(one, mode="json", exclude={"regions"}))
