"""What people are told of a document beside its figures: what is in doubt, what to do, what counts in its place."""

import re
from collections.abc import Iterable, Mapping

from chitieu.dataset.schema import DOCUMENT_COLUMNS
from chitieu.errors import error_of_reason
from chitieu.messages import explain_flag, text
from chitieu.model import Document, Flag, FlagKind
from chitieu.settings import Language
from chitieu.store import DocumentRecord, DocumentState

PLACE = re.compile(r"\bpage (\d+), y=-?\d+")
SAID_BY_NAME = frozenset({FlagKind.BLANK_NUMBER, FlagKind.BLANK_DATE})  # what they are called says what they are about

# What of a document was not there to be read: whoever dropped it has to do something.
NEEDS_SOMEBODY = frozenset({FlagKind.ATTACHED_FILES, FlagKind.DYNAMIC_FORM, FlagKind.BLANK_PAGES})


def things_to_do(document: Document, language: Language) -> str:
    """What whoever dropped a document has to do about it; empty where nothing."""
    flags = tuple(flag for flag in document.flags if flag.kind in NEEDS_SOMEBODY)
    return "; ".join(flag_doubts(flags, language))


def document_doubts(document: Document, language: Language) -> list[str]:
    """The reasons for doubt of a document, each with the field that it is about; first those that need somebody."""
    return flag_doubts(document.flags, language)


def flag_doubts(flags: Iterable[Flag], language: Language) -> list[str]:
    """The same of flags that a document had."""
    is_vietnamese = language is Language.VI
    titles = {column.name: column.title_vi if is_vietnamese else column.title_en for column in DOCUMENT_COLUMNS}
    found = []
    for flag in sorted(flags, key=lambda flag: flag.kind not in NEEDS_SOMEBODY):
        about = "" if flag.kind in SAID_BY_NAME or flag.field not in titles else f"{titles[flag.field]}: "
        detail = f" ({flag_detail(flag, language)})" if flag.detail else ""
        found.append(f"{about}{explain_flag(flag.kind, language)}{detail}")
    return found


def flag_detail(flag: Flag, language: Language) -> str:
    """What a doubt is about; a height on a page is for programs."""
    page = text("page", language).lower()
    return PLACE.sub(lambda place: f"{page} {place[1]}", flag.detail)


def remarks_of(record: DocumentRecord, names: Mapping[str, str]) -> str:
    """What the report of a day says of a document; `names`: those of other documents by their ids."""
    if record.state is DocumentState.QUARANTINED:
        error = error_of_reason(record.reason)
        return f"{error.vi} / {error.en}"
    by = record.superseded_by
    superseded = [text("superseded", Language.VI, by=names.get(by, by))] if by else []
    return "; ".join([*superseded, *document_doubts(record.document, Language.VI)])


def rows_counted(records: Iterable[DocumentRecord], language: Language) -> str:
    """How many rows documents have, and how many of them somebody has to look at."""
    every = [(record.rows, record.rows_flagged) for record in records]
    rows, flagged = sum(count for count, _ in every), sum(count for _, count in every)
    return text("rows_counted", language, rows=rows, flagged=flagged) if flagged else str(rows)
