"""What goes wrong on the way from print to row is flagged, not swallowed."""

from dataclasses import replace

import pytest

from chitieu.model import FlagKind, Indicator, Rival
from normalizers.checks import check
from normalizers.codes import CodeKind, read_code, roman_value, split_code
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]
SECTION = ["I", ("Mục tiêu đến năm 2030", 1, 4), None, None, None]
AGENCY = "Sở Tài chính"


def extract(*rows: list, doubtful: tuple[int, ...] = ()) -> tuple[Indicator, ...]:
    table = way.table([HEADER, *rows], doubtful)
    roles = label_columns(table)
    raw = read_rows(table, roles)
    return check(read_indicators(raw, roles, "abc"), raw)


def row(code: str, title: str = "Tỷ lệ hộ nghèo", unit: str = "%", value: str = "5", agency: str = AGENCY) -> list:
    return [code, title, unit, value, agency]


def flags(indicators: tuple[Indicator, ...]) -> dict[str, list[str]]:
    return {i.code: [str(flag) for flag in i.flags] for i in indicators if i.flags}


def coded(*codes: str) -> dict[str, list[str]]:
    return flags(extract(SECTION, *(row(code) for code in codes)))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("1 2 3", {}),
        ("1 2 2.1 2.2 3", {}),
        ("1. 2. 3.", {}),
        ("1 3", {"3": ["missing_row_before"]}),
        ("2 3", {"2": ["missing_row_before"]}),
        ("1 2 8 4", {"8": ["sequence_broken:code"]}),
        ("1 1O 3", {"1O": ["sequence_broken:code"], "3": ["missing_row_before"]}),
        ("1 2 2.2 3", {"2.2": ["missing_row_before"]}),
        ("1 2.1 2.2 3", {"2.1": ["missing_row_before"]}),
    ],
)
def test_the_order_of_numbers_is_checked(codes: str, expected: dict) -> None:
    assert coded(*codes.split()) == expected


def test_a_number_twice_is_flagged_on_both_rows() -> None:
    found = extract(SECTION, row("1"), row("2"), row("2"), row("3"))
    assert [[str(f) for f in i.flags] for i in found] == [[], ["duplicate_code:code"], ["duplicate_code:code"], []]
    assert [i.record_id for i in found][2] == "abc-I-2-2030~2"


def test_numbers_that_start_again_put_all_rows_after_them_in_doubt() -> None:
    found = extract(SECTION, row("1"), row("2"), row("3"), row("1"), row("2"))
    assert all("sequence_broken:section" in map(str, i.flags) for i in found[3:])


def test_a_section_may_go_on_with_the_numbers() -> None:
    second = ["II", ("Mục tiêu đến năm 2045", 1, 4), None, None, None]
    assert flags(extract(SECTION, row("1"), row("2"), second, row("3"), row("4"))) == {}


def test_a_missing_section_is_flagged() -> None:
    third = ["III", ("Mục tiêu đến năm 2045", 1, 4), None, None, None]
    found = extract(SECTION, row("1"), third, row("1"))
    assert [[str(f) for f in i.flags] for i in found] == [[], ["missing_row_before:section"]]


def test_a_section_without_rows_is_flagged() -> None:
    second = ["II", ("Mục tiêu đến năm 2045", 1, 4), None, None, None]
    found = extract(SECTION, row("1"), second)
    assert [str(f) for f in found[0].flags] == ["missing_row_after"]


def test_rows_without_value_and_children_are_blank_and_flagged() -> None:
    found = extract(SECTION, row("1"), row("2", value=""), row("3"))
    assert found[1].value_kind == "blank"
    assert "empty_field:value_text" in map(str, found[1].flags)


def test_groups_give_no_record() -> None:
    found = extract(SECTION, ["1", "Nhóm chỉ tiêu về chính quyền số", "", "", ""], row("1.1"), row("2"))
    assert [(i.code, i.parent_code, i.group) for i in found] == [
        ("1.1", "1", "Nhóm chỉ tiêu về chính quyền số"),
        ("2", "", ""),
    ]
    assert flags(found) == {}


def test_bullets_are_counted_under_their_row() -> None:
    found = extract(SECTION, row("1"), row("-", "Nông thôn"), row("-", "Thành thị"), row("2"))
    assert [(i.code, i.parent_code) for i in found] == [("1", ""), ("1-1", "1"), ("1-2", "1"), ("2", "")]
    assert flags(found) == {}


def test_letters_keep_their_letter_and_know_their_row() -> None:
    found = extract(SECTION, row("1"), row("a)"), row("b)"), row("2"), row("a)"))
    assert [(i.code, i.parent_code) for i in found][1:3] == [("a", "1"), ("b", "1")]
    assert [i.record_id for i in found][-1] == "abc-I-2a-2030"
    assert flags(found) == {}


def test_codes_in_the_title_are_found() -> None:
    found = extract(SECTION, row("1"), row("", "- Nông thôn"), row("2"))
    assert (found[1].code, found[1].indicator) == ("1-1", "Nông thôn")


def test_a_row_without_number_among_numbered_ones_is_flagged() -> None:
    found = extract(SECTION, row("1"), row(""), row("3"))
    assert [[str(f) for f in i.flags] for i in found] == [[], ["empty_field:code"], ["missing_row_before"]]


def test_the_rest_of_a_row_cut_in_two_doubts_the_row() -> None:
    found = extract(SECTION, row("1"), ["", "", "", "mức trung bình của cả nước", ""], row("2"))
    assert flags(found) == {"1": ["uncertain_join"]}


def test_a_doubtful_join_doubts_the_row_and_the_one_before_it() -> None:
    assert flags(extract(SECTION, row("1"), row("2"), doubtful=(3,))) == {
        "1": ["uncertain_join"],
        "2": ["uncertain_join"],
    }


def test_a_second_reading_that_keeps_the_order_mends_a_code() -> None:
    table = way.table([HEADER, SECTION, row("1"), row("8"), row("3")])
    cells = tuple(
        way.cell(3, 0, "8", readings=(way.reading("8"), way.reading("2", "tesseract")))
        if (c.row, c.col) == (3, 0)
        else c
        for c in table.cells
    )
    mended = type(table)("abc", 0, cells)
    roles = label_columns(mended)
    raw = read_rows(mended, roles)
    found = check(read_indicators(raw, roles, "abc"), raw)
    assert [i.code for i in found] == ["1", "2", "3"]
    assert found[1].repairs[0].field == "code"
    assert flags(found) == {}


def test_print_that_was_not_read_is_flagged() -> None:
    table = way.table([HEADER, SECTION, row("1"), row("2"), row("3")])
    cells = tuple(way.cell(3, 3, quality=0.0) if (c.row, c.col) == (3, 3) else c for c in table.cells)
    unread = type(table)("abc", 0, cells)
    roles = label_columns(unread)
    raw = read_rows(unread, roles)
    found = check(read_indicators(raw, roles, "abc"), raw)
    assert flags(found)["2"] == ["low_confidence:value_text", "empty_field:value_text"]


def test_the_number_grammar() -> None:
    assert read_code("9. 1.").text == "9.1"
    assert read_code("III").kind is CodeKind.ROMAN
    assert read_code("1O").kind is CodeKind.OTHER
    assert roman_value("XIV") == 14
    assert split_code("100 doanh nghiệp")[1] == "100 doanh nghiệp"
    assert split_code("5G phủ sóng")[1] == "5G phủ sóng"


def test_units_come_out_of_values_where_no_column_has_them() -> None:
    table = way.table(
        [
            ["STT", "Chỉ tiêu", "Kết quả", "Cơ quan chủ trì"],
            ["I", ("Mục tiêu đến năm 2030", 1, 3), None, None],
            ["1", "Tỷ lệ hộ nghèo", "≤ 5%", AGENCY],
            ["2", "Số doanh nghiệp công nghệ số", "≥ 10 doanh nghiệp", AGENCY],
            ["3", "Lĩnh vực khoa học, công nghệ", "Đạt mức khá trong khu vực", AGENCY],
        ]
    )
    roles = label_columns(table)
    raw = read_rows(table, roles)
    found = check(read_indicators(raw, roles, "abc"), raw)
    assert [(i.unit, i.value_text) for i in found][:2] == [("%", "≤ 5%"), ("doanh nghiệp", "≥ 10 doanh nghiệp")]
    assert flags(found) == {}


def test_roman_rows_with_values_are_records_and_head_their_section() -> None:
    found = extract(row("I", "Tốc độ tăng trưởng GRDP"), row("1"), row("2"), row("II", "Thu ngân sách"), row("1"))
    assert [(i.section_code, i.code) for i in found] == [("I", "I"), ("I", "1"), ("I", "2"), ("II", "II"), ("II", "1")]
    assert all([str(f) for f in i.flags] == ["no_period:period"] for i in found)


def test_one_value_over_several_years_counts_for_each() -> None:
    table = way.table(
        [["STT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2027"], ["1", "Tỷ lệ hộ nghèo", "%", ("5", 1, 2), None]]
    )
    roles = label_columns(table)
    found = read_indicators(read_rows(table, roles), roles, "abc")
    assert [(i.period, i.value_text) for i in found] == [("2026", "5"), ("2027", "5")]


def test_a_lone_dash_beside_other_years_gives_nothing() -> None:
    table = way.table([["STT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2027"], ["1", "Tỷ lệ hộ nghèo", "%", "-", "5"]])
    roles = label_columns(table)
    assert [i.period for i in read_indicators(read_rows(table, roles), roles, "abc")] == ["2027"]


def test_sections_whose_year_is_disputed_doubt_all_their_rows() -> None:
    table = way.table([HEADER, SECTION, row("1"), row("2")])
    title = way.cell(1, 1, "x", 1, 4, readings=(
        way.reading("Mục tiêu đến năm 2030", confidence=0.8), way.reading("Mục tiêu đến năm 2035", "tesseract"),
    ))  # fmt: skip
    cells = tuple(title if (c.row, c.col) == (1, 1) else c for c in table.cells)
    disputed = type(table)("abc", 0, cells)
    roles = label_columns(disputed)
    found = read_indicators(read_rows(disputed, roles), roles, "abc")
    assert all("readers_disagree:period" in map(str, i.flags) for i in found)


def test_a_dot_that_was_lost_is_put_back_between_the_numbers_around_it() -> None:
    found = extract(SECTION, *(row(code) for code in ["1", "11", "1.2", "13", "2", "21", "2.2"]))
    assert [one.code for one in found] == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"]
    assert flags(found) == {}
    assert coded("1", "11", "12") == {"11": ["missing_row_before"]}


@pytest.mark.parametrize(
    ("codes", "guess", "expected"),
    [
        ("1 2 8 4", "3", {}),
        ("1 2 8 9", "3", {"8": ["missing_row_before"]}),
        ("1 2 8", "3", {"8": ["missing_row_before"]}),
        ("1 2 8 4", "5", {"8": ["sequence_broken:code"]}),
    ],
)
def test_a_second_guess_counts_between_the_numbers_that_it_joins(codes: str, guess: str, expected: dict) -> None:
    table = way.table([HEADER, SECTION, *(row(code) for code in codes.split())])
    guessing = replace(way.reading("8", confidence=0.8), rivals=(Rival("8", guess, 0.2),))
    cells = tuple(replace(one, readings=(guessing,)) if one.text == "8" else one for one in table.cells)
    twice = replace(table, cells=cells)
    roles = label_columns(twice)
    raw = read_rows(twice, roles)
    found = check(read_indicators(raw, roles, "abc"), raw)
    assert flags(found) == expected
    assert [repair.became for one in found for repair in one.repairs] == ([] if expected else ["3"])


def test_a_table_without_rows_gives_no_records() -> None:
    assert extract() == ()


def test_a_section_whose_number_is_unread_is_one_and_its_rows_are_doubted() -> None:
    unread = ["NV", ("Tầm nhìn đến năm 2030", 1, 4), None, None, None]
    found = extract(unread, row("1"), row("2"), ["II", ("Tầm nhìn đến năm 2035", 1, 4), None, None, None], row("1"))
    assert [(one.period, one.section) for one in found[:2]] == [("2030", "Tầm nhìn đến năm 2030")] * 2
    assert all("sequence_broken:section" in map(str, one.flags) for one in found[:2])
    assert "missing_row_before:section" in map(str, found[2].flags)


@pytest.mark.parametrize(("first", "second"), [("1", "II"), ("l", "11"), ("I", "11")])
def test_titles_numbered_like_roman_numbers_are_sections_whatever_they_say(first: str, second: str) -> None:
    titles = [[code, (title, 1, 4), None, None, None] for code, title in ((first, "Kinh tế"), (second, "Xã hội"))]
    found = extract(titles[0], row("1"), row("2"), titles[1], row("1"), row("2"))
    assert [one.section_code for one in found] == ["I", "I", "II", "II"]
    assert {str(flag) for one in found for flag in one.flags} == {"no_period:period"}


def test_the_first_of_roman_titles_is_known_where_the_numbers_go_on_over_them() -> None:
    titles = [[code, (title, 1, 4), None, None, None] for code, title in (("1", "Kinh tế"), ("II", "Xã hội"))]
    found = extract(titles[0], row("1"), row("2"), titles[1], row("3"), row("4"))
    assert [one.section_code for one in found] == ["I", "I", "II", "II"]


def test_the_first_of_roman_titles_is_known_where_no_row_has_a_number() -> None:
    titles = [[code, (title, 1, 4), None, None, None] for code, title in (("1", "Kinh tế"), ("II", "Xã hội"))]
    found = extract(titles[0], row(""), row(""), titles[1], row(""), row(""))
    assert [(one.section_code, one.section) for one in found] == [("I", "Kinh tế")] * 2 + [("II", "Xã hội")] * 2


def test_groups_numbered_1_and_2_are_no_sections() -> None:
    groups = [[code, (title, 1, 4), None, None, None] for code, title in (("1", "Kinh tế"), ("2", "Xã hội"))]
    found = extract(SECTION, groups[0], row("1.1"), row("1.2"), groups[1], row("2.1"))
    assert [(one.section_code, one.group) for one in found] == [("I", "Kinh tế")] * 2 + [("I", "Xã hội")]


@pytest.mark.parametrize(
    ("read", "codes"),
    [
        ("28 29 80 81 82 83 34", "28 29 30 31 32 33 34"),
        ("28 29 80 81 32 83 34", "28 29 30 31 32 33 34"),
        ("28 29 80 81 82 83", "28 29 80 81 82 83"),
        ("28 29 80 8182 82 83 84 35", "28 29 30 8182 32 33 34 35"),
        ("28 29 80 81 34", "28 29 80 81 34"),
        ("28 29 80 81 2 33", "28 29 80 81 2 33"),
        ("1 2 17 4", "1 2 17 4"),
    ],
)
@pytest.mark.parametrize("confidence", [0.86, 0.99])
def test_numbers_off_by_a_digit_are_counted_between_those_around_them(read: str, codes: str, confidence: float) -> None:
    table = way.table([HEADER, SECTION, *(row(code) for code in read.split())])
    unsure = tuple(
        replace(one, readings=(way.reading(one.text, confidence=confidence),)) if one.text[:1] == "8" else one
        for one in table.cells
    )
    roles = label_columns(replace(table, cells=unsure))
    raw = read_rows(replace(table, cells=unsure), roles)
    found = check(read_indicators(raw, roles, "abc"), raw)
    expected = codes if confidence < 0.98 else read
    assert [one.code for one in found] == expected.split()
    became = [one.code for one, was in zip(found, read.split(), strict=True) if one.code != was]
    assert [repair.became for one in found for repair in one.repairs] == became


def test_numbers_that_come_back_are_doubted_with_those_before_them_and_no_others() -> None:
    found = flags(extract(SECTION, *(row(code) for code in ("1", "2", "30", "31", "5", "6", "7", "8"))))
    broken = "sequence_broken:code"
    assert found == {"30": ["missing_row_before", broken], "31": [broken], "5": [broken]}


def joins(indicators: tuple[Indicator, ...]) -> dict[str, list[str]]:
    found = {i.code: [str(flag) for flag in i.flags if flag.kind is FlagKind.UNCERTAIN_JOIN] for i in indicators}
    return {code: flags for code, flags in found.items() if flags}


def test_a_name_that_goes_on_in_small_letters_doubts_its_row_and_the_one_before_it() -> None:
    names = ["Tỷ lệ hộ nghèo"] * 12
    rows = [row(str(n), name) for n, name in enumerate(names, 1)]
    rows[6] = row("7", "quyết thủ tục hành chính Xếp hạng chỉ số sẵn sàng")
    assert joins(extract(SECTION, *rows)) == {"6": ["uncertain_join:indicator"], "7": ["uncertain_join:indicator"]}


@pytest.mark.parametrize("count", [2, 5])
def test_one_such_name_is_doubted_among_few(count: int) -> None:
    rows = [row(str(n), "Tỷ lệ hộ nghèo") for n in range(1, count)] + [row(str(count), "nguyện Tỷ lệ hộ nghèo")]
    assert joins(extract(SECTION, *rows)) == {str(n): ["uncertain_join:indicator"] for n in (count - 1, count)}


@pytest.mark.parametrize("count", [1, 7])
def test_names_that_all_begin_with_small_letters_are_printed_so(count: int) -> None:
    assert joins(extract(SECTION, *[row(str(n), "tỷ lệ hộ nghèo") for n in range(1, count + 1)])) == {}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("9 10 1 2 13 14", "9 10 11 12 13 14"),  # ones run together
        ("9 10 I1 12", "9 10 11 12"),
        ("9 10 H 12", "9 10 11 12"),
        ("19 20 2 22", "19 20 21 22"),
        ("I 2 3", "1 2 3"),
        ("T 2 3", "1 2 3"),
        ("1 ) 3", "1 ) 3"),  # a bracket is no 2
        ("9 10 5 12", "9 10 5 12"),
        ("9 10 1 14", "9 10 1 14"),  # more numbers are lacking than rows
    ],
)
def test_ones_that_were_misread_are_counted_between_their_neighbours(codes: str, expected: str) -> None:
    found = extract(SECTION, *(row(code) for code in codes.split()))
    assert [record.code for record in found] == expected.split()
    changed = [record for record, code in zip(found, codes.split(), strict=True) if record.code != code]
    assert all(repair.read and repair.why for record in changed for repair in record.repairs if repair.field == "code")
    assert all(record.repairs for record in changed)


def test_specks_beside_a_number_are_none_of_it() -> None:
    found = extract(SECTION, *(row(code) for code in ("1", "– 2", "= 3", "4 L", "5")))
    assert [record.code for record in found] == ["1", "2", "3", "4", "5"]


def test_a_roman_one_with_values_heads_its_rows() -> None:
    found = extract(SECTION, row("I"), row("1"), row("2"))
    assert found[0].code != "1"


def test_bullets_behind_a_row_that_lost_its_mark_are_in_doubt() -> None:
    rows = [["1", "Nhóm chỉ tiêu", "", "", ""], row(""), row("-"), row("-"), row("2"), row("3")]
    found = [[str(flag) for flag in one.flags] for one in extract(SECTION, *rows)]
    assert found == [["empty_field:code"], ["sequence_broken:code"], ["sequence_broken:code"], [], []]
    assert flags(extract(SECTION, rows[0], row("-"), row("-"), row("2"))) == {}


def test_a_groups_title_in_the_cell_of_its_first_row_is_doubted() -> None:
    title = "Nhóm chỉ tiêu về hạ tầng thiết yếu\nSố xã đạt chuẩn nông thôn mới"
    found = extract(SECTION, row("1"), row("2", title), row("3", "Nhóm chỉ tiêu về hạ tầng\ncủa tỉnh"), row("4"))
    assert flags(found) == {"2": ["uncertain_join:indicator"]}


def test_a_title_torn_at_the_edge_of_the_first_column_is_whole() -> None:
    torn = ["II. Văn hóa", "- xã hội đến năm 2030", "", "", ""]
    found = extract(SECTION, row("1"), torn, row("1"), row("2"))
    assert [(one.section_code, one.section) for one in found[1:]] == [("II", "Văn hóa - xã hội đến năm 2030")] * 2
    assert flags(found) == {}


def test_a_section_that_begins_within_a_row_puts_all_rows_behind_it_in_doubt() -> None:
    third = ["II", ("Mục tiêu đến năm 2050", 1, 4), None, None, None]
    found = extract(SECTION, row("1"), row("II. 1 2"), row("2"), row("3"), third, row("1"))
    doubted = [any(flag.field == "section" for flag in one.flags) for one in found]
    assert doubted == [False, False, True, True, False]


def test_bullets_before_a_hole_may_have_lost_their_parent() -> None:
    found = extract(SECTION, row("1"), row("2"), row("-"), row("+"), row("4"), row("-"), row("5"))
    doubts = [sorted(str(flag) for flag in one.flags) for one in found]
    assert doubts == [[], [], ["sequence_broken:code"], ["sequence_broken:code"], ["missing_row_before"], [], []]


def test_a_text_that_ends_within_a_bracket_may_go_on_elsewhere() -> None:
    found = extract(SECTION, row("1", "Tỷ lệ hộ nghèo (bình quân cả giai"), row("2", "Tỷ lệ hộ nghèo (cả năm)"))
    assert [[str(flag) for flag in one.flags] for one in found] == [["uncertain_join:indicator"], []]


def test_a_bullet_whose_name_begins_small_may_be_the_rest_of_the_one_before() -> None:
    found = extract(SECTION, row("1"), row("-"), row("-", "trên địa bàn tỉnh"), row("-"), row("-"))
    doubted = ["uncertain_join:indicator" in map(str, one.flags) for one in found]
    assert doubted == [False, True, True, False, False]


def test_a_row_that_a_header_printed_again_goes_on_into_is_kept() -> None:
    """The rule between them is lost but for the number and the value."""
    again = ["STT", ("Chỉ tiêu Số xã", 2, 1), ("Đơn vị Xã", 2, 1), "Kết quả", ("Cơ quan chủ trì", 2, 1)]
    found = extract(SECTION, row("1"), again, ["2", None, None, "12", None])
    assert [one.code for one in found] == ["1", "2"]
    assert found[1].flags


def test_a_body_that_begins_small_where_the_others_do_not_is_what_a_page_end_left_of_one() -> None:
    bodies = ["Sở Y tế", "dựng", "Sở Xây dựng", "Thanh tra tỉnh"]
    found = extract(SECTION, *([*row(str(at))[:4], body] for at, body in enumerate(bodies, 1)))
    assert ["uncertain_join:agency" in map(str, one.flags) for one in found] == [False, True, False, False]
    usual = extract(SECTION, *([*row(str(at))[:4], body.lower()] for at, body in enumerate(bodies, 1)))
    assert not any("uncertain_join:agency" in map(str, one.flags) for one in usual)
