"""What people say of rows: the nouns of the review, shared by the store, the replay and the review page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chitieu.model import Correction, Document, Indicator

# The field of a correction that is about the row as a whole, and what its text says of it.
ROW, ACCEPTED, REJECTED = "row", "accepted", "rejected"
# The field of a correction that adds a row that was missed; its text has the row's fields as JSON.
ADDED = "added"
# Looked at and left open: put off for later, or not to be read by anybody.
SKIPPED, UNREADABLE = "skipped", "unreadable"
VERDICTS = (ACCEPTED, REJECTED, SKIPPED, UNREADABLE)
# The reason of a correction that takes back the one before it on the same field.
WITHDRAWN = "withdrawn"
# The reason of one that takes back the one before it and says once more what was said before that.
UNDONE = "undone"
# Fields of an indicator that a reviewer may write; what follows from them is computed.
WRITABLE_FIELDS = ("section", "code", "indicator", "period", "unit", "value_text", "agency", "coagency", "note")

# What a reviewer may write of a document itself: column of documents.csv → field of Document.
IDENTITY_FIELDS = {
    "document_type": "type",
    "document_number": "number",
    "document_date": "date",
    "issuer": "issuer",
    "title": "title",
}


class ReviewStatus(StrEnum):
    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A row after the reviewers' corrections; `put_off` is SKIPPED or UNREADABLE where somebody left it open.

    `added_behind`: of a row that a reviewer added, the index of the read row that it stands behind (-1: before all),
    and `as_added` what that person wrote, before anything else was said of it.
    """

    indicator: Indicator
    status: ReviewStatus
    put_off: str = ""
    added_behind: int | None = None
    as_added: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one save says: texts of fields, and what holds of the row (`verdict` empty: of its fields alone)."""

    texts: Mapping[str, str]
    verdict: str
    reviewer: str
    reason: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Replay:
    """How what people said of a document, oldest first, is laid over what was read of it.

    `rows` gives the rows as they hold, in the same order, and behind them those that were added; `identity` the
    document's own data as they hold.
    """

    rows: Callable[[Sequence[Indicator], Sequence[Correction]], Sequence[Reviewed]]
    identity: Callable[[Document, Sequence[Correction]], Document]


def standing(said: Sequence[Correction]) -> list[Correction]:
    """Of what was said of one field at one place, oldest first: what was not taken back since."""
    left: list[Correction] = []
    for one in said:
        if one.reason not in (WITHDRAWN, UNDONE):
            left.append(one)
        elif left:
            left.pop()
    return left


def row_text(indicator: Indicator) -> str:
    """What a row says, in one text: the guard of a correction that is about the whole row."""
    return " | ".join(getattr(indicator, field) for field in WRITABLE_FIELDS)
