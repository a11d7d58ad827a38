"""Provinces in headings and issuers."""

import pytest

from normalizers.data import read_csv
from normalizers.provinces import find_province


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "Cao Bằng", "04"), ("UBND tỉnh Lai Châu", "Lai Châu", "12"),
        ("tỉnh Hà Giang", "Hà Giang", "08"), ("Đăk Lăk", "Đắk Lắk", "66"), ("TP. Hồ Chí Minh", "Hồ Chí Minh", "79"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu", "79"), ("Tỉnh Thanh Hoá", "Thanh Hóa", "38"), ("TINH CAO BANG", "Cao Bằng", "04"),
        ("tỉnh Quảng Nam", "Quảng Nam", "48"), ("UBND tỉnh Thái Nguyên", "Thái Nguyên", "19"), ("tỉnh Cao Băng", "Cao Bằng", "04"),
    ],
)  # fmt: skip
def test_provinces_in_headings(text: str, name: str, code: str) -> None:
    found = find_province(text)
    assert found is not None
    assert (found.name, found.code) == (name, code)


@pytest.mark.parametrize("text", ["", "Bộ Khoa học và Công nghệ", "Hà Nội và Hải Phòng", "Quảng", "caobằng xx"])
def test_none_or_several_are_none(text: str) -> None:
    assert find_province(text) is None


def test_every_province_is_found_by_its_names() -> None:
    for row in read_csv("provinces_2025.csv"):
        for name in (row["old_name"], row["old_name"].upper()):
            found = find_province(name)
            assert found is not None
            assert (found.name, found.code) == (row["old_short"], row["new_code_gso"])
