"""Rows that nobody doubts, drawn at random and looked at by people: how often the software is silently wrong."""

import random
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.queue import counts

_ROWS, _CHECKS = schema.indicators.c, schema.checks.c


@dataclass(frozen=True, slots=True)
class Check:
    """What a person said of an undoubted row: `said` is what the row said then."""

    document_id: str
    position: int
    said: str
    is_right: bool
    reviewer: str
    made_at: str


@dataclass(frozen=True, slots=True)
class CheckedCount:
    """How many rows were looked at, and how many of them were wrong."""

    checked: int
    wrong: int


def add_check(connection: Connection, check: Check) -> None:
    """Keep what a person said of a row."""
    connection.execute(insert(schema.checks).values({name: getattr(check, name) for name in Check.__slots__}))


def checked_count(connection: Connection) -> CheckedCount:
    """All checks so far."""
    checked, right = connection.execute(
        select(func.count(), func.count().filter(_CHECKS.is_right)).select_from(schema.checks)
    ).one()
    return CheckedCount(checked, checked - right)


def draw_undoubted(connection: Connection, chance: random.Random) -> tuple[str, int] | None:
    """The place of a row, any of those that are published without a flag and that nobody decided on; None of none."""
    undoubted = (_ROWS.flag_count == 0, _ROWS.review_status == ReviewStatus.UNREVIEWED, counts())
    count = connection.execute(select(func.count()).where(*undoubted)).scalar_one()
    if not count:
        return None
    query = select(_ROWS.document_id, _ROWS.position).where(*undoubted).order_by(_ROWS.document_id, _ROWS.position)
    document_id, position = connection.execute(query.offset(chance.randrange(count)).limit(1)).one()
    return document_id, position
