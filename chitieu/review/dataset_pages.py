"""The random check, and what the overview draws of it."""

import random
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as PathParameter

from chitieu.dataset.reports import read_report, report_days
from chitieu.messages import explain_flag
from chitieu.model import FlagKind
from chitieu.review.api import CONFLICT, Changing, Conflict, found_row
from chitieu.review.desk import Desk, now
from chitieu.review.estimate import estimate
from chitieu.review.guards import AtDesk, Reviewer, Token, Tongue
from chitieu.review.pages import show
from chitieu.review.shapes import CheckShape, DrawnShape
from chitieu.review.shaping import document_shape, look_of, row_shape
from chitieu.reviewed import row_text
from chitieu.settings import Language
from chitieu.store import Check, DayCount, RowQuery

router = APIRouter()
_CHANCE = random.SystemRandom()
ROWS_ON_PAGE = 50
CHART_WIDTH, CHART_HEIGHT, WIDEST_BAR = 310, 85, 24
SHOWN_REPORTS = 14
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


@router.get("/overview", include_in_schema=False)
def overview(request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    """How all stands, drawn."""
    with desk.store.snapshot() as snapshot:
        documents = [document_shape(record, language) for record in snapshot.documents()]
        lessons = len(snapshot.lessons())
        progress, counted, days = snapshot.progress(), snapshot.checked_count(), snapshot.counts_by_day()
        kinds = [kind for row in snapshot.open_rows(by_document=True) for kind in row.flags]
    states = sorted({one.state for one in documents})
    found = estimate(counted.wrong, counted.checked)
    return show(
        request,
        "overview",
        language,
        reviewer,
        token,
        documents=documents,
        states=[(state, sum(one.state == state for one in documents)) for state in states],
        quarantined=[one for one in documents if one.state == "quarantined"],
        progress=progress,
        total_rows=sum(one.rows for one in documents),
        doubts=sorted(
            ((kind, explain_flag(FlagKind(kind), language), kinds.count(kind)) for kind in set(kinds)),
            key=lambda entry: -entry[2],
        ),
        checked=counted,
        estimate=found,
        top=min(1.0, max(0.05, 1.2 * found.high)) if found else 1.0,
        days=days,
        bars=_bars(days),
        lessons=lessons,
        reports=report_days(desk.settings.output / "reports")[:SHOWN_REPORTS],
    )


@router.get("/reports/{day}", include_in_schema=False)
def report(day: Day, request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    """What a day did. 404 where it has no report."""
    found = read_report(desk.settings.output / "reports", day)
    if found is None:
        raise HTTPException(404, "no such report")
    return show(request, "report", language, reviewer, token, report=found, day=day)


def _bars(days: list[DayCount]) -> list[dict[str, object]]:
    """A bar a day, sound rows below, flagged ones above."""
    most = max((day.rows for day in days), default=0) or 1
    step = min(WIDEST_BAR, CHART_WIDTH / max(1, len(days)))
    return [
        {
            "day": f"{day.day}: {day.rows}",
            "x": round(5 + at * step, 2),
            "width": round(0.8 * step, 2),
            "sound": round(CHART_HEIGHT * (day.rows - day.flagged) / most, 2),
            "flagged": round(CHART_HEIGHT * day.flagged / most, 2),
        }
        for at, day in enumerate(days)
    ]


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
        found = [(*found_row(snapshot, *place), place) for place in places]
        provinces = sorted({record.document.province for record in snapshot.documents()} - {""})
        periods = snapshot.periods()
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
    of = max(1, -(-count // ROWS_ON_PAGE))
    links = [str(request.url.include_query_params(page=to).query) for to in (number - 1, number + 1)]
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
        number=number,
        of=of,
        before=f"/data?{links[0]}" if number > 1 else "",
        after=f"/data?{links[1]}" if number < of else "",
    )
