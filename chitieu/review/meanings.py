"""How the machine understands what a field says, in words: what a reviewer sees while typing."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chitieu.dataset.catalogue import read_catalogue
from chitieu.model import Column, Indicator, Role, ValueKind
from chitieu.review.words import word
from chitieu.settings import Language
from normalizers.agencies import find_agency, split_agencies
from normalizers.amounts import RecordAmount, read_amount
from normalizers.data import read_csv
from normalizers.periods import find_period
from normalizers.text import unknown_words

_VALUES = Column(0, Role.VALUE, "")
_COMPARED = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "~": "about", "=": "exactly"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means, in words; `is_understood` is False where a person should look twice."""

    text: str
    is_understood: bool = True


def meaning_of(row: Indicator, field: str, language: Language) -> Meaning:
    """How a field of a row is understood; an empty text where there is nothing to understand."""
    if field == "value_text":
        return _value(row, language)
    if field == "unit":
        return _unit(row, language)
    if field in ("agency", "coagency"):
        return _bodies(getattr(row, field), language)
    if field == "indicator":
        return _name(row, language)
    if field == "period":
        return Meaning("", not row.period or bool(find_period(row.period)))
    return Meaning("")


def _value(row: Indicator, language: Language) -> Meaning:
    amount = read_amount(row.unit, row.value_text, _VALUES, "")
    if not row.value_text:
        return Meaning(word("empty", language), is_understood=False)
    if not amount.value.is_understood:
        return Meaning(word("not_understood", language), is_understood=False)
    doubts = [flag for flag in amount.flags if flag.field == "value_text"]
    said = _amount_words(amount, row, language)
    if doubts:
        return Meaning(f"{said}: {word('strange_for_unit', language)}", is_understood=False)
    return Meaning(said)


def _amount_words(amount: RecordAmount, row: Indicator, language: Language) -> str:
    value = amount.value
    unit = f" {row.unit}" if row.unit else ""
    if value.low is None and value.high is None:
        return word(f"kind_{value.kind}", language)
    if value.kind is ValueKind.RANK and value.comparator == "=":
        return word("rank", language, number=_number(value.low or value.high))
    if value.low is not None and value.high is not None and value.low != value.high:
        return word("between", language, low=_number(value.low), high=_number(value.high)) + unit
    number = _number(value.low if value.low is not None else value.high)
    return word(_COMPARED[value.comparator or "="], language, number=f"{number}{unit}")


def _number(number: Decimal | None) -> str:
    """A number as Vietnamese offices write it: dots between thousands, a comma before decimals."""
    return f"{number:,f}".translate(str.maketrans(",.", ".,")) if number is not None else ""


def _unit(row: Indicator, language: Language) -> Meaning:
    if not row.unit:
        return Meaning("")
    if not row.unit_code:
        return Meaning(word("unknown_unit", language), is_understood=False)
    return Meaning(f"{_unit_names()[row.unit_code]} ({row.unit_code})")


@cache
def _unit_names() -> dict[str, str]:
    return {entry["unit_id"]: entry["vi_unit"] for entry in read_csv("units.csv")}


def _bodies(text: str, language: Language) -> Meaning:
    """The bodies that the catalogue does not know; provinces have bodies of their own, so that is no fault."""
    parts = split_agencies(text)
    unknown = [part for part in parts if not find_agency(part)]
    if not parts:
        return Meaning("")
    counted = word("bodies", language, count=len(parts))
    if unknown:
        strange = [part for part in unknown if unknown_words(part)]
        return Meaning(f"{counted}; {word('new_body', language)}: {'; '.join(unknown)}", not strange)
    return Meaning(counted)


def _name(row: Indicator, language: Language) -> Meaning:
    if strange := unknown_words(row.indicator):
        return Meaning(f"{word('strange_words', language)}: {', '.join(strange)}", is_understood=False)
    return Meaning(_catalogue_name(row.indicator_id) if row.indicator_id else "")


@cache
def _catalogue_name(indicator_id: str) -> str:
    entry = read_catalogue().get(indicator_id)
    return f"{entry.name} ({indicator_id})" if entry else indicator_id
