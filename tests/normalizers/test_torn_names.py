"""Names of bodies of which each half got into a cell of its own."""

import pytest

from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.repair import agree_columns
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]


def bodies(*names: str) -> list[str]:
    """What becomes of bodies below each other."""
    rows = [[str(n), f"Tỷ lệ thứ {n}", "%", str(20 + n), name] for n, name in enumerate(names, 1)]
    table = way.table([HEADER, *rows])
    mended = agree_columns(read_rows(table, label_columns(table)))
    return [mended[0, row, 4].text for row in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("Ban Quản lý Khu", "kinh tế", "Ban Quản lý Khu kinh tế"),
        ("Sở Nông nghiệp và", "Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Sở Xây dựng; Sở", "Giáo dục và Đào tạo", "Sở Xây dựng; Sở Giáo dục và Đào tạo"),
    ],
)
def test_halves_are_joined_in_both_rows(upper: str, lower: str, whole: str) -> None:
    assert bodies("Sở Y tế", upper, lower, "Sở Y tế") == ["Sở Y tế", whole, whole, "Sở Y tế"]


@pytest.mark.parametrize(
    ("upper", "lower"), [("Sở Y tế", "Sở Xây dựng"), ("Công an tỉnh", "Thanh tra tỉnh"), ("Sở lạ", "cơ quan lạ")]
)
def test_whole_names_and_what_makes_none_stay(upper: str, lower: str) -> None:
    assert bodies(upper, lower) == [upper, lower]


def test_a_speck_above_a_title_is_no_bullet() -> None:
    rows = [HEADER, [("+\n1. Tầm nhìn đến năm 2030", 1, 5), None, None, None, None]]
    rows += [[str(n), f"Tỷ lệ thứ {n}", "%", str(20 + n), "Sở Y tế"] for n in (1, 2)]
    table = way.table(rows)
    roles = label_columns(table)
    found = read_indicators(read_rows(table, roles), roles, "abc")
    assert {(one.section, one.period) for one in found} == {("Tầm nhìn đến năm 2030", "2030")}
