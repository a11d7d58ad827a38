"""Pairs of readings of one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.agreement import differences, readings_agree


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("≥ 80", "> 80"), ("≥ 80", ">80"), ("≤ 30", "< 30"), ("9 – 10", "9 - 10"), ("9–10", "9-10"), ("km²", "km2"), ("5‰", "5%"),
        ("“một cửa”", '"một cửa"'), ("văn hoá", "văn hóa"), ("Ủy ban", "Uỷ ban"), ("100", "100."), ("≥ 80", ">= 80"), ("", ""),
        ("Tỷ lệ hộ", "Tỷ lệ  hộ"), ("Sở Tài chính\nSở Y tế", "Sở Tài chính Sở Y tế"), ("kỵ", "ky"),
    ],
)  # fmt: skip
def test_readings_that_say_the_same(first: str, second: str) -> None:
    assert readings_agree(first, second, "tesseract")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("≥ 80", "2 80"), ("≥ 80", "z 80"), ("≥ 80", "80"), ("≥ 80", "< 80"), ("≤ 30", "s 30"), ("80", "90"), ("1.5", "15"), ("1,5", "1.5"),
        ("9-10", "910"), ("2 80", "280"), ("thế mạnh", "thể mạnh"), ("R&D", "R8D"), ("Phấn đấu", "Phần đấu"), ("80%", "80"),
        ("80", ""), ("Bộ", "bộ"), ("tỷ", "tỉ"), ("0", "O"), ("1", "l"),
    ],
)  # fmt: skip
def test_readings_that_differ(first: str, second: str) -> None:
    assert not readings_agree(first, second, "tesseract")


def test_an_engine_with_the_signs_must_write_them() -> None:
    assert not readings_agree("≥ 80", "> 80", "reader")
    assert readings_agree("≥ 80", "≥80", "reader")


def test_differences_are_short() -> None:
    assert differences("≥ 80 doanh nghiệp", "2 80 doanh nghiệp") == "“≥” → “2”"
    assert differences("80", "80") == ""
    assert differences("80", "") == "“80” → ∅"


@given(st.text())
def test_a_reading_agrees_with_itself(text: str) -> None:
    assert readings_agree(text, text, "tesseract")
    assert differences(text, text) == ""


@given(st.text(alphabet="≥≤><-–80 .oóà"), st.text(alphabet="≥≤><-–80 .oóà"))
def test_agreement_has_no_direction_but_the_engine(first: str, second: str) -> None:
    assert readings_agree(first, second, "tesseract") == readings_agree(second, first, "tesseract")
