"""Tables of pages become tables of the document: joined, their headers dropped, their cut rows sewn."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.tables import join_tables
from extractors.tracks import MIN_TRACK_PT
from tests.extractors.built import HEADER, SAMPLES, is_tiled, page, sample_table, texts

ONE = ("1", "Tỷ lệ hộ nghèo", "%", "≤ 5", "Sở Tài chính")
TWO = ("2", "Quy mô kinh tế số", "% GRDP", "≥ 30", "Sở Công Thương")
THREE = ("3", "Số doanh nghiệp", "Doanh nghiệp", "100", "Thuế tỉnh")


def joined(*pages):
    return join_tables("abc", pages)


def test_a_table_goes_on_over_the_page_without_its_repeated_header():
    (table,) = joined(page(1, HEADER, ONE), page(2, HEADER, TWO, THREE))
    assert texts(table) == [list(row) for row in (HEADER, ONE, TWO, THREE)]
    assert table.doubtful_rows == ()


def test_a_repeated_header_of_two_rows_is_dropped():
    numbers = ("(1)", "(2)", "(3)", "(4)", "(5)")
    (table,) = joined(page(1, HEADER, numbers, ONE), page(2, HEADER, numbers, TWO))
    assert texts(table) == [list(row) for row in (HEADER, numbers, ONE, TWO)]


def test_a_header_read_badly_the_second_time_is_dropped_too():
    (table,) = joined(page(1, HEADER, ONE), page(2, ("STI", "Chi tiêu", "Đơn vi", "Kêt quả", "Cơ quan chủ tri"), TWO))
    assert table.row_count == 3


def test_a_header_dropped_is_another_reading_of_the_first_one():
    again = ("STT", "Chi tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì")
    (table,) = joined(page(1, HEADER, ONE), page(2, again, TWO), page(3, HEADER, THREE))
    readings = {cell.col: [reading.text for reading in cell.readings] for cell in table.cells if cell.row == 0}
    assert readings[1] == [HEADER[1], "Chi tiêu", HEADER[1]]
    assert all(len(cell.readings) == 1 for cell in table.cells if cell.row > 0)


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (("I", ("Mục tiêu đến năm 2030", 4)), ("II", ("Mục tiêu đến năm 2045", 4))),
        (
            ("1", "Tỷ lệ hộ nghèo khu vực thành thị", "%", "≤ 5", "Sở Nông nghiệp và Môi trường"),
            ("8", "Tỷ lệ hộ nghèo khu vực nông thôn", "%", "≤ 7", "Sở Nông nghiệp và Môi trường"),
        ),
    ],
    ids=["section", "row"],
)
def test_a_row_under_the_repeated_header_is_kept_though_it_is_like_the_first(first, later):
    (table,) = joined(page(1, HEADER, first, ONE), page(2, HEADER, later, THREE))
    assert [row[0] for row in texts(table)] == ["STT", first[0], "1", later[0], "3"]


def test_a_first_row_like_no_header_is_kept():
    (table,) = joined(page(1, HEADER, ONE), page(2, TWO, THREE))
    assert table.row_count == 4


def test_cells_know_the_page_that_they_stand_on():
    (table,) = joined(page(1, HEADER, ONE), page(2, HEADER, TWO))
    assert [cell.regions[0].page for cell in table.cells if cell.col == 0] == [1, 1, 2]


@pytest.mark.parametrize(
    "other",
    [
        page(2, HEADER, TWO, head=("PHỤ LỤC II", "Danh mục nhiệm vụ")),
        page(2, HEADER[:3], TWO[:3], xs=(50.0, 90.0, 250.0, 500.0)),
        page(
            2, ("TT", "Nhiệm vụ", "Kinh phí", "Thời gian", "Ghi chú"), TWO, xs=(50.0, 130.0, 250.0, 320.0, 400.0, 500.0)
        ),
        page(3, HEADER, TWO),
    ],
    ids=["a caption of its own", "fewer columns", "other columns", "a page between"],
)
def test_another_table_is_not_joined(other):
    assert len(joined(page(1, HEADER, ONE), other)) == 2


def test_a_page_number_above_the_table_is_no_caption():
    assert len(joined(page(1, HEADER, ONE), page(2, HEADER, TWO, head=("2",)))) == 1


def test_a_page_that_lies_askew_on_the_glass_is_joined():
    shifted = tuple(x + 14 for x in page(1, HEADER).tables[0].grid.xs)
    assert len(joined(page(1, HEADER, ONE), page(2, HEADER, TWO, xs=shifted))) == 1


# The three cases of a row at a page's end.


def test_an_open_row_is_sewn_to_its_rest_without_a_number():
    begun = ("2", "Quy mô kinh tế", "% GRDP", "≥ 30", "Sở Công")
    rest = ("", "số của tỉnh", "", "", "Thương")
    (table,) = joined(page(1, HEADER, ONE, begun, is_open_below=True), page(2, HEADER, rest, THREE))
    assert texts(table)[2] == ["2", "Quy mô kinh tế số của tỉnh", "% GRDP", "≥ 30", "Sở Công Thương"]
    assert table.row_count == 4
    assert [region.page for cell in table.cells if cell.row == 2 for region in cell.regions] == [1, 2] * 5


def test_the_rest_of_a_cut_row_that_no_rule_parts_from_the_repeated_header_is_sewn_and_looked_at():
    begun = ("2", "Quy mô kinh tế", "% GRDP", "≥ 30", "Sở Công")
    again = (HEADER[0], f"{HEADER[1]}\nsố của tỉnh", *HEADER[2:4], f"{HEADER[4]}\nThương")
    (table,) = joined(page(1, HEADER, ONE, begun), page(2, again, THREE))
    whole = ["2", "Quy mô kinh tế số của tỉnh", "% GRDP", "≥ 30", "Sở Công Thương"]
    assert texts(table) == [list(HEADER), list(ONE), whole, list(THREE)]
    assert table.doubtful_rows == (2,)
    # The header is not told to have been read so.
    assert all(reading.text == cell.text for cell in table.cells for reading in cell.readings if cell.row == 0)


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        ("Chi tiêu", "số của tỉnh"),  # the header is misread
        ("Chỉ tiêu", "mạng 5G của tỉnh"),  # a figure that the first header has not
        ("Chỉ tiêu", "số của tỉnh và các huyện, thị xã, thành phố trên địa bàn theo quy định của Chính phủ"),
    ],
)
def test_neither_misread_letters_nor_figures_nor_length_hide_what_a_repeated_header_holds(header, rest):
    begun = ("2", "Quy mô kinh tế", "% GRDP", "≥ 30", "Sở Công Thương")
    (table,) = joined(page(1, HEADER, ONE, begun), page(2, (HEADER[0], f"{header}\n{rest}", *HEADER[2:]), THREE))
    assert texts(table) == [list(HEADER), list(ONE), [*begun[:1], f"{begun[1]} {rest}", *begun[2:]], list(THREE)]
    assert table.doubtful_rows == (2,)


def test_a_numbered_title_within_a_repeated_header_is_a_row_and_those_around_it_are_looked_at():
    again = (HEADER[0], f"{HEADER[1]}\nII. Về văn hóa", *HEADER[2:])
    (table,) = joined(page(1, HEADER, ONE, TWO), page(2, again, THREE))
    assert texts(table)[2:] == [list(TWO), ["", "II. Về văn hóa", "", "", ""], list(THREE)]
    assert table.doubtful_rows == (3, 4)


def test_a_header_broken_into_other_lines_the_second_time_holds_nothing_besides():
    again = (*HEADER[:3], "Kết\nquả", "Cơ quan\nchủ trì")
    (table,) = joined(page(1, HEADER, ONE), page(2, again, TWO))
    assert texts(table)[1:] == [list(ONE), list(TWO)]
    assert table.doubtful_rows == ()


def test_an_open_row_whose_number_is_printed_again_has_it_once():
    again = ("2", "của tỉnh", "", "", "")
    (table,) = joined(page(1, HEADER, ONE, TWO, is_open_below=True), page(2, again, THREE, is_open_above=True))
    assert texts(table)[2][:2] == ["2", "Quy mô kinh tế số của tỉnh"]


def test_a_first_row_with_its_own_number_is_not_sewn_though_the_page_lacks_its_last_rule():
    (table,) = joined(page(1, HEADER, ONE, TWO, is_open_below=True), page(2, HEADER, THREE))
    assert texts(table)[2:] == [list(TWO), list(THREE)]


def test_a_ruled_row_without_number_and_with_gaps_is_the_rest_of_the_row_before():
    rest = ("", "số của tỉnh", "", "", "")
    (table,) = joined(page(1, HEADER, ONE, TWO), page(2, HEADER, rest, THREE))
    assert texts(table)[2][1] == "Quy mô kinh tế số số của tỉnh"
    assert table.doubtful_rows == ()


def test_a_ruled_row_with_the_same_number_is_the_rest_of_the_row_before():
    rest = ("2.", "của tỉnh", "", "", "")
    (table,) = joined(page(1, HEADER, ONE, TWO), page(2, rest, THREE))
    assert table.row_count == 4


def test_a_ruled_row_without_number_and_else_full_is_in_doubt():
    other = ("", "Chỉ số phát triển con người", "Điểm", "> 0,7", "Thống kê tỉnh")
    (table,) = joined(page(1, HEADER, ONE, TWO), page(2, HEADER, other, THREE))
    assert table.row_count == 5
    assert table.doubtful_rows == (3,)


def test_a_row_of_another_shape_and_without_number_after_an_open_one_is_in_doubt():
    section = ("", ("Mục tiêu đến năm 2045", 4))
    (table,) = joined(page(1, HEADER, ONE, TWO, is_open_below=True), page(2, section, THREE))
    assert table.doubtful_rows == (3,)


def test_a_section_title_after_a_ruled_row_is_in_no_doubt():
    section = ("II", ("Mục tiêu đến năm 2045", 4))
    (table,) = joined(page(1, HEADER, ONE, TWO), page(2, section, THREE))
    assert (table.row_count, table.doubtful_rows) == (5, ())


def test_rows_of_a_table_without_numbers_are_not_sewn():
    plain = [("", *row[1:]) for row in (ONE, TWO, THREE)]
    (table,) = joined(page(1, HEADER, *plain[:2]), page(2, HEADER, plain[2]))
    assert table.row_count == 4


def test_the_sewn_reading_is_as_sure_as_its_less_certain_half():
    begun = page(1, HEADER, ONE, TWO, is_open_below=True)
    (table,) = joined(begun, page(2, ("", "của tỉnh", "", "", "")))
    assert [cell.readings[0].confidence for cell in table.cells if cell.row == 2] == [0.99] * 5


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3"]), *[st.sampled_from(["", "Tỷ lệ hộ nghèo", "năm", "%"]) for _ in range(4)]
    ),
    min_size=1,
    max_size=4,
)


@given(st.lists(st.tuples(ROWS, st.booleans(), st.booleans()), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_no_word_of_a_cell_is_lost_by_joining(pages):
    """Every cell of the pages, on which no header repeats, lies in exactly one cell of the tables."""
    contents = [
        page(number, *([HEADER] if number == 1 else []), *rows, is_open_above=above, is_open_below=below)
        for number, (rows, above, below) in enumerate(pages, start=1)
    ]
    tables = joined(*contents)
    assert all(map(is_tiled, tables))
    held = [region for table in tables for cell in table.cells for region in cell.regions]
    assert len(held) == len(set(held))
    written = [content for content in contents if any(cell.readings for cell in content.tables[0].cells)]
    assert set(held) == {cell.regions[0] for content in written for cell in content.tables[0].cells}


# The samples.

DIGITAL = [
    "digital/cao-bang-1139",
    "digital/lai-chau-skhcn",
    *(f"composed/digital/{name}" for name in ("d00-rowspan", "d01-years", "d02-nested", "d03-seed5")),
]


def true_rows(name: str) -> list[dict]:
    return json.loads((SAMPLES / "truth" / f"{name.split('/')[-1]}.json").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize("name", DIGITAL)
def test_the_table_of_a_sample_is_whole(name):
    table = sample_table(name)
    assert is_tiled(table)
    assert table.doubtful_rows == ()


@pytest.mark.parametrize("name", [name for name in DIGITAL if not name.endswith(("rowspan", "years"))])
def test_the_cells_of_a_born_digital_sample_are_those_of_the_truth(name):
    body = [[" ".join(text.split()) for text in row] for row in texts(sample_table(name))[1:]]
    assert [row[0].rstrip(".") for row in body] == [row["code"] for row in true_rows(name)]
    for given_row, true in zip(body, true_rows(name), strict=True):
        if true["kind"] == "section":
            assert given_row[1].casefold() == true["title"].casefold()
        elif true["kind"] == "row":
            value = true["values"][0]
            assert given_row[1:4] == [true["indicator"], true["unit"], value.get("shown", value["value"])]


@pytest.mark.parametrize(("code", "end"), [("12", "con người (HDI)"), ("23", "trong hệ thống chính trị")])
def test_rows_cut_by_the_end_of_a_page_are_sewn(code, end):
    table = sample_table("digital/cao-bang-1139")
    row = next(cell.row for cell in table.cells if cell.col == 0 and cell.text == code)
    cells = [cell for cell in table.cells if cell.row == row]
    assert all(len(cell.regions) == 2 for cell in cells)
    assert cells[1].text.endswith(end)


def test_only_those_rows_are_sewn():
    sewn = {cell.row for cell in sample_table("digital/cao-bang-1139").cells if len(cell.regions) > 1}
    assert len(sewn) == 2


def test_an_agency_merged_over_rows_is_one_cell():
    assert any(cell.row_span > 1 for cell in sample_table("composed/digital/d00-rowspan").cells)


@pytest.mark.ocr
def test_a_scan_has_the_rows_and_columns_of_its_original():
    scan, original = sample_table("composed/office/d03-seed5"), sample_table("composed/digital/d03-seed5")
    shapes = [[(c.row, c.col, c.row_span, c.col_span) for c in table.cells] for table in (scan, original)]
    assert shapes[0] == shapes[1]
    # the page was scanned askew; set upright, its cells lie where they were printed
    off = [a.regions[0].box.height - b.regions[0].box.height for a, b in zip(scan.cells, original.cells, strict=True)]
    assert max(map(abs, off)) < MIN_TRACK_PT
