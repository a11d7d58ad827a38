"""The marks in numbers: a fax's comma loses its tail and is read as a stop (`7,5` as `7.5`), a stop is lost (`39 850`).

A stop before one or two digits parts no thousands, so the number is the same either way; what is printed is told by the
other numbers of the column.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from chitieu.model import Flag, FlagKind, Repair
from normalizers.consensus import MAJORITY_COUNT, MAJORITY_FACTOR, Place
from normalizers.mended import Mended

_COMMA = re.compile(r"(?<![\d.,])\d+(?:\.\d{3})*,\d+(?![\d.,])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])")
_BROKEN = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*\.(?:\d{2}\s+\d|\d\s+\d{2})(?![\d.,])")
_GAP = re.compile(r"(?<![\d.,])\d{1,3} \d{3}(?![\d])")
# Not a date (`12.5.2030`), no thousands (`1.500`) unless nothing stands before them (`0.623`).
_STOP = re.compile(r"(?<![\d.,/])(\d+)\.(\d{1,2}|(?<=\b0\.)\d{3})(?![\d.,/])")


def join_broken(mended: Mended) -> Mended:
    """A value whose last thousands the edge of a narrow column broke over two lines, whole: `1.158.50`, `0`."""
    text = _BROKEN.sub(lambda found: "".join(found[0].split()), mended.text)
    if text == mended.text:
        return mended
    repair = Repair("value_text", mended.text, text, "a number broken at the column's edge: its last three digits")
    return replace(mended, text=text, repairs=(*mended.repairs, repair))


def agree_on_marks(cells: Mapping[Place, Mended], layers: set[Place]) -> dict[Place, Mended]:
    """The value cells with commas before decimals where the column has them, and white for a stop in doubt likewise."""
    return _doubt_gaps(_agree_on_commas(cells, layers), layers)


def _doubt_gaps(cells: dict[Place, Mended], layers: set[Place]) -> dict[Place, Mended]:
    stops = sum(len(_THOUSANDS.findall(mended.text)) for mended in cells.values())
    gaps = sum(len(_GAP.findall(mended.text)) for mended in cells.values())
    if stops < max(MAJORITY_COUNT, MAJORITY_FACTOR * gaps):
        return cells
    return {place: mended if place in layers else _with_doubt(mended) for place, mended in cells.items()}


def _with_doubt(mended: Mended) -> Mended:
    found = tuple(Flag(FlagKind.UNCERTAIN_REPAIR, "value_text", gap) for gap in _GAP.findall(mended.text))
    return replace(mended, flags=(*mended.flags, *found))


def _agree_on_commas(cells: Mapping[Place, Mended], layers: set[Place]) -> dict[Place, Mended]:
    """The value cells with stops before decimals as commas, where the column has commas; `layers` stay as they are."""
    commas = sum(len(_COMMA.findall(mended.text)) for mended in cells.values())
    stops = sum(len(_STOP.findall(mended.text)) for mended in cells.values())
    if commas < max(MAJORITY_COUNT, MAJORITY_FACTOR * stops):
        return dict(cells)
    return {place: mended if place in layers else _with_commas(mended) for place, mended in cells.items()}


def _with_commas(mended: Mended) -> Mended:
    text = _STOP.sub(r"\1,\2", mended.text)
    if text == mended.text:
        return mended
    repair = Repair("value_text", mended.text, text, "the column has commas before decimals")
    return replace(mended, text=text, repairs=(*mended.repairs, repair))
