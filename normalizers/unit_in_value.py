"""What follows the number in a value cell: unit, scale word, scope, condition."""

import re
from dataclasses import dataclass
from decimal import Decimal

from normalizers.units import Unit, find_unit
from normalizers.value_grammar import is_plain_prose

_SCALES = {
    "trăm": Decimal(100),
    "nghìn": Decimal(10**3),
    "ngàn": Decimal(10**3),
    "vạn": Decimal(10**4),
    "triệu": Decimal(10**6),
    "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
}
_SCALE = re.compile(r"((?:(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?: |$))+)(.*)")
_SCOPES = {
    "đông nam á": "Đông Nam Á",
    "châu á": "châu Á",
    "thế giới": "thế giới",
    "toàn cầu": "toàn cầu",
    "cả nước": "cả nước",
    "toàn quốc": "toàn quốc",
}
_BASELINE = re.compile(r"(.*?) ?\b(so với (?:cùng kỳ|năm|giai đoạn)(?: trước| \d{4}(?: ?[-–] ?\d{4})?)?)")
_RISING = re.compile(r"(.*?),? (?:và )?tăng dần(?: [^\d]*)?")
_PARTS_OF_ALL = re.compile(r"% [^\d]+")


@dataclass(frozen=True, slots=True)
class Measure:
    """`factor` turns the number into the unit of the row; `unit_text` and `qualifier` are as written."""

    factor: Decimal
    unit_text: str = ""
    qualifier: str = ""


def read_measure(text: str, unit: Unit | None) -> Measure | None:
    """What the text after a number means in a row with this unit; None where it is not understood."""
    if text and text[0] not in " %‰/°$" and find_unit(text) is None:
        return None
    rest, qualifier = _take_qualifier(text.strip())
    if not rest:
        return Measure(Decimal(1), "", qualifier)
    factor = _factor(rest, unit)
    return None if factor is None else Measure(factor, rest, qualifier)


def _take_qualifier(rest: str) -> tuple[str, str]:
    """The text without scope, baseline or clause of growth, and that."""
    if rest in _SCOPES:
        return "", _SCOPES[rest]
    if match := _BASELINE.fullmatch(rest):
        return match[1].strip(), match[2]
    if (match := _RISING.fullmatch(" " + rest)) and is_plain_prose(rest.lstrip("%‰ ")):
        return match[1].strip(), "tăng dần"
    return rest, ""


def _factor(rest: str, unit: Unit | None) -> Decimal | None:
    """Factor from what is written after the number to the unit of the row, None where they do not go together."""
    written = find_unit(rest)
    if written is not None:
        return Decimal(1) if unit is None else _between(written, unit)
    if match := _SCALE.fullmatch(rest):
        return _scale_factor(match[1].split(), match[2], unit)
    if _PARTS_OF_ALL.fullmatch(rest):
        return _between_percent(rest, unit)
    return Decimal(1) if is_plain_prose(rest) and _counts(unit) else None


def _between_percent(rest: str, unit: Unit | None) -> Decimal | None:
    """`100% xã, phường`: a share of something that the row names."""
    is_share = unit is None or unit.name.startswith("%")
    return Decimal(1) if is_share and is_plain_prose(rest[1:]) else None


def _counts(unit: Unit | None) -> bool:
    """Whether a noun of any kind may follow the number."""
    return unit is None or (unit.dimension == "count" and unit.scale == 1)


def _scale_factor(words: list[str], noun: str, unit: Unit | None) -> Decimal | None:
    """`840.000 tỷ` in `tỷ đồng`, `6 triệu lượt người` in `lượt khách`."""
    if unit is None or unit.numerator.dimension not in ("count", "currency", "area", "mass", "energy", "volume"):
        return None
    noun_unit = find_unit(noun) if noun else unit.numerator
    if noun_unit is None or noun_unit.numerator.base != unit.numerator.base:
        return None
    factor = Decimal(1)
    for word in words:
        factor *= _SCALES[word]
    return factor * (noun_unit.numerator.scale if noun else Decimal(1)) / unit.numerator.scale


def _between(written: Unit, unit: Unit) -> Decimal | None:
    """Factor from the written unit to that of the row, which may say more (`2%` in `% GRDP`)."""
    if written.unit_id == unit.unit_id:
        return Decimal(1)
    if not _share_denominator(written, unit):
        return None
    first, second = written.numerator, unit.numerator
    if first.base == second.base and _family(first) == _family(second):
        return first.scale / second.scale
    return Decimal(1) if _counts(first) and _counts(second) else None


def _share_denominator(written: Unit, unit: Unit) -> bool:
    """Whether both are counted against the same, or one leaves it unsaid; a year is often unsaid, a month never."""
    first, second = written.denominator, unit.denominator
    if "month" in first + second:
        return first == second
    return not first or not second or first.removesuffix("·year") == second.removesuffix("·year") or first == "year"


def _family(unit: Unit) -> str:
    """Dimensions that share a base and yet do not measure the same stay apart (`%` and `điểm`, `lần` and `%`)."""
    return unit.unit_id if unit.base == "1" and unit.unit_id not in ("pct", "permille") else unit.base
