"""Records of the store → rows of the published tables, typed as their columns say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter

from chitieu.dataset.catalogue import CatalogueEntry
from chitieu.dataset.schema import COMPARISON_COLUMNS, DOCUMENT_COLUMNS, INDICATOR_COLUMNS, REVIEW_COLUMNS, Column
from chitieu.model import Document, FieldSource, Flag, Indicator
from chitieu.store import DocumentRecord, DocumentState, IndicatorRecord

Value = str | int | float | Decimal | date | tuple[str, ...] | None
Row = tuple[Value, ...]
Rank = tuple[date, str, str]  # of a decision: date, id, number

CONFIDENCE_DIGITS = 3
KEPT_LISTS = 4096  # most bodies are responsible for many rows


def indicator_row(record: IndicatorRecord) -> Row:
    """A row of indicators.csv."""
    return _INDICATOR_ORDER(_indicator_values(record))


def review_row(record: IndicatorRecord) -> Row:
    """A row of review.csv: the record's sources must have been asked for."""
    doubtful = _doubtful_sources(record)
    values = dict(zip(_INDICATOR_VALUES, _indicator_values(record), strict=True))
    extra: dict[str, Value] = {
        "version": record.version,
        "readings": "; ".join(_readings_text(source) for source in doubtful),
        "suggestion": "; ".join(f"{source.field}: {other}" for source in doubtful for other in _other_readings(source)),
    }
    return _in_order(REVIEW_COLUMNS, {**values, **extra})


def document_row(record: DocumentRecord, *, counts: bool = True) -> Row:
    """A row of documents.csv; what is being published counts as published.

    `counts`: no other scan of the decision does in its place.
    """
    document = record.document
    is_published = record.state is DocumentState.EXTRACTED and counts
    values: dict[str, Value] = {
        **dict(zip(_IDENTITY_FIELDS, _identity_values(document), strict=True)),
        "state": DocumentState.PUBLISHED if is_published else record.state,
        "reason": record.reason,
        "flags": _flag_texts(document.flags),
        "title": document.title,
        "appendix": document.appendix,
        "parent_document": document.parent_document,
        "amends": document.amends,
        "replaces": document.replaces,
        "superseded_by": record.superseded_by,
        "signer_title": document.signer_title,
        "pages": record.pages,
        "pages_digital": record.pages_digital,
        "pages_scanned": record.pages_scanned,
        "rows": record.rows,
        "rows_flagged": record.rows_flagged,
    }
    return _in_order(DOCUMENT_COLUMNS, values)


class Comparison:
    """What planners compare: rows with a canonical indicator, of the decision in force, which says what gave way to it.

    A decision that a later one replaces is not in force. Of several others of a province on the same indicator,
    period and unit the one of the latest date is; one without a date yields to any with a date. Of what gave way the
    number alone is kept.
    """

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], _Group] = {}

    def add(self, records: Iterable[IndicatorRecord]) -> None:
        """Take rows, in printed order."""
        for record in records:
            if record.indicator.indicator_id:
                self._groups.setdefault(_comparison_key(record), _Group()).add(record)

    def rows(self, catalogue: Mapping[str, CatalogueEntry]) -> Iterator[Row]:
        """The rows of comparison.csv."""
        for key in sorted(self._groups):
            group = self._groups[key]
            gave_way = _numbers(group.gave_way)
            for record in group.in_force:
                yield _comparison_row(record, catalogue.get(record.indicator.indicator_id), gave_way)


@dataclass(slots=True)
class _Group:
    """Rows of one province on one indicator: those of the decision in force so far, and who gave way to it."""

    in_force: list[IndicatorRecord] = field(default_factory=list)
    gave_way: set[Rank] = field(default_factory=set)

    def add(self, record: IndicatorRecord) -> None:
        own, best = _rank(record), _rank(self.in_force[0]) if self.in_force else None
        if record.superseded_by or (best and own < best):
            self.gave_way.add(own)
        elif own == best:
            self.in_force.append(record)
        else:
            self.gave_way |= {best} if best else set()
            self.in_force = [record]


def _numbers(ranks: Iterable[Rank]) -> tuple[str, ...]:
    """Numbers of decisions, the earliest first."""
    return tuple(dict.fromkeys(number for _, _, number in sorted(ranks) if number))


def _comparison_row(record: IndicatorRecord, entry: CatalogueEntry | None, gave_way: tuple[str, ...]) -> Row:
    values = dict(zip(_INDICATOR_VALUES, _indicator_values(record), strict=True))
    extra: dict[str, Value] = {
        "indicator_name": entry.name if entry else record.indicator.indicator,
        "national_target": entry.targets.get(record.indicator.period, "") if entry else "",
        "in_place_of": gave_way,
    }
    return _in_order(COMPARISON_COLUMNS, {**values, **extra})


def _comparison_key(record: IndicatorRecord) -> tuple[str, ...]:
    indicator = record.indicator
    return indicator.indicator_id, indicator.period, indicator.unit_code, record.document.province


def _rank(record: IndicatorRecord) -> Rank:
    return record.document.date or date.min, record.document.document_id, record.document.number


# Columns of indicators.csv that are fields of Indicator as they stand.
_PLAIN_FIELDS = (
    "record_id",
    "page",
    "section_code",
    "section",
    "code",
    "parent_code",
    "group",
    "indicator",
    "indicator_id",
    "period",
    "unit",
    "unit_code",
    "value_text",
    "value_kind",
    "comparator",
    "value_low",
    "value_high",
    "note",
)


# Columns that say whose document it is, and the fields of Document that they are.
_IDENTITY_FIELDS = {
    "document_id": "document_id",
    "source_file": "source_file",
    "document_type": "type",
    "document_number": "number",
    "document_date": "date",
    "issuer": "issuer",
    "province": "province",
    "province_code": "province_code",
}
# What `_indicator_values` gives, which is where every row of half a million comes by: no names, places alone.
_INDICATOR_VALUES = (
    *_IDENTITY_FIELDS, *_PLAIN_FIELDS, "appendix", "agency", "coagency", "confidence", "flags", "review_status",
)  # fmt: skip
_identity_values: Callable[[Document], Row] = attrgetter(*_IDENTITY_FIELDS.values())
_plain_values: Callable[[Indicator], Row] = attrgetter(*_PLAIN_FIELDS)
_INDICATOR_ORDER: Callable[[Row], Row] = itemgetter(*(_INDICATOR_VALUES.index(one.name) for one in INDICATOR_COLUMNS))


def _indicator_values(record: IndicatorRecord) -> Row:
    indicator = record.indicator
    return (
        *_identity_values(record.document),
        *_plain_values(indicator),
        indicator.appendix or record.document.appendix,
        _parts(indicator.agency),
        _parts(indicator.coagency),
        round(indicator.confidence, CONFIDENCE_DIGITS),
        _flag_texts(indicator.flags),
        record.review_status,
    )


def _in_order(columns: tuple[Column, ...], values: dict[str, Value]) -> Row:
    return tuple(values[column.name] for column in columns)


@lru_cache(KEPT_LISTS)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(";")) if part)


def _flag_texts(flags: tuple[Flag, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(flag) for flag in flags))


def _doubtful_sources(record: IndicatorRecord) -> list[FieldSource]:
    """The cells that the flags are about; all cells of the row where no flag names one."""
    fields = {flag.field for flag in record.indicator.flags if flag.field}
    named = [source for source in record.indicator.sources if source.field in fields]
    return named or list(record.indicator.sources)


def _readings_text(source: FieldSource) -> str:
    readings = " | ".join(f"{reading.engine} “{_one_line(reading.text)}”" for reading in source.readings)
    return f"{source.field}: {readings or '–'}"


def _other_readings(source: FieldSource) -> list[str]:
    """What further engines read, where it differs from what the first did."""
    texts = list(dict.fromkeys(_one_line(reading.text) for reading in source.readings))
    return texts[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
