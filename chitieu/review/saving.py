"""What a reviewer decided, put into corrections, and taken back."""

from collections.abc import Sequence

from chitieu.corrections import corrections_of, regions_of, replay, said_at, text_of
from chitieu.model import Correction, Indicator
from chitieu.review.desk import now
from chitieu.reviewed import ROW, UNDONE, WITHDRAWN, WRITABLE_FIELDS, Decision, standing
from chitieu.store import ReviewRow, Store


def save(store: Store, document_id: str, row: ReviewRow, decided: Decision, version: str) -> None:
    """Keep a decision about a row that the reviewer saw in this version. Raises RowChanged."""
    store.add_corrections(document_id, corrections_of(document_id, row, decided), replay, {row.position: version})


def take_back(
    store: Store, document_id: str, row: ReviewRow, said: Sequence[Correction], reviewer: str, version: str
) -> bool:
    """Undo what was said last of a row, whatever its fields; False where nothing was. Raises RowChanged."""
    by_field = {name: standing(said_at(row.as_read, name, said)) for name in (*WRITABLE_FIELDS, ROW)}
    latest = max((stands[-1].made_at for stands in by_field.values() if stands), default="")
    if not latest:
        return False
    made_at = now()
    undone = [
        _before(document_id, row.as_read, name, stands, reviewer, made_at)
        for name, stands in by_field.items()
        if stands and stands[-1].made_at == latest
    ]
    store.add_corrections(document_id, undone, replay, {row.position: version})
    return True


def _before(
    document_id: str, read: Indicator, name: str, stands: Sequence[Correction], reviewer: str, made_at: str
) -> Correction:
    """What held of a field before the last correction: said once more, or that nothing was said."""
    text, reason = (stands[-2].text, UNDONE) if len(stands) > 1 else (text_of(read, name), WITHDRAWN)
    return Correction(document_id, regions_of(read, name), name, text_of(read, name), text, reviewer, reason, made_at)
