"""A target value, with where it was read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chitieu.geometry import Region
from chitieu.model.doubt import Flag, Repair
from chitieu.model.reading import Reading


class ValueKind(StrEnum):
    NUMBER = "number"
    RANGE = "range"
    RANK = "rank"
    TREND = "trend"
    QUALITATIVE = "qualitative"
    DEFERRED = "deferred"
    DATE = "date"
    YES_NO = "yes_no"
    COMPOUND = "compound"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a field of an indicator was read: the cell, its places on the pages, and every reading as it came."""

    field: str
    table_index: int
    row: int
    col: int
    regions: tuple[Region, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target value: a row of indicators.csv without the columns of its document.

    `appendix` is given where the caption of its own table, or of one before it, names one.
    """

    record_id: str
    page: int
    section_code: str
    section: str
    code: str
    parent_code: str
    group: str
    indicator: str
    indicator_id: str
    period: str
    unit: str
    unit_code: str
    value_text: str
    value_kind: ValueKind
    comparator: str
    value_low: Decimal | None
    value_high: Decimal | None
    agency: str
    coagency: str
    note: str
    confidence: float
    appendix: str = ""
    flags: tuple[Flag, ...] = ()
    sources: tuple[FieldSource, ...] = ()
    repairs: tuple[Repair, ...] = ()
