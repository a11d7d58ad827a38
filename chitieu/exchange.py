"""The nouns as JSON: between processes, and where the store keeps what has no columns of its own."""

from pydantic import TypeAdapter

from chitieu.identity import Claim
from chitieu.model import Correction, Document, Extraction, Flag, Indicator, PageSummary, Table

CLAIMS = TypeAdapter(tuple[Claim, ...])
CORRECTION = TypeAdapter(Correction)
DOCUMENT = TypeAdapter(Document)
EXTRACTION = TypeAdapter(Extraction)
FLAGS = TypeAdapter(tuple[Flag, ...])
INDICATOR = TypeAdapter(Indicator)
PAGE = TypeAdapter(PageSummary)
TABLE = TypeAdapter(Table)
