"""Records of the store → rows of the published tables, typed as their columns say."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from chitieu.dataset.catalogue import CatalogueEntry
from chitieu.dataset.schema import COMPARISON_COLUMNS, DOCUMENT_COLUMNS, INDICATOR_COLUMNS, REVIEW_COLUMNS, Column
from chitieu.model import Document, FieldSource, Flag
from chitieu.store import DocumentRecord, DocumentState, IndicatorRecord

Value = str | int | float | Decimal | date | tuple[str, ...] | None
Row = tuple[Value, ...]

CONFIDENCE_DIGITS = 3


def indicator_row(record: IndicatorRecord) -> Row:
    """A row of indicators.csv."""
    return _in_order(INDICATOR_COLUMNS, _indicator_values(record))


def review_row(record: IndicatorRecord) -> Row:
    """A row of review.csv: the record's sources must have been asked for."""
    doubtful = _doubtful_sources(record)
    extra: dict[str, Value] = {
        "version": record.version,
        "readings": "; ".join(_readings_text(source) for source in doubtful),
        "suggestion": "; ".join(f"{source.field}: {other}" for source in doubtful for other in _other_readings(source)),
    }
    return _in_order(REVIEW_COLUMNS, {**_indicator_values(record), **extra})


def document_row(record: DocumentRecord) -> Row:
    """A row of documents.csv; what is being published counts as published."""
    document = record.document
    is_published = record.state is DocumentState.EXTRACTED
    values: dict[str, Value] = {
        **_identity_values(record.document),
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


def comparison_rows(records: Iterable[IndicatorRecord], catalogue: dict[str, CatalogueEntry]) -> Iterator[Row]:
    """What planners compare: rows with a canonical indicator, of the decision in force, which says what gave way to it.

    A decision that a later one replaces is not in force. Of several others of a province on the same indicator,
    period and unit the one of the latest date is; one without a date yields to any with a date.
    """
    groups: dict[tuple[str, ...], list[IndicatorRecord]] = {}
    for record in records:
        if record.indicator.indicator_id:
            groups.setdefault(_comparison_key(record), []).append(record)
    for key in sorted(groups):
        group = groups[key]
        in_force = max((_rank(record) for record in group if not record.superseded_by), default=None)
        gave_way = _numbers([record for record in group if _rank(record) != in_force])
        for record in group:  # in printed order
            if _rank(record) == in_force:
                yield _comparison_row(record, catalogue.get(record.indicator.indicator_id), gave_way)


def _numbers(records: Iterable[IndicatorRecord]) -> tuple[str, ...]:
    """Numbers of the decisions of some rows, the earliest first."""
    ordered = sorted(records, key=_rank)
    return tuple(dict.fromkeys(record.document.number for record in ordered if record.document.number))


def _comparison_row(record: IndicatorRecord, entry: CatalogueEntry | None, gave_way: tuple[str, ...]) -> Row:
    extra: dict[str, Value] = {
        "indicator_name": entry.name if entry else record.indicator.indicator,
        "national_target": entry.targets.get(record.indicator.period, "") if entry else "",
        "in_place_of": gave_way,
    }
    return _in_order(COMPARISON_COLUMNS, {**_indicator_values(record), **extra})


def _comparison_key(record: IndicatorRecord) -> tuple[str, ...]:
    indicator = record.indicator
    return indicator.indicator_id, indicator.period, indicator.unit_code, record.document.province


def _rank(record: IndicatorRecord) -> tuple[date, str]:
    return record.document.date or date.min, record.document.document_id


def _indicator_values(record: IndicatorRecord) -> dict[str, Value]:
    indicator = record.indicator
    own: dict[str, Value] = {name: getattr(indicator, name) for name in _PLAIN_FIELDS}
    return {
        **_identity_values(record.document),
        **own,
        "appendix": indicator.appendix or record.document.appendix,
        "agency": _parts(indicator.agency),
        "coagency": _parts(indicator.coagency),
        "confidence": round(indicator.confidence, CONFIDENCE_DIGITS),
        "flags": _flag_texts(indicator.flags),
        "review_status": record.review_status,
    }


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


def _identity_values(document: Document) -> dict[str, Value]:
    return {
        "document_id": document.document_id,
        "source_file": document.source_file,
        "document_type": document.type,
        "document_number": document.number,
        "document_date": document.date,
        "issuer": document.issuer,
        "province": document.province,
        "province_code": document.province_code,
    }


def _in_order(columns: tuple[Column, ...], values: dict[str, Value]) -> Row:
    return tuple(values[column.name] for column in columns)


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
