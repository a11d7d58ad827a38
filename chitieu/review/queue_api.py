"""The API of the queue: the rows that wait, and what they can be picked by."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Query, Response

from chitieu.review.guards import AtDesk, Reviewer
from chitieu.review.shapes import QueueShape

router = APIRouter(prefix="/api")
Filter = Annotated[str, Query(max_length=400)]
MAX_FACETS = 60


@router.get("/queue", response_model=QueueShape)
def queue(
    desk: AtDesk,
    reviewer: Reviewer,
    *,
    order: Annotated[str, Query(pattern="^(risk|document)$")] = "risk",
    document: Filter = "",
    flag: Filter = "",
    agency: Filter = "",
    province: Filter = "",
    put_off: bool = False,
) -> Response:
    """The open rows in order, without those that others have on their screens."""
    with desk.store.snapshot() as snapshot:
        rows = snapshot.open_rows(by_document=order == "document")
        progress = snapshot.progress()
    taken = desk.claims.of_others(reviewer)
    wanted = tuple(
        (row.document_id, row.position)
        for row in rows
        if document in ("", row.document_id)
        and (not flag or flag in row.flags)
        and agency in ("", row.agency)
        and province in ("", row.province)
        and (put_off or row.put_off != "unreadable")
    )
    flags: Counter[str] = Counter()
    for kinds, count in Counter(map(attrgetter("flags"), rows)).items():
        flags.update(dict.fromkeys(kinds, count))
    shape = QueueShape(
        rows=tuple(place for place in wanted if place not in taken) if taken else wanted,
        open=progress.open,
        decided=progress.decided,
        documents=_most(map(attrgetter("document_id"), rows)),
        flags=_most(flags),
        agencies=_most(map(attrgetter("agency"), rows)),
        provinces=_most(map(attrgetter("province"), rows)),
    )
    # Thousands of places: written at once, not looked through again.
    return Response(shape.model_dump_json(), media_type="application/json")


def _most(names: Iterable[str] | Counter[str]) -> dict[str, int]:
    """The most frequent names with their counts; empty ones aside."""
    return {name: count for name, count in Counter(names).most_common(MAX_FACETS) if name}
