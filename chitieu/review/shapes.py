"""What the API takes and gives, as the OpenAPI document says it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chitieu.reviewed import VERDICTS, WRITABLE_FIELDS

MAX_TEXT = 4000
# PostgreSQL and SQLite alike hold it.
MAX_POSITION = 2**31 - 1
Text = Annotated[str, Field(max_length=MAX_TEXT, pattern=r"^[^\x00]*$")]
DocumentId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}(-[0-9]{1,4})?$")]
Position = Annotated[int, Field(ge=0, le=MAX_POSITION)]
FieldName = Annotated[str, Field(pattern=f"^({'|'.join(WRITABLE_FIELDS)})$")]
Verdict = Annotated[str, Field(pattern=f"^({'|'.join(VERDICTS)}|)$")]


class Strict(BaseModel):
    """What comes from outside: nothing that we do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BoxShape(BaseModel):
    """A rectangle of the upright page, as shares of its width and height (0 to 1)."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class ChoiceShape(BaseModel):
    """A text to take; of a long one, `replaced` stands in it once and is put `by` this."""

    text: str
    origins: tuple[str, ...]
    is_suggested: bool
    replaced: str
    by: str


class FieldShape(BaseModel):
    name: str
    label: str
    text: str
    read: str
    doubts: tuple[str, ...]
    choices: tuple[ChoiceShape, ...]
    meaning: str
    is_understood: bool
    boxes: tuple[BoxShape, ...]
    is_folded: bool


class SaidShape(BaseModel):
    field: str
    seen: str
    text: str
    reviewer: str
    reason: str
    made_at: str


class PageShapeShape(BaseModel):
    """An upright page, in points."""

    page: int
    width: float
    height: float
    has_picture: bool
    failure: str = ""


class ClaimShape(BaseModel):
    """What one place of a document says of it; `page` is 0 where that is on none."""

    field: str
    says: str
    place: str
    text: str
    page: int


class DocumentShape(BaseModel):
    """A document; `superseded_by`: the document that counts in its place, or that puts an end to it."""

    document_id: str
    source_file: str
    state: str
    reason: str
    remedy: str
    type: str
    number: str
    date: str
    issuer: str
    province: str
    title: str
    pages: int
    rows: int
    rows_flagged: int
    superseded_by: str
    doubts: tuple[str, ...]
    claims: tuple[ClaimShape, ...]


class RowShape(BaseModel):
    """A row under review. `holder`: somebody else who has it on the screen right now."""

    document_id: str
    position: int
    version: str
    record_id: str
    document: str
    province: str
    path: str
    page: int
    status: str
    put_off: str
    is_open: bool
    doubts: tuple[str, ...]
    fields: tuple[FieldShape, ...]
    boxes: tuple[BoxShape, ...]
    pages: tuple[PageShapeShape, ...]
    said: tuple[SaidShape, ...]
    holder: str


class RowOnPage(BaseModel):
    """A row as drawn over its pages; `look`: open, sound, accepted, corrected, rejected."""

    position: int
    look: str
    text: str
    boxes: tuple[BoxShape, ...]


class CellOnPage(BaseModel):
    """A cell of a table as printed, with what was read in it."""

    text: str
    boxes: tuple[BoxShape, ...]


class DocumentPages(BaseModel):
    document: DocumentShape
    pages: tuple[PageShapeShape, ...]
    rows: tuple[RowOnPage, ...]
    cells: tuple[CellOnPage, ...]


class QueueShape(BaseModel):
    """The open rows (document, position) in order, those that others look at left out; and what to pick them by."""

    rows: tuple[tuple[str, int], ...]
    open: int
    decided: int
    documents: dict[str, int]
    flags: dict[str, int]
    agencies: dict[str, int]
    provinces: dict[str, int]


class DecisionShape(Strict):
    """What a reviewer says of a row in the version that was on the screen."""

    document_id: DocumentId
    position: Position
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    texts: dict[FieldName, Text] = Field(default_factory=dict)
    verdict: Verdict = ""
    reason: Annotated[Text, Field(max_length=500)] = ""


class AdditionShape(Strict):
    """A row that the software missed, above or below one that it read."""

    document_id: DocumentId
    position: Position
    is_below: bool
    texts: dict[FieldName, Text]
    reason: Annotated[Text, Field(max_length=500)] = ""


class UndoShape(Strict):
    document_id: DocumentId
    position: Position
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class MeaningWish(Strict):
    document_id: DocumentId
    position: Position
    texts: dict[FieldName, Text]


class MeaningShape(BaseModel):
    """By field: how it is understood with these texts."""

    meanings: dict[str, str]
    understood: dict[str, bool]


class SavedShape(BaseModel):
    """The row as it holds now, and how far the reviewers are."""

    row: RowShape
    open: int
    decided: int


class ConflictShape(BaseModel):
    """The row as somebody else left it: nothing was saved."""

    row: RowShape


class SameRow(BaseModel):
    document_id: str
    position: int
    version: str
    document: str
    page: int
    code: str
    indicator: str
    is_open: bool
    boxes: tuple[BoxShape, ...]


class SameShape(BaseModel):
    """Other rows that say the very same in a field."""

    field: str
    text: str
    rows: tuple[SameRow, ...]


class SameDecision(Strict):
    """The same text for a field of many rows."""

    field: FieldName
    text: Text
    reason: Annotated[Text, Field(max_length=500)] = ""
    rows: Annotated[tuple["SamePlace", ...], Field(max_length=500)]


class SamePlace(Strict):
    document_id: DocumentId
    position: Position
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class SameSaved(BaseModel):
    """How many rows now say it, and those that somebody changed meanwhile (left as they are)."""

    saved: int
    changed: tuple[tuple[str, int], ...]


class CheckShape(Strict):
    """What a person says of a row that nobody doubts, in the version that was on the screen."""

    document_id: DocumentId
    position: Position
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    is_right: bool


class DrawnShape(BaseModel):
    """A row drawn at random, none where there is none; how many were checked, wrong, and the most that may be wrong."""

    row: RowShape | None
    checked: int
    wrong: int
    high: float


class SignInShape(Strict):
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    password: Annotated[Text, Field(min_length=1, max_length=200)]


class PreferencesShape(Strict):
    """Language of the page, and the name under which corrections are kept where nobody signs in."""

    language: Annotated[str, Field(pattern="^(vi|en|)$")] = ""
    name: Annotated[Text, Field(max_length=60)] = ""
