"""The trap of this field: tesseract has no ≥ and ≤, and writes `>` and `<`, silently (shared measurements, OCR)."""

import pytest

from chitieu.model import Cell, Indicator, Reading
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì"]
SURE = 0.999


def tesseract(text: str) -> Reading:
    return way.reading(text, "tesseract", 0.93)


def row_with(column: int, *readings: Reading, unit: str = "%") -> Indicator:
    """The record of a row whose cell in one column was read so."""
    printed = ["1", "Tỷ lệ hộ nghèo", unit, "≥ 80", "Sở Tài chính"]
    cells: list[Cell] = [way.cell(0, at, text) for at, text in enumerate(HEADER)]
    for at, text in enumerate(printed):
        cells.append(way.cell(1, at, text, readings=readings) if at == column else way.cell(1, at, text))
    table = way.Table("abc", 0, tuple(cells))
    roles = label_columns(table)
    raw = read_rows(table, roles)
    (found,) = check(read_indicators(raw, roles, "abc"), raw)
    return found


def value(first: str, *others: str, confidence: float = SURE, unit: str = "%") -> Indicator:
    return row_with(3, way.reading(first, confidence=confidence), *map(tesseract, others), unit=unit)


def is_value_doubted(row: Indicator) -> bool:
    return any(flag.field in ("value_text", "") for flag in row.flags)


@pytest.mark.parametrize(
    ("printed", "tesseract_reads", "comparator"),
    [
        ("≥ 80", "> 80", ">="),
        ("≥ 80", "280", ">="),
        ("≥ 80", "2 80", ">="),
        ("≥ 80", "80", ">="),
        ("≤ 57", "< 57", "<="),
        ("≤ 57", "s57", "<="),
        ("≤ 57", "57", "<="),
        ("≥ 0,7", "> 0,7", ">="),
        ("≥ 15 %", "> 15 %", ">="),
    ],
)
def test_a_sign_that_tesseract_cannot_write_stays_as_the_reader_read_it(printed, tesseract_reads, comparator):
    row = value(printed, tesseract_reads)
    assert (row.value_text, row.comparator) == (printed, comparator)
    assert not is_value_doubted(row)


@pytest.mark.parametrize(("printed", "comparator"), [("> 0,623", ">"), ("< 57", "<")])
def test_a_strict_sign_that_was_printed_stays_strict(printed, comparator):
    assert value(printed, printed).comparator == comparator


@pytest.mark.parametrize("printed", ["≥ 80", "≤ 57", "> 80"])
def test_a_sign_that_the_reader_is_unsure_of_is_flagged_though_tesseract_agrees(printed):
    # the second engine cannot tell ≥ from >: its agreement is worth nothing for the sign
    seen = printed.replace("≥", ">").replace("≤", "<")
    assert is_value_doubted(value(printed, seen, confidence=0.6))


@pytest.mark.parametrize(("first", "second"), [("≥ 80", "> 60"), ("≤ 57", "< 51"), ("80", "30"), ("1,5", "15")])
def test_digits_that_the_readers_read_otherwise_are_flagged(first, second):
    assert is_value_doubted(value(first, second))


def test_a_share_above_all_is_flagged_where_the_sign_was_read_as_a_digit():
    # `≥80` read as `280` by both: no reader tells, the unit does
    row = value("280", "280")
    assert is_value_doubted(row)


def test_a_bare_number_gets_no_sign_from_the_second_reading():
    row = value("80", "> 80")
    assert row.comparator == "=" or is_value_doubted(row)
    assert row.value_text == "80"


@pytest.mark.parametrize("second", ["> 80", "280", "80", "≥ 80", ""])
@pytest.mark.parametrize("confidence", [0.3, 0.8, SURE])
def test_the_second_reading_never_becomes_the_value(second, confidence):
    row = value("≥ 80", second, confidence=confidence)
    assert row.comparator == ">="


# Further systematic errors of tesseract: capitals inside words, TFP read as TEP, II as H.


@pytest.mark.parametrize(
    ("column", "printed", "tesseract_reads"),
    [
        (4, "Sở Tài chính", "SỞ Tài chính"),
        (1, "Đóng góp của TFP vào tăng trưởng", "Đóng góp của TEP vào tăng trưởng"),
        (1, "Tỷ lệ hộ nghèo vùng miền núi", "Tỷ lệ hộ nghèo vùng miên núi"),
        (1, "Chi ngân sách cho khoa học", "Chỉ ngân sách cho khoa học"),
        (2, "% GRDP", "% GDP"),
    ],
)
def test_a_systematic_misreading_of_tesseract_never_reaches_the_dataset(column, printed, tesseract_reads):
    row = row_with(column, way.reading(printed, confidence=SURE), tesseract(tesseract_reads))
    assert {1: row.indicator, 2: row.unit, 4: row.agency}[column] == printed
