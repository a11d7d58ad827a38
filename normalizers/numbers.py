"""Numbers as Vietnamese documents write them."""

import re
from decimal import Decimal

# A zero in front is written before one digit (`01`), not before two.
_PLAIN = re.compile(r"\d|0[1-9]|[1-9]\d+")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([. ])\d{3})(?:\1\d{3})*(?:,\d+)?")


def parse_number(text: str) -> Decimal | None:
    """Read a number with `.` or spaces between thousands and `,` before decimals; None rather than a guess.

    A single dot is a decimal point where it cannot stand between thousands: before one, two or more than three
    digits, or after a leading zero. Signs, units and words are not part of a number.

    >>> parse_number("1.234,5")
    Decimal('1234.5')
    >>> parse_number("0.623")
    Decimal('0.623')
    >>> parse_number("1.23.4") is None
    True
    """
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip(" ")
    if not plain.isascii():
        return None
    if _PLAIN.fullmatch(plain):
        return Decimal(plain)
    if _THOUSANDS.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(" ", "").replace(",", "."))
    return _parse_decimal(plain)


def _parse_decimal(plain: str) -> Decimal | None:
    match = _DECIMAL.fullmatch(plain)
    if match is None or _has_odd_zeros(match[1]):
        return None
    return Decimal(f"{match[1]}.{match[2]}")


def _has_odd_zeros(whole: str) -> bool:
    """`00,5` and `012,5` are misreadings; `0,5` and, seen in tables of years, `05,2` are not."""
    return (len(whole) > 2 and whole.startswith("0")) or whole == "00"
