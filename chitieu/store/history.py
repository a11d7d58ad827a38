"""What was read, doubted and checked, day by day; and how sure the software is of the rows that count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection, case, func, select

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.queue import counts

_ROWS, _DOCUMENTS, _CHECKS = schema.indicators.c, schema.documents.c, schema.checks.c
HOUR = len("2026-01-01T00")
BINS = 10


@dataclass(frozen=True, slots=True)
class DayCount:
    """What was read on a day (ISO date): documents by state, rows, and those that were flagged as they were read."""

    day: str
    states: Mapping[str, int]
    rows: int
    flagged: int

    @property
    def documents(self) -> int:
        return sum(self.states.values())

    @property
    def flagged_share(self) -> float:
        return self.flagged / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class DayChecks:
    """Undoubted rows that people looked at up to the end of a day, and how many of them were wrong."""

    day: str
    checked: int
    wrong: int


def counts_by_day(connection: Connection, zone: tzinfo) -> list[DayCount]:
    """What was read on each day of a time zone."""
    doubted = (_ROWS.flag_count > 0) | (_ROWS.review_status != ReviewStatus.UNREVIEWED)
    rows = (
        select(
            _ROWS.document_id,
            func.count().label("rows"),
            func.sum(case((doubted, 1), else_=0)).label("flagged"),
        )
        .group_by(_ROWS.document_id)
        .subquery()
    )
    hour = func.substr(_DOCUMENTS.finished_at, 1, HOUR)
    columns = (hour, _DOCUMENTS.state, func.count(), func.sum(rows.c.rows), func.sum(rows.c.flagged))
    query = (
        select(*columns)
        .select_from(schema.documents.outerjoin(rows, rows.c.document_id == _DOCUMENTS.document_id))
        .where(_DOCUMENTS.finished_at != "")
        .group_by(hour, _DOCUMENTS.state)
    )
    states: dict[str, Counter[str]] = {}
    sums: dict[str, Counter[str]] = {}
    for moment, state, documents, read, flagged in connection.execute(query):
        day = _day(moment, zone)
        states.setdefault(day, Counter())[state] += int(documents)
        sums.setdefault(day, Counter()).update(rows=int(read or 0), flagged=int(flagged or 0))
    return [DayCount(day, states[day], sums[day]["rows"], sums[day]["flagged"]) for day in sorted(states)]


def checks_by_day(connection: Connection, zone: tzinfo) -> list[DayChecks]:
    """The random checks up to the end of each day on which there were any."""
    by_day: dict[str, Counter[bool]] = {}
    for moment, is_right in connection.execute(select(_CHECKS.made_at, _CHECKS.is_right)):
        by_day.setdefault(_day(moment, zone), Counter())[bool(is_right)] += 1
    found, right, wrong = [], 0, 0
    for day in sorted(by_day):
        right, wrong = right + by_day[day][True], wrong + by_day[day][False]
        found.append(DayChecks(day, right + wrong, wrong))
    return found


def confidence_counts(connection: Connection) -> list[tuple[int, int]]:
    """Rows that count by tenths of confidence, the lowest first: how many nobody doubts, how many are open."""
    tenth = case(*((_ROWS.confidence < (number + 1) / BINS, number) for number in range(BINS - 1)), else_=BINS - 1)
    is_flagged = case((_ROWS.flag_count > 0, 1), else_=0)
    holds = (_ROWS.review_status != ReviewStatus.REJECTED, counts())
    bins = [[0, 0] for _ in range(BINS)]
    for number, flagged, count in connection.execute(
        select(tenth, is_flagged, func.count()).where(*holds).group_by(tenth, is_flagged)
    ):
        bins[number][flagged] += count
    return [(sound, flagged) for sound, flagged in bins]


def _day(moment: str, zone: tzinfo) -> str:
    """The day of a moment that the store keeps in UTC, to the hour at least."""
    utc = datetime.fromisoformat(f"{moment[:HOUR]}:00:00+00:00")
    return utc.astimezone(zone).date().isoformat()
