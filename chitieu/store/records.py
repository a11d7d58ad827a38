"""What the store gives back about documents and rows, beyond the nouns of `chitieu.model`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, cast

from chitieu.exchange import CLAIMS, DOCUMENT, FLAGS, INDICATOR
from chitieu.model import Document, Indicator
from chitieu.reviewed import ReviewStatus

# Columns of the store that are fields of Document under the same name.
DOCUMENT_FIELDS = (
    "type",
    "number",
    "date",
    "issuer",
    "province",
    "province_code",
    "title",
    "appendix",
    "parent_document",
    "amends",
    "replaces",
    "signer_title",
)


class DocumentState(StrEnum):
    RECEIVED = "received"
    CLAIMED = "claimed"  # a run reads it
    READ = "read"  # all its pages are read
    EXTRACTED = "extracted"
    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    NO_INDICATORS = "no_indicators"
    WITHDRAWN = "withdrawn"  # a person took it out of the dataset


# States in which a document needs no reading by the same software.
FINISHED_STATES = (DocumentState.EXTRACTED, DocumentState.PUBLISHED, DocumentState.NO_INDICATORS)


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document as it stands in the store; counts are of what was read.

    `as_read` is given where people changed or decided on its identity.
    """

    document: Document
    sha256: str
    state: DocumentState
    reason: str
    detail: str
    code_version: str
    received_at: str
    finished_at: str
    seconds: float
    superseded_by: str
    pages: int
    pages_digital: int
    pages_scanned: int
    rows: int
    rows_flagged: int
    attempts: int = 0
    as_read: Document | None = None

    @property
    def read(self) -> Document:
        """The document as it was read, before people said anything of it."""
        return self.as_read or self.document


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """One row with its document; its sources, repairs and `version` are left empty where they were not asked for.

    `superseded_by`: the later decision that replaces that document; empty where it is in force.
    """

    document: Document
    indicator: Indicator
    review_status: str
    version: str = ""
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row for a reviewer: `as_read` by the software, `indicator` as it holds.

    `version` changes whenever the row does: who saves says which version was seen.
    """

    position: int
    as_read: Indicator
    indicator: Indicator
    status: ReviewStatus
    version: str
    put_off: str = ""


class OpenRow(NamedTuple):
    """A row that waits for a person, as the queue shows it: where it is, and what it can be picked by."""

    document_id: str
    position: int
    flags: tuple[str, ...]
    agency: str
    province: str
    put_off: str


def document_of(row: Mapping[str, object]) -> Document:
    """The Document in a row of the store."""
    identity = {"document_id": row["document_id"], "source_file": row["source_file"]}
    fields = {name: row[name] for name in DOCUMENT_FIELDS}
    claims = row.get("claims", ())  # rows of indicators come without
    return DOCUMENT.validate_python({**identity, **fields, "flags": row["flags"], "claims": claims})


def indicator_of(row: Mapping[str, object]) -> Indicator:
    """The Indicator in a row of the store."""
    return INDICATOR.validate_python(dict(row))  # columns that are no fields of it are passed over


def indicator_columns(indicator: Indicator) -> dict[str, object]:
    """The columns of the store for an indicator; numbers as text."""
    columns = cast(dict[str, object], INDICATOR.dump_python(indicator, mode="json"))
    return {**columns, "flag_count": len(indicator.flags)}


def document_columns(document: Document) -> dict[str, object]:
    """The columns of the store for a document's identity."""
    columns: dict[str, object] = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    claims = CLAIMS.dump_python(document.claims, mode="json")
    return {**columns, "flags": FLAGS.dump_python(document.flags, mode="json"), "claims": claims}
