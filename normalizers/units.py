"""Units as printed, found in `data/units.csv`; an unknown unit is None, never guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chitieu.model import ValueKind
from normalizers.data import read_csv, split_variants
from normalizers.text import clean_line, match_key

_PER_10K = re.compile(r"/(?:1 vạn|10000|10 (?:nghìn|ngàn)|một vạn) ")
_LEADING = re.compile(r"(?:đơn vị tính:|đvt:|đơn vị:|số lượng |số |tỉ lệ )")
_BRACKETED = re.compile(r"\(([^()]+)\)")
_BYTES_PER_SECOND = re.compile(r"[KMGT]B(?:/s|ps)", re.IGNORECASE)
_BLANK = frozenset({"", "-", "x", '"', "''", "/", "...", "-nt-", "nt", '-"-'})
HIGHEST_RANK = 200
# Units whose names an indicator begins with where its number bears none.
_BARE_SCALES = frozenset({"rank", "index"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit: `scale` of `base` per one of it; `denominator` is what it is counted against.

    `highest` is the highest plausible number, None where there is none.
    """

    unit_id: str
    name: str
    dimension: str
    scale: Decimal
    denominator: str
    base: str = ""
    highest: Decimal | None = None

    @property
    def numerator(self) -> "Unit":
        """What is counted: `triệu đồng` of `triệu đồng/người`, `%` of `% GRDP`."""
        head = "%" if self.name.startswith("%") else self.name.split("/")[0]
        return find_unit(head) or self


def find_unit(text: str) -> Unit | None:
    """The unit that the text names, None where it is blank or unknown."""
    if _is_bytes_per_second(text):
        return None
    for key in _readings_of(_unit_key(text)):
        unit = _units_by_key().get(key)
        if unit is not None:
            return unit
    return None


def unit_spellings() -> tuple[tuple[str, str], ...]:
    """Every known unit's id with each of its spellings, the canonical one first."""
    rows = [row for row in read_csv("units.csv") if row["unit_id"] != "none"]
    return tuple(
        (row["unit_id"], spelling) for row in rows for spelling in (row["vi_unit"], *split_variants(row["variants"]))
    )


@cache
def _own_scales() -> tuple[str, ...]:
    """Keys of the names of scales whose numbers bear no unit: ranks and indices, not single words like `hạng`."""
    names = [name for unit, name in unit_spellings() if unit in _BARE_SCALES]
    return tuple(f"{match_key(name)} " for name in names if " " in name)


def is_own_scale(indicator: str) -> bool:
    """Whether an indicator names the scale itself: a rank (`Xếp hạng …`) or an index (`Chỉ số …`)."""
    return match_key(indicator).startswith(_own_scales())


def is_blank_unit(text: str) -> bool:
    """Whether the unit cell says nothing: empty, a dash, `x` or a ditto mark."""
    return match_key(text) in _BLANK


def unit_allows(unit: Unit | None, kind: ValueKind, low: Decimal | None, high: Decimal | None) -> bool:
    """False for a number that the unit cannot have; text is allowed under any unit."""
    numbers = [number for number in (low, high) if number is not None]
    if unit is None or not numbers or kind is ValueKind.TREND:
        return True
    if kind is ValueKind.RANK:
        return unit.dimension in ("rank", "rank-group", "score", "index") and all(map(_can_be_rank, numbers))
    return all(_can_be_measured(unit, number) for number in numbers)


def _can_be_rank(number: Decimal) -> bool:
    return number == number.to_integral_value() and 1 <= number <= HIGHEST_RANK


def _can_be_measured(unit: Unit, number: Decimal) -> bool:
    """Whether a level can be this number: a share over 100 is most often a misread sign (`≥80` → `280`)."""
    if unit.dimension in ("rank", "rank-group"):
        return _can_be_rank(number)
    if unit.dimension == "count" and unit.scale == 1 and number != number.to_integral_value():
        return False
    if number < 0:
        return unit.dimension == "growth-rate"
    return unit.highest is None or number <= unit.highest


def _unit_key(text: str) -> str:
    """The match key, numbers without their dots, `vạn` for ten thousand."""
    key = re.sub(r"(?<=\d)\.(?=\d{3})", "", match_key(text))
    return _PER_10K.sub("/vạn ", key)


def _readings_of(key: str) -> tuple[str, ...]:
    """The key, then without brackets around it, without leading words, without both."""
    inner = _BRACKETED.fullmatch(key)
    bare = inner[1] if inner else key
    return key, bare, _LEADING.sub("", bare, count=1) if _LEADING.match(bare) else bare


def _is_bytes_per_second(text: str) -> bool:
    """`MB/s` is eight times `Mb/s`, and the key is blind to case."""
    line = clean_line(text).replace(" ", "")
    return _BYTES_PER_SECOND.fullmatch(line) is not None and "B" in line


@cache
def _units_by_key() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in read_csv("units.csv"):
        if row["unit_id"] != "none":
            _add_keys(units, row)
    return units


def _add_keys(units: dict[str, Unit], row: dict[str, str]) -> None:
    """Put the unit under the keys of all its spellings; the first unit that claims a key keeps it."""
    highest = Decimal(row["highest"]) if row["highest"] else None
    scale = Decimal(row["scale"])
    unit = Unit(row["unit_id"], row["vi_unit"], row["dimension"], scale, row["denominator"], row["base"], highest)
    for spelling in (row["vi_unit"], *split_variants(row["variants"])):
        units.setdefault(_unit_key(spelling), unit)
