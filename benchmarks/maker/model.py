"""A decision before it is printed: what is true of it, and how it will look."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from benchmarks.maker.stock import Stock, Task


class Field(StrEnum):
    """What a column of the table holds; the dataset has no column for `EXTRA`."""

    CODE = "code"
    INDICATOR = "indicator"
    UNIT = "unit"
    VALUE = "value"
    AGENCY = "agency"
    COAGENCY = "coagency"
    NOTE = "note"
    EXTRA = "extra"


class Rules(StrEnum):
    """Which rules of the table are drawn."""

    FULL = "full"
    DOUBLE = "double"
    DOUBLE_ALL = "double_all"
    DOTTED = "dotted"
    DASHED = "dashed"
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
    above reaches down to this one. `cut_words`: after so many words of the indicator the page ends and the row goes
    on below its number, printed again; 0 where it is printed in one.
    """

    code: str
    printed_code: str
    indicator: str
    unit: str
    values: tuple[Value, ...]
    agencies: tuple[str, ...]
    coagencies: tuple[str, ...] = ()
    note: str = ""
    extra: str = ""
    unit_shown: str | None = ""
    agency_shown: str | None = ""
    cut_words: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A row with a title alone over its children; with a number where groups are numbered."""

    code: str
    printed_code: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the table; without a title where the table has no parts. `key` tells sections of a document apart.

    `shown`: the title as printed where it says more, its unit for instance. `above`: number and title of the larger
    part that begins here.
    """

    key: str
    printed_code: str
    title: str
    target_year: int | None
    rows: tuple[Record | Group, ...]
    shown: str = ""
    above: tuple[str, str] = ("", "")


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
    section_fill: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of indicators; `unit_line` stands above it where one unit is that of all its rows."""

    headers: dict[Field, str]
    layout: Layout
    unit_line: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table that holds no indicators; `headers` without a number column first."""

    headers: tuple[str, ...]
    rows: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs between tables."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """Tables that begin on a page of their own; without a label where they stand in the text of the document."""

    label: str
    title: str
    caption: str
    is_landscape: bool
    blocks: tuple[Table | TaskTable | Prose, ...]


@dataclass(frozen=True, slots=True)
class MarginTexts:
    """What is printed outside the text: along the foot of each page, up the side of the first."""

    foot: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A whole document. `has_body`: pages of decision text stand before the appendices."""

    identity: str
    stock: Stock
    province: str
    place: str
    issuer: str
    number: str
    day: date
    type_name: str
    look: Look
    appendices: tuple[Appendix, ...]
    has_body: bool
    signer: str
    margin_texts: MarginTexts = MarginTexts()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of indicators in printed order."""
        return tuple(block for part in self.appendices for block in part.blocks if isinstance(block, Table))

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for table in self.tables for section in table.sections)
