"""The truth beside the samples: what a careful person reads in a document."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict


class _ValueJson(TypedDict):
    period: str
    value: str
    shown: NotRequired[str]


class _RowJson(TypedDict):
    kind: str
    code: str
    section: NotRequired[str]
    title: NotRequired[str]
    indicator: NotRequired[str]
    unit: NotRequired[str]
    agency: NotRequired[str]
    values: NotRequired[list[_ValueJson]]


class _DocumentJson(TypedDict):
    id: str
    layout: str
    number: str
    date: str | None
    province: str
    rows: list[_RowJson]


@dataclass(frozen=True, slots=True)
class Target:
    """One true value; `shown` is the cell as printed where that holds more than the value."""

    section: str
    code: str
    indicator: str
    period: str
    unit: str
    value: str
    shown: str
    agency: str


@dataclass(frozen=True, slots=True)
class TrueDocument:
    """A document and its targets in printed order."""

    id: str
    number: str
    date: str
    province: str
    has_unit_in_value: bool
    targets: tuple[Target, ...]

    @property
    def has_number(self) -> bool:
        """False for a draft, whose number is blank before the slash."""
        return bool(self.number) and not self.number.startswith("/")


def _targets(rows: list[_RowJson]) -> Iterator[Target]:
    sections = {row["code"]: row["title"] for row in rows if row["kind"] == "section"}
    for row in rows:
        if row["kind"] != "row":
            continue
        for value in row["values"]:
            if value["value"]:
                yield Target(
                    section=sections[row["section"]],
                    code=row["code"],
                    indicator=row["indicator"],
                    period=value["period"],
                    unit=row["unit"],
                    value=value["value"],
                    shown=value.get("shown", value["value"]),
                    agency=row["agency"],
                )


def read_truth(path: Path) -> TrueDocument:
    """Read one file of samples/truth."""
    document: _DocumentJson = json.loads(path.read_text(encoding="utf-8"))
    return TrueDocument(
        id=document["id"],
        number=document["number"],
        date=document["date"] or "",
        province=document["province"],
        has_unit_in_value=document["layout"] == "inline-unit",
        targets=tuple(_targets(document["rows"])),
    )
