"""What reviewers said, laid over what was read: a pure function of both, so that it can be done again at any time.

A correction is found again by its document, its field and the place on the page, and holds only where the software
still reads what the reviewer saw. So a cell that is merged over many rows is corrected once, a new reading of the
document keeps all that was said, and where it reads something else the row is opened again with both texts.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from chitieu.additions import added_rows
from chitieu.identity_corrections import replay_identity
from chitieu.model import Box, Correction, Flag, FlagKind, Indicator, Region
from chitieu.reviewed import (
    ACCEPTED,
    REJECTED,
    ROW,
    SKIPPED,
    UNREADABLE,
    VERDICTS,
    WITHDRAWN,
    WRITABLE_FIELDS,
    Decision,
    Replay,
    Reviewed,
    ReviewStatus,
    row_text,
)
from chitieu.store import ReviewRow
from normalizers.corrected import with_text
from normalizers.indicators import record_id

# Two boxes are the same place where they share this much of the smaller one.
SAME_PLACE = 0.5
# Nobody is surer than a person who looked.
REVIEWED_CONFIDENCE = 1.0
# Field and page → corrections with their numbers, the newest first.
_Said: TypeAlias = dict[tuple[str, int], list[tuple[int, Correction]]]
IDENTIFYING = ("section_code", "code", "parent_code", "period")


def replay_rows(rows: Sequence[Indicator], corrections: Sequence[Correction]) -> tuple[Reviewed, ...]:
    """The rows as they hold: read by the software, corrected by people, and at the end those that people added.

    `corrections` are oldest first.
    """
    said = _by_place(corrections)
    reviewed = [_reviewed(row, said) for row in rows]
    taken = {one.indicator.record_id for one in reviewed}
    read = [_renamed(one, row, corrections, taken) for one, row in zip(reviewed, rows, strict=True)]
    return (*read, *(_added(at, row, said, taken) for at, row in added_rows(rows, corrections)))


replay = Replay(replay_rows, replay_identity)


def _added(at: int, row: Indicator, said: _Said, taken: set[str]) -> Reviewed:
    """An added row with what was said of it since; nobody doubts it."""
    one = _reviewed(row, said)
    status = ReviewStatus.REJECTED if one.status is ReviewStatus.REJECTED else ReviewStatus.CORRECTED
    name = _free_name(one.indicator.record_id, taken)
    return replace(one, indicator=replace(one.indicator, record_id=name), status=status, added_behind=at, as_added=row)


def regions_of(row: Indicator, field: str) -> tuple[Region, ...]:
    """Where a field of a row stands on the pages; of one without a cell of its own, where the row's value does."""
    places = {source.field: source.regions for source in row.sources}
    return places.get(field) or places.get("value_text") or next(iter(places.values()), ())


def text_of(row: Indicator, field: str) -> str:
    """What a row says in a field, or as a whole: what a correction of it must have seen."""
    return row_text(row) if field == ROW else str(getattr(row, field))


def _reviewed(row: Indicator, corrections: _Said) -> Reviewed:
    said = {field: found for field in WRITABLE_FIELDS if (found := _newest(row, field, corrections))}
    answered, stale, changed = set(), [], row
    for field, correction in said.items():
        read = text_of(row, field)
        if read not in (correction.seen, correction.text):
            stale.append(Flag(FlagKind.STALE_CORRECTION, field, f"{correction.seen} → {correction.text}"))
            continue
        answered.add(field)
        changed = with_text(changed, field, correction.text) if correction.text != read else changed
    flags = tuple(flag for flag in row.flags if flag.field not in answered)
    status = _status_of_fields(row, changed, answered, flags)
    return _with_row_decision(replace(changed, flags=(*flags, *stale)), row, status, _newest(row, ROW, corrections))


def _status_of_fields(row: Indicator, changed: Indicator, answered: set[str], flags: tuple[Flag, ...]) -> ReviewStatus:
    if changed != row:
        return ReviewStatus.CORRECTED
    return ReviewStatus.ACCEPTED if answered and row.flags and not flags else ReviewStatus.UNREVIEWED


def _with_row_decision(
    changed: Indicator, row: Indicator, status: ReviewStatus, decision: Correction | None
) -> Reviewed:
    """The row with what was decided about it as a whole; a decision about another row's texts opens it again."""
    if decision is None:
        return Reviewed(changed, status)
    if decision.seen != row_text(row):
        if decision.text in (SKIPPED, UNREADABLE):
            return Reviewed(changed, status)
        doubt = Flag(FlagKind.STALE_CORRECTION, "", f"{decision.seen} → {decision.text}")
        return Reviewed(replace(changed, flags=(*changed.flags, doubt)), status)
    return _DECIDED[decision.text](changed, status)


def _accepted(changed: Indicator, status: ReviewStatus) -> Reviewed:
    stale = tuple(flag for flag in changed.flags if flag.kind is FlagKind.STALE_CORRECTION)
    accepted = status if status is ReviewStatus.CORRECTED else ReviewStatus.ACCEPTED
    return Reviewed(replace(changed, flags=stale, confidence=REVIEWED_CONFIDENCE), accepted)


def _rejected(changed: Indicator, _status: ReviewStatus) -> Reviewed:
    return Reviewed(changed, ReviewStatus.REJECTED)


def _skipped(changed: Indicator, status: ReviewStatus) -> Reviewed:
    return Reviewed(changed, status, SKIPPED)


def _unreadable(changed: Indicator, status: ReviewStatus) -> Reviewed:
    return Reviewed(replace(changed, flags=(*changed.flags, Flag(FlagKind.UNREADABLE))), status, UNREADABLE)


_DECIDED = {ACCEPTED: _accepted, REJECTED: _rejected, SKIPPED: _skipped, UNREADABLE: _unreadable}


def said_at(row: Indicator, field: str, corrections: Sequence[Correction]) -> list[Correction]:
    """What was said of a field at this place, oldest first."""
    places = regions_of(row, field)
    return [one for one in corrections if one.field == field and _is_same_place(places, one.regions)]


def _by_place(corrections: Sequence[Correction]) -> _Said:
    """Corrections by field and page with their number, the newest first: a document may have thousands."""
    found: _Said = defaultdict(list)
    for number, correction in reversed(tuple(enumerate(corrections))):
        for page in {region.page for region in correction.regions}:
            found[correction.field, page].append((number, correction))
    return found


def _newest(row: Indicator, field: str, said: _Said) -> Correction | None:
    places = regions_of(row, field)
    pages = {region.page for region in places}
    own = [
        next((c for c in said.get((field, page), ()) if _is_same_place(places, c[1].regions)), None) for page in pages
    ]
    newest = max((found for found in own if found), key=lambda found: found[0], default=None)
    return None if newest is None or newest[1].reason == WITHDRAWN else newest[1]


def _is_same_place(places: Sequence[Region], others: Sequence[Region]) -> bool:
    return any(a.page == b.page and _shared(a.box, b.box) >= SAME_PLACE for a in places for b in others)


def _shared(one: Box, other: Box) -> float:
    """Share of the smaller box that lies in both."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return width * height / smaller if min(width, height) > 0 and smaller > 0 else 0.0


def _renamed(one: Reviewed, row: Indicator, corrections: Sequence[Correction], taken: set[str]) -> Reviewed:
    """The row under the name that its number and period give; a number after it where another row has that name."""
    changed = one.indicator
    if all(getattr(changed, field) == getattr(row, field) for field in IDENTIFYING):
        return one
    name = _free_name(record_id(corrections[0].document_id, changed), taken)
    return replace(one, indicator=replace(changed, record_id=name))


def _free_name(wanted: str, taken: set[str]) -> str:
    """The name, with a number after it where another row has it; it is taken then."""
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}~{count}"
    taken.add(name)
    return name


def decision(row: Indicator, document_id: str, *, verdict: str, reviewer: str, reason: str, made_at: str) -> Correction:
    """What a reviewer says of a row as a whole, one of VERDICTS; `row` as it was read."""
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    return Correction(document_id, regions_of(row, ROW), ROW, row_text(row), verdict, reviewer, reason, made_at)


def corrections_of(document_id: str, row: ReviewRow, decided: Decision) -> list[Correction]:
    """The corrections that a decision comes to: what is said of a field holds of what was read, not of what stands."""
    read, stands = row.as_read, row.indicator
    texts = {name: text for name, text in decided.texts.items() if name in WRITABLE_FIELDS}
    changed = {name: text for name, text in texts.items() if text != text_of(stands, name)}
    if decided.verdict == ACCEPTED:
        # A field that is read otherwise since somebody corrected it: what stands now holds.
        stale = [flag.field for flag in stands.flags if flag.kind is FlagKind.STALE_CORRECTION and flag.field]
        changed = {**{name: text_of(stands, name) for name in stale}, **changed}
    said = [_said(document_id, read, name, text, decided) for name, text in changed.items()]
    if decided.verdict:
        said.append(_verdict(document_id, read, decided))
    return said


def _said(document_id: str, read: Indicator, name: str, text: str, decided: Decision) -> Correction:
    where = regions_of(read, name)
    return Correction(
        document_id, where, name, text_of(read, name), text, decided.reviewer, decided.reason, decided.made_at
    )


def _verdict(document_id: str, read: Indicator, decided: Decision) -> Correction:
    return decision(
        read,
        document_id,
        verdict=decided.verdict,
        reviewer=decided.reviewer,
        reason=decided.reason,
        made_at=decided.made_at,
    )
