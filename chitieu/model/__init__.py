"""The nouns that every room shares. Frozen values; no behaviour beyond what follows from their fields."""

from chitieu.geometry import Box, Region
from chitieu.model.columns import Column, ColumnRoles, RawRow, Role
from chitieu.model.document import Correction, Document, Extraction, PageSummary
from chitieu.model.doubt import Flag, FlagKind, Repair
from chitieu.model.indicator import FieldSource, Indicator, ValueKind
from chitieu.model.reading import Cell, Heading, Line, PageKind, Reading, Rival, Run, Table, TextLayer

__all__ = [
    "Box",
    "Cell",
    "Column",
    "ColumnRoles",
    "Correction",
    "Document",
    "Extraction",
    "FieldSource",
    "Flag",
    "FlagKind",
    "Heading",
    "Indicator",
    "Line",
    "PageKind",
    "PageSummary",
    "RawRow",
    "Reading",
    "Region",
    "Repair",
    "Rival",
    "Role",
    "Run",
    "Table",
    "TextLayer",
    "ValueKind",
]
