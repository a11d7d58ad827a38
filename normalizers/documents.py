"""The identity of a document: type, number, date, issuer, province, appendix, title.

Two places tell it: the head of page 1 (agency left, motto right, `Số: …`, place and date, type and subject) and the
caption over the table (`Phụ lục I`, title, `(Kèm theo … số … ngày … của …)`), laid down in Nghị định 30/2020/NĐ-CP.
"""

import datetime
import re
from dataclasses import dataclass

from chitieu.model import Document, Flag, FlagKind, Heading, Line
from normalizers.cells import key_words
from normalizers.provinces import Province, find_province
from normalizers.symbols import Symbol, find_symbol, type_names
from normalizers.text import clean_line, fold_marks

_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?k[èe]m theo\s+(?P<rest>.*)", re.IGNORECASE)
_DATE = re.compile(
    r"ng[àa]y\s*(?P<day>\d{1,2})\s*(?:[/.\-]|th[áa]ng)\s*(?P<month>\d{1,2})\s*(?:[/.\-]|n[ăa]m)\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_BLANK_DATE = re.compile(
    r"ng[àa]y[\s.…_]*(?:\d{1,2}[\s.…_]*)?(?:/|th[áa]ng)[\s.…_]*(?:\d{1,2}[\s.…_]*)?(?:/|n[ăa]m)", re.IGNORECASE
)
# Bodies that every province has one of.
_PROVINCIAL = re.compile(r"(?:Sở|Ban Quản lý|Văn phòng|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)\b")
_LEVEL = re.compile(r"\s+(?:tỉnh|thành phố)$", re.IGNORECASE)
_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)?\s*[.,;]?\s*$", re.IGNORECASE)
_APPENDIX = re.compile(
    r"^ph[ụu]\s*l[ụu]c\b(?:\s+s[ốo])?\s*(?P<number>[IVXl|1]+\b|\d+\b|[A-H]\b)?\s*[.:]?\s*(?P<rest>.*)$", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(r"^(?P<place>[^,]{2,40}),\s*ng[àa]y\b", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"^\W*s[ốo60]\s*[:.;]", re.IGNORECASE)
_SUBJECT_END = re.compile(
    r"^(?:căn cứ|thực hiện|chủ tịch|ủy ban|uỷ ban|hội đồng|giám đốc|điều 1|theo đề nghị)\b", re.IGNORECASE
)
_MOTTO = ("cong hoa xa hoi chu nghia", "doc lap", "tu do - hanh phuc")
_PARENT_AGENCY = re.compile(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd)\b", re.IGNORECASE)
_CHILD_AGENCY = re.compile(r"^(?:sở|ban|chi cục|cục|văn phòng|thanh tra|trung tâm|công an)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Identity:
    """What one place says; empty and None where it is silent. `has_blank_date`: the words are there, the day is not."""

    type: str = ""
    symbol: Symbol | None = None
    date: datetime.date | None = None
    has_blank_date: bool = False
    issuer: str = ""
    place: str = ""


def identify(heading: Heading, document_id: str, source_file: str, body_text: str = "") -> Document:
    """The identity that page 1 and the caption give together; where they contradict each other the caption is taken.

    `body_text` serves for one thing: the province, where heading and caption name none and it names one only.
    """
    caption = _lines(heading.caption)
    named, head = _of_caption(caption), _of_head(heading.first_page)
    symbol = _symbol_of(named, head)
    issuer = named.issuer or head.issuer
    province = _province((issuer, head.issuer, head.place, *caption, *_lines(heading.first_page)), body_text)
    appendix, title = _appendix_and_title(caption)
    return Document(
        document_id=document_id,
        source_file=source_file,
        type=(symbol.type_name if symbol else "") or named.type or head.type,
        number=symbol.text if symbol else "",
        date=named.date or head.date,
        issuer=_full_issuer(issuer, province),
        province=province.name if province else "",
        province_code=province.code if province else "",
        title=title or _subject(_lines(heading.first_page)),
        appendix=appendix,
        flags=_flags(named, head, symbol),
    )


def _lines(lines: tuple[Line, ...]) -> tuple[str, ...]:
    return tuple(text for text in (clean_line(line.text) for line in lines) if text)


def _of_caption(lines: tuple[str, ...]) -> _Identity:
    """What `(Kèm theo Quyết định số … ngày … của …)` says; it runs over several lines, to the closing parenthesis."""
    match = _ATTACHED.search(" ".join(lines))
    if match is None:
        return _Identity()
    text = match["rest"].partition(")")[0]
    issuer = _ISSUER.search(text)
    return _Identity(
        type=_type_before_number(text),
        symbol=find_symbol(text),
        date=_date(text),
        has_blank_date=_has_blank_date(text),
        issuer=_spoken_issuer(issuer["issuer"]) if issuer else "",
    )


def _type_before_number(text: str) -> str:
    """`Quyết định` of `Kế hoạch ban hành tại Quyết định số 1139/QĐ-UBND`: the type whose number is given."""
    before = " ".join(key_words(re.split(r"\bsố\b", text, maxsplit=1, flags=re.IGNORECASE)[0]))
    return next((name for name in type_names() if before.endswith(" ".join(key_words(name)))), "")


def _spoken_issuer(text: str) -> str:
    """The issuer's name: whatever stands after a date that follows it is no part of it."""
    return re.split(r"\s+(?:về việc|v/v|ban hành)\b", text, maxsplit=1, flags=re.IGNORECASE)[0].strip(" .,;:")


def _full_issuer(issuer: str, province: Province | None) -> str:
    """The issuer without abbreviations, and with its province: `UBND tỉnh`, `Sở Tài chính` exist in each of them."""
    full = issuer.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    if province is None or find_province(full) or not _PROVINCIAL.match(full):
        return full
    return f"{_LEVEL.sub('', full)} {province.level} {province.name}"


def _date(text: str) -> datetime.date | None:
    """The first date of a text that exists in the calendar."""
    for match in _DATE.finditer(text):
        try:
            return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _has_blank_date(text: str) -> bool:
    return _date(text) is None and _BLANK_DATE.search(text) is not None


def _of_head(lines: tuple[Line, ...]) -> _Identity:
    """What the head of page 1 says; only its own number line counts, not the decrees that the body cites."""
    texts = _lines(lines)
    numbers = [text for text in texts if _NUMBER_LINE.match(text)]
    dates = [text for text in texts if _PLACE_AND_DATE.search(_right_part(text))]
    dated = _right_part(dates[0]) if dates else ""
    place = _PLACE_AND_DATE.match(dated)
    return _Identity(
        type=next((name for text in texts for name in type_names() if _is_type_line(text, name)), ""),
        symbol=find_symbol(numbers[0]) if numbers else None,
        date=_date(dated),
        has_blank_date=_has_blank_date(dated),
        issuer=_head_issuer(lines),
        place=place["place"] if place else "",
    )


def _right_part(text: str) -> str:
    """The place and date of a line that also holds the number: `Số: 84/QĐ-UBND   Quảng Ngãi, ngày …`."""
    if not _NUMBER_LINE.match(text):
        return text
    symbol = re.search(r"[-–]\s*[A-ZĐ&-]+\s+(?=\S)", text)
    return text[symbol.end() :] if symbol else text


def _is_type_line(text: str, name: str) -> bool:
    return text.isupper() and key_words(text) == key_words(name)


def _head_issuer(lines: tuple[Line, ...]) -> str:
    """The agency at the top left: `Ủy ban nhân dân tỉnh Lào Cai` of the capitals above `Số:`."""
    motto = next((line for line in lines if _is_motto(line.text)), None)
    names: list[str] = []
    for line in lines:
        text = clean_line(line.text)
        if _NUMBER_LINE.match(text):
            return _issuer_of(names)
        is_left = motto is None or line.region.box.left < motto.region.box.left - 1
        if is_left and text.isupper() and not _is_motto(text) and re.search(r"\w", text):
            names.append(text)
    return ""


def _is_motto(text: str) -> bool:
    folded = fold_marks(text)
    return any(words in folded for words in _MOTTO)


def _issuer_of(names: list[str]) -> str:
    """The agency in sentence case; of parent and child the child, with the parent's province."""
    joined = " ".join(names)
    if len(names) > 1 and _PARENT_AGENCY.match(names[0]):
        child = next((index for index, name in enumerate(names) if _CHILD_AGENCY.match(name)), None)
        joined = " ".join(names[child:]) if child else joined
    province = find_province(joined)
    return _sentence_case(joined, province) if joined else ""


def _sentence_case(text: str, province: Province | None) -> str:
    """`ỦY BAN NHÂN DÂN TỈNH LÀO CAI` as `Ủy ban nhân dân tỉnh Lào Cai`."""
    lower = text.lower().replace("ubnd", "UBND")
    if province:
        lower = re.sub(re.escape(province.name.lower()), province.name, lower)
    return lower[:1].upper() + lower[1:]


def _symbol_of(named: _Identity, head: _Identity) -> Symbol | None:
    """The caption's number; page 1's where the caption was printed before the number was given."""
    if named.symbol and named.symbol.serial:
        return named.symbol
    return head.symbol if head.symbol and head.symbol.serial else named.symbol or head.symbol


def _province(texts: tuple[str, ...], body_text: str) -> Province | None:
    """The province of the first text that names one; else the only one that the body names."""
    found = (find_province(text) for text in texts if text)
    first = next((province for province in found if province), None)
    return first or _only_province(body_text)


def _only_province(text: str) -> Province | None:
    provinces = {province for part in re.split(r"[\n.;]", text) if (province := find_province(part))}
    return provinces.pop() if len(provinces) == 1 else None


def find_appendix(caption: tuple[Line, ...]) -> str:
    """The appendix that the lines above a table name: `Phụ lục II`; empty without."""
    return _appendix_and_title(_lines(caption))[0]


def _appendix_and_title(lines: tuple[str, ...]) -> tuple[str, str]:
    """`Phụ lục I` and the lines between it and `(Kèm theo`; without an appendix no title."""
    start = next((index for index, text in enumerate(lines) if _APPENDIX.match(text)), None)
    if start is None:
        return "", ""
    match = _APPENDIX.match(lines[start])
    assert match is not None
    number = match["number"] or ""
    number = number if number.isdigit() else number.replace("l", "I").replace("|", "I").replace("1", "I")
    titles = [match["rest"]] if match["rest"] else []
    for text in lines[start + 1 :]:
        if _ATTACHED.match(text) or text.startswith("("):
            break
        titles.append(text)
    return f"Phụ lục {number.upper()}".strip(), " ".join(titles).strip()


def _subject(lines: tuple[str, ...]) -> str:
    """The subject under the type's line: `Về việc ban hành …`."""
    starts = [index for index, text in enumerate(lines) if any(_is_type_line(text, name) for name in type_names())]
    if not starts:
        return ""
    subject: list[str] = []
    for text in lines[starts[0] + 1 :]:
        if _SUBJECT_END.match(text):
            break
        subject.append(text)
    return " ".join(subject)


def _flags(named: _Identity, head: _Identity, symbol: Symbol | None) -> tuple[Flag, ...]:
    flags = []
    if symbol is None or not symbol.serial:
        flags.append(Flag(FlagKind.BLANK_NUMBER, "document_number"))
    if named.date is None and head.date is None:
        flags.append(Flag(FlagKind.BLANK_DATE, "document_date"))
    for field, first, second in _pairs(named, head):
        if first and second and first != second:
            flags.append(Flag(FlagKind.IDENTITY_CONFLICT, field, f"{second} / {first}"))
    return tuple(flags)


def _pairs(named: _Identity, head: _Identity) -> tuple[tuple[str, str, str], ...]:
    """What the caption and page 1 say of the same thing, where both say it in full."""
    numbers = tuple(i.symbol.text if i.symbol and i.symbol.serial else "" for i in (named, head))
    dates = tuple(i.date.isoformat() if i.date else "" for i in (named, head))
    return ("document_number", *numbers), ("document_date", *dates)  # type: ignore[return-value]
