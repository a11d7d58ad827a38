"""A column, or lines in columns, outside the frames of the tables are told; notes, heads and rests of rules are not."""

import pytest

from chitieu.model import Box
from extractors.grid import Grid
from extractors.left_out import find_left_out
from extractors.page_content import PageContent
from extractors.pose import Pose
from extractors.print_lines import Piece
from extractors.rim import off_rim
from tests.extractors.drawing import Print, as_jpeg, print_lines
from tests.extractors.ruled import PAGE, SOLID, XS, YS, drawn_table, fill_cells, paper, rule_table
from tests.extractors.test_ledger import read_picture

EM = 12.0
GRID = Grid(Box(100, 100, 400, 220), (100.0, 200.0, 400.0), tuple(100.0 + 20 * i for i in range(7)), (), False, False)


def piece(left: float, right: float, baseline: float) -> Piece:
    return Piece(left, right, baseline, EM)


@pytest.mark.parametrize(("left", "right"), [(408, 470), (60, 92)])
def test_print_in_line_with_many_rows_is_one_column_lost(left: float, right: float) -> None:
    column = [piece(left, right, 114.0 + 20 * row) for row in (0, 1, 3, 5)]
    (box,) = find_left_out(column, [GRID])
    assert (box.left, box.right) == (left, right)
    assert box.top < 110 < 210 < box.bottom


def test_a_note_in_the_margin_is_no_column() -> None:
    assert find_left_out([piece(410, 470, 134.0)], [GRID]) == ()


def test_rests_of_the_outer_rule_are_no_column() -> None:
    assert find_left_out([piece(399, 402, 114.0 + 20 * row) for row in range(6)], [GRID]) == ()


def test_lines_of_three_texts_side_by_side_are_told() -> None:
    lines = [piece(left, left + 60, 300.0 + 30 * row) for row in range(3) for left in (100, 200, 300)]
    assert [(box.left, box.right) for box in find_left_out(lines, [GRID])] == [(100, 360)]


def test_a_head_in_two_columns_and_two_lines_of_signatures_are_not() -> None:
    head = [piece(left, left + 120, 30.0 + 16 * row) for row in range(4) for left in (60, 320)]
    signatures = [piece(left, left + 60, 600.0 + 70 * row) for row in range(2) for left in (60, 240, 420)]
    assert find_left_out(head + signatures, [GRID]) == ()


@pytest.mark.ocr
def test_the_last_column_of_a_scan_without_rules_is_told(tmp_path) -> None:
    page = paper(*PAGE)
    rule_table(page, SOLID, XS[:-1])
    fill_cells(page)
    content = read_picture(as_jpeg(page), tmp_path)
    is_whole = [len(table.grid.xs) == len(XS) for table in content.tables] == [True]
    assert is_whole or [box.left > XS[-2] for box in content.lost] == [True]


@pytest.mark.ocr
def test_of_a_clean_scan_with_a_note_beside_it_nothing_is_told(tmp_path) -> None:
    page: PageContent = read_picture(
        as_jpeg(print_lines(drawn_table(), Print("x", XS[-1] + 8, YS[2] - 8, 9.0))), tmp_path
    )
    assert page.lost == ()


def test_what_a_scan_shows_at_the_rim_of_the_paper_is_no_column() -> None:
    rim = [piece(409, 414, 114.0 + 20 * row) for row in range(6)]
    assert off_rim(rim, 415.0, 600.0, Pose(0, 415.0, 600.0)) == []
    assert off_rim(rim, 595.0, 842.0, Pose(0, 595.0, 842.0)) == rim
    assert len(find_left_out(rim, [GRID])) == 1


def test_what_turning_pushed_in_from_beyond_the_paper_is_no_column() -> None:
    specks = [piece(8, 18, 114.0 + 20 * row) for row in range(6)]
    turned = Pose(0, 595.0, 842.0, skew=((1.0, 0.0, -20.0), (0.0, 1.0, 0.0)))
    assert off_rim(specks, 635.0, 842.0, turned) == []
    assert off_rim(specks, 635.0, 842.0, Pose(0, 635.0, 842.0)) == specks


def test_a_lone_line_of_many_texts_is_told() -> None:
    lines = [piece(left, left + 25, 80.0) for left in (100, 145, 260, 340, 460)]
    assert len(find_left_out(lines, [])) == 1
    assert find_left_out(lines[:4], []) == ()


def test_letters_near_the_edge_of_the_paper_as_it_was_scanned_are_no_print() -> None:
    dirt = [piece(593, 597, 114.0 + 20 * row) for row in range(6)]
    straight, askew = Pose(0, 640.0, 860.0), Pose(0, 595.0, 842.0, skew=((1.0, 0.0, -15.0), (0.0, 1.0, 0.0)))
    assert off_rim(dirt, 640.0, 860.0, straight) == dirt
    assert off_rim(dirt, 640.0, 860.0, askew) == []
    word = [piece(560, 597, 114.0)]
    assert off_rim(word, 640.0, 860.0, askew) == word
