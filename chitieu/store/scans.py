"""What tells whether two documents are scans of one text: what they are known by, and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from chitieu.batches import batches
from chitieu.model import PageKind
from chitieu.reviewed import ReviewStatus
from chitieu.store import schema
from chitieu.store.replacing import plain

SAME_ROWS, SAME_TEXT, SAME_WORDS, SAME_TITLE = 0.5, 0.9, 75.0, 90.0
DOCUMENTS_AT_ONCE = 200
_ROWS, _PAGES = schema.indicators.c, schema.pages.c


class Row(NamedTuple):
    """A row as it is found again on another scan: place, period and wording; and what it says."""

    code: str
    period: str
    words: str
    value: str = ""


@dataclass(frozen=True)
class Name:
    """What a document is known by."""

    document_id: str
    received_at: str
    number: str
    date: date | None
    issuer: str
    title: str
    appendix: str

    @property
    def is_whole(self) -> bool:
        """Whether it has its number and its date: `/QĐ-UBND` waits for its number."""
        return self.number[:1].isdigit() and self.date is not None

    @property
    def key(self) -> tuple[object, ...]:
        return self.number, self.date, self.plain_issuer, self.plain_appendix

    @cached_property
    def plain_issuer(self) -> str:
        return plain(self.issuer)

    @cached_property
    def plain_title(self) -> str:
        return plain(self.title)

    @cached_property
    def plain_appendix(self) -> str:
        return plain(self.appendix)

    def leaves_open(self, other: "Name") -> bool:
        """Whether its number and date are those of another document, or blank where they are not."""
        numbers = self.number in ("", other.number) or self.number == other.number[other.number.find("/") :]
        return numbers and self.date in (None, other.date)


@dataclass(frozen=True, slots=True)
class Version:
    """One scan of a decision, and what speaks for it; `chosen` is 0 where nobody chose it, else larger for later."""

    name: Name
    chosen: int
    rows: tuple[Row, ...]
    flagged: int
    is_digital: bool = False  # no page of it was read from a picture

    @property
    def document_id(self) -> str:
        return self.name.document_id

    @property
    def worth(self) -> tuple[int, bool, int, int, bool]:
        return self.chosen, self.name.is_whole, len(self.rows) - self.flagged, len(self.rows), self.is_digital


def versions(connection: Connection, names: Iterable[Name], chosen: Mapping[str, int]) -> dict[str, Version]:
    """Documents with their rows, by their ids."""
    columns = (_ROWS.document_id, _ROWS.code, _ROWS.period, _ROWS.indicator, _ROWS.value_text, _ROWS.flag_count)
    of_pictures = select(_PAGES.document_id).where(_PAGES.kind.in_((PageKind.SCANNED, PageKind.MIXED)))
    found: dict[str, Version] = {}
    for some in batches(names, DOCUMENTS_AT_ONCE):
        rows: dict[str, list[Row]] = {name.document_id: [] for name in some}
        flagged = dict.fromkeys(rows, 0)
        query = select(*columns).where(_ROWS.document_id.in_(list(rows)), _ROWS.review_status != ReviewStatus.REJECTED)
        for document_id, code, period, words, value, flags in connection.execute(
            query.order_by(_ROWS.document_id, _ROWS.position)
        ).all():
            rows[document_id].append(Row(code, period, words.casefold(), plain(value)))
            flagged[document_id] += flags > 0
        pictured = set(connection.scalars(of_pictures.where(_PAGES.document_id.in_(list(rows)))))
        for name in some:
            own = name.document_id
            is_digital = own not in pictured
            found[own] = Version(name, chosen.get(own, 0), tuple(rows[own]), flagged[own], is_digital)
    return found


def have_same_rows(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Whether half of the rows of the shorter list stand in the other one too, letters misread or not."""
    short, long = sorted((first, second), key=len)
    by_place: dict[object, list[str]] = {}
    for row in long:
        by_place.setdefault((row.code, row.period), []).append(row.words)
    found = sum(_has_words(row.words, by_place.get((row.code, row.period), ())) for row in short)
    return bool(short) and found >= SAME_ROWS * len(short)


def have_same_text(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Whether nine tenths of the rows of the longer list stand in the other one too, with the same values."""
    short, long = sorted((first, second), key=len)
    by_place: dict[object, list[str]] = {}
    for row in short:
        by_place.setdefault((row.code, row.period, row.value), []).append(row.words)
    found = sum(_has_words(row.words, by_place.get((row.code, row.period, row.value), ())) for row in long)
    return bool(short) and found >= SAME_TEXT * len(long)


def _has_words(words: str, others: Sequence[str]) -> bool:
    return words in others or any(fuzz.ratio(words, other) >= SAME_WORDS for other in others)
