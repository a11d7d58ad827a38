"""Every printed row is a record, a group, a section, a repeated header, or a flag on the records next to it."""

import pytest

from normalizers.captions import caption_period
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]
SECTION = ["I", ("Mục tiêu đến năm 2030", 1, 4), None, None, None]
YEARS = ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2026", "Năm 2027", "Năm 2028"]


def row(code: str, *values: str) -> list:
    return [code, f"Tỷ lệ số {code}", "%", *(values or ("5",)), "Sở Y tế"]


def flags(*rows: list) -> dict[str, list[str]]:
    table = way.table(list(rows))
    roles = label_columns(table)
    found = read_rows(table, roles)
    records = check(read_indicators(found, roles, "abc", caption_period(())), found)
    return {f"{i.code}/{i.period}": [str(flag) for flag in i.flags] for i in records if i.flags}


def without_cell(rows: list[list], row: int, col: int) -> list[list]:
    return [[None if (r, c) == (row, col) else text for c, text in enumerate(one)] for r, one in enumerate(rows)]


def test_a_row_without_a_cell_for_its_value_is_said_on_the_row_before() -> None:
    rows = [HEADER, SECTION, row("1"), row("2"), row("3")]
    assert flags(*rows) == {}
    assert "missing_row_after" in flags(*without_cell(rows, 3, 3))["1/2030"]


def test_the_first_row_without_a_cell_for_its_value_is_said_on_the_next() -> None:
    rows = [HEADER, SECTION, row("1"), row("2"), row("3")]
    assert "missing_row_before" in flags(*without_cell(rows, 2, 3))["2/2030"]


def test_a_row_merged_with_its_value_is_said_on_the_row_before() -> None:
    merged = ["2", ("Tỷ lệ số 2 % 5", 1, 3), None, None, "Sở Y tế"]
    assert "missing_row_after" in flags(HEADER, SECTION, row("1"), merged, row("3"))["1/2030"]


@pytest.mark.parametrize(("text", "is_row"), [("Tỷ lệ khác", True), ("mức trung bình của cả nước", False)])
def test_a_lone_text_is_a_row_lost_unless_it_goes_on_in_small_letters(text: str, is_row: bool) -> None:
    found = flags(HEADER, SECTION, row("1"), ["", "", "", text, ""], row("2"))
    assert found == {"1/2030": ["uncertain_join", *(["missing_row_after"] if is_row else [])]}


def test_a_header_again_is_no_row_though_the_first_one_was_soiled() -> None:
    soiled = ["STT", "tạn 4 Chỉ tiêu v ma", "u Đơn vị a", "Kết quả o 208o xvM", "Cơ quan chủ trì bhn"]
    assert flags(soiled, SECTION, row("1"), row("2"), HEADER, row("3"), row("4")) == {}


def test_a_year_without_any_cell_in_a_row_is_said_on_its_last_record() -> None:
    rows = [YEARS, *([code, f"Tỷ lệ số {code}", "%", "5", "6", "7"] for code in "123")]
    assert flags(*rows) == {}
    assert flags(*without_cell(rows, 2, 5)) == {"2/2027": ["missing_row_after:value_text"]}


def test_an_empty_year_among_filled_ones_is_no_loss() -> None:
    assert flags(YEARS, *([code, f"Tỷ lệ số {code}", "%", "5", "", "7"] for code in "123")) == {}
