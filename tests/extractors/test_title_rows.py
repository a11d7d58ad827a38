"""Titles at the top of a page that goes on become rows of the table below them."""

from dataclasses import replace

from chitieu.model import Box, Cell, Line, Reading, Region, Run
from extractors.grid import Grid, GridCell
from extractors.page_content import PageTable
from extractors.title_rows import with_cut_row, with_title_rows

XS = (80.0, 105.0, 275.0, 400.0)


def reading(text: str) -> Reading:
    return Reading((Run(text, None),), "text layer", 1.0, ())


def line(text: str, left: float, top: float) -> Line:
    return Line(Region(3, Box(left, top, left + 100.0, top + 12.0)), reading(text))


def one_row() -> PageTable:
    fields = tuple(GridCell(0, i, 1, 1, Box(XS[i], 80.0, XS[i + 1], 100.0)) for i in range(3))
    cells = tuple(Cell(0, i, 1, 1, (Region(3, f.box),), (reading(str(i)),)) for i, f in enumerate(fields))
    return PageTable(Grid(Box(80.0, 80.0, 400.0, 100.0), XS, (80.0, 100.0), fields, False, False, False), cells)


def test_a_title_right_above_is_a_row_over_all_columns():
    table = with_title_rows(one_row(), [line("III Digital change", 82.0, 64.0)], XS[0])
    first = table.cells[0]
    assert (first.text, first.row, first.col_span) == ("III Digital change", 0, 3)
    assert [cell.row for cell in table.cells[1:]] == [1, 1, 1]
    assert len(table.grid.ys) == 3


def test_a_page_number_and_lines_in_the_middle_are_no_rows():
    assert with_title_rows(one_row(), [line("3", 230.0, 64.0), line("Annex", 82.0, 20.0)], XS[0]) == one_row()


def test_of_a_ruled_table_only_a_title_that_stands_on_its_rule_is_a_row():
    table = one_row()
    table = replace(table, grid=replace(table.grid, is_ruled=True))
    assert with_title_rows(table, [line("II Figures", 82.0, 56.0)], XS[0]) == table
    assert with_title_rows(table, [line("II Figures", 82.0, 66.0)], XS[0]).cells[0].text == "II Figures"


def test_the_table_begins_where_it_did_on_the_page_before():
    title = line("III Digital change", 58.0, 64.0)
    assert with_title_rows(one_row(), [title], XS[0]) == one_row()
    assert with_title_rows(one_row(), [title], 56.0).cells[0].text == "III Digital change"


def test_lines_above_in_single_columns_are_the_rest_of_a_cut_row():
    table = with_cut_row(one_row(), [line("5", 300.0, 32.0), line("of health", 285.0, 48.0), line("care", 285.0, 64.0)])
    assert [cell.text for cell in table.cells] == ["", "", "of health care", "0", "1", "2"]
    assert [cell.row for cell in table.cells] == [0, 0, 0, 1, 1, 1]
    assert table.grid.ys == (48.0, 80.0, 100.0)


def test_a_caption_a_line_over_columns_and_a_ruled_table_have_no_cut_row():
    caption, wide = line("Unit: km", 285.0, 64.0), line("A text over two columns", 200.0, 64.0)
    ruled = replace(one_row(), grid=replace(one_row().grid, is_ruled=True))
    assert with_cut_row(one_row(), [caption]) == with_cut_row(one_row(), [wide]) == one_row()
    assert with_cut_row(ruled, [line("of health", 285.0, 64.0)]) == ruled


def test_what_begins_with_a_small_letter_is_the_rest_of_a_name_and_no_title_but_below_one():
    rest, title = line("of the households", 107.0, 64.0), line("II Figures of the work", 82.0, 48.0)
    assert with_title_rows(one_row(), [rest], XS[0]) == one_row()
    assert [cell.text for cell in with_cut_row(one_row(), [rest]).cells][:3] == ["", "of the households", ""]
    texts = [cell.text for cell in with_title_rows(one_row(), [title, rest], XS[0]).cells]
    assert texts == ["II Figures of the work", "of the households", "0", "1", "2"]


def test_where_rows_are_set_wide_apart_what_begins_with_a_small_letter_may_stand_off():
    far, further = line("of the households", 107.0, 46.0), line("of the households", 107.0, 30.0)
    assert with_cut_row(one_row(), [far]).cells[1].text == "of the households"
    assert with_cut_row(one_row(), [replace(far, reading=reading("Households"))]) == one_row()
    assert with_cut_row(one_row(), [further]) == one_row()
