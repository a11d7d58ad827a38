"""Provinces, those of today and those merged in 2025."""

import re
from dataclasses import dataclass
from functools import cache

from normalizers.data import read_csv
from normalizers.text import fold_marks, match_key


@dataclass(frozen=True, slots=True)
class Province:
    """`name` as the documents of its time have it (`Hà Giang`), `code` of the province that it is part of today.

    `level` is `tỉnh` or `thành phố`, of its time too.
    """

    name: str
    code: str
    level: str


def find_province(text: str) -> Province | None:
    """The province that the text names, None where it names none or several.

    Marks that were misread are forgiven where the bare letters belong to one province alone.
    """
    return _find(match_key(text), _by_key()) or _find_without_marks(text)


def _find_without_marks(text: str) -> Province | None:
    return _find(_bare(text), _by_bare_name())


def _find(key: str, names: dict[str, Province]) -> Province | None:
    """The one province among the longest names that stand in the key as whole words."""
    found: set[Province] = set()
    for name in sorted((name for name in names if name in key), key=len, reverse=True):
        key, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "|", key)
        if count:
            found.add(names[name])
    return found.pop() if len(found) == 1 else None


@cache
def _by_key() -> dict[str, Province]:
    spellings = {"Đắk Lắk": "Đăk Lăk", "Đắk Nông": "Đăk Nông", "Hồ Chí Minh": "TPHCM", "Bà Rịa - Vũng Tàu": "BRVT"}
    names: dict[str, Province] = {}
    for row in read_csv("provinces_2025.csv"):
        province = _of_row(row)
        names[match_key(row["old_short"])] = province
        if row["old_short"] in spellings:
            names[match_key(spellings[row["old_short"]])] = province
    return names


@cache
def _by_bare_name() -> dict[str, Province]:
    """Names without marks that belong to one province (`ha nam` and `ha nội` stay apart by their letters)."""
    names: dict[str, Province] = {}
    for row in read_csv("provinces_2025.csv"):
        names[_bare(row["old_short"])] = _of_row(row)
    return names


def _of_row(row: dict[str, str]) -> Province:
    level = "thành phố" if row["old_name"].startswith("Thành phố") else "tỉnh"
    return Province(row["old_short"], row["new_code_gso"], level)


def _bare(text: str) -> str:
    return fold_marks(match_key(text))
