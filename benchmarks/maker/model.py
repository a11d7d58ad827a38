"""A decision before it is printed: what is true of it, and how it will look."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What a column of the table holds."""

    CODE = "code"
    INDICATOR = "indicator"
    UNIT = "unit"
    VALUE = "value"
    AGENCY = "agency"
    COAGENCY = "coagency"
    NOTE = "note"


class Rules(StrEnum):
    """Which rules of the table are drawn."""

    FULL = "full"
    DOUBLE = "double"
    DOTTED = "dotted"
    OPEN_SIDES = "open_sides"
    HORIZONTAL = "horizontal"
    HEADER_ONLY = "header_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Value:
    """A target: `text` is what stands for the truth, `shown` what is printed (with its unit where no column has it)."""

    period: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row with targets; `printed_code` keeps the dot or bracket that the clean code lacks.

    `unit_shown`, `agency_shown`: what is printed there, a ditto mark for instance; None where the cell of a row
    above reaches down to this one.
    """

    code: str
    printed_code: str
    indicator: str
    unit: str
    values: tuple[Value, ...]
    agencies: tuple[str, ...]
    coagencies: tuple[str, ...] = ()
    note: str = ""
    unit_shown: str | None = ""
    agency_shown: str | None = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A row with a number and a title alone, over its children."""

    code: str
    printed_code: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the table; without a title where the table has no parts. `key` tells sections of a document apart."""

    key: str
    printed_code: str
    title: str
    target_year: int | None
    rows: tuple[Record | Group, ...]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """The header texts over a column of targets from top to bottom, and the period that they name."""

    path: tuple[str, ...]
    period: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of a table; `name` is the one that the measure knows (`inline-unit` has a meaning there)."""

    name: str
    fields: tuple[Field, ...]
    value_columns: tuple[ValueColumn, ...]
    sections: str = "themes"
    codes: str = "numbers"
    units: str = "column"
    agencies: str = "cells"
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is printed; lengths in points and millimetres.

    `section_shape`: titles run `across` the table, across all `after_number`, or stand in their `own_cells`.
    """

    font: str
    size_pt: float
    rules: Rules
    rule_pt: float
    padding_pt: float
    line_height: float
    margin_mm: tuple[int, int, int, int]
    header_fill: str
    header_style: str
    section_style: str
    group_style: str
    value_align: str
    indicator_align: str
    vertical_align: str
    repeats_header: bool
    cuts_rows: bool
    closes_cut_rows: bool
    section_shape: str
    numbers_pages: bool
    numbers_columns: bool
    has_signature: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A whole document. `has_body`: pages of decision text stand before the appendix."""

    identity: str
    province: str
    place: str
    issuer: str
    number: str
    day: date
    type_name: str
    appendix: str
    title: str
    caption: str
    unit_line: str
    headers: dict[Field, str]
    layout: Layout
    look: Look
    sections: tuple[Section, ...]
    has_body: bool
    signer: str
