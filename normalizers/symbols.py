"""Numbers and symbols of documents: `1139/QĐ-UBND`, by the grammar of Nghị định 30/2020/NĐ-CP."""

import re
from dataclasses import dataclass
from functools import cache

from normalizers.data import read_csv, split_variants
from normalizers.text import clean_line

# A serial number (may be blank, or followed by a stray dot), perhaps a year, type and organ.
_SYMBOL = re.compile(
    r"(?P<serial>\d{1,5}(?:\s?[a-z])?)?\s*[.…_]*\s*(?P<slash>[/|lI\\])\s*(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?"
    r"(?P<type>[^\W_]{1,3}\.?)\s*[-–—_]\s*(?P<organ>[^\W_]+(?:\s?[&.,]\s?[^\W_]+)*(?:-[^\W_]+)*)"
)
_PARTY = re.compile(r"(?P<serial>\d{1,5})\s*[-–—]\s*(?P<type>[^\W\d_]{2,3})\s*/\s*(?P<organ>TW|TU|ĐU|HU)\b")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document's number; `type_name` is empty where the type's code is unknown, `serial` where it is blank."""

    text: str
    serial: str
    type_name: str


def find_symbol(text: str) -> Symbol | None:
    """The first number with symbol in a text, misread codes mended; None where there is none.

    >>> find_symbol("Số: 3070. /KH-UBND").text
    '3070/KH-UBND'
    """
    line = clean_line(text)
    if match := _PARTY.search(line):
        name = _types().get(match["type"], "")
        return Symbol(f"{match['serial']}-{match['type']}/{match['organ']}", match["serial"], name)
    for match in _SYMBOL.finditer(line):
        code = _type_code(match["type"])
        if code:
            return _symbol(match, code)
    return None


def type_names() -> tuple[str, ...]:
    """The names of the types of documents, as a title prints them but for case."""
    return tuple(_types().values())


def _symbol(match: re.Match[str], code: str) -> Symbol:
    serial = (match["serial"] or "").replace(" ", "")
    year = f"/{match['year']}" if match["year"] else ""
    organ = _organ(re.sub(r"\s+", "", match["organ"]))
    return Symbol(f"{serial}{year}/{code}-{organ}", serial, _types()[code])


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
