"""Numbers as printed, and what must not pass for one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80", "80"),
        ("01", "1"),
        ("0,7", "0.7"),
        ("0.623", "0.623"),
        ("0,623", "0.623"),
        ("7.5", "7.5"),
        ("12,25", "12.25"),
        ("1.250", "1250"),
        ("1,250", "1.250"),
        ("1.250.000", "1250000"),
        ("1.573,1", "1573.1"),
        ("1 250 000", "1250000"),
        ("1\u00a0250", "1250"),
        ("30646", "30646"),
        ("1.2345", "1.2345"),
        ("2030", "2030"),
    ],
)
def test_numbers_as_printed(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 80",
        "8O",
        "1,2,3",
        "100.",
        ",5",
        ".5",
        "1.25.000",
        "1.250,",
        "1 25",
        "1.250 000",
        "1,250.5",
        "-5",
        "80%",
        "z 80",
        "1.250.00",
        "030",
        "007",
        "0.250.000",
        "00,5",
        "012,5",
        "８０",
        "٣",
        "1..5",
        "²",
        "1,250,000",
    ],
)
def test_none_rather_than_a_guess(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**12))
def test_grouped_integers_are_read(number: int) -> None:
    assert parse_number(f"{number:,}".replace(",", ".")) == number
    assert parse_number(str(number)) == number


@given(st.text(alphabet="0123456789., "))
def test_what_is_read_has_all_its_digits(text: str) -> None:
    number = parse_number(text)
    if number is not None:
        digits = "".join(char for char in text if char.isdigit()).lstrip("0")
        assert "".join(map(str, number.as_tuple().digits)).lstrip("0") == digits
