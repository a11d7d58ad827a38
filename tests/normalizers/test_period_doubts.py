"""What speaks against the year of a header or a section's title, which holds for all rows below it."""

from dataclasses import replace

import pytest

from chitieu.model import Cell, Reading, Rival
from normalizers.columns import label_columns
from normalizers.evidence import weigh_period
from normalizers.indicators import read_indicators
from normalizers.rows import read_rows
from normalizers.years import unusual_years
from tests.normalizers.way import cell, reading, table


def two(*readings: Reading) -> Cell:
    return replace(cell(0, 0), readings=readings)


def flags(*readings) -> list[str]:
    return [str(flag) for flag in weigh_period(two(*readings))]


def test_a_year_that_nobody_plans_for_is_doubted_however_sure_the_reader_is() -> None:
    assert flags(reading("Năm 2080", confidence=1.0)) == ["low_confidence:period"]
    assert flags(reading("Giai đoạn 2026 - 2030", confidence=1.0)) == []


def test_doubt_of_words_is_no_doubt_of_the_year() -> None:
    unsure = reading("Mục tiêu năm 2030", confidence=0.4)
    assert flags(replace(unsure, rivals=(Rival("tiêu", "tiều", 0.4),))) == []
    assert flags(replace(unsure, rivals=(Rival("2030", "2080", 0.4),))) == ["low_confidence:period"]
    assert flags(unsure) == ["low_confidence:period"]


def test_a_second_reader_speaks_for_or_against_the_year() -> None:
    first = reading("Mục tiêu năm 2030", confidence=0.7)
    assert flags(first, reading("Mục tiêu năm 2030", engine="tesseract")) == []
    assert flags(first, reading("Mục tiêu năm 2035", engine="tesseract")) == ["readers_disagree:period"]


def test_a_year_that_nobody_plans_for_gives_way_to_the_usual_one_of_another_reading() -> None:
    misread = reading("Mục tiêu năm 2080", confidence=0.9)
    other = reading("Mục tiêu năm 2030", engine="tesseract")
    assert unusual_years(two(misread, other)) == {"2080": "2030"}
    assert unusual_years(two(replace(misread, rivals=(Rival("2080", "2030", 0.3),)))) == {"2080": "2030"}
    assert unusual_years(two(reading("2026 - 2680"), reading("2026 - 2030"))) == {"2680": "2030"}
    assert flags(misread, other) == ["readers_disagree:period"]


def test_an_odd_year_needs_no_person_where_all_else_that_was_read_is_the_same_usual_year() -> None:
    misread, other = reading("năm 2080", confidence=0.9), reading("năm 2030", engine="tesseract")
    guessing = replace(misread, rivals=(Rival("2080", "2030", 0.2),))
    assert flags(guessing, other, other) == []
    assert flags(guessing) == flags(guessing, other, reading("năm 2050")) == ["readers_disagree:period"]
    assert flags(misread, other) == ["readers_disagree:period"]


def test_no_year_is_taken_that_another_reading_does_not_have_in_its_place() -> None:
    misread = reading("Mục tiêu năm 2080", confidence=0.9)
    assert unusual_years(two(misread)) == {}
    assert unusual_years(two(misread, reading("Mục tiêu năm 2026 2030"))) == {}
    assert unusual_years(two(misread, reading("Mục tiêu năm 2080"))) == {}
    assert unusual_years(two(misread, reading("Mục tiêu năm 1998"))) == {}
    assert unusual_years(two(reading("Mục tiêu năm 2035"), reading("Mục tiêu năm 2030"))) == {}
    assert unusual_years(two(reading("Đạt 2.080 tỷ"), reading("Đạt 2.030 tỷ"))) == {}


@pytest.mark.parametrize(("header", "section"), [("Năm {}", "Về xã hội"), ("Kết quả", "Đến năm {}")])
def test_records_carry_the_year_that_another_reading_has_and_a_flag(header: str, section: str) -> None:
    titles = [header.format(2080), section.format(2080)]
    rows = [["STT", "Chỉ tiêu", "Đơn vị", titles[0]], ["I", titles[1], "", ""], ["1", "Tỷ lệ hộ nghèo", "%", "5"]]
    once = table(rows)
    seconds = {misread: (reading(misread), reading(misread.replace("2080", "2030"))) for misread in titles}
    cells = tuple(replace(one, readings=seconds.get(one.text, one.readings)) for one in once.cells)
    twice = replace(once, cells=cells)
    roles = label_columns(twice)
    (record,) = read_indicators(read_rows(twice, roles), roles, "abc")
    assert (record.period, record.section) == ("2030", section.format(2030))
    assert [str(flag) for flag in record.flags] == ["readers_disagree:period"]
    assert [(repair.read, repair.became) for repair in record.repairs] == [("2080", "2030")]
