"""The values of one row over the years: a point read as a comma makes a number a thousand times smaller."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from chitieu.model import Flag, FlagKind, Indicator
from normalizers.cells import row_key

# Values of one row differ by less than this from one year to the next, and never by a thousand times.
ALIKE_FACTOR = 4.0
LEAST_OTHERS = 2
_THREE_DECIMALS = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")
THOUSAND = 1000.0


def doubt_marks(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators, those in doubt whose comma (or point) makes them a thousand times off the others of their row.

    Flagged, never mended: what is printed is told by readings alone.
    """
    return tuple(one for _, row in groupby(indicators, key=row_key) for one in _row_with_doubts(list(row)))


def _row_with_doubts(row: list[Indicator]) -> list[Indicator]:
    numbers = [_number(one) for one in row]
    return [
        _doubted(one) if _is_off(one, numbers[:index] + numbers[index + 1 :]) else one for index, one in enumerate(row)
    ]


def _number(indicator: Indicator) -> float:
    """Its number, of a range the lower one; 0 where it has none."""
    value = indicator.value_low if indicator.value_low is not None else indicator.value_high
    return float(value or 0)


def _is_off(indicator: Indicator, others: Sequence[float]) -> bool:
    """Would the number fit the others of its row if its mark were the other one, and not as it is?"""
    own, known = _number(indicator), [abs(other) for other in others if other]
    if not own or len(known) < LEAST_OTHERS or max(known) > ALIKE_FACTOR**2 * min(known):
        return False
    usual = median(known)
    factors = [THOUSAND] if _THREE_DECIMALS.search(indicator.value_text) else []
    factors += [1 / THOUSAND] if _THOUSANDS.search(indicator.value_text) else []
    return any(usual / ALIKE_FACTOR <= abs(own) * factor <= usual * ALIKE_FACTOR for factor in factors)


def _doubted(indicator: Indicator) -> Indicator:
    doubt = Flag(FlagKind.LOW_CONFIDENCE, "value_text", indicator.value_text)
    return replace(indicator, flags=(*indicator.flags, doubt))
