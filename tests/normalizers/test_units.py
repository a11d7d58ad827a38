"""Units as printed in decisions, and numbers that they do not allow."""

from decimal import Decimal

import pytest

from chitieu.model import ValueKind
from normalizers.data import read_csv, split_variants
from normalizers.units import find_unit, is_blank_unit, is_own_scale, unit_allows


@pytest.mark.parametrize(
    ("text", "unit_id"),
    [
        ("%", "pct"), ("( % )", "pct"), ("％", "pct"), ("Tỷ lệ %", "pct"), ("%/năm", "pct_year"), ("% / năm", "pct_year"),
        ("% GRDP", "pct_grdp"), ("%GRDP", "pct_grdp"), ("% tổng chi NSNN", "pct_state_budget"),
        ("Số doanh nghiệp/ 100.000 dân", "ent_100k"), ("doanh nghiệp/100000 dân", "ent_100k"),
        ("Số doanh nghiệp/1000 dân", "ent_1k"), ("Tổ chức, doanh nghiệp", "org_or_ent"),
        ("Chỉ số phát triển con người (HDI)", "hdi"), ("Người/vạn dân", "per_10k"), ("người/10.000 dân", "per_10k"),
        ("Tỉ đồng", "b_vnd"), ("tỷ đồng", "b_vnd"), ("Triệu đồng / người", "m_vnd_person"), ("Km²", "km2"), ("km2", "km2"),
        ("Mb/s", "mbps"), ("Thứ bậc", "rank"), ("MVA", "mva"), ("kVA", "kva"), ("Triệu quả", "m_egg"), ("số xã", "commune"),
        ("bác sỹ/1 vạn dân", "doctor_10k"), ("Thành phố, Tỉnh", "province"),
    ],
)  # fmt: skip
def test_units_as_printed(text: str, unit_id: str) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert unit.unit_id == unit_id


@pytest.mark.parametrize(
    "text", ["", "-", "8", "%%", "người vạn dân", "MB/s", "GB", "T", "tỷ", "% %", "doanh", "Sở Tài chính", "dồng"]
)
def test_an_unknown_unit_is_none(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize("text", ["", " ", "-", "–", "x", "X", '"', "…"])
def test_blank_units(text: str) -> None:
    assert is_blank_unit(text)


def test_a_spelling_names_one_unit() -> None:
    for row in read_csv("units.csv"):
        for spelling in (row["vi_unit"], *split_variants(row["variants"])):
            unit = find_unit(spelling)
            assert row["unit_id"] == "none" or (unit is not None and unit.unit_id == row["unit_id"]), spelling


@pytest.mark.parametrize(
    ("unit_text", "kind", "low", "high", "allowed"),
    [
        ("%", "number", "80", None, True), ("%", "number", "280", None, False), ("%", "number", "100", "100", True),
        ("%", "range", "8", "210", False), ("%/năm", "number", "120", "120", True), ("%/năm", "number", "220", None, False),
        ("Thứ bậc", "rank", None, "30", True), ("Thứ bậc", "rank", None, "0", False), ("Thứ bậc", "rank", None, "3.5", False),
        ("Thứ bậc", "rank", None, "257", False), ("%", "rank", None, "10", False), ("Thứ bậc", "qualitative", None, None, True),
        ("%", "trend", None, None, True), ("doanh nghiệp", "number", "2.5", None, False), ("người", "number", "-3", None, False),
        ("nghìn người", "number", "2.5", None, True), ("Chỉ số phát triển con người (HDI)", "number", "0.7", None, True),
        ("Chỉ số phát triển con người (HDI)", "number", "7", None, False), ("tỷ đồng", "number", "840000", None, True),
        ("Người/vạn dân", "number", "10.5", None, True),
    ],
)  # fmt: skip
def test_numbers_that_a_unit_does_not_allow(
    unit_text: str, kind: str, low: str | None, high: str | None, allowed: bool
) -> None:
    numbers = [None if number is None else Decimal(number) for number in (low, high)]
    assert unit_allows(find_unit(unit_text), ValueKind(kind), *numbers) is allowed


def test_no_unit_allows_all() -> None:
    assert unit_allows(None, ValueKind.NUMBER, Decimal(800), None)


@pytest.mark.parametrize(
    ("indicator", "is_own"),
    [
        ("Xếp hạng chỉ số cải cách hành chính cấp tỉnh", True),
        ("Thứ hạng PCI", True),
        ("Chỉ số chuyển đổi số cấp tỉnh (DTI)", True),
        ("Tỷ lệ hộ nghèo", False),
        ("Hạng mục công trình", False),
        ("Xếp hạngs", False),
        ("Số xã xếp hạng cao", False),
    ],
)
def test_indicators_that_name_their_own_scale(indicator: str, is_own: bool) -> None:
    assert is_own_scale(indicator) == is_own
