"""The whole way of the language half on perfect readings: what comes out is the truth, and nothing is flagged."""

import pytest

from chitieu.model import Indicator
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.documents import identify
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from normalizers.text import match_key
from tests.normalizers import way

NAMES = ("cao-bang-1139", "lai-chau-skhcn", "d00-rowspan", "d01-years", "d02-nested", "d03-seed5")


def extract(truth: dict) -> tuple[Indicator, ...]:
    table = way.build(truth)
    roles = label_columns(table)
    assert roles.is_indicator_table
    rows = read_rows(table, roles)
    return check(read_indicators(rows, roles, "abc"), rows)


def expected(truth: dict) -> list[tuple[str, ...]]:
    sections = {row["code"]: row["title"] for row in truth["rows"] if row["kind"] == "section"}
    return [
        (
            row["section"], sections[row["section"]], row["code"], row["indicator"],
            value["period"], row["unit"], value.get("shown", value["value"]), row["agency"],
        )
        for row in truth["rows"] if row["kind"] == "row"
        for value in row["values"] if value["value"]
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_indicators_are_the_truth(name: str) -> None:
    truth = way.load(name)
    found = [
        (i.section_code, i.section, i.code, i.indicator, i.period, i.unit, i.value_text, i.agency)
        for i in extract(truth)
    ]
    assert found == expected(truth)


@pytest.mark.parametrize("name", NAMES)
def test_perfect_readings_are_not_flagged(name: str) -> None:
    flagged = [(i.code, i.value_text, i.unit, str(flag)) for i in extract(way.load(name)) for flag in i.flags]
    assert flagged == []


@pytest.mark.parametrize("name", NAMES)
def test_record_ids_are_unique(name: str) -> None:
    ids = [indicator.record_id for indicator in extract(way.load(name))]
    assert len(ids) == len(set(ids))
    assert not any("~" in record_id for record_id in ids)


def test_children_carry_their_group() -> None:
    found = {i.code: i for i in extract(way.load("cao-bang-1139")) if i.section_code == "I"}
    assert found["9.1"].parent_code == "9"
    assert found["9.1"].group.startswith("Tăng cường thực hiện thủ tục hành chính")
    assert (found["20.1"].parent_code, found["20.1"].group) == ("20", "")


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_identified(name: str) -> None:
    truth = way.load(name)
    document = identify(way.heading(truth), "abc", f"{name}.pdf", "góp phần đưa Lai Châu trở thành tỉnh có kinh tế")
    assert document.number == truth["number"]
    assert (document.date.isoformat() if document.date else None) == truth["date"]
    assert document.province == truth["province"]
    assert document.appendix == truth["appendix"]
    assert match_key(document.title) == match_key(truth["title"])
    flags = [str(flag) for flag in document.flags]
    assert flags == (["blank_number:document_number", "blank_date:document_date"] if truth["date"] is None else [])
