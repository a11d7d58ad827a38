"""Units whose strokes were misread: `Triệu đồng] ha` is the unit that a second reading has."""

import re
from collections.abc import Iterable

from chitieu.model import Reading
from normalizers.text import clean_line
from normalizers.units import find_unit

# What a stroke between two words is read as.
_STROKES = re.compile(r"[\s/|\\\[\](){}!IJl1i,.'’]+")


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
