"""Tables without a header right after an indicator table: its rest, or something else."""

import pytest

from chitieu.model import Role
from normalizers.columns import label_columns
from normalizers.continuing import continued_roles, doubted
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2030", "Cơ quan chủ trì"]
FIRST = [HEADER, ["1", "Tỷ lệ hộ nghèo", "%", "5", "Sở Y tế"], ["2", "Thu ngân sách", "Tỷ đồng", "900", "Thuế tỉnh"]]
REST = [["3", "Tỷ lệ đô thị hóa", "%", "40", "Sở Xây dựng"], ["4", "Diện tích rừng", "Ha", "1.200", "Sở Tài chính"]]


def continued(rows: list[list[str]]):
    return continued_roles(way.table(rows), label_columns(way.table(FIRST)))


def test_a_rest_without_header_has_the_columns_of_the_table_before() -> None:
    roles = continued(REST)
    assert roles is not None
    assert roles.header_rows == 0
    assert [column.period for column in roles.of(Role.VALUE)] == ["2030"]


def test_a_rest_that_lost_its_last_column_is_one_too() -> None:
    roles = continued([row[:4] for row in REST])
    assert roles is not None
    assert not roles.of(Role.AGENCY)


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "Xây dựng kế hoạch", "Sở Y tế", "Quý I/2026", "Báo cáo"], ["2", "Tổng kết", "Thuế tỉnh", "2027", ""]],
        [["1", "Xây dựng kế hoạch", "Sở Y tế", "2026"], ["2", "Tổng kết đề án", "Thuế tỉnh", "2027"]],
        [["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"], ["- Như Điều 3;", "CHỦ TỊCH"]],
        [["3", "Tỷ lệ đô thị hóa", "%", "40", "Sở Xây dựng", "x"]],
    ],
)
def test_other_things_without_header_are_no_rest(rows: list[list[str]]) -> None:
    assert continued(rows) is None


@pytest.mark.parametrize(("all_rows", "expected"), [(False, [True, False]), (True, [True, True])])
def test_a_rest_begins_in_doubt(all_rows: bool, expected: list[bool]) -> None:
    rows = doubted(read_rows(way.table(REST), continued(REST)), all_rows=all_rows)
    assert [row.is_doubtful for row in rows] == expected
