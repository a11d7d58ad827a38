"""Roles of columns by their header."""

import pytest

from chitieu.model import Column, FlagKind, Role
from normalizers.captions import caption_period, title_unit
from normalizers.columns import is_numbering_row, label_columns
from tests.normalizers import way

BODY = {
    "code": "1", "indicator": "Tỷ lệ hộ nghèo", "unit": "%", "value": "≥ 80",
    "agency": "Sở Tài chính", "coagency": "Sở Y tế", "note": "Căn cứ Nghị quyết", "ignored": "abc", "unknown": "xyz",
}  # fmt: skip


def roles_of(*titles: str, caption: str = "", body: tuple[str, ...] = ()) -> list[str]:
    return [column.role.value for column in label(*titles, caption=caption, body=body).columns]


def label(*titles: str, caption: str = "", body: tuple[str, ...] = ()):
    rows = [list(titles), list(body or ["1", "Tỷ lệ hộ nghèo", *["x"] * (len(titles) - 2)])]
    return label_rows(rows, caption)


def label_rows(rows: list, caption: str = ""):
    return label_columns(way.table(rows), way.lines(caption) if caption else ())


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ("STT|Chỉ tiêu|Đơn vị|Kết quả|Cơ quan chủ trì theo dõi, đánh giá", "code indicator unit value agency"),
        ("TT|Chỉ tiêu|Đơn vị|Kết quả|Đơn vị theo dõi, đánh giá", "code indicator unit value agency"),
        ("STT|Chỉ tiêu|Đơn vị tính|Mục tiêu năm 2030|Đơn vị chủ trì", "code indicator unit value agency"),
        ("Số TT|Tên chỉ tiêu|ĐVT|Năm 2026|Đơn vị thực hiện|Đơn vị phối hợp", "code indicator unit value agency coagency"),
        ("STT|Nội dung chỉ tiêu|ĐVT|Mục tiêu|Cơ quan chủ trì|Cơ quan phối hợp|Ghi chú",
         "code indicator unit value agency coagency note"),
        ("TT|Mục tiêu|Đơn vị tính|Kế hoạch năm 2026", "code indicator unit value"),
        ("STT|Chỉ tiêu|Đến hết năm 2026|Tầm nhìn đến năm 2045|Đơn vị chủ trì|Đơn vị phối hợp, cung cấp số liệu",
         "code indicator value value agency coagency"),
        ("STT|Chỉ tiêu|Mức phấn đấu|Nguồn số liệu/minh chứng|Thời hạn|Ghi chú",
         "code indicator value ignored ignored note"),
        ("STT|Chỉ tiêu|Chỉ tiêu giao|Đơn vị|ĐVT", "code indicator value agency unit"),
        ("STT|Chi tiêu|Đơn vi|Kêt quả|Cơ quan chu trì", "code indicator unit value agency"),
    ],
)  # fmt: skip
def test_headers_name_roles(titles: str, expected: str) -> None:
    assert roles_of(*titles.split("|")) == expected.split()


@pytest.mark.parametrize(
    ("titles", "caption"),
    [
        ("TT|Nội dung nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian hoàn thành", ""),
        ("TT|Nội dung|Sản phẩm|Cơ quan chủ trì|Thời gian", "DANH MỤC NHIỆM VỤ"),
        ("TT|Nhiệm vụ|Kết quả|Cơ quan chủ trì", ""),
        ("TT|Nội dung|Đơn vị tính|Năm 2026|Năm 2027", "DỰ TOÁN KINH PHÍ THỰC HIỆN"),
        ("TT|Loại đất|Mã|Diện tích|Cơ cấu (%)", ""),
        ("TT|Chỉ tiêu sử dụng đất|Mã|Hiện trạng năm 2025|Giai đoạn 2026-2030", ""),
        ("TT|Tên thủ tục hành chính|Thời hạn giải quyết|Phí, lệ phí (nếu có)|Căn cứ pháp lý", ""),
        ("TT|Chức năng sử dụng đất|Ký hiệu|Diện tích ô đất|Mật độ xây dựng", ""),
        ("TT|Tên dự án|Tổng mức đầu tư|Kế hoạch vốn năm 2026", ""),
        ("TT|Nội dung|Kết quả|Cơ quan chủ trì", ""),
    ],
)
def test_tables_of_other_things_are_no_indicator_tables(titles: str, caption: str) -> None:
    assert not label(*titles.split("|"), caption=caption).is_indicator_table


def test_a_table_without_header_has_no_roles() -> None:
    roles = label_rows([["5", "Tỷ lệ hộ nghèo", "%", "10"], ["6", "Tỷ lệ đô thị hóa", "%", "40"]])
    assert roles.header_rows == 0
    assert not roles.is_indicator_table


def test_the_period_is_that_of_the_lowest_header() -> None:
    truth = way.load("d01-years")
    roles = label_columns(way.build(truth))
    assert roles.header_rows == 2
    assert [c.period for c in roles.of(Role.VALUE)] == ["2025", "2026", "2027", "2028", "2029", "2030"]


def test_second_levels_without_spans_and_numbers_belong_to_the_header() -> None:
    roles = label_rows(
        [
            ["STT", "Chỉ tiêu", "ĐVT", ("Mục tiêu", 1, 2), None],
            ["", "", "", "Năm 2026", "Năm 2030"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Tỷ lệ hộ nghèo", "%", "5", "3"],
        ]
    )
    assert roles.header_rows == 3
    assert [c.period for c in roles.of(Role.VALUE)] == ["2026", "2030"]


def test_years_under_money_are_no_targets() -> None:
    rows = [
        [("STT", 2, 1), ("Nội dung", 2, 1), ("Kinh phí (triệu đồng)", 1, 2), None],
        [None, None, "Năm 2026", "Năm 2027"],
        ["1", "Xây dựng trụ sở", "100", "200"],
    ]
    assert not label_rows(rows).is_indicator_table


def test_titles_above_the_header_inside_the_grid_are_passed_over() -> None:
    roles = label_rows(
        [
            [("Đơn vị tính: tỷ đồng", 1, 3), None, None],
            ["STT", "Chỉ tiêu", "Năm 2030"],
            ["1", "Thu ngân sách", "100"],
        ]
    )
    assert roles.header_rows == 2
    assert roles.unit == "tỷ đồng"


def test_a_column_not_understood_is_flagged_only_if_something_stands_in_it() -> None:
    titles = ("STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Zebra")
    assert label(*titles).flags[0].kind is FlagKind.HEADER_NOT_UNDERSTOOD
    assert label(*titles, body=("1", "Tỷ lệ", "%", "5", "")).flags == ()


def test_a_value_column_with_an_unreadable_title_is_kept_and_flagged() -> None:
    roles = label("STT", "Chỉ tiêu", "Đơn vị", "Kxt qzz", body=("1", "Tỷ lệ", "%", "≥ 5"))
    assert roles.is_indicator_table
    assert roles.flags


def test_year_columns_that_run_backwards_are_flagged() -> None:
    roles = label("STT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2021", "Năm 2028")
    assert [str(flag) for flag in roles.flags] == ["header_not_understood:period"]


def test_captions_give_unit_and_period() -> None:
    assert label("STT", "Chỉ tiêu", "Năm 2030", caption="(Đơn vị tính: tỷ đồng)").unit == "tỷ đồng"
    assert caption_period(way.lines("CHỈ TIÊU ĐẾN NĂM 2030", "(Kèm theo Quyết định số 1/QĐ-UBND năm 2025)")) == "2030"


def test_numbers_of_columns_are_no_row() -> None:
    assert is_numbering_row(("(1)", "(2)", "(3)", "(4)"))
    assert is_numbering_row(("A", "B", "1", "2", "3=2/1"))
    assert is_numbering_row(("(1)", "(2)", "(3)", "(4)", "(5)", "vU"))
    assert not is_numbering_row(("(1)", "(2)", "(3)", "(4)", "Sở Tài chính"))
    assert not is_numbering_row(("(1)", "(2)", "(3)", "%", "5"))
    assert not is_numbering_row(("1", "Tỷ lệ", "%", "5"))


def test_units_stand_in_titles_too() -> None:
    column = label("STT", "Chỉ tiêu", "Mục tiêu năm 2030 (%)").of(Role.VALUE)[0]
    assert title_unit(column) == "%"
    assert column.period == "2030"


@pytest.mark.parametrize("title", ["ST T", "_ Số TT", "S T T"])
def test_a_number_column_that_is_too_narrow_for_its_title_is_one(title: str) -> None:
    table = way.table([[title, "Chỉ tiêu", "Đơn vị", "Kết quả"], ["1", "Tỷ lệ hộ nghèo", "%", "5"]])
    assert label_columns(table).columns[0].role is Role.CODE


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Mục tiêu 2030 (ĐVT: %)", "%"),
        ("Năm 2030 [Đơn vị tính: tỷ đồng]", "tỷ đồng"),
        ("Mục tiêu (tỷ đồng) năm 2030", "tỷ đồng"),
        ("Năm 2030 tính bằng %", "%"),
        ("Năm 2030 tỷ đồng", "tỷ đồng"),
        ("Kế hoạch (ĐVT: nghìn quả trứng)", "nghìn quả trứng"),
        ("Năm 2026 (ước thực hiện)", ""),
        ("Mục tiêu giai đoạn 2026 - 2030", ""),
    ],
)
def test_a_title_gives_its_unit_without_the_words_around_it(title: str, unit: str) -> None:
    assert title_unit(Column(0, Role.VALUE, title, "")) == unit


def test_a_stroke_read_as_a_letter_does_not_hide_what_a_header_says() -> None:
    titles = ("STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "ĐƠN VỊ CHỦ T TRÌ", "CÁC CƠ QUAN É PHỐI HỢP")
    assert roles_of(*titles) == ["code", "indicator", "unit", "value", "agency", "coagency"]


def test_one_header_cell_over_two_columns_of_bodies_is_doubted() -> None:
    header = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", ("Chủ trì Đơn vị phối hợp", 1, 2), None]
    body = ["1", "Tỷ lệ hộ nghèo", "%", "5", "Sở Y tế", "Sở Nội vụ"]
    roles = label_rows([header, body])
    assert [str(flag) for flag in roles.flags] == ["header_not_understood"]
    apart = label_rows([["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Chủ trì", "Đơn vị phối hợp"], body])
    assert apart.flags == ()


@pytest.mark.parametrize(
    ("values", "is_read"),
    [(("95%", "≥ 12 bác sĩ/vạn dân", "1.250 tỷ đồng"), True), (("95 tỷ đồng", "12 tỷ đồng", "1.250 tỷ đồng"), False)],
)
def test_values_in_many_units_make_a_bare_content_one_of_indicators(values: tuple[str, ...], is_read: bool) -> None:
    rows = [[str(index + 1), f"Việc {index}", value, "Sở Y tế"] for index, value in enumerate(values)]
    roles = label_rows([["STT", "Nội dung", "Kết quả năm 2027", "Đơn vị chủ trì"], *rows])
    assert roles.is_indicator_table is is_read


def test_of_two_columns_under_one_title_the_one_with_bodies_is_that_of_bodies() -> None:
    header = ["STT", "CÁC CHỈ TIÊU", ("KẾT QUẢ CƠ QUAN CẦN ĐẠT CHỦ TRÌ", 1, 2), None, "ĐƠN VỊ PHỐI HỢP"]
    body = [[str(n), "Tỷ lệ hộ nghèo", "≥ 80%", "Sở Tài chính", "Sở Y tế"] for n in (1, 2, 3, 4)]
    roles = label_rows([header, *body])
    assert [column.role.value for column in roles.columns] == ["code", "indicator", "value", "agency", "coagency"]
    years = ["STT", "CÁC CHỈ TIÊU", ("KẾT QUẢ CẦN ĐẠT", 1, 2), None, "ĐƠN VỊ CHỦ TRÌ"]
    numbers = [[str(n), "Tỷ lệ hộ nghèo", "≥ 80%", "≥ 90%", "Sở Y tế"] for n in (1, 2, 3, 4)]
    roles = label_rows([years, *numbers])
    assert [column.role.value for column in roles.columns] == ["code", "indicator", "value", "value", "agency"]


def test_a_column_of_specks_is_no_column_that_was_not_understood() -> None:
    titles = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì", ""]
    row = ["1", "Tỷ lệ hộ nghèo", "%", "80", "Sở Y tế"]
    assert label_rows([titles, [*row, "–"], [*row, ". -"]]).flags == ()
    assert [str(flag) for flag in label_rows([titles, [*row, "–"], [*row, "12"]]).flags] == ["header_not_understood"]


def test_a_whole_caption_may_stand_in_the_grid_above_the_header() -> None:
    caption = [["", "PHỤ LỤC II", "", ""], ["", "HỆ THỐNG CHỈ TIÊU", "x", ""], ["", "(Kèm theo", "", "1/QĐ-UBND"]]
    caption += [["", "", "của UBND tỉnh)", ""], ["", "", "", "x"]]
    body = [["1", "Tỷ lệ hộ nghèo", "%", "5"], ["2", "Tỷ lệ che phủ rừng", "%", "50"]]
    rows = [*caption, ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2030"], *body]
    roles = label_rows(rows)
    assert (roles.header_rows, roles.is_indicator_table) == (6, True)
    # Rows are no caption: the header below them is another table's.
    assert label_rows([*body * 3, *rows[5:]]).header_rows == 0


def test_years_below_names_that_span_nothing_are_of_the_header():
    texts = [
        ["STT", "Chỉ tiêu", "Đơn vị", "Ước thực hiện", "", "", "Cơ quan chủ trì"],
        ["", "", "", "2025", "2026", "2027", ""],
        ["1", "Tỷ lệ hộ nghèo", "%", "5", "4", "3", "Sở Y tế"],
    ]
    roles = label_columns(way.table(texts))
    assert roles.header_rows == 2
    assert [column.period for column in roles.columns] == ["", "", "", "2025", "2026", "2027", ""]
    values = [*texts[:1], ["1", "Năm hoàn thành", "Năm", "2025", "2026", "2027", "Sở Y tế"]]
    assert label_columns(way.table(values)).header_rows == 1


def test_a_row_with_a_number_is_none_of_the_header_whose_cells_go_on_into_it() -> None:
    """As where the rule below the header is lost, but for its first and last columns."""
    merged = [("Chỉ tiêu Tỷ lệ hộ nghèo", 2, 1), ("Đơn vị %", 2, 1)]
    rows = [["STT", *merged, "Kế hoạch năm 2030"], ["8.", None, None, "5"]]
    assert label_rows(rows).header_rows == 1
    assert label_rows([["STT", *merged, "Kế hoạch năm 2030"], ["", None, None, "(Số liệu)"]]).header_rows == 2
