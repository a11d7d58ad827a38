"""Years that nobody plans for: a scanned `2030` comes back as `2080` or `2630`, and another reading has it right."""

import re

from chitieu.model import Cell, Repair
from normalizers.text import clean_line

_FIRST_YEAR, _LAST_YEAR = 1990, 2059
# Four digits that may be a year and are no amount (`2.080`, `2080,5`), no part of a date or number (`12/2080`).
_LIKE_YEAR = re.compile(r"(?<![\d.,/])\d{4}(?!\d|[.,/]\d)")
# What announces a year, or is a year half read.
_YEAR_WORD = re.compile(r"năm|20[\w]{2}\b", re.IGNORECASE)
# Two digits of four misread leave nothing that the readings have in common.
_MISREAD_DIGITS = 2


def is_usual(period: str) -> bool:
    """Whether every year of a period (`2030`, `2026-2030`) is one that plans are for or compare with."""
    return bool(period) and all(_FIRST_YEAR <= int(year) <= _LAST_YEAR for year in period.split("-"))


def may_be_years(text: str) -> bool:
    """Whether a text has four digits that may be a year, however odd."""
    return bool(_LIKE_YEAR.search(clean_line(text)))


def lacks_year(text: str) -> bool:
    """Whether a text speaks of a year that cannot be read from it: `đến năm 202g`."""
    return bool(_YEAR_WORD.search(clean_line(text))) and not _LIKE_YEAR.search(clean_line(text))


def with_usual_years(text: str, cell: Cell) -> str:
    """A text of a cell with each year that nobody plans for replaced by the usual one that another reading has."""
    instead = unusual_years(cell)
    return _LIKE_YEAR.sub(lambda year: instead.get(year[0], year[0]), text) if instead else text


def is_undisputed(cell: Cell) -> bool:
    """Whether all that was read of a cell, but for the odd first reading, has the same usual years.

    That takes a second reading, and the reader's own second guess for every odd year.
    """
    if len(cell.readings) < 2:
        return False
    first, seconds = cell.readings[0], cell.readings[1:]
    instead = unusual_years(cell)
    mended = [instead.get(year, year) for year in _years(first.text)]
    guessed = {year: {rival.instead for rival in first.rivals if year in rival.read} for year in instead}
    is_guessed = all(_usual(year, list(guessed[year])) == usual for year, usual in instead.items())
    return is_guessed and all(_years(second.text) == mended for second in seconds)


def year_repairs(cell: Cell | None) -> tuple[Repair, ...]:
    """The record of each year of a title that gives way to another."""
    instead = unusual_years(cell) if cell else {}
    return tuple(
        Repair("period", year, usual, "nobody plans so far; another reading") for year, usual in instead.items()
    )


def unusual_years(cell: Cell) -> dict[str, str]:
    """The years of the first reading that nobody plans for, each with the usual year of another reading.

    That is a second reading with as many years, at the same place among them; else the first reader's own second
    guess. A year that no reading has otherwise is left out.
    """
    if not cell.readings:
        return {}
    first, seconds = cell.readings[0], cell.readings[1:]
    years = _years(first.text)
    found = {year: _usual(year, [rival.instead for rival in first.rivals if year in rival.read]) for year in years}
    for other in (_years(second.text) for second in seconds):
        if len(other) == len(years):
            found |= {year: _usual(year, [its]) or found[year] for year, its in zip(years, other, strict=True)}
    return {year: usual for year, usual in found.items() if usual and not is_usual(year)}


def _years(text: str) -> list[str]:
    return _LIKE_YEAR.findall(clean_line(text))


def _usual(year: str, others: list[str]) -> str:
    """The one usual year among what stands instead of an odd one; "" where there is none."""
    near = {other for text in others for other in _years(text) if is_usual(other) and _is_near(year, other)}
    return near.pop() if len(near) == 1 else ""


def _is_near(year: str, other: str) -> bool:
    return sum(a != b for a, b in zip(year, other, strict=True)) <= _MISREAD_DIGITS
