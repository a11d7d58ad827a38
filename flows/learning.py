"""What people confirmed, weighed against what a document says before that is stored; no text is changed."""

from dataclasses import replace

from chitieu.lessons import Lesson
from chitieu.model import Extraction
from chitieu.settings import Settings
from chitieu.store import Snapshot, Store
from normalizers.lessons import weigh_lessons, weigh_other_scans


def with_evidence(extraction: Extraction, store: Store, settings: Settings) -> Extraction:
    """The documents of a file with their doubts weighed anew; as they are where learning is switched off."""
    if not settings.learning:
        return extraction
    with store.snapshot() as snapshot:
        # Read again, a document learns nothing from itself.
        lessons = snapshot.lessons(but=extraction.document.document_id)
        further = tuple(_weighed(one, snapshot, lessons) for one in extraction.further)
        return replace(_weighed(extraction, snapshot, lessons), further=further)


def _weighed(extraction: Extraction, snapshot: Snapshot, lessons: list[Lesson]) -> Extraction:
    others = [row.indicator for _, row in snapshot.reviewed_on_other_scans(extraction.document)]
    rows = weigh_lessons(weigh_other_scans(extraction.indicators, others), lessons)
    return replace(extraction, indicators=rows)
