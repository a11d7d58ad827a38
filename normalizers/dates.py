"""Dates as decisions print them: `ngày 09 tháng 7 năm 2025`, `ngày 09/7/2025`, and the blanks of drafts."""

import datetime
import re
from dataclasses import dataclass

# As a reader may have them: `l3` is 13, `2O25` is 2025.
_DIGIT = r"[\dlIOo|]"
_DAY = r"ng[àaáạảã]y"
_MONTH = r"th[áaàâă]ng"
_YEAR = r"n[ăaâá]m"
_DATE = re.compile(
    rf"{_DAY}\s*(?P<day>{_DIGIT}{{1,2}})\s*(?:[/.\-]|{_MONTH})\s*(?P<month>{_DIGIT}{{1,2}})\s*(?:[/.\-]|{_YEAR})"
    rf"\s*(?P<year>{_DIGIT}{{4}})(?!\d)",
    re.IGNORECASE,
)
_BLANK = r"[\s.…_]*"
_BLANK_DATE = re.compile(
    rf"{_DAY}{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}(?:/|{_MONTH}){_BLANK}(?P<month>\d{{1,2}})?{_BLANK}(?:/|{_YEAR})"
    rf"{_BLANK}(?P<year>\d{{4}})?",
    re.IGNORECASE,
)
# The words of a date about what nobody reads.
_ANY_DATE = re.compile(rf"{_DAY}.{{0,12}}?(?:{_MONTH}|/).{{0,8}}?(?:{_YEAR}|/)\s*(?P<year>\d{{4}})?", re.IGNORECASE)
_AS_DIGITS = str.maketrans("lI|Oo", "11100")
# Decisions of before 1990 and of another century are misreadings.
_YEARS = range(1990, 2060)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date of a text; `date` is None where a part of it is blank, or was not understood.

    `is_blank`: the words are there, the day or month is not. `is_mended`: a letter was taken for a digit. `year` and
    `month` are what stands there all the same.
    """

    date: datetime.date | None
    is_blank: bool = False
    is_mended: bool = False
    month: int | None = None
    year: int | None = None


def find_printed_date(text: str) -> PrintedDate | None:
    """The first date of a text, whole or with blanks; None where no date is printed.

    >>> find_printed_date("ngày l3 tháng 5 năm 2025").date
    datetime.date(2025, 5, 13)
    >>> find_printed_date("ngày    tháng 6 năm 2025").is_blank
    True
    """
    for match in _DATE.finditer(text):
        found = _calendar_date(match)
        if found:
            return found
    blank = _BLANK_DATE.search(text)
    if blank:
        month, year = blank["month"], blank["year"]
        is_blank = not (blank["day"] and month)
        return PrintedDate(None, is_blank, month=_number(month), year=_number(year))
    unread = _ANY_DATE.search(text)
    return PrintedDate(None, year=_number(unread["year"])) if unread else None


def _calendar_date(match: re.Match[str]) -> PrintedDate | None:
    """The date, None where it does not exist in the calendar."""
    parts = [match[name].translate(_AS_DIGITS) for name in ("year", "month", "day")]
    year, month, day = map(int, parts)
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    is_mended = parts != [match[name] for name in ("year", "month", "day")]
    return PrintedDate(date, is_mended=is_mended, month=month, year=year) if year in _YEARS else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
