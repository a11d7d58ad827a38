"""Rows and merged cells at a page's end: what is one row, what are two, and what is in doubt."""

import pytest

from chitieu.model import Table
from extractors.brinks import Brink
from extractors.tables import join_tables
from tests.extractors.built import HEADER, is_tiled, page, texts

ONE = ("1", "Tỷ lệ hộ nghèo đa chiều", "%", "≤ 5", "Sở Tài chính")
TWO = ("2", "Quy mô kinh tế số", "% GRDP", "≥ 30", "Sở Công Thương")
THREE = ("3", "Số doanh nghiệp công nghệ", "Doanh nghiệp", "100", "Thuế tỉnh")
FOUR = ("4", "Tỷ lệ đô thị hóa", "%", "45", "Sở Xây dựng")
NO_NUMBER_HEADER = HEADER[1:]
WRAPPED = Brink(above=0.4, below=0.4, last=14.0, first_word=2.0, width=15.0)
ENDED = Brink(above=0.4, below=0.4, last=5.0, first_word=2.0, width=15.0)
LOOSE = Brink(above=0.4, below=9.0, last=14.0, first_word=2.0, width=15.0)


def joined(*pages) -> Table:
    (table,) = join_tables("abc", pages)
    assert is_tiled(table)
    return table


def over_page(last, first, *, is_open=False, header=False, ends=None, begins=None, numbered=True) -> Table:
    """A table whose page 1 ends with one row and whose page 2 begins with another."""
    titles, *body = (HEADER, ONE, TWO) if numbered else (NO_NUMBER_HEADER, ONE[1:], TWO[1:])
    xs = {} if numbered else {"xs": (90.0, 250.0, 320.0, 400.0, 500.0)}
    after = FOUR if numbered else FOUR[1:]
    wide = 1 if numbered else 0
    upper = page(1, titles, *body, last, is_open_below=is_open, brinks={(3, wide): ends} if ends else None, **xs)
    at = (1 if header else 0, wide)
    rows = ([titles] if header else []) + [first, after]
    return joined(upper, page(2, *rows, brinks={at: begins} if begins else None, **xs))


REST = ("", "cao của tỉnh", "", "", "")


@pytest.mark.parametrize("header", [False, True], ids=["no header", "header again"])
@pytest.mark.parametrize("is_open", [False, True], ids=["ruled off", "open"])
@pytest.mark.parametrize(
    "rest",
    [
        REST,
        ("3", "cao của tỉnh", "", "", ""),
        ("", "cao của tỉnh", "", "", "và Sở Tài chính"),
        ("", "", "", "", "và Sở Tài chính"),
        ("", "Thành phố Hồ Chí Minh", "", "", ""),
    ],
    ids=["one column", "its number again", "two columns", "a narrow column", "a name goes on"],
)
def test_the_rest_of_a_cut_row_is_sewn(rest, is_open, header):
    table = over_page(THREE, rest, is_open=is_open, header=header, ends=WRAPPED, begins=WRAPPED)
    assert [row[0] for row in texts(table)] == ["STT", "1", "2", "3", "4"]
    assert table.doubtful_rows == ()


def test_all_columns_of_an_open_row_may_go_on_but_that_of_the_value():
    rest = ("", "cao của tỉnh", "nhỏ và vừa", "", "và Sở Tài chính")
    table = over_page(THREE, rest, is_open=True, ends=WRAPPED, begins=WRAPPED)
    assert texts(table)[3] == [
        "3", "Số doanh nghiệp công nghệ cao của tỉnh", "Doanh nghiệp nhỏ và vừa", "100", "Thuế tỉnh và Sở Tài chính"
    ]  # fmt: skip


@pytest.mark.parametrize("is_open", [False, True], ids=["ruled off", "open"])
def test_a_row_without_its_number_and_with_a_value_of_its_own_is_in_doubt(is_open):
    other = ("", "Chỉ số phát triển con người", "Điểm", "0,7", "Thống kê tỉnh")
    table = over_page(THREE, other, is_open=is_open)
    assert (table.row_count, table.doubtful_rows) == (6, (4,))


@pytest.mark.parametrize("is_open", [False, True], ids=["ruled off", "open"])
def test_the_next_number_begins_the_next_row(is_open):
    table = over_page(THREE, ("4", "cao của tỉnh", "", "", ""), is_open=is_open)
    assert (table.row_count, table.doubtful_rows) == (6, ())


def test_a_bullet_after_a_bullet_is_a_row_of_its_own():
    table = over_page(("-", "Thành thị", "%", "5", "Sở Y tế"), ("-", "Nông thôn", "%", "7", "Sở Y tế"), is_open=True)
    assert (table.row_count, table.doubtful_rows) == (6, ())


def test_the_same_number_over_another_whole_row_is_no_rest():
    table = over_page(THREE, ("3", "Tỷ lệ đô thị hóa", "%", "45", "Sở Xây dựng"), ends=ENDED, begins=ENDED)
    assert table.row_count == 6


def test_a_number_printed_in_the_lower_piece_belongs_to_the_row():
    table = over_page(("", "Số doanh nghiệp công nghệ", "", "", "Thuế tỉnh"), ("3", "cao của tỉnh", "%", "100", ""))
    assert texts(table)[3] == ["3", "Số doanh nghiệp công nghệ cao của tỉnh", "%", "100", "Thuế tỉnh"]


@pytest.mark.parametrize("begins", [None, ENDED], ids=["unmeasured", "the line above had ended"])
def test_a_title_without_a_number_is_not_sewn_to_the_row_above(begins):
    titles = ("", "Về kinh tế", "", "", "")
    upper = page(1, HEADER, titles, ONE, TWO, THREE, brinks={(4, 1): ENDED} if begins else None)
    table = joined(upper, page(2, ("", "Về xã hội", "", "", ""), FOUR, brinks={(0, 1): begins} if begins else None))
    assert texts(table)[5][1] == "Về xã hội"
    assert table.doubtful_rows in ((), (5,))


def test_a_row_cut_over_three_pages_is_one():
    pages = (
        page(1, HEADER, ONE, TWO, is_open_below=True),
        page(2, HEADER, ("", "của cả", "", "", ""), is_open_below=True),
        page(3, HEADER, ("", "tỉnh", "", "", ""), THREE),
    )
    table = joined(*pages)
    assert texts(table)[2][1] == "Quy mô kinh tế số của cả tỉnh"
    assert (table.row_count, table.doubtful_rows) == (4, ())


@pytest.mark.parametrize("strip", [("", "", "", "", ""), (("", 5),)], ids=["in columns", "one cell"])
def test_a_blank_strip_at_a_page_end_does_not_part_a_cut_row(strip):
    table = joined(page(1, HEADER, ONE, TWO, strip), page(2, strip, ("", "của tỉnh", "", "", ""), THREE))
    assert [row[:2] for row in texts(table)][2] == ["2", "Quy mô kinh tế số của tỉnh"]
    assert table.row_count == 4


# Tables without numbers.


def test_small_letters_and_gaps_make_a_rest_where_no_row_has_a_number():
    table = over_page(THREE[1:], ("cao của tỉnh", "", "", ""), numbered=False, ends=WRAPPED, begins=WRAPPED)
    assert texts(table)[3][0] == "Số doanh nghiệp công nghệ cao của tỉnh"


def test_a_whole_row_that_begins_with_a_capital_is_a_row_where_no_row_has_a_number():
    table = over_page(THREE[1:], ("Chỉ số phát triển", "Điểm", "0,7", "Thống kê tỉnh"), numbered=False)
    assert (table.row_count, table.doubtful_rows) == (6, ())


def test_a_whole_row_in_small_letters_is_in_doubt_where_no_row_has_a_number():
    table = over_page(THREE[1:], ("cao của tỉnh", "nhỏ", "lớn", "và Sở Y tế"), numbered=False)
    assert table.doubtful_rows == (4,)


def test_a_cell_that_was_not_full_to_the_page_end_does_not_go_on():
    table = over_page(THREE[1:], ("Về dân số", "", "", ""), numbered=False, ends=LOOSE, begins=WRAPPED)
    assert table.row_count == 6


def test_a_line_that_had_ended_stays_a_line_in_the_sewn_cell():
    begun = page(1, HEADER, ONE, TWO, is_open_below=True, brinks={(2, 1): ENDED})
    table = joined(begun, page(2, ("", "- của tỉnh", "", "", ""), THREE, brinks={(0, 1): ENDED}))
    assert texts(table)[2][1] == "Quy mô kinh tế số\n- của tỉnh"


# Cells merged over rows.

AGENCY = ("Sở Tài chính", 1, 2)


def agencies(table: Table) -> dict[int, tuple[str, int]]:
    return {cell.row: (cell.text, cell.row_span) for cell in table.cells if cell.col == 4 and cell.row}


@pytest.mark.parametrize("rows", [1, 2], ids=["one row", "two rows"])
def test_a_merged_cell_that_is_empty_overleaf_goes_on(rows):
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None))
    below = [(*THREE[:4], ("", 1, rows)), (*FOUR[:4], None)][:rows]
    table = joined(upper, page(2, HEADER, *below))
    assert agencies(table) == {1: ("Sở Tài chính", 2 + rows)}
    assert table.doubtful_rows == ()


def test_without_rules_a_merged_cell_that_goes_on_in_a_blank_is_in_doubt():
    """The blank may belong to the cell below, whose text stands in the middle of its rows."""
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None), is_ruled=False)
    for below, doubtful in (((*THREE[:4], ""), (3,)), (THREE, ())):
        assert joined(upper, page(2, HEADER, below, FOUR, is_ruled=False)).doubtful_rows == doubtful


def test_a_cell_that_is_merged_only_overleaf_goes_on_too():
    table = joined(page(1, HEADER, ONE), page(2, (*TWO[:4], ("", 1, 2)), (*THREE[:4], None)))
    assert agencies(table) == {1: ("Sở Tài chính", 3)}


def test_a_merged_cell_that_is_printed_again_is_kept_twice():
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None))
    table = joined(upper, page(2, (*THREE[:4], AGENCY), (*FOUR[:4], None)))
    assert agencies(table) == {1: ("Sở Tài chính", 2), 3: ("Sở Tài chính", 2)}


def test_another_merged_cell_overleaf_is_another():
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None))
    table = joined(upper, page(2, (*THREE[:4], ("Sở Y tế", 1, 2)), (*FOUR[:4], None)))
    assert agencies(table) == {1: ("Sở Tài chính", 2), 3: ("Sở Y tế", 2)}
    assert table.doubtful_rows == ()


def test_the_text_of_a_merged_cell_that_goes_on_overleaf_is_sewn():
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None))
    table = joined(upper, page(2, (*THREE[:4], ("và Sở Y tế", 1, 2)), (*FOUR[:4], None)))
    assert agencies(table) == {1: ("Sở Tài chính và Sở Y tế", 4)}


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Báo và Phát thanh, Truyền", "hình tỉnh", "Báo và Phát thanh, Truyền hình tỉnh"),
        ("Sở Y tế", "", "Sở Y tế"),
    ],
)
def test_of_a_cell_merged_over_two_rows_each_page_shows_one(above, below, whole):
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None), (*THREE[:4], above))
    table = joined(upper, page(2, (*FOUR[:4], below), ("5", *FOUR[1:])))
    assert agencies(table)[3] == (whole, 2)


def test_an_empty_cell_overleaf_is_empty_where_no_cell_is_merged():
    table = joined(page(1, HEADER, ONE, TWO, THREE), page(2, (*FOUR[:4], ""), ("5", *FOUR[1:])))
    assert agencies(table)[4] == ("", 1)


@pytest.mark.parametrize("text", ["", "Sở Tài chính"], ids=["empty overleaf", "printed again"])
def test_a_cut_row_under_a_merged_cell_is_sewn(text):
    upper = page(1, HEADER, (*ONE[:4], AGENCY), (*TWO[:4], None), is_open_below=True)
    table = joined(upper, page(2, ("", "của tỉnh", "", "", (text, 1, 2)), (*THREE[:4], None)))
    assert texts(table)[2][:2] == ["2", "Quy mô kinh tế số của tỉnh"]
    assert agencies(table) == {1: ("Sở Tài chính", 3)}


# Columns of one table on two pages.


def test_a_page_that_was_fed_too_fast_is_joined():
    squeezed = tuple(20 + 0.96 * x for x in page(1, HEADER).tables[0].grid.xs)
    assert joined(page(1, HEADER, ONE), page(2, TWO, xs=squeezed)).row_count == 3


LANDSCAPE = (50.0, 120.0, 400.0, 500.0, 600.0, 780.0)


def test_a_page_turned_to_landscape_goes_on_under_the_same_header():
    table = joined(page(1, HEADER, ONE), page(2, HEADER, TWO, xs=LANDSCAPE))
    assert (table.row_count, table.doubtful_rows) == (3, ())


def test_a_page_turned_to_landscape_without_header_goes_on_in_doubt_where_its_numbers_do():
    table = joined(page(1, HEADER, ONE), page(2, TWO, THREE, xs=LANDSCAPE))
    assert (table.row_count, table.doubtful_rows) == (4, (2,))


def test_other_columns_whose_numbers_start_again_are_another_table():
    assert len(join_tables("abc", [page(1, HEADER, ONE, TWO), page(2, ONE, TWO, xs=LANDSCAPE)])) == 2


def test_a_running_head_of_two_pages_is_no_caption():
    head = ("CÔNG BÁO/Số 45 + 46/Ngày 20-01-2026",)
    assert joined(page(1, HEADER, ONE, head=head), page(2, TWO, head=head)).row_count == 3


def test_the_number_of_an_appendix_is_no_page_number():
    pages = (
        page(1, HEADER, ONE, head=("Phụ lục số 1: chỉ tiêu",)),
        page(2, HEADER, TWO, head=("Phụ lục số 2: chỉ tiêu",)),
    )
    assert len(join_tables("abc", pages)) == 2
