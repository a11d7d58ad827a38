"""Agencies in the cells of decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.agencies import find_agency, format_agencies, seem_joined, split_agencies
from normalizers.data import read_csv


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sở Tài chính", ("Sở Tài chính",)),
        ("Công an tỉnh; Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh.", ("Công an tỉnh", "Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh")),
        ("Phòng Bưu chính - Viễn thông - Công nghệ thông tin", ("Phòng Bưu chính - Viễn thông - Công nghệ thông tin",)),
        ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Sở Tài chính\nSở Y tế", ("Sở Tài chính", "Sở Y tế")),
        ("Sở Tài chính, Sở Y tế", ("Sở Tài chính", "Sở Y tế")),
        ("Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh", ("Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh")),
        ("Sở Y tế, các sở", ("Sở Y tế, các sở",)),
        ("Sở Văn hóa, Thể thao và\nDu lịch\nSở Y tế", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế")),
        ("Phòng Bưu chính -\nViễn thông", ("Phòng Bưu chính - Viễn thông",)),
        ("Các sở, ngành,\nUBND các xã,", ("Các sở, ngành, UBND các xã",)),
        ("Sở Khoa học\nvà Công nghệ", ("Sở Khoa học và Công nghệ",)),
        ("- Sở Tài chính\n- Sở Y tế", ("Sở Tài chính", "Sở Y tế")),
        ("", ()),
        (" ; \n", ()),
    ],
)  # fmt: skip
def test_agencies_are_parted_by_semicolons_and_breaks(text: str, parts: tuple[str, ...]) -> None:
    assert split_agencies(text) == parts


@pytest.mark.parametrize(
    ("name", "abbreviation"),
    [
        ("Sở Khoa học và Công nghệ", "SKHCN"), ("Sở KH&CN", "SKHCN"), ("sở khoa học và công nghệ.", "SKHCN"),
        ("Văn phòng UBND tỉnh", "VP UBND"), ("Ngân hàng Nhà nước khu vực 5", "NHNN KV5"), ("Sở Y tế tỉnh Cao Bằng", "SYT"),
        ("Công an tỉnh", "CAT"), ("Công an tỉnh Lai Châu", "CAT"), ("Uỷ ban nhân dân", "UBND"), ("Sở VHTTDL", "SVHTTDL"),
        ("Sở Nông nghiệp & Môi trường", "SNNMT"), ("Chi cục Thống kê", "CTK"),
    ],
)  # fmt: skip
def test_known_agencies(name: str, abbreviation: str) -> None:
    assert find_agency(name) == abbreviation


@pytest.mark.parametrize(
    "name", ["", "Sở", "Công an tỉnh và Sở Y tế", "Ngân hàng Nhà nước khu vực 6", "Sở Khoa học", "Các sở, ngành"]
)
def test_unknown_agencies_are_none(name: str) -> None:
    assert find_agency(name) is None


def test_every_agency_is_found_by_its_name() -> None:
    for row in read_csv("agencies.csv"):
        assert find_agency(row["full_vi"]) == row["abbr"]


@given(st.text(alphabet="Sở tài,;\n-.và "))
def test_splitting_what_was_formatted_gives_the_same(text: str) -> None:
    parts = split_agencies(text)
    assert split_agencies(format_agencies(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch Sở Ngoại vụ", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Ngoại vụ")),
        ("Sở Khoa học và Công nghệ", ("Sở Khoa học và Công nghệ",)),
        ("Văn phòng Ủy ban nhân dân tỉnh", ("Văn phòng Ủy ban nhân dân tỉnh",)),
    ],
)
def test_two_known_names_behind_each_other_are_two(text: str, parts: tuple[str, ...]) -> None:
    assert split_agencies(text) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Ban Quản lý các Khu công nghiệp - Sở Nội vụ", ("Ban Quản lý các Khu công nghiệp", "Sở Nội vụ")),
        ("Bảo hiểm xã hội - Sở Công Thương", ("Bảo hiểm xã hội", "Sở Công Thương")),
        ("+ Sở Y tế + Các sở, ngành", ("Sở Y tế", "Các sở, ngành")),
        ("- Sở Y tế - UBND các xã, phường", ("Sở Y tế", "UBND các xã, phường")),
        ("- Sở Lao động - Thương binh và Xã hội - Công an tỉnh",
         ("Sở Lao động - Thương binh và Xã hội", "Công an tỉnh")),
        ("Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội",)),
        ("- Văn phòng HĐND - UBND tỉnh", ("Văn phòng HĐND - UBND tỉnh",)),
        ("Văn phòng Đoàn ĐBQH - HĐND tỉnh", ("Văn phòng Đoàn ĐBQH - HĐND tỉnh",)),
        ("Đài Phát thanh - Truyền hình tỉnh", ("Đài Phát thanh - Truyền hình tỉnh",)),
    ],
)  # fmt: skip
def test_bodies_in_a_list_of_bullets_are_parted_even_where_its_lines_are_lost(text: str, expected: tuple) -> None:
    assert split_agencies(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tài chính Ban Quản lý Khu du lịch Ba Bể", ("Sở Tài chính", "Ban Quản lý Khu du lịch Ba Bể")),
        ("Hội Làm vườn Báo Cao Bằng", ("Hội Làm vườn", "Báo Cao Bằng")),
        ("Trường Đại học Công an nhân dân", ("Trường Đại học Công an nhân dân",)),
        ("Trung tâm Xúc tiến Sở Công Thương", ("Trung tâm Xúc tiến Sở Công Thương",)),
        ("Cục Thuế tỉnh", ("Cục Thuế tỉnh",)),
    ],
)
def test_a_body_of_its_own_behind_another_is_a_second_one(text: str, names: tuple[str, ...]) -> None:
    assert split_agencies(text) == names


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Ban Điều phối Khu công nghệ cao Thuế tỉnh", ("Ban Điều phối Khu công nghệ cao", "Thuế tỉnh")),
        ("Sở Y tế Trung tâm Kiểm soát bệnh tật", ("Sở Y tế", "Trung tâm Kiểm soát bệnh tật")),
        ("UBND cấp xã Văn phòng Ủy ban nhân dân tỉnh", ("UBND cấp xã", "Văn phòng Ủy ban nhân dân tỉnh")),
    ],
)
def test_two_bodies_that_nothing_parts_are_doubted(text: str, bodies: tuple[str, str]) -> None:
    assert split_agencies(text) == (text,)
    assert seem_joined(text) == bodies


@pytest.mark.parametrize(
    "name",
    [
        "Ban Quản lý Khu kinh tế cửa khẩu",
        "Văn phòng HĐND và UBND",
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "Công an tỉnh; Sở Nội vụ",
        "Sở Lao động - Thương binh và Xã hội",
        "",
    ],
)
def test_one_body_is_not_doubted(name: str) -> None:
    assert seem_joined(name) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sở Nội vụ", "Ủy ban nhân dân các xã, phường"),
        ("Các sở, ngành có liên quan", "Sở Y tế"),
        ("Thanh tra tỉnh", "Ngân hàng Nhà nước chi nhánh khu vực"),
    ],
)
def test_bodies_whose_names_end_are_parted(first: str, second: str) -> None:
    assert split_agencies(f"{first} {second}") == (first, second)
