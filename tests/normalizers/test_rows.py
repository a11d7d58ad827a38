"""Body rows of a table: what stands for the cell above."""

from dataclasses import replace

from chitieu.model import FlagKind, Indicator, Role
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import field_cell, read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2030", "Cơ quan chủ trì"]
ROWS = [  # each mark stands for the first row's text
    ["1", "Tỷ lệ hộ nghèo", "%", "3", "Sở Tài chính"],
    ["2", "Tỷ lệ che phủ rừng", '"', "43", "nt"],
    ["3", "Tỷ lệ đô thị hóa", '"', "30", "nt"],
]


def second(**unit: object) -> Indicator:
    """The second row, its unit's ditto mark as given."""
    table = way.table([HEADER, *ROWS])
    cells = tuple(replace(c, **unit) if (c.row, c.col) == (2, 2) else c for c in table.cells)
    table = replace(table, cells=cells)
    roles = label_columns(table)
    raw = read_rows(table, roles)
    return check(read_indicators(raw, roles, "abc"), raw)[1]


def confidence_of_body(mark: str, confidence: float, row: int = 2) -> float:
    table = way.table([HEADER, *ROWS])
    unsure = (way.reading(mark, confidence=confidence),)
    cells = tuple(replace(c, readings=unsure) if (c.row, c.col) == (2, 4) else c for c in table.cells)
    body = field_cell(read_rows(replace(table, cells=cells), label_columns(table))[row - 1], Role.AGENCY)
    assert body is not None
    assert body.text == "Sở Tài chính"
    return body.readings[0].confidence


def test_a_ditto_mark_stands_for_the_cell_above():
    found = second()
    assert (found.unit, found.agency, found.flags) == ("%", "Sở Tài chính", ())


def test_what_a_ditto_mark_repeats_is_no_surer_than_the_mark():
    """The upper half of a `%` at a page's end was read as one."""
    assert confidence_of_body("nt", 0.4) == 0.4
    assert confidence_of_body("nt", 0.4, row=3) == confidence_of_body("nt", 0.9) > 0.9
    found = second(quality=0.5)
    assert found.unit == "%"
    assert [flag.field for flag in found.flags if flag.kind is FlagKind.LOW_CONFIDENCE] == ["unit"]
