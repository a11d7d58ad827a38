"""Ways in which planners number the rows of their tables: legal ones raise nothing, a hole in any of them is seen."""

from dataclasses import replace

import pytest

from chitieu.model import Indicator
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kế hoạch năm 2030", "Cơ quan chủ trì"]
TITLES = ("Về kinh tế", "Về xã hội", "Về môi trường", "Về quốc phòng, an ninh", "Về chuyển đổi số")
NAMES = ("Tỷ lệ hộ nghèo", "Tỷ lệ đô thị hóa", "Số giường bệnh", "Tỷ lệ che phủ rừng", "Thu ngân sách")


def rows_of(style: str) -> list[list]:
    """`I!` a title over all columns, `1*` a row with number and title only, `1` a row with a value; `_` no number."""
    return [_row(token, index) for index, token in enumerate(style.split())]


def _row(token: str, index: int) -> list:
    code = token.rstrip("!*").replace("_", "")
    title, name = TITLES[index % 5], NAMES[index % 5]
    if token.endswith("!"):
        return [code, (title, 1, 4), None, None, None]
    if token.endswith("*"):
        return [code, title, "", "", ""]
    return [code, f"{name} {index}", "%", str(5 + index), "Sở Tài chính"]


def extract(style: str) -> tuple[Indicator, ...]:
    table = way.table([HEADER, *rows_of(style)])
    roles = label_columns(table)
    raw = read_rows(table, roles)
    return check(read_indicators(raw, roles, "abc"), raw)


def flags(found: tuple[Indicator, ...]) -> list[str]:
    return [f"{i.code}:{flag}" for i in found for flag in i.flags]


LEGAL = [
    "1 2 3 4",
    "1. 2. 3.",
    "01 02 03",
    "I! 1 2 II! 1 2",
    "I! 1 2 II! 3 4 III! 5",
    "I. 1. 2. II. 1. 2.",
    "I* 1 2 II* 1 2",
    "I 1 2 II 1 2",
    "A! 1 2 B! 1 2",
    "A! 1 2 B! 3 4",
    "A! I! 1 2 II! 1 2 B! I! 1 2",
    "A! I! 1 2 II! 3 4 B! III! 5 6",
    "A* I* 1 2 II* 1 2 B* I* 1",
    "1* 1.1 1.2 2* 2.1 2.2",
    "1 1.1 1.2 2 2.1",
    "1* 1.1* 1.1.1 1.1.2 1.2* 1.2.1 2* 2.1",
    "I! 1* 1.1 1.2 2 II! 1 2* 2.1 2.2",
    "1 a) b) c) 2 a) b)",
    "1 a b c d đ e 2",
    "1 a b c d e 2",
    "1* a) b) 2* a) b)",
    "1 - - 2 - -",
    "1 - + + - 2",
    "1 + + 2 +",
    "A! I! 1 a) - - b) 2 II! 1",
    "I! 1 1.1 a) b) 1.2 2",
    "_! 1 2 _! 1 2",
    "_! 1 2 _! 3 4",
    "_* 1 2 _* 3 4",
    "_* 1 2 _* 1 2",
    "_ _ _ _",
    "_! _ _ _! _ _",
    "_* _ _ _* _ _",
    "I! _ _ II! _ _",
    "I! - - II! - -",
    "I.1 I.2 II.1 II.2",
    "I! I.1 I.2 II! II.1 II.2",
    "1* _ _ 2* _ _",
    "I II III IV",
    "A B C",
    "a b c d",
    "I! 1 2 II III! 1 2",
    "1! 1.1 1.2 2! 2.1 2.2",
    "1) 2) 3)",
    "(1) (2) (3)",
    "A! 1* 1.1 1.2 B! 1* 1.1",
    "I! A* 1 2 B* 3 4 II! A* 1 2",
    "1 a b c d e g h 2",
]


@pytest.mark.parametrize("style", LEGAL)
def test_a_legal_numbering_raises_nothing(style: str) -> None:
    found = extract(style)
    records = [token for token in style.split() if not token.endswith(("!", "*"))]
    assert flags(found) == []
    assert len(found) == len(records)


HOLES = [
    ("1 2 4 5", "4", "3"),
    ("2 3 4", "2", "1"),
    ("1. 2. 4.", "4", "3"),
    ("I! 1 2 II! 1 3", "3", "2"),
    ("I! 1 2 II! 2 3", "2", "1"),
    ("I! 1 2 II! 4 5", "4", "3"),
    ("I! 1 2 III! 1 2", "1", "II"),
    ("I* 1 2 III* 1 2", "1", "II"),
    ("A! 1 2 C! 1 2", "1", "B"),
    ("A! I! 1 2 III! 1 2", "1", "II"),
    ("A! I! 1 II! 1 B! II! 1", "1", "I"),
    ("1* 1.1 1.3 2 2.1", "1.3", "1.2"),
    ("1* 1.2 1.3 2", "1.2", "1.1"),
    ("1 1.1 1.2 3", "3", "2"),
    ("1 2 3.1 3.2 4", "3.1", "3"),
    ("1* 1.1* 1.1.1 1.1.3 2", "1.1.3", "1.1.2"),
    ("1 a) c) 2", "c", "b"),
    ("1 b) c) 2", "b", "a"),
    ("1 a b c d e h 2", "h", "g"),
    ("1 a b đ e 2", "đ", "c"),
    ("1) 2) 4)", "4", "3"),
    ("I II IV", "IV", "III"),
    ("A B D", "D", "C"),
    ("a b d", "d", "c"),
    ("I.1 I.3 I.4", "I.3", "I.2"),
    ("_! 1 2 _! 4 5", "4", "3"),
    ("_* 1 2 _* 4 5", "4", "3"),
    ("1 - 3 -", "3", "2"),
]


@pytest.mark.parametrize(("style", "after", "lost"), HOLES)
def test_a_hole_is_seen_at_the_row_after_it(style: str, after: str, lost: str) -> None:
    doubted = [(i.code, flag) for i in extract(style) for flag in i.flags if flag.kind == "missing_row_before"]
    assert [code for code, _ in doubted] == [after]
    assert doubted[0][1].detail.startswith(f"{lost}, page ")


@pytest.mark.parametrize(
    ("style", "codes"),
    [
        ("1 - + + - 2", "1 1-1 1-1-1 1-1-2 1-2 2"),
        ("1 + + 2 - +", "1 1-1 1-2 2 2-1 2-1-1"),
        ("1 a) - + b) -", "1 a a-1 a-1-1 b b-1"),
        ("1* 1.1 a) b) 1.2 -", "1.1 a b 1.2 1.2-1"),
        ("1* -* + + -* +", "1-1-1 1-1-2 1-2-1"),
    ],
)
def test_a_plus_is_counted_under_the_dash_before_it(style: str, codes: str) -> None:
    assert " ".join(one.code for one in extract(style)) == codes


@pytest.mark.parametrize(
    ("style", "codes", "doubted"),
    [
        ("1 - _ - 2", "1 1-1 1-2 1-3 2", ["1-2:empty_field:code"]),
        ("1 - + _ + - 2", "1 1-1 1-1-1 1-1-2 1-1-3 1-2 2", ["1-1-2:empty_field:code"]),
    ],
)
def test_a_lost_mark_between_two_of_the_same_is_counted_and_doubted(style: str, codes: str, doubted: list[str]) -> None:
    found = extract(style)
    assert " ".join(one.code for one in found) == codes
    assert flags(found) == doubted


def test_a_dash_without_value_is_the_group_of_the_plus_rows_below() -> None:
    found = extract("1* -* + +")
    assert {one.group for one in found} == {TITLES[1]}


@pytest.mark.parametrize("one", ["I", "l", "L"])
def test_an_i_right_under_a_roman_title_is_the_group_one(one: str) -> None:
    found = extract(f"I! {one}* 1.1 1.2 2 II! {one}* 1.1 1.2")
    assert [(i.section_code, i.code, i.parent_code) for i in found] == [
        *[("I", code, parent) for code, parent in (("1.1", "1"), ("1.2", "1"), ("2", ""))],
        *[("II", code, parent) for code, parent in (("1.1", "1"), ("1.2", "1"))],
    ]


def test_an_i_under_a_capital_is_a_section_within_it() -> None:
    assert [(i.section_code, i.code) for i in extract("A! I! 1 2 II! 1 2 B! I! 1 2")][-1] == ("B.I", "2")


def test_a_wide_title_with_a_year_is_a_section_though_its_number_is_unreadable() -> None:
    rows = [["Ị N", ("Giai đoạn đến năm 2035", 1, 4), None, None, None], *rows_of("_ 2 3")]
    table = way.table([["STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu cần đạt", "Cơ quan chủ trì"], *rows])
    roles = label_columns(table)
    found = read_indicators(read_rows(table, roles), roles, "abc")
    assert [(i.section, i.period) for i in found] == [("Giai đoạn đến năm 2035", "2035")] * 3


@pytest.mark.parametrize(("next_codes", "code"), [(("2", "3"), "1"), (("1", "2"), "I")])
def test_a_stroke_that_another_reader_has_as_1_is_1_unless_rows_start_below_it(next_codes, code):
    read = replace(way.reading("I", confidence=0.8), witness="1")
    rows = [_row(one, index) for index, one in enumerate(("I", *next_codes))]
    table = way.table([HEADER, *rows])
    cells = tuple(replace(c, readings=(read,)) if (c.row, c.col) == (1, 0) else c for c in table.cells)
    table = replace(table, cells=cells)
    roles = label_columns(table)
    raw = read_rows(table, roles)
    assert check(read_indicators(raw, roles, "abc"), raw)[0].code == code
