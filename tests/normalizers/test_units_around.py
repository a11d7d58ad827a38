"""Where a table has no unit column, the unit stands around the value: in titles, brackets, captions."""

import pytest

from chitieu.model import Indicator
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

SECTION = "Về kinh tế"


def extract(
    title: str = "Thu ngân sách trên địa bàn", value: str = "1.250", header: str = "Kế hoạch 2030",
    section: str = SECTION, caption: str = "CHỈ TIÊU KINH TẾ",
) -> Indicator:  # fmt: skip
    rows = [["STT", "Chỉ tiêu", header], ["I", (section, 1, 2), None], ["1", title, value]]
    table = way.table(rows)
    lines = way.lines(*caption.split("\n"))
    roles = label_columns(table, lines)
    raw = read_rows(table, roles)
    (found,) = check(read_indicators(raw, roles, "abc"), raw)
    return found


@pytest.mark.parametrize(
    ("given", "unit"),
    [
        ({"title": "Thu ngân sách trên địa bàn (tỷ đồng)"}, "tỷ đồng"),
        ({"section": "Về kinh tế (Đơn vị: tỷ đồng)"}, "tỷ đồng"),
        ({"section": "Về kinh tế (ĐVT: triệu đồng)"}, "triệu đồng"),
        ({"caption": "CHỈ TIÊU KINH TẾ\nĐơn vị tính: Tỷ đồng"}, "Tỷ đồng"),
        ({"caption": "CHỈ TIÊU KINH TẾ\nĐVT: %", "value": "95"}, "%"),
        ({"header": "Kế hoạch 2030 (tỷ đồng)"}, "tỷ đồng"),
        ({"header": "Kế hoạch 2030, triệu đồng/người"}, "triệu đồng/người"),
        ({"header": "Kế hoạch 2030 - tỷ đồng"}, "tỷ đồng"),
        ({"value": "95%"}, "%"),
        ({"value": "1.250 tỷ đồng"}, "tỷ đồng"),
        ({"value": "95%", "caption": "CHỈ TIÊU KINH TẾ\nĐơn vị tính: tỷ đồng"}, "%"),
        ({"title": "Tỷ lệ hộ nghèo (%)", "value": "5", "caption": "Đơn vị tính: tỷ đồng"}, "%"),
    ],
)
def test_the_unit_nearest_to_the_value_counts(given: dict, unit: str) -> None:
    found = extract(**given)
    assert (found.unit, [str(flag) for flag in found.flags]) == (unit, [])


def test_brackets_that_hold_no_unit_are_no_unit() -> None:
    found = extract(title="Tốc độ tăng tổng sản phẩm (GRDP)", value="8,5")
    assert found.unit == ""
    assert "empty_field:unit" in map(str, found.flags)


def test_a_rank_or_an_index_needs_no_unit() -> None:
    for title, value in (("Chỉ số phát triển con người (HDI)", "0,75"), ("Xếp hạng PCI", "5")):
        found = extract(title=title, value=value)
        assert (found.unit, [str(flag) for flag in found.flags]) == ("", [])


def test_two_value_columns_without_years_are_in_doubt() -> None:
    table = way.table(
        [["STT", "Chỉ tiêu", "ĐVT", "Trung ương giao", "Chỉ tiêu tỉnh giao"], ["1", "GRDP", "%", "8", "9"]]
    )
    roles = label_columns(table, way.lines("CHỈ TIÊU NĂM 2026"))
    found = read_indicators(read_rows(table, roles), roles, "abc", "2026")
    assert all("header_not_understood" in (flag.kind for flag in i.flags) for i in found)
    assert found


@pytest.mark.parametrize("section", ["Về kinh tế (Đơn vị: tỷ đồng)", "Về kinh tế (ĐVT: tỷ đồng)", "Về kinh tế"])
def test_a_section_is_shown_without_its_unit(section: str) -> None:
    assert extract(section=section, value="1.250 tỷ đồng").section == "Về kinh tế"


def test_other_brackets_of_a_section_stay() -> None:
    assert extract(section="Về kinh tế (bắt buộc)").section == "Về kinh tế (bắt buộc)"


@pytest.mark.parametrize(("value", "unit"), [("30 mô đun", "mô đun"), ("Trên 30 bộ chỉ số", "bộ chỉ số")])
def test_a_unit_that_no_list_has_is_kept_with_a_flag(value: str, unit: str) -> None:
    found = extract(value=value)
    assert (found.unit, found.value_low, [str(flag) for flag in found.flags]) == (unit, 30, ["unknown_unit:unit"])


def test_a_unit_of_the_caption_whose_marks_were_misread_is_mended_and_recorded() -> None:
    found = extract(caption="CHỈ TIÊU KINH TẾ\nĐơn vị tính: tý đồng")
    assert (found.unit, found.unit_code) == ("tỷ đồng", "b_vnd")
    assert [(repair.read, repair.became) for repair in found.repairs] == [("tý đồng", "tỷ đồng")]
    assert found.flags == extract(caption="CHỈ TIÊU KINH TẾ\nĐơn vị tính: tỷ đồng").flags


def test_a_count_in_words_says_its_unit_itself() -> None:
    words = "Có ít nhất một khu công nghệ thông tin tập trung đi vào hoạt động"
    assert [str(flag) for flag in extract(value=words).flags] == []
    assert "empty_field:unit" in map(str, extract(value="5").flags)


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("Thứ bậc", "Có ít nhất một khu công nghệ thông tin tập trung đi vào hoạt động", []),
        ("", "Có ít nhất một khu công nghệ thông tin tập trung đi vào hoạt động", []),
        ("Thứ bậc", "Có ít nhất 01 khu công nghệ thông tin tập trung đi vào hoạt động", ["unparsed_value:value_text"]),
    ],
)
def test_a_sentence_with_a_number_word_asks_nobody_beside_a_unit(unit: str, value: str, expected: list[str]) -> None:
    table = way.table([["STT", "Chỉ tiêu", "ĐVT", "Năm 2030"], ["1", "Hạ tầng số", unit, value]])
    roles = label_columns(table)
    (found,) = read_indicators(read_rows(table, roles), roles, "abc")
    assert [str(flag) for flag in found.flags] == expected
