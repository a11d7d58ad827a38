"""Titles of sections and groups: what is mended there is mended for all rows below, what is doubted is said once."""

from dataclasses import replace

import pytest

from chitieu.model import Cell, Indicator, Rival, Table
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.repair import mend_cell
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]
ROWS = [[str(n), f"Số xã thứ {n}", "Xã", str(20 + n), "Sở Tài chính"] for n in (1, 2)]


def read(title: str, confidence: float, *, code: str = "I", group: str = "") -> tuple[Indicator, ...]:
    """Two records below a title that was read so surely; below a group within it where one is given."""
    names = [[f"2.{row[0]}", *row[1:]] for row in ROWS] if group else ROWS
    above = [["2", group, "", "", ""]] if group else []
    built = way.table([HEADER, [code, title, "", "", ""], *above, *names])
    cells = tuple(unsure(cell, confidence) if cell.text in (title, group) else cell for cell in built.cells)
    roles = label_columns(Table("abc", 0, cells, ()), ())
    return read_indicators(read_rows(Table("abc", 0, cells, ()), roles), roles, "abc")


def unsure(cell: Cell, confidence: float) -> Cell:
    return way.cell(cell.row, cell.col, cell.text, confidence=confidence)


def test_a_misread_title_is_mended_in_all_rows_below() -> None:
    found = read("Về chuyến đổi số đến năm 2030", 0.4)
    assert {one.section for one in found} == {"Về chuyển đổi số đến năm 2030"}
    assert [[(r.field, r.read) for r in one.repairs] for one in found] == [
        [("section", "Về chuyến đổi số đến năm 2030")]
    ] * 2


def test_a_doubtful_title_is_said_once() -> None:
    found = read("Về chuyến đổi số đến năm 2030", 0.7)
    assert {one.section for one in found} == {"Về chuyến đổi số đến năm 2030"}
    assert [[str(flag) for flag in one.flags] for one in found] == [["uncertain_repair:section"], []]


def test_a_group_is_called_as_mended() -> None:
    found = read("Đến năm 2030", 0.995, group="Hoạt động đổi mời sáng tạo")
    assert {one.group for one in found} == {"Hoạt động đổi mời sáng tạo"}
    found = read("Đến năm 2030", 0.4, group="Hoạt động đổi mời sáng tạo")
    assert {(one.section, one.group) for one in found} == {("Đến năm 2030", "Hoạt động đổi mới sáng tạo")}


def test_a_section_number_that_is_none_is_the_one_before_the_next() -> None:
    titles = [["T", "Về kinh tế đến năm 2030", "", "", ""], *ROWS, ["II", "Về xã hội đến năm 2030", "", "", ""], *ROWS]
    built = way.table([HEADER, *titles])
    roles = label_columns(built, ())
    found = read_indicators(read_rows(built, roles), roles, "abc")
    assert [one.section_code for one in found] == ["I", "I", "II", "II"]
    assert [[(r.field, r.read, r.became) for r in one.repairs] for one in found] == [
        [("section_code", "T", "I")]
    ] * 2 + [[]] * 2


def test_a_title_begins_as_titles_do() -> None:
    found = read("Vê chuyển đổi số", 0.99)
    assert {one.section for one in found} == {"Về chuyển đổi số"}
    assert [[(r.field, r.read, r.became) for r in one.repairs] for one in found] == [
        [("section", "Vê chuyển đổi số", "Về chuyển đổi số")]
    ] * 2
    assert {one.section for one in read("Chi tiêu cho giáo dục đến năm 2030", 0.99)} == {
        "Chi tiêu cho giáo dục đến năm 2030"
    }


@pytest.mark.parametrize("title", ["Các chi tiêu đến năm 2030", "Các chỉ tiêu đến năm 2030"])
def test_the_words_with_which_titles_begin_are_not_doubted(title: str) -> None:
    built = way.table([HEADER, ["I", title, "", "", ""], *ROWS])
    guess = (Rival("chi", "chỉ", 0.3), Rival("chỉ", "chi", 0.3))
    cells = tuple(
        replace(one, readings=(replace(one.readings[0], confidence=0.7, rivals=guess),)) if one.text == title else one
        for one in built.cells
    )
    roles = label_columns(built, ())
    assert mend_cell("indicator", next(one for one in cells if one.text == title)).flags
    found = read_indicators(read_rows(replace(built, cells=cells), roles), roles, "abc")
    assert [(one.section, one.flags) for one in found] == [("Các chỉ tiêu đến năm 2030", ())] * 2


def test_what_is_printed_begins_as_it_is() -> None:
    built = way.table([HEADER, ["I", "Vê chuyển đổi số", "", "", ""], *ROWS])
    cells = (replace(one, readings=tuple(replace(r, engine="text layer") for r in one.readings)) for one in built.cells)
    layer = replace(built, cells=tuple(cells))
    roles = label_columns(layer, ())
    assert {one.section for one in read_indicators(read_rows(layer, roles), roles, "abc")} == {"Vê chuyển đổi số"}
