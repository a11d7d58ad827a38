"""The random check, the reports of days, and the dataset as a table."""

import random
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as PathParameter

from chitieu.dataset.reports import read_left, read_remarks, read_report
from chitieu.left_words import left_lines
from chitieu.review.api import CONFLICT, Changing, Conflict, found_row
from chitieu.review.desk import Desk, now
from chitieu.review.estimate import estimate
from chitieu.review.guards import AtDesk, Reviewer, Token, Tongue
from chitieu.review.pages import day_of, pager, show
from chitieu.review.shapes import CheckShape, DrawnShape
from chitieu.review.shaping import look_of, row_shape
from chitieu.reviewed import row_text
from chitieu.settings import Language
from chitieu.store import Check, RowQuery

router = APIRouter()
_CHANCE = random.SystemRandom()
ROWS_ON_PAGE = 50
Day = Annotated[str, PathParameter(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Asked = Annotated[str, Query(max_length=200)]


@router.get("/api/check")
def draw(desk: AtDesk, _reviewer: Reviewer, language: Tongue) -> DrawnShape:
    """A row that nobody doubts, drawn at random."""
    return _drawn(desk, language)


@router.post("/api/check", dependencies=Changing, responses=CONFLICT)
def judge(said: CheckShape, desk: AtDesk, reviewer: Reviewer, language: Tongue) -> DrawnShape:
    """Keep whether a drawn row is right, and draw another. 409 where it changed meanwhile."""
    with desk.store.snapshot() as snapshot:
        _, found = found_row(snapshot, said.document_id, said.position)
    if found.version != said.version:
        raise Conflict(said.document_id, said.position)
    stands = row_text(found.indicator)
    desk.store.add_check(Check(said.document_id, said.position, stands, said.is_right, reviewer, now()))
    return _drawn(desk, language)


def _drawn(desk: Desk, language: Language) -> DrawnShape:
    with desk.store.snapshot() as snapshot:
        counted = snapshot.checked_count()
        place = snapshot.draw_undoubted(_CHANCE)
        row = row_shape(snapshot, *found_row(snapshot, *place), language) if place else None
    found = estimate(counted.wrong, counted.checked)
    return DrawnShape(row=row, checked=counted.checked, wrong=counted.wrong, high=found.high if found else 1.0)


@router.get("/check", include_in_schema=False)
def check_page(request: Request, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    return show(request, "check", language, reviewer, token)


@router.get("/reports/{day}", include_in_schema=False)
def report(day: Day, request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    """What a day did. 404 where it has no report."""
    found = read_report(desk.settings.output / "reports", day)
    if found is None:
        raise HTTPException(404, "no such report")
    shown = {
        "report": found,
        "day_shown": day_of(day, language),
        "left": left_lines(read_left(found), language),
        "remarks": read_remarks(found, language),
    }
    return show(request, "report", language, reviewer, token, **shown)


@router.get("/data", include_in_schema=False)
def data(
    request: Request,
    desk: AtDesk,
    language: Tongue,
    reviewer: Reviewer,
    token: Token,
    *,
    q: Asked = "",
    province: Asked = "",
    period: Asked = "",
    look: Annotated[str, Query(pattern="^(open|sound|accepted|corrected|rejected|)$")] = "",
    number: Annotated[int, Query(ge=1, le=1_000_000, alias="page")] = 1,
) -> Response:
    """The dataset as a table; every value leads to its scan."""
    query = RowQuery(q, province, period, look=look)
    with desk.store.snapshot() as snapshot:
        count, places = snapshot.find_rows(query, ROWS_ON_PAGE, (number - 1) * ROWS_ON_PAGE)
        records = snapshot.documents_called(document_id for document_id, _ in places)
        rows_there = snapshot.review_rows_at(places)
        found = [(records[place[0]], rows_there[place], place) for place in places]
        provinces, periods = snapshot.provinces(), snapshot.periods()
    rows = [
        {
            "place": f"{place[0]}:{place[1]}",
            "province": record.document.province,
            "number": record.document.number,
            "code": row.indicator.code,
            "indicator": row.indicator.indicator,
            "period": row.indicator.period,
            "value": row.indicator.value_text,
            "unit": row.indicator.unit,
            "agency": row.indicator.agency,
            "look": look_of(row),
        }
        for record, row, place in found
    ]
    return show(
        request,
        "data",
        language,
        reviewer,
        token,
        query=query,
        count=count,
        rows=rows,
        provinces=provinces,
        periods=periods,
        **pager(request, number, -(-count // ROWS_ON_PAGE)),
    )
