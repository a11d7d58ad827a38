"""What a reviewer decided, put into corrections, and taken back."""

from collections.abc import Sequence

from chitieu.corrections import corrections_of, last_said, regions_of, replay, text_of
from chitieu.model import Correction, Indicator
from chitieu.review.desk import now
from chitieu.reviewed import ROW, WITHDRAWN, WRITABLE_FIELDS, Decision
from chitieu.store import ReviewRow, Store


def save(store: Store, document_id: str, row: ReviewRow, decided: Decision, version: str) -> None:
    """Keep a decision about a row that the reviewer saw in this version. Raises RowChanged."""
    store.add_corrections(document_id, corrections_of(document_id, row, decided), replay, {row.position: version})


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
