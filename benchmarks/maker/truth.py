"""What is true of a document, in the format that the measure reads."""

import json
from typing import TypedDict

from benchmarks.maker.model import Decision, Group, Record, Section, Value


class Row(TypedDict, total=False):
    """A row of the table; which keys it has depends on its kind."""

    kind: str
    section: str
    code: str
    title: str
    target_year: int | None
    indicator: str
    unit: str
    values: list[dict[str, str]]
    agency: str
    coagency: str
    note: str


def truth_json(decision: Decision, pages: int) -> str:
    """The truth file of a document with so many pages."""
    first, appendix = decision.tables[0], decision.appendices[0]
    truth = {
        "id": decision.identity,
        "layout": first.layout.name,
        "province": decision.province,
        "PROV": decision.province.upper(),
        "number": decision.number,
        "date": decision.day.isoformat(),
        "issuer": decision.issuer,
        "appendix": appendix.label,
        "title": appendix.title,
        "header": [first.headers[field] for field in first.layout.fields],
        "body": decision.has_body,
        "landscape": appendix.is_landscape,
        "font": decision.look.font,
        "size": decision.look.size_pt,
        "rules": decision.look.rules.value,
        "caption": appendix.caption,
        "pages": pages,
        "rows": truth_rows(decision),
    }
    return json.dumps(truth, ensure_ascii=False, indent=1) + "\n"


def truth_rows(decision: Decision) -> list[Row]:
    """All rows in printed order; a table without sections has one without title, where the measure looks."""
    rows: list[Row] = []
    for section in decision.sections:
        if section.above[1]:
            rows.append(Row(kind="section", code=section.above[0], title=section.above[1], target_year=None))
        rows.append(Row(kind="section", code=section.key, title=section.title, target_year=section.target_year))
        rows += [_row(section, row) for row in section.rows]
    return rows


def _row(section: Section, row: Record | Group) -> Row:
    if isinstance(row, Group):
        return Row(kind="group", section=section.key, code=row.code, indicator=row.title)
    return Row(
        kind="row",
        section=section.key,
        code=row.code,
        indicator=row.indicator,
        unit=row.unit,
        values=[_value(value) for value in row.values],
        agency="; ".join(row.agencies),
        coagency="; ".join(row.coagencies),
        note=row.note,
    )


def _value(value: Value) -> dict[str, str]:
    plain = {"period": value.period, "value": value.text}
    return plain if value.shown == value.text else {**plain, "shown": value.shown}
