"""What a page gives: its kind, its text layer, readings, cells, tables, and the lines outside them."""

from dataclasses import dataclass
from enum import StrEnum

from chitieu.geometry import Region


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
    same engine reads in the very same lines, None where it was not asked. `mark_rivals` are the words with other marks
    on one letter to which either model gave any chance: the ink does not rule them out.
    """

    runs: tuple[Run, ...]
    engine: str
    confidence: float
    rivals: tuple[Rival, ...] = ()
    witness: str | None = None
    mark_rivals: tuple[Rival, ...] = ()

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
