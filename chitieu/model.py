"""The nouns that every room shares. Frozen values; no behaviour beyond what follows from their fields."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chitieu.geometry import Box as Box
from chitieu.geometry import PlacedText
from chitieu.geometry import Region as Region
from chitieu.identity import Claim
from chitieu.layers import Legibility


class PageKind(StrEnum):
    DIGITAL = "digital"
    SCANNED = "scanned"
    MIXED = "mixed"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one font; the font is None where it was read from an image."""

    text: str
    font: str | None = None


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text layer of a page as it stands in the file.

    `picture_share`: how much of the page pictures cover. `print_count` and `unlayered_count`: marks of print that the
    page shows, and those of them where the layer has nothing; 0 where that was not looked at. `is_spread`: the latter
    reach further than a seal does. `unmapped_share`: of its characters, those without Unicode.
    """

    runs: tuple[Run, ...] = ()
    picture_share: float = 0.0
    print_count: int = 0
    unlayered_count: int = 0
    is_spread: bool = False
    unmapped_share: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def unlayered_share(self) -> float:
        return self.unlayered_count / self.print_count if self.print_count else 0.0


@dataclass(frozen=True, slots=True)
class Rival:
    """A word that an engine thought possible instead of one that it read: one character differs.

    `probability` is 0..1, of the other character, as the engine says.
    """

    read: str
    instead: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine read in a cell or line: NFC not yet applied.

    A soft line wrap is a space, a line that was broken on purpose (the next word would have fitted) is a newline.
    `confidence` is 0..1 as the engine says, of its least certain character; not calibrated. `rivals` are the words
    that the engine found possible too, in reading order, where it says so. `witness` is what a second model of the
    same engine reads in the very same lines, None where it was not asked.
    """

    runs: tuple[Run, ...]
    engine: str
    confidence: float
    rivals: tuple[Rival, ...] = ()
    witness: str | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `readings[0]` is the first reader's, further ones are second opinions.

    `quality` is 0..1: the share of the cell's ink that lies in lines that were read (1 for born-digital cells).
    An empty cell has no readings. `has_lost_rule`: a rule through it, or one of its borders, may have been lost.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    regions: tuple[Region, ...]
    readings: tuple[Reading, ...]
    quality: float = 1.0
    has_lost_rule: bool = False

    @property
    def text(self) -> str:
        return self.readings[0].text if self.readings else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns after joining over pages; cells in reading order, spans given once at their top left."""

    document_id: str
    index: int
    cells: tuple[Cell, ...]
    # Rows before which the extractor doubts that nothing was lost (a page failed, a cut row not sewn for certain).
    doubtful_rows: tuple[int, ...] = ()

    @property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def col_count(self) -> int:
        return max((cell.col + cell.col_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line outside the tables."""

    region: Region
    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.text


@dataclass(frozen=True, slots=True)
class Heading:
    """Lines outside the tables that tell the document's identity, in reading order; a two-column head line by line.

    `first_page` are those of page 1 above any table, `caption` those right above the first table (on its page).
    The two are the same lines where the table starts on page 1. `text` are those of all pages. `handwritten`: where a
    pen filled in what the print of page 1 left open.
    """

    first_page: tuple[Line, ...]
    caption: tuple[Line, ...]
    text: tuple[Line, ...] = ()
    handwritten: tuple[Region, ...] = ()


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
class Document:
    """Identity of a document; empty strings and None where it is left blank.

    `amends`, `replaces`: numbers of the decisions that it changes or puts an end to, `; ` between them. `claims` are
    what each place says of it.
    """

    document_id: str
    source_file: str
    type: str = ""
    number: str = ""
    date: datetime.date | None = None
    issuer: str = ""
    province: str = ""
    province_code: str = ""
    title: str = ""
    appendix: str = ""
    parent_document: str = ""
    amends: str = ""
    replaces: str = ""
    signer_title: str = ""
    flags: tuple[Flag, ...] = ()
    claims: tuple[Claim, ...] = ()


class Role(StrEnum):
    """What a column of an indicator table holds."""

    CODE = "code"
    INDICATOR = "indicator"
    UNIT = "unit"
    VALUE = "value"
    AGENCY = "agency"
    COAGENCY = "coagency"
    NOTE = "note"
    IGNORED = "ignored"  # understood, and of no use to the dataset
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of what was read that was near-certain: field, before, after, and why."""

    field: str
    read: str
    became: str
    why: str


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is the clean header text from top to bottom; `period` is given for value columns whose header has one."""

    index: int
    role: Role
    title: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """`header_rows` rows of the table are its header. `is_indicator_table` needs an indicator and a value column."""

    columns: tuple[Column, ...]
    header_rows: int
    unit: str = ""  # the unit for the whole table where the caption gives it
    flags: tuple[Flag, ...] = ()
    repairs: tuple[Repair, ...] = ()  # of the years in the header

    @property
    def is_indicator_table(self) -> bool:
        roles = {column.role for column in self.columns}
        return {Role.INDICATOR, Role.VALUE} <= roles

    def of(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role is role)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A body row of an indicator table: its cells by column; a cell merged downwards stands in each of its rows."""

    table_index: int
    row: int
    cells: tuple[tuple[Column, Cell], ...]
    is_doubtful: bool = False


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


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What became of one page; `failure` says why a page gave nothing, `legibility` whether its words were taken.

    `quarter_turns` clockwise set the page as it is displayed upright. `lines` are those outside the tables.
    """

    page: int
    kind: PageKind
    width: float
    height: float
    tables: int = 0
    seconds: float = 0.0
    failure: str = ""
    legibility: Legibility | None = None
    quarter_turns: int = 0
    lines: tuple[PlacedText, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one document; `further` are the other documents of its file."""

    document: Document
    pages: tuple[PageSummary, ...]
    tables: tuple[Table, ...]
    indicators: tuple[Indicator, ...]
    further: tuple["Extraction", ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reviewer says that a field says; append-only, guarded by `seen`."""

    document_id: str
    regions: tuple[Region, ...]
    field: str
    seen: str
    text: str
    reviewer: str
    reason: str
    made_at: str
