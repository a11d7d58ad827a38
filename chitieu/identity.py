"""Who issued what when: what each place of a document says of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chitieu.geometry import Region


class Origin(StrEnum):
    """The places that tell a document's identity; the words for people are in `chitieu.messages`."""

    HEAD = "head"  # the two columns at the top of page 1, type and subject below them
    CAPTION = "caption"  # above a table: `Phụ lục I`, `(Kèm theo … số … ngày … của …)`
    CLOSING = "closing"  # below the text: who signed for whom
    BODY = "body"  # articles and cells
    SIGNATURE = "signature"  # a digital one
    METADATA = "metadata"  # what the program that wrote the file noted


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place says of a field of a document's identity; `field` is a column of documents.csv.

    `value` is empty where the place leaves a blank, or holds what nobody read. `text` is as printed, `regions` are
    empty where it stands on no page. `is_sure`: no reading of it is in doubt.
    """

    field: str
    value: str
    origin: Origin
    text: str = ""
    regions: tuple[Region, ...] = ()
    is_sure: bool = True
    is_handwritten: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature: whom its certificate names, and when it was made by the signer's own clock."""

    signer: str
    organisation: str = ""
    place: str = ""
    signed_at: datetime | None = None
    region: Region | None = None
