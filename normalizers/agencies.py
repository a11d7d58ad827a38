"""Agencies of a cell, one by one, and their abbreviations."""

import re
from functools import cache

from normalizers.data import read_csv
from normalizers.provinces import find_province
from normalizers.text import clean, match_key

_GOES_ON = re.compile(r"(?:[,\-–&/(]|\b(?:và|của|các|với|tại))$", re.IGNORECASE)
_NAME_START = re.compile(r"(?<=\w) (?=[A-ZĐ])")
_BULLET = re.compile(r"^(?:[-–+•*]\s+)+")
_WITH_PLACE = re.compile(
    r"((?:công an|thanh tra|văn phòng ủy ban nhân dân) tỉnh|.+?(?= tỉnh | thành phố ))(?: tỉnh| thành phố)? (.+)"
)
_SPELLED_OUT = (
    ("ubnd", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("vp", "văn phòng"),
    ("kh&cn", "khoa học và công nghệ"),
    ("khcn", "khoa học và công nghệ"),
    ("nn&mt", "nông nghiệp và môi trường"),
    ("gd&đt", "giáo dục và đào tạo"),
    ("vh,tt&dl", "văn hóa,thể thao và du lịch"),
    ("vh-tt&dl", "văn hóa,thể thao và du lịch"),
    ("vhttdl", "văn hóa,thể thao và du lịch"),
    ("nhnn", "ngân hàng nhà nước"),
    ("&", " và "),
)


def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies of a cell. Only `;` and deliberate line breaks part them: names hold ` - `, `,` and ` và `.

    A line break that the page does not show as deliberate still parts two names that are both known.
    """
    parts = (_tidy(part) for chunk in clean(text).split(";") for part in _join_wraps(chunk.split("\n")))
    return tuple(name for part in parts if part for name in _known_names(part))


def _known_names(part: str) -> tuple[str, ...]:
    """Two known names that stand behind each other with a space alone between them, apart; else the part itself."""
    if find_agency(part):
        return (part,)
    for gap in _NAME_START.finditer(part):
        first, second = part[: gap.start()], part[gap.end() :]
        if find_agency(first) and find_agency(second):
            return first, second
    return (part,)


def format_agencies(parts: tuple[str, ...]) -> str:
    """The agencies as one field of the dataset."""
    return "; ".join(parts)


def find_agency(name: str) -> str | None:
    """Abbreviation of a known agency (`SKHCN`), None for others."""
    key = _agency_key(name)
    return _abbreviations().get(key) or _abbreviations().get(_without_place(key))


def _join_wraps(lines: list[str]) -> list[str]:
    """Lines that are wraps of a name put together again."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        if joined and line and (line[0].islower() or _GOES_ON.search(joined[-1])):
            joined[-1] = f"{joined[-1]} {line}"
        elif line:
            joined.append(line)
    return joined


def _tidy(part: str) -> str:
    return _BULLET.sub("", part.strip()).rstrip(" .,")


def _agency_key(name: str) -> str:
    """The match key with the usual abbreviations written out."""
    key = match_key(name)
    for short, full in _SPELLED_OUT:
        key = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)" if short != "&" else "&", full, key)
    return match_key(key)


def _without_place(key: str) -> str:
    """`sở tài chính tỉnh cao bằng` → `sở tài chính`, where nothing but the province stands behind."""
    match = _WITH_PLACE.fullmatch(key)
    province = find_province(match[2]) if match else None
    is_place = match is not None and province is not None and match_key(province.name) == match[2]
    return match[1] if match is not None and is_place else key


@cache
def _abbreviations() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in read_csv("agencies.csv"):
        for spelling in (row["full_vi"], row["abbr"], *row["variants"].split(";")):
            if spelling.strip():
                names.setdefault(_agency_key(spelling), row["abbr"])
    return names
