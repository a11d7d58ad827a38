"""Doubts about rows and documents, and changes of what was read."""

from dataclasses import dataclass
from enum import StrEnum


class FlagKind(StrEnum):
    """Reasons for doubt; the words for people are in `chitieu.messages`."""

    READERS_DISAGREE = "readers_disagree"
    LOW_CONFIDENCE = "low_confidence"
    UNKNOWN_UNIT = "unknown_unit"
    UNPARSED_VALUE = "unparsed_value"
    UNIT_VALUE_MISMATCH = "unit_value_mismatch"
    NOT_VIETNAMESE = "not_vietnamese"
    UNCERTAIN_REPAIR = "uncertain_repair"
    UNCERTAIN_JOIN = "uncertain_join"
    UNCERTAIN_GRID = "uncertain_grid"
    MISSING_ROW_BEFORE = "missing_row_before"
    MISSING_ROW_AFTER = "missing_row_after"
    DUPLICATE_CODE = "duplicate_code"
    SEQUENCE_BROKEN = "sequence_broken"
    HEADER_NOT_UNDERSTOOD = "header_not_understood"
    EMPTY_FIELD = "empty_field"
    NO_PERIOD = "no_period"
    STALE_CORRECTION = "stale_correction"
    UNREADABLE = "unreadable"  # a reviewer looked and could not read it either
    # on documents
    BLANK_NUMBER = "blank_number"
    BLANK_DATE = "blank_date"
    HANDWRITTEN = "handwritten"
    DRAFT = "draft"
    IDENTITY_CONFLICT = "identity_conflict"
    PAGE_FAILED = "page_failed"
    BUNDLE = "bundle"
    MISSING_PAGES = "missing_pages"
    UNREAD_PRINT = "unread_print"
    REPAIRED_PDF = "repaired_pdf"
    ATTACHED_FILES = "attached_files"
    DYNAMIC_FORM = "dynamic_form"
    BLANK_PAGES = "blank_pages"
    INK_OUTSIDE_CELLS = "ink_outside_cells"


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about one row (or document); `field` names a column of the dataset, `detail` is for people."""

    kind: FlagKind
    field: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.field}" if self.field else str(self.kind)


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of what was read that was near-certain: field, before, after, and why."""

    field: str
    read: str
    became: str
    why: str
