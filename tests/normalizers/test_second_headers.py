"""A header in the middle of a table: printed again, or that of another table under the same rules."""

import pytest

from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

FIRST = ["TT", "Chỉ tiêu", "Đơn vị tính", "Mức phấn đấu năm 2028", "Cơ quan chủ trì"]


def periods(second: list[str], code: str) -> list[str]:
    """The periods of two rows, the second one below another header and with this number."""
    table = way.table([
        FIRST, ["1", "Tỷ lệ hộ nghèo", "%", "80", "Sở Tài chính"], second,
        [code, "Tổng tỷ suất sinh", "Con/phụ nữ", "1,82", "Sở Y tế"],
    ])  # fmt: skip
    roles = label_columns(table)
    return [row.period for row in read_indicators(read_rows(table, roles), roles, "abc")]


@pytest.mark.parametrize(
    ("second", "code", "expected"),
    [
        (["Số TT", "Các chỉ tiêu", "Đơn vị tính", "Chỉ tiêu kế hoạch năm 2026", "Cơ quan thực hiện"], "1", "2026"),
        (FIRST, "2", "2028"),
        (FIRST, "1", "2028"),
        # printed again on the next page and misread: the rows go on counting
        ([*FIRST[:3], "Mức phấn đấu năm 2026", FIRST[4]], "2", "2028"),
        # a year that nobody plans for
        ([*FIRST[:3], "Mức phấn đấu năm 2088", FIRST[4]], "2", "2028"),
    ],
)
def test_another_year_over_rows_that_count_anew_is_theirs(second, code, expected):
    assert periods(second, code) == ["2028", expected]


def test_the_years_of_a_header_over_several_columns_stay():
    years = [["TT", "Chỉ tiêu", "Đơn vị", ("Giai đoạn 2026 - 2030", 1, 2), None], [None] * 3 + ["Năm 2026", "Năm 2030"]]
    years[0][:3] = [(text, 2, 1) for text in years[0][:3]]
    table = way.table(
        [*years, ["1", "Tỷ lệ hộ nghèo", "%", "80", "85"], *years, ["1", "Tổng tỷ suất sinh", "%", "2", "3"]]
    )
    roles = label_columns(table)
    assert [row.period for row in read_indicators(read_rows(table, roles), roles, "abc")] == ["2026", "2030"] * 2
