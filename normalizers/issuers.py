"""The names of bodies that issue decisions, spelled as in running text."""

import re
from functools import cache

from rapidfuzz import fuzz

from normalizers.agencies import split_agencies
from normalizers.data import read_csv
from normalizers.provinces import Province, find_province
from normalizers.text import clean_line, fold_marks, match_key

# Bodies that every province has one of.
_PROVINCIAL = re.compile(r"(?:Sở|Ban Quản lý|Văn phòng|Ủy ban nhân dân|Hội đồng nhân dân)\b", re.IGNORECASE)
# A body of a part of a province has that part's name.
_BELOW_PROVINCE = re.compile(r"\b(?:huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\s+(?:tỉnh|thành phố)$", re.IGNORECASE)
_NAMED_PLACE = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu)\s+(\w.*)$", re.IGNORECASE)
# Of the whole country: the place where such a body sits tells no province.
_CENTRAL = re.compile(
    r"(?:Bộ|Chính phủ|Thủ tướng|Quốc hội|Ủy ban Thường vụ|Ngân hàng Nhà nước|Ban Chấp hành Trung ương|Tổng cục|Cục)\b",
    re.IGNORECASE,
)
_CHAIRMAN = re.compile(r"^(?:phó\s+)?(?:chủ tịch|giám đốc|trưởng ban|bộ trưởng)\s+(?=\S)", re.IGNORECASE)
_COMMITTEE = {"uy ban nhan dan": "Ủy ban nhân dân", "hoi dong nhan dan": "Hội đồng nhân dân"}
_STATE_BANK = "Ngân hàng Nhà nước"
# `Ninh Đình` is like `Ninh Bình`, no other two provinces are so much alike that one could be meant by the other.
LIKE_NAMES = 80.0
# `Uy Dan nhân dân` is; no other body's name comes near.
LIKE_COMMITTEES = 90.0


def spell_issuer(text: str, province: Province | None = None, place: str = "") -> str:
    """A body's name in sentence case, without abbreviations, misread marks of the usual ones mended.

    `place`: where the document was signed, which tells the case of names: `Bỉm Sơn`.

    >>> spell_issuer("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU")
    'Ủy ban nhân dân tỉnh Lai Châu'
    """
    name = _CHAIRMAN.sub("", clean_line(text).strip(" .,;:"))
    name = re.sub(r"\bUBND\b", "Ủy ban nhân dân", re.sub(r"\bHĐND\b", "Hội đồng nhân dân", name))
    name = _with_committee(name)
    if text.isupper():
        name = _sentence_case(name, place)
    return _with_province(name, find_province(name) or province)


def is_central(issuer: str) -> bool:
    """Whether a body is one of the whole country."""
    return _CENTRAL.match(issuer) is not None


def ends_at_level(issuer: str) -> bool:
    """Whether a name breaks off before its place: `Ủy ban nhân dân tỉnh`."""
    return _LEVEL.search(issuer) is not None


def same_issuer(first: str, second: str) -> bool:
    """Whether two spellings name one body; one may say less of its place."""
    one, two = (fold_marks(match_key(name)) for name in (first, second))
    return one == two or one.startswith(f"{two} ") or two.startswith(f"{one} ")


def _with_committee(name: str) -> str:
    """The name with `Ủy ban nhân dân`, `Hội đồng nhân dân` spelled so where it begins with them, a letter misread."""
    words = name.split()
    for bare, spelled in _COMMITTEE.items():
        count = len(spelled.split())
        if fuzz.ratio(fold_marks(" ".join(words[:count])), bare) >= LIKE_COMMITTEES:
            return " ".join([spelled, *words[count:]])
    return name


def _sentence_case(name: str, place: str) -> str:
    lower = name.lower()
    lower = _known_body(lower) or lower[:1].upper() + lower[1:]
    lower = _NAMED_PLACE.sub(lambda match: f"{match[1].lower()} {match[2].title()}", lower)
    for known in (place, "Việt Nam", _STATE_BANK):
        lower = re.sub(re.escape(known), known, lower, flags=re.IGNORECASE) if known else lower
    return lower


def _known_body(lower: str) -> str:
    """The name with the capitals that the list of agencies has, its place left as it is; empty of an unknown one."""
    key = match_key(lower)
    for known, spelled in _bodies().items():
        if key == known or key.startswith(f"{known} "):
            return f"{spelled}{' '.join(['', *lower.split()[len(spelled.split()) :]])}"
    return ""


@cache
def _bodies() -> dict[str, str]:
    """Full names of agencies by their keys, the longest first."""
    names = [name for row in read_csv("agencies.csv") for name in split_agencies(row["full_vi"])]
    return {match_key(name): name for name in sorted(names, key=len, reverse=True)}


def _with_province(name: str, province: Province | None) -> str:
    """The name with its province spelled as in the list: `UBND tỉnh`, `Sở Tài chính` exist in each of them."""
    if province is None or _BELOW_PROVINCE.search(name):
        return name
    own = re.search(rf"\s(?:tinh|thanh pho)\s+{re.escape(fold_marks(province.name))}$", fold_marks(name))
    if own:
        return f"{name[: own.start()]} {province.level} {province.name}"
    if find_province(name) or not _PROVINCIAL.match(name):
        return name
    misread = re.search(r"\s(?:tinh|thanh pho)\s+(?P<place>\S.*)$", fold_marks(name))
    if misread and _is_like(misread["place"], fold_marks(province.name)):
        return f"{name[: misread.start()]} {province.level} {province.name}"
    return f"{_LEVEL.sub('', name)} {province.level} {province.name}"


def _is_like(read: str, name: str) -> bool:
    """Whether a place is the province's name, cut short or with letters misread."""
    return name.startswith(read) or fuzz.ratio(read, name) >= LIKE_NAMES
