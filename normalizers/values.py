"""Value cells: what they say in numbers, and whether all of it was understood.

The grammar takes a cell apart from the left (modal words, comparator, number or range, unit, scope) and doubts every
cell of which something is left over: a number that is almost right is worse than none.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from chitieu.model import ValueKind
from normalizers.text import clean, clean_line
from normalizers.unit_in_value import Measure, read_measure
from normalizers.units import Unit, find_unit, is_blank_unit
from normalizers.value_grammar import (
    Amount,
    fold_signs,
    take_amount,
    take_comparator,
    take_from_on,
    take_modals,
    with_figures,
)
from normalizers.value_phrases import read_phrase


@dataclass(frozen=True, slots=True)
class Value:
    """What a value cell says; `low` and `high` are in the unit of its row."""

    kind: ValueKind
    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit_text: str = ""
    qualifier: str = ""
    is_understood: bool = True


MAX_UNIT_WORDS = 3
_CHANGE = re.compile(r"(?P<word>tăng thêm|giảm thêm|tăng|giảm|gấp)(?: bình quân| trung bình)? ")
_PLACE = r"(?P<place>đông nam á|châu á|thế giới|toàn cầu|cả nước|toàn quốc|vùng|khu vực)"
_LEADING_GROUP = re.compile(
    r"(?:trong |thuộc |nằm trong |đứng trong |vào |lọt vào )*(?:nhóm|top|tốp) (?P<rank>\d+)"
    r"(?: (?:nước|quốc gia|tỉnh|địa phương|tỉnh, thành phố|tỉnh, thành))?"
    rf"(?: (?:dẫn đầu|đứng đầu|đầu|cao nhất))?(?: (?:của |trong )?{_PLACE})?"
)
_AMONG = re.compile(
    r"(?:nằm |đứng |thuộc )?trong (?:số )?(?P<rank>\d+) (?:nước|quốc gia|tỉnh|địa phương|tỉnh, thành phố|tỉnh, thành) "
    rf"(?:dẫn đầu|đứng đầu)(?: {_PLACE})?"
)
_ONE_OF = re.compile(rf"(?:là )?(?:1|01|một) trong (?P<rank>\d+) [^\d]*?(?: của {_PLACE})?")
_PLACED = re.compile(r"(?:xếp |đứng )?(?:hạng |thứ |vị trí |vị thứ |thứ hạng )+(?P<rank>\d+)(?:/\d+)?")
_YEARS = re.compile(r"20[2-9]\d(?: ?[-–—] ?20[2-9]\d)?")
_OF_ALL = re.compile(r"(\d+)/(\d+)")
_COMPOUND_BREAK = re.compile(r"\s*[;\n]\s*|,\s+| và (?=\d)")
# The digit of `m2`, `km3` is the unit's.
_VALUE_AND_UNIT = re.compile(r"(.*?\d)\s*([%‰]?(?:[^\d]|(?<=[mM])[23](?![\d.,]))*(?:/\s*[\d.]+[^\d]+)?)", re.DOTALL)


def read_value(text: str, unit: Unit | None) -> Value:
    """What the cell of a row with this unit says. A comparator is never invented: a bare number has `=`."""
    folded = with_figures(_without_stop(fold_signs(text)))
    value = (
        _read_phrase(folded, unit)
        or _read_rank(folded)
        or _read_change(folded)
        or _read_number(folded, unit)
        or _read_share_of_all(folded, unit)
    )
    if value is not None:
        return replace(value, unit_text=_as_printed(value.unit_text, text))
    return _read_compound(text) or Value(ValueKind.QUALITATIVE, "", None, None, is_understood=False)


def _as_printed(piece: str, text: str) -> str:
    """The lower-case piece with its capitals as in the text (`usd` → `USD`)."""
    line = clean_line(text).replace("％", "%")
    start = line.lower().find(piece)
    return line[start : start + len(piece)] if start >= 0 else piece


def split_value_unit(text: str) -> tuple[str, str]:
    """Value and unit of a cell in a table without a unit column (`95%` → `95`, `%`).

    The unit is "" where the end of the cell is no known unit; the value then is the whole cell.
    """
    line = clean_line(text)
    match = _VALUE_AND_UNIT.fullmatch(line)
    if match is None or not match[2].strip():
        return line, ""
    from_on, unit_text = take_from_on(match[2].strip())
    words = {">=": " trở lên", "<=": " trở xuống", "": ""}[from_on]
    value_text = _without_repeated_sign(match[1], unit_text) + words
    unit = find_unit(unit_text)
    is_split = unit is not None and _read_number(fold_signs(value_text), unit) is not None
    return (value_text, unit_text) if is_split else (line, "")


def strange_unit(text: str) -> str:
    """The words behind the number of a value without any known unit: `30 mô đun` → `mô đun`; empty where unclear."""
    match = _VALUE_AND_UNIT.fullmatch(clean_line(text))
    words = take_from_on(match[2].strip())[1] if match else ""
    value = read_value(text, None)
    is_counted = value.kind in (ValueKind.NUMBER, ValueKind.RANGE) and value.is_understood and not value.qualifier
    return words if is_counted and 0 < len(words.split()) <= MAX_UNIT_WORDS else ""


def _without_repeated_sign(value: str, unit_text: str) -> str:
    """`20% - 50` → `20 - 50` where the unit is `%`."""
    return re.sub(r"(\d)\s*%", r"\1", value) if unit_text.startswith("%") else value


def _without_stop(text: str) -> str:
    """The text without its full stop, which ends a sentence; after a digit it may be a lost decimal."""
    return re.sub(r"(?<=[^\d.])\.$", "", text)


def _read_phrase(text: str, unit: Unit | None) -> Value | None:
    if is_blank_unit(text):
        return Value(ValueKind.BLANK, "", None, None)
    if unit is None and _YEARS.fullmatch(text):
        return Value(ValueKind.DATE, "", None, None)
    kind = read_phrase(text)
    return None if kind is None else Value(kind, "", None, None)


def _read_rank(text: str) -> Value | None:
    """Ranks in words: `Top 10`, `thuộc nhóm 30 nước dẫn đầu thế giới`, `Xếp thứ 35/63`."""
    qualifier, rest = take_modals(text)
    for pattern in (_LEADING_GROUP, _AMONG, _ONE_OF, _PLACED):
        match = pattern.fullmatch(rest)
        if match is not None:
            rank = Decimal(match["rank"])
            return _rank(rank, qualifier or match.groupdict().get("place") or "", is_exact=pattern is _PLACED)
    return None


def _rank(rank: Decimal, qualifier: str, *, is_exact: bool) -> Value:
    comparator, low = ("=", rank) if is_exact else ("<=", None)
    return Value(ValueKind.RANK, comparator, low, rank, "", _place_name(qualifier))


def _place_name(qualifier: str) -> str:
    return {"đông nam á": "Đông Nam Á", "châu á": "châu Á"}.get(qualifier, qualifier)


def _read_change(text: str) -> Value | None:
    """A change, not a level: `Tăng 3 bậc`, `giảm 0,41%`."""
    _, rest = take_modals(text) if not _CHANGE.match(text) else ("", text)
    match = _CHANGE.match(rest)
    if match is None:
        return None
    value = _read_level(rest[match.end() :], None)
    if value is None:
        return None
    is_fall = match["word"].startswith("giảm")
    return replace(value, kind=ValueKind.TREND, qualifier="giảm" if is_fall else value.qualifier)


def _read_number(text: str, unit: Unit | None) -> Value | None:
    qualifier, rest = take_modals(text)
    value = _read_level(rest, unit)
    return None if value is None else replace(value, qualifier=qualifier or value.qualifier)


def _read_level(text: str, unit: Unit | None) -> Value | None:
    """Comparator, number or range, unit; None where anything is left over."""
    from_on, rest = take_from_on(text)
    sign, rest = take_comparator(rest)
    amount = take_amount(rest)
    if amount is None or (from_on and (sign or amount.high is not None)):
        return None
    if amount.high is not None and sign not in ("", "~"):
        return None
    measure = read_measure(amount.rest, unit)
    return None if measure is None else _level(amount, from_on or sign or "=", measure, unit)


def _level(amount: Amount, comparator: str, measure: Measure, unit: Unit | None) -> Value:
    low = _scaled(amount.low, measure.factor)
    if amount.high is not None:
        high = _scaled(amount.high, measure.factor)
        return Value(ValueKind.RANGE, "", low, high, measure.unit_text, measure.qualifier)
    is_rank = unit is not None and unit.dimension in ("rank", "rank-group")
    kind = ValueKind.RANK if is_rank else ValueKind.NUMBER
    has_low, has_high = comparator not in ("<", "<="), comparator not in (">", ">=")
    return Value(
        kind, comparator, low if has_low else None, low if has_high else None, measure.unit_text, measure.qualifier
    )


def _scaled(number: Decimal, factor: Decimal) -> Decimal:
    """The product without exponent and without zeros that the factor brought."""
    if factor == 1:
        return number
    product = (number * factor).normalize()
    return product.quantize(Decimal(1)) if product == product.to_integral_value() else product


def _read_share_of_all(text: str, unit: Unit | None) -> Value | None:
    """`12/12` communes: the first number, where the unit counts things."""
    match = _OF_ALL.fullmatch(text)
    if (
        match is None
        or unit is None
        or unit.dimension not in ("count", "rank")
        or Decimal(match[1]) > Decimal(match[2])
    ):
        return None
    kind = ValueKind.RANK if unit.dimension == "rank" else ValueKind.NUMBER
    return Value(kind, "=", Decimal(match[1]), Decimal(match[1]))


def _read_compound(text: str) -> Value | None:
    """Several statements in one cell, each of which is understood and says what it counts."""
    parts = [part for part in _COMPOUND_BREAK.split(_without_stop(fold_signs(clean(text).replace("\n", ";")))) if part]
    if len(parts) < 2 or not all(_is_whole_statement(part) for part in parts):
        return None
    return Value(ValueKind.COMPOUND, "", None, None)


def _is_whole_statement(part: str) -> bool:
    """A number with its unit or scope: bare numbers in a row may be one number misread."""
    value = _read_number(part, None)
    return value is not None and bool(value.unit_text or value.qualifier)
