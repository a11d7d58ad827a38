"""The overview: documents, review load, silent error, confidence and nights over time, drawn; what is set aside."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from chitieu.archive import find_archived
from chitieu.dataset.reports import report_days
from chitieu.messages import decimal_text, explain_flag
from chitieu.model import FlagKind
from chitieu.review.api import Changing
from chitieu.review.charts import HEIGHT, WIDTH, Column, Mark, Share, marks, stacked
from chitieu.review.estimate import estimate
from chitieu.review.guards import AtDesk, Reviewer, Token, Tongue, require_admin
from chitieu.review.nights import read_nights
from chitieu.review.pages import day_of, known, show
from chitieu.review.shapes import DocumentId
from chitieu.review.shaping import document_shape
from chitieu.review.words import word
from chitieu.settings import Language
from chitieu.store import DayChecks, DayCount, DocumentState

router = APIRouter()
SHOWN_DAYS, SHOWN_NIGHTS, SHOWN_REPORTS, SHOWN_QUARANTINED = 60, 30, 14, 50
# Stacked from the bottom; what is not named waits or is being read.
STATES = ("published", "extracted", "no_indicators", "withdrawn", "quarantined")
LEAST_TOP = 0.05


@router.get("/overview", include_in_schema=False)
def overview(request: Request, desk: AtDesk, language: Tongue, reviewer: Reviewer, token: Token) -> Response:
    """How all stands, drawn."""
    zone = desk.settings.zone
    with desk.store.snapshot() as snapshot:
        states, rows = snapshot.count_by_state(), snapshot.row_count()
        _, quarantined = snapshot.documents_page(DocumentState.QUARANTINED, SHOWN_QUARANTINED, 0)
        progress, counted = snapshot.progress(), snapshot.checked_count()
        days, checks = snapshot.counts_by_day(zone)[-SHOWN_DAYS:], snapshot.checks_by_day(zone)[-SHOWN_DAYS:]
        kinds, confidence = snapshot.doubt_counts(), snapshot.confidence_counts()
        lessons = len(snapshot.lessons())
    top = _top_of(checks)
    return show(
        request,
        "overview",
        language,
        reviewer,
        token,
        states=[(state.value, count) for state, count in states],
        quarantined=[document_shape(record, language) for record in quarantined],
        progress=progress,
        total_rows=rows,
        doubts=[(kind, explain_flag(FlagKind(kind), language), count) for kind, count in kinds.most_common()],
        checked=counted,
        estimate=estimate(counted.wrong, counted.checked),
        lessons=lessons,
        days=days,
        size=(WIDTH, HEIGHT),
        state_bars=stacked(_states_over_time(days, language)),
        load_bars=stacked([_load(day, language) for day in days]),
        check_marks=_check_marks(checks, top, language),
        check_days=[one.day for one in checks],
        top=top,
        confidence_bars=stacked([_tenth(number, *both, language) for number, both in enumerate(confidence)]),
        nights=read_nights(desk.settings.logs, zone, SHOWN_NIGHTS),
        reports=report_days(desk.settings.output / "reports")[:SHOWN_REPORTS],
    )


@router.post("/api/documents/{document_id}/retry", dependencies=[*Changing, Depends(require_admin)], status_code=204)
def retry(document_id: DocumentId, desk: AtDesk, _reviewer: Reviewer) -> Response:
    """Have the next run read a document of the quarantine again. 409 where it is not there, or its file is lost."""
    with desk.store.snapshot() as snapshot:
        record = known(snapshot, document_id)
    if find_archived(desk.settings.archive, record.sha256) is None or not desk.store.retry(document_id):
        raise HTTPException(409, "not in quarantine")
    return Response(status_code=204)


def _states_over_time(days: Sequence[DayCount], language: Language) -> list[Column]:
    """All documents up to each day, by how they stand now."""
    sums: Counter[str] = Counter()
    columns = []
    for day in days:
        sums.update({state if state in STATES else "waiting": count for state, count in day.states.items()})
        said = ", ".join(f"{word(f'state_{state}', language)} {sums[state]}" for state in STATES if sums[state])
        shown = f"{day_of(day.day, language)}: {said}"
        columns.append(Column([(state, sums[state]) for state in (*STATES, "waiting")], shown))
    return columns


def _load(day: DayCount, language: Language) -> Column:
    share = decimal_text(100 * day.flagged_share, 1, language)
    said = word("load_of_day", language, day=day_of(day.day, language), rows=day.rows, share=share)
    return Column([("sound", day.rows - day.flagged), ("open", day.flagged)], said)


def _tenth(number: int, sound: int, flagged: int, language: Language) -> Column:
    low = decimal_text(number / 10, 1, language)
    said = word("tenth", language, low=low, rows=sound + flagged, flagged=flagged)
    return Column([("sound", sound), ("open", flagged)], said)


def _top_of(checks: Sequence[DayChecks]) -> float:
    """The share at the upper edge of the chart: all that the last interval holds."""
    last = estimate(checks[-1].wrong, checks[-1].checked) if checks else None
    return min(1.0, max(LEAST_TOP, 1.5 * last.high)) if last else 1.0


def _check_marks(checks: Sequence[DayChecks], top: float, language: Language) -> list[Mark]:
    shares = []
    for day in checks:
        if found := estimate(day.wrong, day.checked):
            low, high = (decimal_text(100 * edge, 1, language) for edge in (found.low, found.high))
            day_shown = day_of(day.day, language)
            said = word(
                "checks_of_day", language, day=day_shown, checked=day.checked, wrong=day.wrong, low=low, high=high
            )
            shares.append(Share(found.share, found.low, found.high, said))
    return marks(shares, top)
