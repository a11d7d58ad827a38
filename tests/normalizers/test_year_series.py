"""Numbers whose mark makes them a thousand times off the other years of their row."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chitieu.model import FieldSource, Flag, FlagKind, Indicator
from normalizers.year_series import doubt_marks
from tests.builders import DOCUMENT_ID, indicator

SOURCE = FieldSource("value_text", 0, 3, 4, (), ())


def row_of(*texts: str) -> tuple[Indicator, ...]:
    made = replace(indicator(DOCUMENT_ID, "1", "Tổng mức lưu chuyển hàng hóa", "1"), sources=(SOURCE,))
    return tuple(replace(made, value_text=text, value_low=number_of(text)) for text in texts)


def number_of(text: str) -> Decimal | None:
    digits = text.removeprefix("≥ ").replace(".", "").replace(",", ".")
    return Decimal(digits) if digits else None


def doubted(*texts: str) -> list[str]:
    flag = FlagKind.LOW_CONFIDENCE
    return [
        one.value_text for one in doubt_marks(row_of(*texts)) if Flag(flag, "value_text", one.value_text) in one.flags
    ]


def test_a_point_read_as_a_comma_is_doubted_and_stays_as_read() -> None:
    assert doubted("≥ 13.050", "13,619", "≥ 13.911") == ["13,619"]
    assert [one.value_text for one in doubt_marks(row_of("13.050", "13,619", "13.911"))] == [
        "13.050",
        "13,619",
        "13.911",
    ]


def test_a_comma_read_as_a_point_is_doubted() -> None:
    assert doubted("1,125", "1.130", "1,142") == ["1.130"]


@pytest.mark.parametrize(
    "texts",
    [
        ("0,623", "0,640", "0,655"),
        ("12,5", "13,619", "14"),
        ("13.050", "13.619", "13.911"),
        ("13.050", "13,6", "13.911"),
        ("100", "13,619", "13.911"),
        ("13,619", "13.911"),
    ],
)
def test_what_fits_or_has_too_few_to_compare_with_is_not_doubted(texts: tuple[str, ...]) -> None:
    assert doubted(*texts) == []
