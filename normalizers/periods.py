"""The year or span of years that a header or section title sets its values for."""

import re

from normalizers.text import clean_line

_YEAR = r"(?:199\d|20\d\d|2100)"
_SPAN = re.compile(rf"(?<![\d/]){_YEAR}\s*(?:[-‐‑‒–—−÷]|đến(?: năm)?)\s*{_YEAR}(?![\d/])", re.IGNORECASE)
# Not years that targets are for: dates, documents, a year of comparison.
_ELSEWHERE = re.compile(
    rf"\d+[/.-]\d+[/.-]\d{{4}}|tháng \d+(?:[/-]| năm ){_YEAR}|\d+/{_YEAR}/"
    rf"|so với (?:năm |giai đoạn )?{_YEAR}(?: ?[-–] ?{_YEAR})?",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\d.,/]){_YEAR}(?!\d|[.,/]\d)")


def find_period(text: str) -> str:
    """`2030` or `2026-2030`; "" where the text names no year, or several that are not one span."""
    line = _ELSEWHERE.sub(" ", clean_line(text))
    spans = {_plain_span(match[0]) for match in _SPAN.finditer(line)}
    years = set(_SINGLE.findall(_SPAN.sub(" ", line)))
    found = spans | years
    return found.pop() if len(found) == 1 else ""


def _plain_span(text: str) -> str:
    """`2026-2030`; "" for a span that does not run forward."""
    first, last = re.findall(r"\d{4}", text)
    return f"{first}-{last}" if first < last else ""
