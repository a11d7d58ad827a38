"""Several appendices in one file: each row knows its own, and nothing leaks from one to another."""

from chitieu.model import Indicator
from extractors.page_content import PageContent
from extractors.tables import join_tables
from flows.stages import _label, _lost_tables, _read_indicators, _with_rests
from tests.extractors.built import page

HEADER = ("STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì")
ROWS = [(str(n), f"Tỷ lệ hộ nghèo nhóm {n}", "%", "5", "Sở Tài chính") for n in (1, 2, 3)]
SECTION = ("I", ("Mục tiêu đến năm 2030", 4))
TASKS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Sản phẩm")
TASK_ROWS = [(str(n), f"Xây dựng đề án số {n}", "Sở Y tế", f"Quý I/202{n}", "Báo cáo") for n in (6, 7, 8)]
OF_ONE = page(1, HEADER, SECTION, *ROWS, head=("Phụ lục I", "CHỈ TIÊU"))
OF_TWO = page(2, HEADER, *ROWS, head=("Phụ lục II", "CHỈ TIÊU NĂM 2027"))


def extract(*pages: PageContent) -> tuple[Indicator, ...]:
    labelled = _with_rests([_label(table, list(pages)) for table in join_tables("abc", pages)])
    return _read_indicators(labelled, "abc")


def test_each_row_has_the_appendix_section_and_period_of_its_own_table() -> None:
    found = extract(OF_ONE, OF_TWO)
    assert [(i.appendix, i.section_code, i.code, i.period) for i in found] == [
        *(("Phụ lục I", "I", code, "2030") for code in "123"),
        *(("Phụ lục II", "", code, "2027") for code in "123"),
    ]


def test_codes_that_start_again_in_another_appendix_are_no_duplicates() -> None:
    assert [flag for i in extract(OF_ONE, OF_TWO) for flag in i.flags] == []


def test_a_table_without_a_number_of_its_own_belongs_to_the_appendix_before_it() -> None:
    found = extract(OF_ONE, page(2, HEADER, *ROWS, head=("Biểu số 2. Các chỉ tiêu năm 2027",)))
    assert {i.appendix for i in found} == {"Phụ lục I"}
    assert len(found) == 6


def test_a_table_of_indicators_whose_columns_were_not_understood_flags_the_document() -> None:
    contents = [page(1, ("STT", "Chỉ tiêu", "ABC", "XYZ", "Cơ quan chủ trì"), ("1", "Tỷ lệ", "a", "b", "Sở Y tế"))]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    assert [flag.kind for flag in _lost_tables(labelled)] == ["header_not_understood"]


def test_a_table_of_units_without_a_header_flags_the_document() -> None:
    contents = [page(1, *ROWS)]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    assert [flag.kind for flag in _lost_tables(labelled)] == ["header_not_understood"]


def test_tables_of_tasks_before_and_after_leave_the_indicators_alone() -> None:
    before = page(1, TASKS, *TASK_ROWS, head=("Phụ lục I", "DANH MỤC NHIỆM VỤ"))
    indicators = page(2, HEADER, SECTION, *ROWS, head=("Phụ lục II", "CHỈ TIÊU"))
    after = page(3, TASKS, *TASK_ROWS, head=("Phụ lục III", "DANH MỤC NHIỆM VỤ"))
    found = extract(before, indicators, after)
    assert [(i.section_code, i.code, i.period, i.flags) for i in found] == [("I", code, "2030", ()) for code in "123"]


def test_a_table_with_targets_of_a_year_that_was_not_understood_flags_the_document() -> None:
    rows = [("1", "Nước sạch", "90", "x"), ("2", "Bê tông", "80", "y"), ("3", "Trẻ em", "95", "z")]
    contents = [page(1, ("STT", "Tên gọi", "Năm 2030", "Theo"), *rows)]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    assert [flag.kind for flag in _lost_tables(labelled)] == ["header_not_understood"]


def test_tasks_under_a_caption_that_speaks_of_indicators_flag_nothing() -> None:
    contents = [page(1, TASKS, *TASK_ROWS, head=("Nhiệm vụ để thực hiện chỉ tiêu",))]
    labelled = [_label(table, contents) for table in join_tables("abc", contents)]
    assert _lost_tables(labelled) == ()
