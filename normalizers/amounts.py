"""Unit and value of a record, understood together."""

from dataclasses import dataclass, replace

from chitieu.model import Column, ColumnRoles, Flag, FlagKind, Repair, ValueKind
from normalizers.captions import bracketed_unit, title_unit
from normalizers.placed import PlacedRow
from normalizers.text import clean_line
from normalizers.unit_repair import unit_by_letters
from normalizers.units import Unit, find_unit, is_blank_unit, unit_allows
from normalizers.value_phrases import is_said_in_words
from normalizers.values import Value, read_value, split_value_unit, strange_unit

DASHES = frozenset("-–—")
# Fewer words may be a number in words.
SENTENCE_WORDS = 6


@dataclass(frozen=True, slots=True)
class RecordAmount:
    """Unit and value of one record, understood together."""

    unit_text: str
    unit: Unit | None
    value_text: str
    value: Value
    flags: tuple[Flag, ...]
    repairs: tuple[Repair, ...] = ()


def read_amount(unit_text: str, text: str, column: Column, around: str) -> RecordAmount:
    """Unit and value: the unit of the row, else of the column's title, out of the value, or of what stands around.

    What stands around and is no known unit is the known one with the same letters (a scanned `tý đồng`), as a repair.
    """
    known = unit_by_letters(around)
    amount = _read(unit_text, text, column, known or around)
    if not known or amount.unit_text != known:
        return amount
    return replace(amount, repairs=(Repair("unit", around, known, "no unit, but for its marks this one"),))


def _read(unit_text: str, text: str, column: Column, around: str) -> RecordAmount:
    unit_text = "" if is_blank_unit(unit_text) else unit_text
    unit_text = unit_text or title_unit(column) or split_value_unit(text)[1] or around or strange_unit(text)
    unit = find_unit(unit_text) if unit_text else None
    if not text or clean_line(text) in DASHES:
        blank = Value(ValueKind.BLANK, "", None, None)
        return RecordAmount(unit_text, unit, text, blank, (Flag(FlagKind.EMPTY_FIELD, "value_text"),))
    read = read_value(text, unit)
    if not read.is_understood and len(text.split()) >= SENTENCE_WORDS and is_said_in_words(text):
        # Nothing of its unit (`Thứ bậc`): a sentence like others, in which a number word stands.
        read = replace(read, is_understood=True)
    return RecordAmount(unit_text, unit, text, read, _flags(unit_text, unit, text, read))


def unit_around(placed: PlacedRow, indicator: str, roles: ColumnRoles) -> str:
    """The unit in brackets behind the indicator, else of its group, its section, the caption."""
    titles = (bracketed_unit(indicator), bracketed_unit(placed.group), bracketed_unit(placed.section))
    return next((unit for unit in titles if unit), roles.unit)


def _flags(unit_text: str, unit: Unit | None, text: str, value: Value) -> tuple[Flag, ...]:
    flags = []
    if unit_text and unit is None:
        flags.append(Flag(FlagKind.UNKNOWN_UNIT, "unit", unit_text))
    # `Có ít nhất một khu công nghệ đi vào hoạt động` says what it counts.
    if not unit_text and value.kind in (ValueKind.NUMBER, ValueKind.RANGE) and not is_said_in_words(text):
        flags.append(Flag(FlagKind.EMPTY_FIELD, "unit"))
    if not value.is_understood:
        flags.append(Flag(FlagKind.UNPARSED_VALUE, "value_text"))
    if unit and not unit_allows(unit, value.kind, value.low, value.high):
        flags.append(Flag(FlagKind.UNIT_VALUE_MISMATCH, "value_text", unit.name))
    return tuple(flags)
