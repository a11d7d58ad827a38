"""Names of bodies whose lines got into two cells: of one cell for both rows, with no rule to show it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from chitieu.model import Cell, Repair
from normalizers.consensus import Place
from normalizers.known_phrases import is_known_phrase
from normalizers.mended import Mended

WHY = "one name over two rows; neither half is a body"


def join_torn(field: str, cells: Mapping[Place, Cell], texts: Mapping[Place, Mended]) -> dict[Place, Mended]:
    """The texts of a column of bodies, with the two halves of a known name joined in both of their rows."""
    joined = dict(texts)
    by_place = sorted(texts, key=lambda place: (place[0], place[2], place[1]))
    torn_before = False
    for upper, lower in pairwise(by_place):
        whole = "" if torn_before else _whole_name(field, upper, lower, cells, texts)
        torn_before = bool(whole)
        if whole:
            for place in (upper, lower):
                repair = Repair(field, texts[place].text, whole, WHY)
                joined[place] = replace(texts[place], text=whole, repairs=(*texts[place].repairs, repair))
    return joined


def _whole_name(
    field: str, upper: Place, lower: Place, cells: Mapping[Place, Cell], texts: Mapping[Place, Mended]
) -> str:
    """What two cells below each other say together, where only that is a body; else nothing."""
    is_next = (upper[0], upper[2]) == (lower[0], lower[2]) and upper[1] + cells[upper].row_span == lower[1]
    first, second = texts[upper].text.strip(), texts[lower].text.strip()
    if not is_next or not first or not second:
        return ""
    if is_known_phrase(field, second) or (is_known_phrase(field, first) and not second[0].islower()):
        return ""
    whole = f"{first} {second}"
    return whole if is_known_phrase(field, whole) else ""
