"""A header printed again on later pages is another reading of the first one."""

from dataclasses import replace

from chitieu.model import Cell, Reading, Table
from normalizers.columns import label_columns
from tests.normalizers.way import reading, table

HEADER = ("STT", "Chỉ tiêu", "Đơn vị", "Mục tiêu năm 2030")
SOILED = ("STT", "Chỉ tiêu", "Đơn vị", "Mục tiêu năm «8")


def rows(first: tuple[str, ...], again: tuple[str, ...], *, next_code: str = "2") -> Table:
    body = ("1", "Tỷ lệ hộ nghèo", "%", "5"), again, (next_code, "Số xã đạt chuẩn", "xã", "80")
    return table([list(row) for row in (first, *body)])


def period(found: Table) -> str:
    return label_columns(found).columns[3].period


def test_a_year_that_cannot_be_read_is_that_of_the_header_printed_again() -> None:
    assert period(rows(SOILED, HEADER)) == "2030"
    assert period(rows(SOILED, SOILED)) == ""


def test_what_another_reader_sees_counts_less_than_the_header_printed_again_and_is_doubted() -> None:
    def read_by_tesseract(cell: Cell, text: str) -> Cell:
        second: Reading = reading(text, engine="tesseract", confidence=0.97)
        return replace(cell, readings=(*cell.readings, second)) if (cell.row, cell.col) == (0, 3) else cell

    alone = rows(SOILED, SOILED)
    seen = replace(alone, cells=tuple(read_by_tesseract(cell, "Mục tiêu năm 2035") for cell in alone.cells))
    assert period(seen) == "2035"
    assert "readers_disagree:period" in map(str, label_columns(seen).flags)
    both = rows(SOILED, HEADER)
    seen = replace(both, cells=tuple(read_by_tesseract(cell, "Mục tiêu năm 2035") for cell in both.cells))
    assert period(seen) == "2030"


def test_a_year_that_is_read_stays_and_the_repeat_speaks_for_or_against_it() -> None:
    assert period(rows(HEADER, SOILED)) == "2030"
    other = ("STT", "Chỉ tiêu", "Đơn vị", "Mục tiêu năm 2035")
    assert period(rows(HEADER, other)) == "2030"


def test_a_header_over_rows_that_are_counted_anew_is_another_tables() -> None:
    assert period(rows(SOILED, HEADER, next_code="1")) == ""


def test_a_row_divided_like_the_header_is_no_header() -> None:
    assert period(rows(SOILED, ("2", "Thu nhập", "triệu đồng", "năm 2030: 90"))) == ""
