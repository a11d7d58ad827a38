"""What a decision does to earlier ones: `thay thế Quyết định số …`, `bãi bỏ …`, `sửa đổi, bổ sung …`.

Its own articles and subject tell that; the decrees that it rests on are full of such words about others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chitieu.identity import Claim, Origin
from chitieu.model import Line
from normalizers.dates import find_printed_date
from normalizers.symbols import find_symbol, type_names
from normalizers.text import clean_line

_TYPE = "|".join(sorted(map(re.escape, type_names()), key=len, reverse=True))
_NUMBERED = re.compile(
    rf"(?P<type>{_TYPE})\s+số\s*:?\s*(?P<number>\d[^\s,;]*(?:\s*/\s*[^\s,;]+)?)"
    r"(?P<date>\s*,?\s*ngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4})?",
    re.IGNORECASE,
)
# The whole of another decision comes to its end.
_ENDS = re.compile(
    rf"\b(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)(?:\s+(?:cho|toàn bộ|các))*\s+(?=(?:{_TYPE})\s+số)", re.IGNORECASE
)
_ENDED = re.compile(r"\b(?:hết hiệu lực|được bãi bỏ|được thay thế)\b", re.IGNORECASE)
# Part of another one is changed.
_CHANGES = re.compile(r"\b(?:sửa đổi|bổ sung|điều chỉnh|thay thế|bãi bỏ|đính chính)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^điều\s+\d+\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;]*(?:[.;](?!\s|$)[^.;]*)*(?:[.;]|$)")
_NEXT = re.compile(r"(?:và|,|;|cùng)\s*(?:các\s+)?$", re.IGNORECASE)
# Between the word and the decision that it is about, no more than this: `một số điều của Quy định ban hành kèm theo`.
_MAX_BETWEEN_CHARS = 220


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text of the document's own voice, with the lines that it is made of."""

    text: str
    lines: tuple[Line, ...]
    origin: Origin


def read_relations(lines: Sequence[Line], subject: Sequence[Claim]) -> tuple[Claim, ...]:
    """The decisions that the articles, or the subject, replace or amend; values as `1139/QĐ-UBND (2025-07-09)`."""
    found: dict[tuple[str, str], Claim] = {}
    for passage in (*_subjects(subject), *_sentences(_articles(lines))):
        for field, value in _relations(passage.text):
            regions = tuple(line.region for line in passage.lines)
            found.setdefault((field, value), Claim(field, value, passage.origin, passage.text, regions))
    ended = {value for field, value in found if field == "replaces"}
    return tuple(claim for (field, value), claim in found.items() if field == "replaces" or value not in ended)


def number_in(value: str) -> str:
    """The number of a related decision.

    >>> number_in("1139/QĐ-UBND (2025-07-09)")
    '1139/QĐ-UBND'
    """
    return value.partition(" (")[0]


def _subjects(claims: Sequence[Claim]) -> Iterator[_Passage]:
    for claim in claims:
        if claim.field == "title" and claim.origin is Origin.HEAD:
            yield _Passage(claim.value, (), claim.origin)


def _articles(lines: Sequence[Line]) -> list[Line]:
    """The lines from the first article on."""
    start = next((at for at, line in enumerate(lines) if _ARTICLE.match(clean_line(line.text))), None)
    return list(lines[start:]) if start is not None else []


def _sentences(lines: Sequence[Line]) -> Iterator[_Passage]:
    """The sentences of some lines, each with the lines that it stands on."""
    text, ends = "", []
    for line in lines:
        text += f"{clean_line(line.text)} "
        ends.append(len(text))
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            own = tuple(
                line
                for line, end, start in zip(lines, ends, [0, *ends], strict=False)
                if start < match.end() and end > match.start()
            )
            yield _Passage(match[0].strip(), own, Origin.BODY)


def _relations(text: str) -> Iterator[tuple[str, str]]:
    numbered = list(_NUMBERED.finditer(text))
    if not numbered:
        return
    ends = [match.end() for match in _ENDS.finditer(text)]
    for start in ends:
        yield from (("replaces", value) for value in _listed(text, [one for one in numbered if one.start() >= start]))
    if ended := _ENDED.search(text):
        yield from (("replaces", value) for value in _listed(text, [n for n in numbered if n.end() <= ended.start()]))
    for change in _CHANGES.finditer(text):
        if any(start <= change.start() for start in ends):
            return  # the subject of the decision that comes to its end
        after = (one for one in numbered if 0 <= one.start() - change.end() <= _MAX_BETWEEN_CHARS)
        first = next(after, None)
        if first and (value := _value(first)):
            yield "amends", value


def _listed(text: str, numbered: Sequence[re.Match[str]]) -> Iterator[str]:
    """The first decision and those that are named with it: `… và Quyết định số …`."""
    for index, one in enumerate(numbered):
        if index and not _NEXT.search(text[numbered[index - 1].end() : one.start()]):
            return
        value = _value(one)
        if value:
            yield value


def _value(match: re.Match[str]) -> str:
    symbol = find_symbol(match["number"])
    if symbol is None or not symbol.serial:
        return ""
    date = find_printed_date(match["date"]) if match["date"] else None
    return f"{symbol.text} ({date.date.isoformat()})" if date and date.date else symbol.text
