"""What speaks against the year of a header or a section's title, which holds for all rows below it."""

from dataclasses import replace

from chitieu.model import Rival
from normalizers.evidence import weigh_period
from tests.normalizers.way import cell, reading


def flags(*readings) -> list[str]:
    evidence = weigh_period(replace(cell(0, 0), readings=readings))
    return [str(flag) for flag in evidence.flags]


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
