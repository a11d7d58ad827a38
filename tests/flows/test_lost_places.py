"""Print outside the tables is said on the rows beside it, or on those that it stands between."""

from dataclasses import replace

from chitieu.model import Box
from extractors.page_content import PageContent
from extractors.tables import join_tables
from flows.stages import _label, _lost_places, _read_indicators
from normalizers.accounting import doubt_places
from tests.extractors.built import HEADER, page

ROWS = [(str(n), f"Tỷ lệ hộ nghèo nhóm {n}", "%", "5", "Sở Tài chính") for n in (1, 2, 3)]
PAGE = page(1, HEADER, ("I", ("Mục tiêu đến năm 2030", 4)), *ROWS)  # rows of 20 pt from 100 on
TASKS = page(
    1,
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Sản phẩm"),
    *[(str(n), f"Xây dựng đề án số {n}", "Sở Y tế", "Quý I/2026", "Báo cáo") for n in (1, 2, 3)],
)


def flags(content: PageContent, *lost: Box) -> dict[str, list[str]]:
    contents = [replace(content, lost=lost)]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    found = doubt_places(_read_indicators(labelled, "abc"), _lost_places(labelled, contents))
    return {i.code: [str(flag) for flag in i.flags] for i in found if i.flags}


def test_a_column_of_print_beside_a_table_is_said_on_the_rows_that_it_stands_beside() -> None:
    assert flags(PAGE, Box(510, 145, 560, 175)) == {"1": ["ink_outside_cells"], "2": ["ink_outside_cells"]}


def test_print_below_a_table_is_a_row_lost_after_the_last_one() -> None:
    assert flags(PAGE, Box(60, 205, 480, 215)) == {"3": ["missing_row_after"]}


def test_print_above_the_first_table_is_a_row_lost_before_the_first_one() -> None:
    assert flags(PAGE, Box(60, 80, 480, 90)) == {"1": ["missing_row_before"]}


def test_print_beside_a_table_of_tasks_is_said_on_no_row() -> None:
    assert flags(TASKS, Box(510, 100, 560, 175)) == {}


def test_print_on_the_next_page_may_also_be_the_rest_of_the_last_row() -> None:
    contents = [PAGE, replace(page(2), lost=(Box(60, 80, 480, 90),))]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    found = doubt_places(_read_indicators(labelled, "abc"), _lost_places(labelled, contents))
    assert [[str(flag) for flag in i.flags] for i in found] == [[], [], ["missing_row_after", "uncertain_join"]]
