"""Identity of documents from page 1 and from the caption over the table."""

import datetime

import pytest

from chitieu.model import Box, Heading, Line, Region
from normalizers.documents import identify
from normalizers.symbols import find_symbol
from tests.normalizers import way

LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI", "Số: 84/QĐ-UBND")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Quảng Ngãi, ngày 13 tháng 5 năm 2025")


def head(left: tuple[str, ...] = LEFT, right: tuple[str, ...] = RIGHT) -> tuple[Line, ...]:
    lines: list[Line] = []
    for index, texts in enumerate(zip(left, right, strict=True)):
        for text, x in zip(texts, (80.0, 300.0), strict=True):
            lines.append(Line(Region(1, Box(x, 20.0 * index, x + 200, 20.0 * index + 15)), way.reading(text)))
    below = way.lines("QUYẾT ĐỊNH", "Về việc ban hành danh mục chỉ tiêu", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
                      "Căn cứ Quyết định số 913/QĐ-UBND ngày 15/3/2022 của UBND tỉnh Gia Lai;")  # fmt: skip
    return (*lines, *below)


def caption(text: str) -> tuple[Line, ...]:
    return way.lines("PHỤ LỤC II", "DANH MỤC CÁC CHỈ TIÊU", text)


def test_page_one_tells_all() -> None:
    document = identify(Heading(head(), ()), "abc", "a.pdf")
    assert (document.type, document.number, document.date) == ("Quyết định", "84/QĐ-UBND", datetime.date(2025, 5, 13))
    assert (document.issuer, document.province) == ("Ủy ban nhân dân tỉnh Quảng Ngãi", "Quảng Ngãi")
    assert document.title == "Về việc ban hành danh mục chỉ tiêu"
    assert document.flags == ()


def test_page_one_fills_what_the_appendix_left_blank() -> None:
    named = caption("(Kèm theo Quyết định số:      /QĐ-UBND ngày    tháng   năm 2025 của UBND tỉnh Quảng Ngãi)")
    document = identify(Heading(head(), named), "abc", "a.pdf")
    assert (document.number, document.date) == ("84/QĐ-UBND", datetime.date(2025, 5, 13))
    assert (document.appendix, document.title) == ("Phụ lục II", "DANH MỤC CÁC CHỈ TIÊU")
    assert document.flags == ()


def test_contradictions_are_flagged() -> None:
    named = caption("(Kèm theo Quyết định số 85/QĐ-UBND ngày 13/5/2025 của UBND tỉnh Quảng Ngãi)")
    flags = [str(flag) for flag in identify(Heading(head(), named), "abc", "a.pdf").flags]
    assert flags == ["identity_conflict:document_number"]


def test_a_caption_over_two_lines() -> None:
    named = way.lines(
        "Phụ lục I:", "DANH MỤC", "(Kèm theo Kế hoạch ban hành tại Quyết định số 1139/QD-UBNĐ",
        "ngày 09/7/2025 của Ủy ban nhân dân tỉnh Cao Bằng)",
    )  # fmt: skip
    document = identify(Heading(named, named), "abc", "a.pdf")
    assert (document.type, document.number) == ("Quyết định", "1139/QĐ-UBND")
    assert (document.issuer, document.province) == ("Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số: 3070. /KH-UBND", "3070/KH-UBND"),
        ("Số: 2858 /QĐ-UBND", "2858/QĐ-UBND"),
        ("số 33/2022/NQ-HĐND", "33/2022/NQ-HĐND"),
        ("số 57-NQ/TW", "57-NQ/TW"),
        ("số 1139/QÐ-UBND", "1139/QĐ-UBND"),
        ("số      /KH-SKHCN ngày", "/KH-SKHCN"),
    ],
)
def test_symbols(text: str, expected: str) -> None:
    found = find_symbol(text)
    assert found is not None
    assert found.text == expected


def test_a_misread_slash_is_not_taken_for_a_digit() -> None:
    found = find_symbol("số 1139lQĐ-UBND")
    assert found is not None
    assert found.text == "1139/QĐ-UBND"
