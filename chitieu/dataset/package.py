"""datapackage.json: a Frictionless data package that says what every file and column is."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from chitieu.dataset.schema import (
    COMPARISON_COLUMNS,
    DOCUMENT_COLUMNS,
    INDICATOR_COLUMNS,
    Column,
    ColumnType,
)
from chitieu.files import replace_text
from chitieu.messages import flag_explanations
from chitieu.versions import code_version, software_version

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json]"

# As the Table Schema standard names them; lists stand in CSV as text.
FIELD_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.DECIMAL: "number",
    ColumnType.DATE: "date",
    ColumnType.LIST: "string",
}
TABLES: dict[str, tuple[tuple[Column, ...], str, str]] = {
    "indicators": (INDICATOR_COLUMNS, "Chỉ tiêu, mỗi dòng một giá trị", "Indicators, one row per target value"),
    "documents": (DOCUMENT_COLUMNS, "Văn bản", "Documents"),
    "comparison": (COMPARISON_COLUMNS, "So sánh giữa các tỉnh", "Comparison of provinces"),
}
PRIMARY_KEYS = {"indicators": "record_id", "documents": "document_id"}
FILES = {
    "indicators.parquet": "application/vnd.apache.parquet",
    "indicators.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "review.csv": "text/csv",
    "review.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_package(folder: Path, created: str, source_files: Iterable[str]) -> None:
    """Describe the files that lie in the folder; `created` is the time of generation in ISO 8601."""
    resources: list[Json] = [table_resource(folder, name) for name in TABLES]
    resources += [file_resource(folder, path, media_type) for path, media_type in FILES.items()]
    package: dict[str, Json] = {
        "profile": "data-package",
        "name": "chitieu",
        "title": "Chỉ tiêu trong văn bản của các tỉnh / Indicator targets of provincial decisions",
        "created": created,
        "version": software_version(),
        "software": code_version(),
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": name} for name in source_files],
        "flags": [{"name": kind, "title_vi": vi, "title_en": en} for kind, vi, en in flag_explanations()],
        "resources": resources,
    }
    replace_text(folder / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def table_resource(folder: Path, name: str) -> dict[str, Json]:
    """A CSV with its schema."""
    columns, title_vi, title_en = TABLES[name]
    path = f"{name}.csv"
    return {
        "name": name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": path,
        "title": f"{title_vi} / {title_en}",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        **content(folder / path),
        "schema": table_schema(name, columns),
    }


def table_schema(name: str, columns: tuple[Column, ...]) -> dict[str, Json]:
    """Fields and keys of a table."""
    schema: dict[str, Json] = {"fields": [field(column) for column in columns], "missingValues": [""]}
    if name in PRIMARY_KEYS:
        schema["primaryKey"] = [PRIMARY_KEYS[name]]
    if name == "indicators":
        reference: Json = {"resource": "documents", "fields": ["document_id"]}
        schema["foreignKeys"] = [{"fields": ["document_id"], "reference": reference}]
    return schema


def field(column: Column) -> dict[str, Json]:
    """A column in the words of Table Schema."""
    described: dict[str, Json] = {
        "name": column.name,
        "type": FIELD_TYPES[column.type],
        "title": f"{column.title_vi} / {column.title_en}",
        "title_vi": column.title_vi,
        "title_en": column.title_en,
    }
    if note := " / ".join(filter(None, (column.note_vi, column.note_en))):
        described["description"] = note
    if constraints := field_constraints(column):
        described["constraints"] = constraints
    return described


def field_constraints(column: Column) -> dict[str, Json]:
    """What values a column may hold."""
    constraints: dict[str, Json] = {}
    if column.is_required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.bounds:
        constraints["minimum"], constraints["maximum"] = column.bounds
    return constraints


def file_resource(folder: Path, path: str, media_type: str) -> dict[str, Json]:
    """A file that is described as a whole: what it holds stands in the tables."""
    name = path.replace(".", "-")
    place = Path(path)
    return {
        "name": name,
        "type": "file",
        "path": path,
        "scheme": "file",
        "format": place.suffix[1:],
        "mediatype": media_type,
        **content(folder / path),
    }


def content(path: Path) -> dict[str, Json]:
    """Size and fingerprint of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}
