"""Value cells as printed, and misreadings that must not pass for values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chitieu.model import ValueKind
from normalizers.data import read_csv
from normalizers.units import find_unit
from normalizers.values import read_value, split_value_unit


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", read_csv("values.csv"), ids=lambda row: row["text"])
def test_every_line_of_the_table_of_values(row: dict[str, str]) -> None:
    value = read_value(row["text"], find_unit(row["unit_cell"]))
    assert value.kind == ValueKind(row["value_kind"])
    assert value.comparator == row["comparator"]
    assert (value.low, value.high) == (_number(row["value_low"]), _number(row["value_high"]))
    assert (value.unit_text, value.qualifier) == (row["unit_in_value"], row["qualifier"])
    assert value.is_understood


@pytest.mark.parametrize(
    "text",
    ["2 80", "z 80", "s 80", "7 80", "≥ 8O", "≥ 8 0", "≥≥ 80", "80 %%", ">_ 80", "1,2,3", "100.", "≥ 80.", "≥", "%", "80 -",
     "- 80", "-80", "80 90", "80\n90", "≥ 80\n≥ 90", "10-9", "9-9", "9--10", "từ 95%", "1O0", "l00", "IOO", "so", "bê lo",
     "tám mươi", "trên tám mươi phần trăm", "8,5% (tăng 0,5%)", "trên 80 trở lên", "80 trở lện", "80 triệu", "80 người",
     "Phan đấu 80", "Dạt 80", "khoảng ≥ 80", ">>60", "<>60", "≥ 80|", "|80", "80*", "80 (1)", "(80)", "40 _ 50", "40 . 50",
     "00", "5 lần", "2 800", "5 350", "9.10", "≥ 9-10", "80 O", "Theo hướng dẫn của Bô Khoa hoc", "20%-50", "~~"],
)  # fmt: skip
def test_misreadings_are_not_understood(text: str) -> None:
    value = read_value(text, find_unit("%"))
    assert not value.is_understood
    assert (value.low, value.high) == (None, None)


@pytest.mark.parametrize(
    ("text", "unit_text", "low", "high"),
    [
        ("1,2 nghìn tỷ", "tỷ đồng", "1200", "1200"),
        ("500 triệu đồng", "tỷ đồng", "0.5", "0.5"),
        ("77 triệu", "triệu đồng/người", "77", "77"),
        ("77,2 triệu đồng/người/năm", "triệu đồng/người", "77.2", "77.2"),
        ("3 nghìn", "doanh nghiệp", "3000", "3000"),
        ("05 bác sỹ/vạn dân", "bác sĩ/vạn dân", "5", "5"),
        ("80 - 100 triệu USD", "tỷ USD", "0.08", "0.1"),
    ],
)
def test_a_unit_in_the_value_is_converted(text: str, unit_text: str, low: str, high: str) -> None:
    value = read_value(text, find_unit(unit_text))
    assert value.is_understood
    assert (value.low, value.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "unit_text"),
    [("5 triệu đồng/người/tháng", "triệu đồng/người"), ("3.000 USD", "triệu đồng/người"), ("30% GDP", "% GRDP"),
     ("10 doanh nghiệp/1.000 dân", "doanh nghiệp/100.000 dân"), ("5 lần", "%"), ("50%", "Thứ bậc"), ("3 triệu", "")],
)  # fmt: skip
def test_units_that_do_not_go_together_are_doubted(text: str, unit_text: str) -> None:
    assert not read_value(text, find_unit(unit_text)).is_understood


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Khá", "qualitative"), ("2026-2030", "date"), ("12/2026", "date"), ("Hoàn thành năm 2027", "date"),
     ("100% số xã; 50% số thôn", "compound"), ("Thực hiện theo Quyết định số 57-NQ/TW", "deferred"),
     ("Đạt mức khá trong khu vực", "qualitative"), ("Ổn định", "trend")],
)  # fmt: skip
def test_words_and_dates(text: str, kind: str) -> None:
    value = read_value(text, None)
    assert (value.kind, value.is_understood) == (ValueKind(kind), True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("95%", ("95", "%")),
        ("1.250 tỷ đồng", ("1.250", "tỷ đồng")),
        ("≥ 12 bác sĩ/vạn dân", ("≥ 12", "bác sĩ/vạn dân")),
        ("20% - 50%", ("20 - 50", "%")),
        ("80% trở lên", ("80 trở lên", "%")),
        ("10 doanh nghiệp/1.000 dân", ("10", "doanh nghiệp/1.000 dân")),
        ("≥ 19,5 m2/người", ("≥ 19,5", "m2/người")),
        ("12 người/km2 trở lên", ("12 trở lên", "người/km2")),
        ("80", ("80", "")),
        ("Top 10", ("Top 10", "")),
        ("Theo hướng dẫn", ("Theo hướng dẫn", "")),
        ("35 giường bệnh và 19 bác sĩ", ("35 giường bệnh và 19 bác sĩ", "")),
        ("2 80%", ("2 80%", "")),
    ],
)
def test_a_value_is_split_from_its_unit(text: str, parts: tuple[str, str]) -> None:
    assert split_value_unit(text) == parts


@given(st.text(alphabet="0123456789.,-–≥≤<> %\nzsO/tỷ triệu trở lên"))
def test_no_digit_of_an_understood_number_is_lost(text: str) -> None:
    value = read_value(text, find_unit("%"))
    if value.is_understood and value.kind is ValueKind.NUMBER:
        number = value.low if value.low is not None else value.high
        assert number is not None
        printed = "".join(char for char in text if char.isdigit()).lstrip("0")
        assert "".join(map(str, number.as_tuple().digits)).lstrip("0") == printed


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_range_needs_a_lower_number_first(first: int, second: int) -> None:
    value = read_value(f"{first} - {second}", find_unit("%"))
    assert value.is_understood is (first < second)


@pytest.mark.parametrize(
    ("text", "comparator", "number"),
    [
        ("Có ít nhất một khu công nghệ thông tin tập trung đi vào hoạt động", ">=", 1),
        ("không quá ba ngày", "<=", 3),
    ],
)
def test_small_numbers_in_words_behind_a_comparison_are_numbers(text, comparator, number):
    value = read_value(text, None)
    assert (value.kind, value.comparator, value.low or value.high) == (ValueKind.NUMBER, comparator, number)


@pytest.mark.parametrize("text", ["Tối thiểu một phần ba", "Ít nhất hai mươi", "có ít nhất năm trường"])
def test_other_numbers_in_words_are_asked_about(text):
    assert not read_value(text, None).is_understood
