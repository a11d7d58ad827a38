"""Agencies of a cell, one by one, and their abbreviations."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from normalizers.data import read_csv
from normalizers.provinces import find_province
from normalizers.text import clean, match_key

_GOES_ON = re.compile(r"(?:[,\-–&/(]|\b(?:và|của|các|với|tại))$", re.IGNORECASE)
_NAME_START = re.compile(r"(?<=\w) (?=[^\W\d_])")
_SERVED = re.compile(r"UBND|HĐND|Ủy ban|Hội đồng|Uỷ ban")
_BULLET = re.compile(r"^(?:[-–+•*]\s+)+")
_BODY_WORDS = (
    r"(?:Sở|Ban|Bộ|Công an|Cục|Chi cục|Văn phòng|Thanh tra|Trung tâm|Bảo hiểm|Kho bạc|Ngân hàng|Thuế|Hội|Ủy ban|Uỷ ban"
    r"|UBND|HĐND|UBMTTQ|Tỉnh đoàn|Tỉnh ủy|Đảng ủy|Mặt trận|Liên đoàn|Liên minh|Liên hiệp|Hiệp hội|Trường|Viện|Tòa án"
    r"|Quỹ|Báo(?! cáo)|Đài|Bộ đội|Công ty|Tổng công ty"
    r"|Các (?:sở|ban|ngành|cơ quan|đơn vị|tổ chức|doanh nghiệp|địa phương|xã))\b"
)
_HALF_NAME = re.compile(rf".*\b{_BODY_WORDS}", re.IGNORECASE)
_BODY_START = re.compile(_BODY_WORDS, re.IGNORECASE)
_ANOTHER_BODY = re.compile(r"(?:Sở|UBND|Ủy ban nhân dân|Công an|Ban|Bộ|Các) \w")
_INDEPENDENT = (
    r"(?:Sở|UBND|Ủy ban|Công an|Bộ Chỉ huy|Bộ đội|Báo|Đài|Hội|Hiệp hội|Liên đoàn|Liên minh|Tỉnh đoàn|Bảo hiểm|Cục"
    r"|Kho bạc|Ngân hàng|Thuế|Công ty|Tổng công ty)"
)
_INDEPENDENT_BODY = re.compile(rf"{_INDEPENDENT} \w")
_WHOLE_BODY = re.compile(rf"{_INDEPENDENT}(?: \S+){{2,}}")
_ENDED = re.compile(rf"{_BODY_WORDS},?(?: \S+)+ (?:tỉnh|liên quan)", re.IGNORECASE)
_NAMED_BODY = re.compile(rf"{_BODY_WORDS},?(?: \S+){{2,}}")
_NEXT_IN_LIST = re.compile(rf"(?<=\w)\s+(?=[-–+•*]\s+{_BODY_WORDS})")
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

    A comma, or a line break that the page does not show as deliberate, still parts names that are known whole.
    """
    lines = (_listed(line) for chunk in clean(text).split(";") for line in _join_wraps(chunk.split("\n")))
    parts = (_tidy(part) for listed in lines for part in listed)
    return tuple(name for part in parts if part for name in _known_names(part))


def _known_names(part: str) -> tuple[str, ...]:
    """Known names that stand behind each other with a space or a dash alone between them; else the part itself.

    Behind a known one the name of any body of its own rank is another, behind an independent body an
    independent one; `Trung tâm`, `Chi cục` may be a part of it.
    """
    if find_agency(part):
        return (part,)
    if listed := _dashed_names(part) or _comma_names(part):
        return listed
    for first, second in _halves(part):
        if find_agency(first) and (find_agency(second) or _ANOTHER_BODY.match(second)):
            return first, second
        is_whole = find_agency(first) or (_WHOLE_BODY.fullmatch(first) and not _HALF_NAME.fullmatch(first))
        if is_whole and _INDEPENDENT_BODY.match(second):
            return first, second
        if _ENDED.fullmatch(first) and find_agency(second):
            return first, second
    return (part,)


def seem_joined(text: str) -> tuple[str, str] | None:
    """The two bodies that one name of a cell may be, where neither a break nor a known name parts them; else None.

    Both are known or named as bodies are: `Ban Quản lý Khu kinh tế cửa khẩu | Thuế tỉnh`. A centre may be a part of the
    first, a board's name may end with whom it serves: a person decides.
    """
    for part in split_agencies(text):
        if find_agency(part) or _is_office_served((part,)):
            continue
        for first, second in _halves(part):
            if _is_body(first) and not _GOES_ON.search(first) and _is_body(second):
                return first, second
    return None


def _halves(part: str) -> Iterator[tuple[str, str]]:
    """A name in two, before each of its capitalised words."""
    for gap in _NAME_START.finditer(part):
        if part[gap.end()].isupper():
            yield part[: gap.start()], part[gap.end() :]


def _is_body(name: str) -> bool:
    return bool(find_agency(name)) or bool(_NAMED_BODY.fullmatch(name))


def _dashed_names(part: str) -> tuple[str, ...]:
    """`Bảo hiểm xã hội - Sở Công Thương`: what is left of two bodies in lines that begin with a dash.

    Every piece must be a known body whole: `Sở Lao động - Thương binh và Xã hội` and `Văn phòng Đoàn ĐBQH - HĐND tỉnh`
    are one.
    """
    pieces = tuple(piece.strip() for piece in re.split(r"\s[-–]\s", part))
    is_list = len(pieces) > 1 and not _is_office_served(pieces) and all(map(find_agency, pieces))
    return pieces if is_list else ()


def _comma_names(part: str) -> tuple[str, ...]:
    """`Sở Y tế, Sở Tài chính`, each a known body whole, as no part of `Sở Văn hóa, Thể thao và Du lịch` is."""
    pieces: list[str] = []
    begun = ""
    for piece in part.split(","):
        begun = f"{begun},{piece}" if begun else piece.strip()
        if find_agency(begun):
            pieces.append(begun)
            begun = ""
    return tuple(pieces) if len(pieces) > 1 and not begun else ()


def format_agencies(parts: tuple[str, ...]) -> str:
    """The agencies as one field of the dataset."""
    return "; ".join(parts)


@lru_cache(maxsize=4096)
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


def _listed(line: str) -> tuple[str, ...]:
    """The bodies of a line that begins with a bullet, `- Sở Y tế - Công an tỉnh`: lines of a list, printed as one."""
    pieces = _NEXT_IN_LIST.split(line) if _BULLET.match(line) else [line]
    return (line,) if _is_office_served(tuple(map(_tidy, pieces))) else tuple(pieces)


def _is_office_served(pieces: tuple[str, ...]) -> bool:
    """`Văn phòng HĐND - UBND tỉnh`: behind `Văn phòng`, a council or committee is what the office serves."""
    return pieces[0].startswith("Văn phòng") and any(_SERVED.match(piece) for piece in pieces[1:2])


def begins_like_agency(name: str) -> bool:
    """Whether a text begins as names of bodies do: `Sở …`, `Công an …`, known or not."""
    return bool(_BODY_START.match(name))


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
