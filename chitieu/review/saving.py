"""What a reviewer decided, put into corrections, and taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chitieu.corrections import decision, last_said, regions_of, replay, text_of
from chitieu.model import Correction, FlagKind, Indicator
from chitieu.review.desk import now
from chitieu.reviewed import ACCEPTED, ROW, WITHDRAWN, WRITABLE_FIELDS
from chitieu.store import ReviewRow, Store


@dataclass(frozen=True, slots=True)
class Decision:
    """What one save says: texts of fields, and what holds of the row (`verdict` empty: of its fields alone)."""

    texts: Mapping[str, str]
    verdict: str
    reviewer: str
    reason: str
    made_at: str


def save(store: Store, document_id: str, row: ReviewRow, decided: Decision, version: str) -> None:
    """Keep a decision about a row that the reviewer saw in this version. Raises RowChanged."""
    store.add_corrections(document_id, corrections_of(document_id, row, decided), replay, {row.position: version})


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


def take_back(
    store: Store, document_id: str, row: ReviewRow, said: Sequence[Correction], reviewer: str, version: str
) -> bool:
    """Undo what was said last of a row, whatever its fields; False where nothing was. Raises RowChanged."""
    newest = {name: last for name in (*WRITABLE_FIELDS, ROW) if (last := last_said(row.as_read, name, said))}
    if not newest:
        return False
    latest = max(correction.made_at for correction in newest.values())
    made_at = now()
    undone = [
        _before(document_id, row.as_read, correction, said, reviewer, made_at)
        for correction in newest.values()
        if correction.made_at == latest
    ]
    store.add_corrections(document_id, undone, replay, {row.position: version})
    return True


def _before(
    document_id: str, read: Indicator, undone: Correction, said: Sequence[Correction], reviewer: str, made_at: str
) -> Correction:
    """What held of a field before a correction: said once more, or that nothing was said."""
    name = undone.field
    earlier = last_said(read, name, said[: list(said).index(undone)])
    text, reason = (earlier.text, earlier.reason) if earlier else (text_of(read, name), WITHDRAWN)
    return Correction(document_id, regions_of(read, name), name, text_of(read, name), text, reviewer, reason, made_at)
