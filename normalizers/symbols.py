"""Numbers and symbols of documents: `1139/QĐ-UBND`, by the grammar of Nghị định 30/2020/NĐ-CP."""

import re
from dataclasses import dataclass
from functools import cache

from normalizers.data import read_csv, split_variants
from normalizers.text import clean_line

# A serial number (may be blank, or followed by a stray dot), perhaps a year, type and organ.
_SERIAL = r"(?P<serial>(?=[lIOo]{0,4}\d)[\dlIOo]{1,5}(?:\s?[a-z](?=\s*/))?)"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
_ORGAN = r"(?P<organ>[^\W_]+(?:\s?[&.,]\s?[^\W_]+)*(?:-[^\W_]+)*)"
_SYMBOL = re.compile(
    rf"{_SERIAL}?\s*[.…_]*\s*(?P<slash>[/|lI\\])\s*{_YEAR}(?P<type>[^\W_]{{1,3}}\.?)\s*[-–—_]\s*{_ORGAN}"
)
# The stroke was read as the digit 1, or lost.
_WITHOUT_STROKE = re.compile(rf"(?<!\d)(?P<serial>\d{{1,5}}?)\s?1?\s?(?P<type>[^\W\d_]{{2,3}})\s*[-–—_]\s*{_ORGAN}")
_PARTY = re.compile(r"(?P<serial>\d{1,5})\s*[-–—]\s*(?P<type>[^\W\d_]{2,3})\s*/\s*(?P<organ>TW|TU|ĐU|HU)\b")
# Of an official letter, which has no type: `507/UBND-KGVX`, `1043/BTP-QLXLVPHC&TDTHPL`.
_LETTER = re.compile(rf"{_SERIAL}?\s*[.…_]*\s*/\s*(?P<type>[A-ZĐƯ]{{2,6}})\s*[-–—_]\s*{_ORGAN}")
LETTER = "Công văn"
_AS_DIGITS = str.maketrans("lIOo", "1100")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document's number; `type_name` is empty where the type's code is unknown, `serial` where it is blank.

    `is_mended`: what was read is no number as it stands, and may stand for another one.
    """

    text: str
    serial: str
    type_name: str
    is_mended: bool = False


def find_symbol(text: str) -> Symbol | None:
    """The first number with symbol in a text, misread codes mended; None where there is none.

    >>> find_symbol("Số: 3070. /KH-UBND").text
    '3070/KH-UBND'
    """
    line = clean_line(text)
    if match := _PARTY.search(line):
        name = _types().get(match["type"], "")
        return Symbol(f"{match['serial']}-{match['type']}/{match['organ']}", match["serial"], name)
    for pattern in (_SYMBOL, _WITHOUT_STROKE):
        for match in pattern.finditer(line):
            code = _type_code(match["type"])
            if code:
                return _symbol(match, code)
    return None


def find_own_symbol(text: str) -> Symbol | None:
    """The number of a line that holds the document's own, which may be that of an official letter.

    >>> find_own_symbol("Số: 687/STP-VB")
    Symbol(text='687/STP-VB', serial='687', type_name='Công văn', is_mended=False)
    """
    found = find_symbol(text)
    match = None if found else _LETTER.search(clean_line(text))
    if match is None:
        return found
    serial = _serial(match)
    return Symbol(f"{serial}/{match['type']}-{_organ(match['organ'])}", serial, LETTER)


def type_names() -> tuple[str, ...]:
    """The names of the types of documents, as a title prints them but for case."""
    return tuple(_types().values())


def _symbol(match: re.Match[str], code: str) -> Symbol:
    serial = _serial(match)
    parts = match.groupdict()
    year = f"/{parts['year']}" if parts.get("year") else ""
    is_mended = (
        "slash" not in parts or parts["slash"] not in "/\\" or serial != (match["serial"] or "").replace(" ", "")
    )
    organ = _organ(re.sub(r"\s+", "", match["organ"]))
    return Symbol(f"{serial}{year}/{code}-{organ}", serial, _types()[code], is_mended)


def _serial(match: re.Match[str]) -> str:
    return (match["serial"] or "").replace(" ", "").translate(_AS_DIGITS)


def _type_code(read: str) -> str:
    """The known code that was read or misread; empty where there is none."""
    if read in _types():
        return read
    return next((row["code"] for row in read_csv("document_types.csv") if read in split_variants(row["misread"])), "")


def _organ(read: str) -> str:
    parts = (_repairs().get(part, part) for part in read.split("-"))
    return "-".join(parts)


@cache
def _types() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_csv("document_types.csv")}


@cache
def _repairs() -> dict[str, str]:
    return {bad: row["printed"] for row in read_csv("symbol_repairs.csv") for bad in split_variants(row["misread"])}
