"""Units whose strokes or marks were misread: `Triệu đồng] ha`, `tý đồng`."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from chitieu.model import Flag, FlagKind, Reading, Repair
from normalizers.mended import Mended
from normalizers.text import clean_line, fold_marks
from normalizers.units import find_unit, unit_spellings

SHORTEST_UNIT = 6
# What a stroke between two words is read as.
_STROKES = re.compile(r"[\s/|\\\[\](){}!IJl1i,.'’]+")
# What a stroke at the end of a line is lost to, or read as.
_MICRO = re.compile(r"(?<![^\W_])(?:u|n|un|ụ|ủ|p)(?=g\s?/\s?(?:m3|m³|l)(?!\w))")
_SPACES_AND_STROKES = re.compile(r"[\s/|\\\[\](){}.,'’]+")


def unit_of_seconds(text: str, seconds: Iterable[Reading]) -> str:
    """The known unit of a second reading where the first is none and only strokes differ; "" where there is none.

    Signs (`%`, `‰`) and letters have to be the same: the second engine has no `‰`.
    """
    if not text or find_unit(text):
        return ""
    others = (clean_line(second.text) for second in seconds)
    known = (other for other in others if find_unit(other) and _without_strokes(other) == _without_strokes(text))
    return next(known, "")


def _without_strokes(text: str) -> str:
    return _STROKES.sub("", text).lower()


def unit_by_letters(text: str) -> str:
    """The one known unit that has the letters and signs of an unknown one, with other marks or strokes; else "".

    A short one may be another noun (`Cây`, `Cấy`).
    """
    letters = _letters(text)
    return "" if len(letters) < SHORTEST_UNIT or find_unit(text) else _units_by_letters().get(letters, "")


def with_micro(text: str) -> str:
    """The text with the prefix of `µg/m3`, which the readers do not write: they have `ug`, `ng`, `ung` there."""
    return _MICRO.sub("µ", text)


def _letters(text: str) -> str:
    return _SPACES_AND_STROKES.sub("", fold_marks(text))


@cache
def _units_by_letters() -> dict[str, str]:
    """Spellings of units by their bare letters, those of one unit alone."""
    found: dict[str, set[str]] = {}
    for unit_id, spelling in unit_spellings():
        found.setdefault(_letters(spelling), set()).add(unit_id)
    spelled = {_letters(spelling): spelling for _, spelling in reversed(unit_spellings())}
    return {letters: spelled[letters] for letters, units in found.items() if len(units) == 1}


def mend_micro(field: str, mended: Mended) -> Mended:
    """`ng/m3` of a scan; a person has to look, for nanograms are measured too."""
    text = with_micro(mended.text)
    if text == mended.text:
        return mended
    repair = Repair(field, mended.text, text, "the readers do not write µ")
    flag = Flag(FlagKind.UNCERTAIN_REPAIR, field, f"{mended.text} → {text}")
    return replace(mended, text=text, repairs=(*mended.repairs, repair), flags=(*mended.flags, flag))


def mend_unit(mended: Mended, seconds: tuple[Reading, ...]) -> Mended:
    """A unit that is none, but for its strokes or marks, or of which another reader has one that is."""
    unit = unit_of_seconds(mended.text, seconds) or unit_by_letters(mended.text)
    if not unit:
        return mended
    repair = Repair("unit", mended.text, unit, "no unit, but for strokes or marks this one")
    return replace(mended, text=unit, repairs=(*mended.repairs, repair))
