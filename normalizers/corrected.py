"""A reviewer's text in the place of what was read: what follows from it is computed as it is for what was read."""

from dataclasses import replace

from chitieu.model import Column, Indicator, Role
from normalizers.agencies import format_agencies, split_agencies
from normalizers.amounts import read_amount
from normalizers.canonical import find_indicator
from normalizers.periods import find_period
from normalizers.text import clean_line
from normalizers.units import find_unit

_VALUES = Column(0, Role.VALUE, "")


def with_text(indicator: Indicator, field: str, text: str) -> Indicator:
    """The indicator with another text in one of its written fields, and with all that follows from that text."""
    text = clean_line(text)
    if field in ("agency", "coagency"):
        return _put(indicator, field, format_agencies(split_agencies(text)))
    if field in ("unit", "value_text"):
        return _with_amount(_put(indicator, field, text))
    if field == "period":
        return replace(indicator, period=find_period(text) or text)
    changed = _put(indicator, field, text)
    if field == "indicator":
        return replace(changed, indicator_id=find_indicator(text))
    return replace(changed, parent_code=text.rpartition(".")[0]) if field == "code" else changed


def _put(indicator: Indicator, field: str, text: str) -> Indicator:
    return replace(indicator, **{field: text})  # type: ignore[arg-type]  # the written fields are all texts


def _with_amount(indicator: Indicator) -> Indicator:
    """Unit and value understood together; a unit inside of the value counts where there is no other."""
    amount = read_amount(indicator.unit, indicator.value_text, _VALUES, "")
    unit = amount.unit or find_unit(amount.unit_text)
    return replace(
        indicator,
        unit=amount.unit_text,
        unit_code=unit.unit_id if unit else "",
        value_kind=amount.value.kind,
        comparator=amount.value.comparator,
        value_low=amount.value.low,
        value_high=amount.value.high,
    )
