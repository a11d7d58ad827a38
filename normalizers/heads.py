"""The head of page 1: agency left, motto right, `Số: …`, place and date, type and subject.

Laid down in Nghị định 30/2020/NĐ-CP.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chitieu.identity import Claim, Origin
from chitieu.model import Box, Line, Region
from normalizers.cells import key_words
from normalizers.dates import PrintedDate, find_printed_date
from normalizers.issuers import spell_issuer
from normalizers.provinces import find_province
from normalizers.readers import is_read_surely
from normalizers.symbols import LETTER, find_own_symbol, type_names
from normalizers.text import clean_line, fold_marks, without_leading_marks

_NUMBER_LINE = re.compile(r"^\W*s[ốo6ôóồổộ0][^\w,;]{0,3}[:.;]?\s*(?=[\d/|lI.…_]|$|[A-ZĐ]{2,}-)", re.IGNORECASE)
# A number line whose letters were misread, `S - 859 /09-U5ND`, goes with no body's name.
_LIKE_NUMBER = re.compile(r"\d\s*/|^\W*S\W{0,3}\d", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"^(?P<place>[^,;\d]{2,40})[,.;]\s*(?=ng[àaáạả]y)", re.IGNORECASE)
_BARE_DATE = re.compile(r"^ng[àaáạả]y\b", re.IGNORECASE)
_MOTTO = ("cong hoa xa hoi chu nghia", "doc lap", "tu do - hanh phuc")
_PARTY_MOTTO = ("dang cong san viet nam",)
_STATE = re.compile(r"\s*c[oôộ]ng h[oòóõọ][aàáãạ]? x[aãàáả] h[oôộ]i", re.IGNORECASE)
_PARENT_AGENCY = re.compile(
    r"^(?:ubnd|[uủùúưứ]y? ?ban nh[aâ]n d[aâ]n|u[ỷỳýy] ban nh[aâ]n d[aâ]n|hđnd)\b", re.IGNORECASE
)
_CHILD_AGENCY = re.compile(
    r"^(?:sở|ban|chi cục|cục|văn phòng|thanh tra|trung tâm|công an|phòng|hội đồng|liên ngành)\b", re.IGNORECASE
)
_SUBJECT_END = re.compile(
    r"^(?:căn cứ|thực hiện|chủ tịch|ủy ban|uỷ ban|hội đồng|giám đốc|điều 1|theo đề nghị|để |kính gửi|phần|i\.)",
    re.IGNORECASE,
)
_LETTER_SUBJECT = re.compile(r"^(?:v/v|về)\b", re.IGNORECASE)
_DRAFT = re.compile(r"^\W*d[ựưu] th[ảa]o\b", re.IGNORECASE)
# A subject is set as a block: more paper than this share of a line's height ends it.
_MAX_GAP_SHARE = 1.2
# Without a number line, the agency ends this far below the motto at the latest, in points.
_BELOW_MOTTO_PT = 60.0
# What stands on one row overlaps by this share of the lower line.
_SAME_ROW_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Head:
    """What page 1 says before its text: claims, and the place where the document was signed."""

    claims: tuple[Claim, ...] = ()
    place: str = ""
    date: PrintedDate | None = None


def read_head(lines: Sequence[Line], handwritten: Sequence[Region] = ()) -> Head:
    """The claims of page 1; only its own number line counts, not the decrees that the text cites."""
    parts = tuple(_parted(lines))
    number, dated = _number_line(parts), _date_line(parts)
    place = _PLACE_AND_DATE.match(clean_line(dated.text)) if dated else None
    spot = clean_line(place["place"]).strip() if place else ""
    date = find_printed_date(clean_line(dated.text)) if dated else None
    found = (
        *_number_claims(number, handwritten),
        *_date_claims(dated, date, handwritten),
        *_issuer_claims(parts, number, spot),
        *_type_and_subject(parts, number),
        *(_claim("draft", "draft", (line,)) for line in parts if _DRAFT.match(clean_line(line.text))),
    )
    return Head(found, spot, date)


def is_head(lines: Sequence[Line]) -> bool:
    """Whether lines hold the name of the state, which heads a document of its own."""
    return any(_MOTTO[0] in fold_marks(line.text) for line in lines)


def _claim(field: str, value: str, lines: Sequence[Line], *, is_sure: bool = True, is_written: bool = False) -> Claim:
    text = " ".join(clean_line(line.text) for line in lines)
    regions = tuple(line.region for line in lines)
    return Claim(field, value, Origin.HEAD, text, regions, is_sure, is_written)


def _parted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the two columns of the head apart, and what a wide blank has parted together."""
    parted = [part for line in lines for part in _parts(line)]
    skipped: set[int] = set()
    for index, line in enumerate(parted):
        if index in skipped:
            continue
        if _NUMBER_LINE.match(clean_line(line.text)):
            follower = next((at for at in range(len(parted)) if _goes_on(line, parted[at])), None)
            if follower is not None:
                skipped.add(follower)
                yield _joined(line, parted[follower])
                continue
        yield line


def _parts(line: Line) -> list[Line]:
    """A line that runs over both columns as two; boxes by the share of the text."""
    text = line.text
    cut = _STATE.search(text)
    at = cut.start() if cut and cut.start() > 1 else 0
    if not at and _NUMBER_LINE.match(clean_line(text)):
        symbol = re.search(r"[-–]\s*[A-ZĐ&-]+\s+(?=\S)", text)
        at = symbol.end() if symbol else 0
    if not at:
        return [line]
    box, share = line.region.box, at / len(text)
    middle = box.left + share * box.width
    left, right = replace(box, right=middle), replace(box, left=middle)
    return [_piece(line, text[:at], left), _piece(line, text[at:], right)]


def _piece(line: Line, text: str, box: Box) -> Line:
    runs = (replace(line.reading.runs[0], text=text.strip()),) if line.reading.runs else ()
    witness = line.reading.witness
    seen = text.strip() if witness == line.text else witness
    return Line(Region(line.region.page, box), replace(line.reading, runs=runs, witness=seen))


def _goes_on(number: Line, line: Line) -> bool:
    """Whether a line is the rest of the number line, beyond the blank left for the number."""
    one, other = number.region.box, line.region.box
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    is_beside = shared >= _SAME_ROW_SHARE * min(one.height, other.height) and other.left >= one.right
    return is_beside and re.match(r"\d{0,5}\s*[./|]*\s*(?:\d{4}/)?\w{1,5}\s*[-–]", clean_line(line.text)) is not None


def _joined(first: Line, second: Line) -> Line:
    one, other = first.region.box, second.region.box
    box = Box(one.left, min(one.top, other.top), other.right, max(one.bottom, other.bottom))
    runs = (*first.reading.runs, replace(first.reading.runs[-1], text=" "), *second.reading.runs)
    seen = [line.reading.witness for line in (first, second)]
    witness = " ".join(text for text in seen if text is not None) if None not in seen else None
    confidence = min(first.reading.confidence, second.reading.confidence)
    reading = replace(first.reading, runs=runs, witness=witness, confidence=confidence)
    return Line(replace(first.region, box=box), reading)


def _number_line(lines: Sequence[Line]) -> Line | None:
    numbered = (line for line in lines if _NUMBER_LINE.match(clean_line(line.text)))
    return next((line for line in numbered if find_own_symbol(line.text)), None)


def _date_line(lines: Sequence[Line]) -> Line | None:
    """The line of place and date: to the right of the motto's left edge, above the text."""
    for line in lines:
        text = clean_line(line.text)
        if _PLACE_AND_DATE.match(text) and find_printed_date(text):
            return line
    motto = next((line for line in lines if _is_motto(line.text)), None)
    if motto is None:
        return None
    near = (line for line in lines if _BARE_DATE.match(clean_line(line.text)))
    left = motto.region.box.left - 1
    return next((line for line in near if line.region.box.left >= left and find_printed_date(line.text)), None)


def _is_written(line: Line, handwritten: Sequence[Region]) -> bool:
    """Whether a pen filled in part of a line."""
    box = line.region.box
    return any(
        one.page == line.region.page
        and min(one.box.right, box.right) > max(one.box.left, box.left)
        and min(one.box.bottom, box.bottom) > max(one.box.top, box.top)
        for one in handwritten
    )


def _number_claims(line: Line | None, handwritten: Sequence[Region]) -> Iterator[Claim]:
    symbol = find_own_symbol(line.text) if line else None
    if line is None or symbol is None:
        return
    if symbol.type_name == LETTER:
        yield _claim("document_type", LETTER, (line,))
    if _is_written(line, handwritten):
        rest = symbol.text.removeprefix(symbol.serial)
        yield _claim("document_number", rest, (line,), is_sure=False, is_written=True)
        return
    is_sure = not symbol.is_mended and is_read_surely((line,), symbol.text, number_of)
    yield _claim("document_number", symbol.text, (line,), is_sure=is_sure)


def number_of(text: str) -> str:
    """The document's own number that a line holds; empty without."""
    symbol = find_own_symbol(text)
    return symbol.text if symbol else ""


def date_of(text: str) -> str:
    """The date that a line holds, in ISO; empty without."""
    found = find_printed_date(clean_line(text))
    return found.date.isoformat() if found and found.date else ""


def _date_claims(line: Line | None, found: PrintedDate | None, handwritten: Sequence[Region]) -> Iterator[Claim]:
    if line is None or found is None:
        return
    if _is_written(line, handwritten):
        yield _claim("document_date", "", (line,), is_sure=False, is_written=True)
        return
    value = found.date.isoformat() if found.date else ""
    is_sure = not found.is_mended and (found.is_blank or (bool(value) and is_read_surely((line,), value, date_of)))
    yield _claim("document_date", value, (line,), is_sure=is_sure)


def _issuer_claims(lines: Sequence[Line], number: Line | None, place: str) -> Iterator[Claim]:
    """The agency at the top left: `Ủy ban nhân dân tỉnh Lào Cai` of the capitals above `Số:`."""
    motto = next((line for line in lines if _is_motto(line.text)), None)
    if number is None and motto is None:
        return
    above = lines[: lines.index(number)] if number else lines
    floor = number.region.box.top if number else motto.region.box.bottom + _BELOW_MOTTO_PT if motto else 0.0
    names = [line for line in above if line.region.box.top < floor and _is_name(line, motto)]
    own = _own_name(names)
    if own:
        joined = " ".join(clean_line(line.text) for line in own)
        province = find_province(" ".join(clean_line(line.text) for line in names))
        yield _claim("issuer", spell_issuer(joined, province, place), own)


def _is_name(line: Line, motto: Line | None) -> bool:
    text = clean_line(line.text)
    is_left = motto is None or line.region.box.left < motto.region.box.left - 1
    is_capital = text.isupper() and len(re.findall(r"[^\W\d_]", text)) >= 2
    is_other = _is_motto(text) or _DRAFT.match(text) is not None or _type_of(text) != "" or find_own_symbol(text)
    is_number = _LIKE_NUMBER.search(text) is not None
    return is_left and is_capital and not is_other and not is_number


def _own_name(names: list[Line]) -> list[Line]:
    """Of parent and child agency the child."""
    texts = [clean_line(line.text) for line in names]
    if len(names) > 1 and _PARENT_AGENCY.match(texts[0]):
        child = next((index for index, text in enumerate(texts) if _CHILD_AGENCY.match(text)), None)
        return names[child:] if child else names
    return names


def _is_motto(text: str) -> bool:
    folded = fold_marks(text)
    return any(words in folded for words in (*_MOTTO, *_PARTY_MOTTO))


def _is_type_line(text: str, name: str) -> bool:
    return text.isupper() and fold_marks(" ".join(key_words(text))) == fold_marks(" ".join(key_words(name)))


def _type_of(text: str) -> str:
    """The type of document that a line in capitals names alone; empty without."""
    return next((name for name in type_names() if _is_type_line(text, name)), "")


def _type_and_subject(lines: Sequence[Line], number: Line | None) -> Iterator[Claim]:
    """The type's line in capitals and the subject under it; of an official letter the subject under its number."""
    for index, line in enumerate(lines):
        name = _type_of(clean_line(line.text))
        if name:
            yield _claim("document_type", name, (line,))
            yield from _subject(lines[index : index + 1], lines[index + 1 :])
            return
    if number is not None:
        below = [line for line in lines if line.region.box.top >= number.region.box.bottom - 2]
        column = [line for line in below if line.region.box.left < number.region.box.right]
        if column and _LETTER_SUBJECT.match(clean_line(column[0].text)):
            yield from _subject((number,), column)


def _subject(above: Sequence[Line], lines: Sequence[Line]) -> Iterator[Claim]:
    """The block of lines right under the line above: `Về việc ban hành …`."""
    block = list(above)
    for line in lines:
        height = min(line.region.box.height, block[-1].region.box.height)
        gap = line.region.box.top - block[-1].region.box.bottom
        if _SUBJECT_END.match(clean_line(line.text)) or (len(block) > 1 and gap > _MAX_GAP_SHARE * height):
            break
        block.append(line)
    if len(block) > 1:
        subject = " ".join(clean_line(line.text) for line in block[1:])
        if title := without_leading_marks(subject):
            yield _claim("title", title, block[1:])
