"""Printed values that can be read in one way only: for these the measure also asks for the right numbers."""

import re
from dataclasses import dataclass

from benchmarks.folding import fold

_NUMBER = r"\d[\d.]*(?:,\d+)?"


@dataclass(frozen=True, slots=True)
class CertainValue:
    """A printed value whose reading is beyond doubt; no comparator for a range."""

    comparator: str
    low: float | None
    high: float | None


def _number(text: str) -> float:
    without_thousands = text if text.startswith("0.") else re.sub(r"\.(?=\d{3}(\D|$))", "", text)
    return float(without_thousands.replace(",", "."))


def read_certain_value(text: str) -> CertainValue | None:
    """Read a bare number, a comparison or a range; None for everything that could be read in two ways.

    >>> read_certain_value("≥ 1.234,5")
    CertainValue(comparator='≥', low=1234.5, high=None)
    """
    bare = re.sub(r"%$", "", re.sub(r"^phấn đấu\s*", "", fold(text))).strip()
    if comparison := re.fullmatch(rf"(≥|≤|>|<)({_NUMBER})", bare):
        sign, number = comparison[1], _number(comparison[2])
        return CertainValue(sign, number if sign in "≥>" else None, number if sign in "≤<" else None)
    if bounds := re.fullmatch(rf"({_NUMBER})-({_NUMBER})", bare):
        return CertainValue("", _number(bounds[1]), _number(bounds[2]))
    if re.fullmatch(_NUMBER, bare):
        return CertainValue("=", _number(bare), _number(bare))
    return None
