"""The formats in which tables are written as printed."""

from enum import StrEnum


class TableFormat(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
