"""A document: its identity, its pages, all that was read out of it, and what people say of it."""

import datetime
from dataclasses import dataclass

from chitieu.geometry import PlacedText, Region
from chitieu.identity import Claim
from chitieu.layers import Legibility
from chitieu.model.doubt import Flag
from chitieu.model.indicator import Indicator
from chitieu.model.reading import PageKind, Table


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
