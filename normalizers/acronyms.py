"""Abbreviations in capitals: no syllable and no neighbour vouches for them, only a list, or a second reader."""

import re
from functools import cache

from normalizers.data import read_csv
from normalizers.text import clean_line

_CAPITALS = re.compile(r"(?<![\w&.-])[A-ZĐ]{2,7}(?![\w&])")
# At the ends of a text a pen's stroke comes back as a letter.
_LONE = re.compile(r"^[BCDĐGHKLMNPQRSTVX](?= )|(?<= )[BCDĐGHKLMNPQRSTVX]$")
_LETTERED = re.compile(r"(?:loại|hạng|nhóm|cấp|lớp|gan|vitamin|phần|mục|bảng|mẫu|khu|quốc lộ) [A-ZĐ]$", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
_CATALOGUES = ("indicators.csv", "units.csv", "agencies.csv", "abbreviations.csv", "phrases.csv", "nq03_cp_phuluc1.csv")


def strange_acronyms(text: str) -> tuple[str, ...]:
    """The abbreviations of a text that no catalogue has, and lone letters at its ends; none where all is capitals.

    >>> strange_acronyms("Chỉ số năng lực cạnh tranh cấp tỉnh (POI)"), strange_acronyms("Tốc độ tăng GRDP")
    (('POI',), ())
    """
    line = clean_line(text)
    if not any(char.islower() for char in line):
        return ()
    found = (word for word in _CAPITALS.findall(line) if not _ROMAN.fullmatch(word))
    lone = () if _LETTERED.search(line) else _LONE.findall(line)
    return tuple(word for word in (*found, *lone) if word not in _known())


@cache
def _known() -> frozenset[str]:
    texts = (text or "" for name in _CATALOGUES for row in read_csv(name) for text in row.values())
    return frozenset(word for text in texts for word in _CAPITALS.findall(text))
