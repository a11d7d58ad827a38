"""What the API takes and gives about a document's own data."""

from typing import Annotated

from pydantic import BaseModel, Field

from chitieu.review.shapes import BoxShape, PageShapeShape, SaidShape, Strict, Text
from chitieu.reviewed import IDENTITY_FIELDS

IdentityName = Annotated[str, Field(pattern=f"^({'|'.join(IDENTITY_FIELDS)})$")]


class IdentityFieldShape(BaseModel):
    """A field of a document's own data; `read`: before people said anything; `choices`: what its places say."""

    name: str
    label: str
    text: str
    read: str
    doubts: tuple[str, ...]
    choices: tuple[str, ...]
    boxes: tuple[BoxShape, ...]


class IdentityShape(BaseModel):
    """What a document says of itself, in the version that a save must name."""

    document_id: str
    version: str
    name: str
    fields: tuple[IdentityFieldShape, ...]
    pages: tuple[PageShapeShape, ...]
    said: tuple[SaidShape, ...]


class IdentityDecision(Strict):
    """What a reviewer says of a document's own data; a doubtful field that is right comes with its text unchanged."""

    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    texts: dict[IdentityName, Annotated[Text, Field(max_length=1000)]]
    reason: Annotated[Text, Field(max_length=500)] = ""


class IdentityUndo(Strict):
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
