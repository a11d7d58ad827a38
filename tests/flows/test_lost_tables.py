"""A table that was not read is said on the records next to it: nothing that may be targets goes without a word."""

import pytest

from extractors.page_content import PageContent
from extractors.tables import join_tables
from flows.stages import _label, _lost_tables, _read_indicators, _with_rests
from tests.extractors.built import HEADER, page

SECTION = ("I", ("Mục tiêu đến năm 2030", 4))
TASKS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Sản phẩm")
TASK_ROWS = [(str(n), f"Xây dựng đề án số {n}", "Sở Y tế", f"Quý I/202{n}", "Báo cáo") for n in (6, 7, 8)]
# Columns in which none of the usual signs speaks: neither units nor targets of a year.
STRANGE = [(f"x{n}", f"Nước sạch vùng {n}", "", f"9{n}%", "") for n in (1, 2, 3)]
WIDE = (50.0, 120.0, 200.0, 300.0, 430.0, 500.0)


def rows(*numbers: int) -> list[tuple[str, ...]]:
    return [(str(n), f"Tỷ lệ hộ nghèo nhóm {n}", "%", "5", "Sở Tài chính") for n in numbers]


def flags(*pages: PageContent) -> dict[str, list[str]]:
    labelled = _with_rests([_label(table, list(pages)) for table in join_tables("abc", pages)])
    return {i.code: [str(flag) for flag in i.flags] for i in _read_indicators(labelled, "abc") if i.flags}


def lost(*pages: PageContent) -> list[str]:
    labelled = _with_rests([_label(table, list(pages)) for table in join_tables("abc", pages)])
    return [str(flag) for flag in _lost_tables(labelled)]


FIRST = page(1, HEADER, SECTION, *rows(1, 2), head=("Phụ lục", "CHỈ TIÊU"))


@pytest.mark.parametrize("head", [(), ("2",), ("- 2 -",)])
def test_a_headerless_table_after_indicators_is_said_on_the_last_record(head: tuple[str, ...]) -> None:
    rest = page(2, *STRANGE, head=head, xs=WIDE)
    assert flags(FIRST, rest) == {"2": ["missing_row_after"]}
    assert lost(FIRST, rest) == ["header_not_understood"]


def test_a_table_lost_before_the_first_record_is_said_on_that() -> None:
    assert flags(page(1, *rows(1, 2)), page(2, HEADER, *rows(3, 4), head=("Phụ lục II", "CHỈ TIÊU NĂM 2030")))["3"] == [
        "missing_row_before"
    ]


def test_a_header_whose_rows_stand_in_a_table_apart_is_a_hole() -> None:
    header = page(1, HEADER, head=("Phụ lục I", "CHỈ TIÊU"))
    body = page(2, *STRANGE, head=("2",), xs=WIDE)
    after = page(3, HEADER, *rows(1, 2), head=("Phụ lục II", "CHỈ TIÊU NĂM 2030"))
    assert flags(header, body, after) == {"1": ["missing_row_before"]}


def test_a_table_between_two_others_is_said_on_both_sides() -> None:
    between = page(2, *STRANGE, head=("2",), xs=WIDE)
    after = page(3, HEADER, *rows(3, 4), head=("Phụ lục II", "CHỈ TIÊU NĂM 2030"))
    assert flags(FIRST, between, after) == {"2": ["missing_row_after"], "3": ["missing_row_before"]}


def test_tables_of_tasks_and_their_rests_are_no_holes() -> None:
    tasks = page(2, TASKS, *TASK_ROWS, head=("Phụ lục II", "DANH MỤC NHIỆM VỤ"))
    rest = page(3, *TASK_ROWS, head=("3",), xs=WIDE)
    assert flags(FIRST, tasks, rest) == {}
    assert lost(FIRST, tasks, rest) == []


WITHOUT_UNITS = [(number, name, "", "Top 5", agency) for number, name, _, _, agency in rows(4, 5)]


def test_a_field_that_is_empty_on_one_page_alone_is_flagged() -> None:
    first = page(1, HEADER, SECTION, *rows(1, 2, 3), head=("Phụ lục", "CHỈ TIÊU"))
    assert flags(first, page(2, *WITHOUT_UNITS)) == {"4": ["empty_field:unit"], "5": ["empty_field:unit"]}


def test_a_table_with_a_caption_of_its_own_may_lack_what_the_one_before_has() -> None:
    first = page(1, HEADER, SECTION, *rows(1, 2, 3), head=("Phụ lục I", "CHỈ TIÊU"))
    second = page(2, HEADER, *WITHOUT_UNITS, head=("Phụ lục II", "CHỈ TIÊU NĂM 2030"))
    assert flags(first, second) == {}
