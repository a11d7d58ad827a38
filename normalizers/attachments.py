"""What stands above the table of an appendix: `Phụ lục I`, its title, `(Kèm theo … số … ngày … của …)`."""

import re
from collections.abc import Iterator, Sequence

from chitieu.identity import Claim, Origin
from chitieu.model import Line
from normalizers.cells import key_words
from normalizers.dates import find_printed_date
from normalizers.issuers import spell_issuer
from normalizers.provinces import find_province
from normalizers.readers import is_read_surely, texts_of
from normalizers.symbols import find_symbol, type_names
from normalizers.text import clean_line, without_leading_marks

_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?(?:k[èeéẻẽ]m|k[èeéẻẽ]rn) theo\s+(?P<rest>.*)", re.IGNORECASE)
_APPENDIX = re.compile(
    r"^ph[ụu]\s*l[ụu]c\b(?:\s+s[ốo])?\s*(?P<number>[IVXl|1ìíỉĩị]+\b|\d+\b|[A-H]\b)?\s*[.:]?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_LIKE_ONE = re.compile("[l|1ìíỉĩị]", re.IGNORECASE)
_ISSUER = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)?\s*[.,;]?\s*$", re.IGNORECASE)
_AFTER_ISSUER = re.compile(r"\s+(?:về việc|v/v|ban hành)\b", re.IGNORECASE)


def read_caption(lines: Sequence[Line]) -> tuple[Claim, ...]:
    """The claims of the lines above the first table."""
    return (*_attached(lines), *_named(lines))


def find_appendix(caption: tuple[Line, ...]) -> str:
    """The appendix that the lines above a table name: `Phụ lục II`; empty without."""
    return _appendix_and_title(caption)[0]


def _claim(field: str, value: str, lines: Sequence[Line], *, is_sure: bool = True) -> Claim:
    return Claim(field, value, Origin.CAPTION, texts_of(lines), tuple(line.region for line in lines), is_sure)


def _named(lines: Sequence[Line]) -> Iterator[Claim]:
    appendix, title, own = _appendix_and_title(lines)
    if appendix:
        yield _claim("appendix", appendix, own[:1])
    if title:
        yield _claim("title", title, own)


def _attached(lines: Sequence[Line]) -> Iterator[Claim]:
    """What `(Kèm theo Quyết định số … ngày … của …)` says; it runs over several lines, to the closing parenthesis."""
    own = _attached_lines(lines)
    text = _rest(texts_of(own))
    if not text:
        return
    yield _claim("parent_document", text.strip(" .,;"), own)
    symbol, type_name = find_symbol(text), _type_before_number(text)
    if symbol:
        is_sure = not symbol.is_mended and is_read_surely(own, symbol.text, _number_in_rest)
        yield _claim("document_number", symbol.text, own, is_sure=is_sure)
    if symbol or type_name:
        yield _claim("document_type", (symbol.type_name if symbol else "") or type_name, own)
    date = find_printed_date(text)
    if date:
        value = date.date.isoformat() if date.date else ""
        is_read = date.is_blank or (bool(value) and is_read_surely(own, value, _date_in_rest))
        yield _claim("document_date", value, own, is_sure=is_read and not date.is_mended)
    issuer = _ISSUER.search(text)
    if issuer:
        name = _AFTER_ISSUER.split(issuer["issuer"], maxsplit=1)[0].strip(" .,;:")
        yield _claim("issuer", spell_issuer(name, find_province(texts_of(lines))), own)


def _attached_lines(lines: Sequence[Line]) -> list[Line]:
    start = next((at for at, line in enumerate(lines) if _ATTACHED.search(clean_line(line.text))), None)
    if start is None:
        return []
    own: list[Line] = []
    for line in lines[start:]:
        own.append(line)
        if ")" in line.text:
            break
    return own


def _rest(text: str) -> str:
    match = _ATTACHED.search(text)
    return match["rest"].partition(")")[0] if match else ""


def _number_in_rest(text: str) -> str:
    symbol = find_symbol(_rest(text) or text)
    return symbol.text if symbol else ""


def _date_in_rest(text: str) -> str:
    found = find_printed_date(_rest(text) or text)
    return found.date.isoformat() if found and found.date else ""


def _type_before_number(text: str) -> str:
    """`Quyết định` of `Kế hoạch ban hành tại Quyết định số 1139/QĐ-UBND`: the type whose number is given."""
    before = " ".join(key_words(re.split(r"\bsố\b", text, maxsplit=1, flags=re.IGNORECASE)[0]))
    return next((name for name in type_names() if before.endswith(" ".join(key_words(name)))), "")


def _appendix_and_title(lines: Sequence[Line]) -> tuple[str, str, Sequence[Line]]:
    """`Phụ lục I` and the lines between it and `(Kèm theo`; without an appendix no title."""
    texts = [clean_line(line.text) for line in lines]
    start = next((index for index, text in enumerate(texts) if _APPENDIX.match(text)), None)
    if start is None:
        return "", "", ()
    match = _APPENDIX.match(texts[start])
    assert match is not None
    number = match["number"] or ""
    number = number if number.isdigit() else _LIKE_ONE.sub("I", number)
    titles = [match["rest"]] if match["rest"] else []
    end = start + 1
    for text in texts[start + 1 :]:
        if _ATTACHED.match(text) or text.startswith("("):
            break
        titles.append(text)
        end += 1
    title = without_leading_marks(" ".join(filter(None, titles))).strip()
    return f"Phụ lục {number.upper()}".strip(), title, lines[start:end]
