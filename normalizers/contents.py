"""What stands in a column below its header: the second evidence for its role, beside the header's words."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from chitieu.model import ValueKind
from normalizers.agencies import begins_like_agency, find_agency, split_agencies
from normalizers.canonical import find_indicator, indicator_beginnings
from normalizers.cells import key_words
from normalizers.codes import CodeKind, follows, read_code
from normalizers.numbers import parse_number
from normalizers.units import find_unit
from normalizers.values import read_value, split_value_unit

Body = tuple[str, ...]

# Cells from which on a column speaks for itself: one or two may look like anything.
ENOUGH_CELLS = 3

_MEASURED = (ValueKind.NUMBER, ValueKind.RANGE, ValueKind.RANK, ValueKind.TREND)


def share(body: Body, fits: Callable[[str], bool]) -> float:
    """The share of cells that a test fits; 0 for an empty column."""
    return sum(map(fits, body)) / len(body) if body else 0.0


# A table of money or land has a unit or two.
MANY_UNITS = 3


def holds_numbers(body: Body) -> bool:
    """Whether half of the cells are a number with at most a sign or `%` around it."""
    return share(body, _is_number) >= 0.5


def holds_measures(body: Body) -> bool:
    """Whether half of the cells are measured, in three units or more: money and land are in one or two."""
    units = {unit.unit_id for unit in (find_unit(split_value_unit(text)[1]) for text in body) if unit}
    return holds_amounts(body) and len(units) >= MANY_UNITS


def holds_amounts(body: Body) -> bool:
    """Whether half of the cells are measured: `≥ 1.250 tỷ đồng`, `95%`, `Top 10`; years alone are not."""
    return share(body, _is_amount) >= 0.5


def holds_units(body: Body) -> bool:
    return share(body, lambda text: find_unit(text) is not None) > 0.5


def holds_agencies(body: Body) -> bool:
    """Whether most of the cells are names of known bodies."""
    return share(body, lambda text: all(map(find_agency, split_agencies(text)))) > 0.5


def reads_like_agencies(body: Body) -> bool:
    """Whether most of the cells begin as names of bodies do, known or not."""
    return share(body, begins_like_agency) > 0.5


def holds_codes(body: Body) -> bool:
    """Whether nearly all cells have the form of a row's number."""
    return share(body, lambda text: bool(re.fullmatch(r"[IVXivx]+\.?|\d+(\.\d+)*\.?|[a-zđ][.)]|[-+]", text))) >= 0.8


def counts_rows(body: Body) -> bool:
    """Whether the cells are numbers of rows in their order: `1`, `2`, `2.1`; a column of values never runs so."""
    numbers = [code for code in map(read_code, body) if code.kind is CodeKind.NUMBER]
    pairs = list(zip([None, *numbers], numbers, strict=False))
    running = sum(follows(code, before) or code.path == (1,) for before, code in pairs)
    return holds_codes(body) and len(numbers) >= 2 and running >= 0.8 * len(pairs)


def names_measures(body: Body) -> float:
    """The share of cells that begin as names of indicators do, or are known ones."""
    return share(body, _names_measure)


def holds_names(body: Body) -> bool:
    """Whether the cells are texts that tell rows apart: words, nearly all different, no numbers, units or bodies."""
    is_text = share(body, lambda text: len(key_words(text)) >= 2) > 0.6 and len(set(body)) > 0.8 * len(body)
    return is_text and not (holds_amounts(body) or holds_units(body) or reads_like_agencies(body))


def _is_number(text: str) -> bool:
    return parse_number(re.sub(r"^[≥≤<>=~\s]+|\s*%$", "", text)) is not None


@lru_cache(maxsize=4096)
def _is_amount(text: str) -> bool:
    if re.fullmatch(r"(199|20\d)\d", text):
        return False
    if _is_number(text):
        return True
    value = read_value(text, find_unit(split_value_unit(text)[1]))
    return value.kind in _MEASURED and value.is_understood


def _names_measure(text: str) -> bool:
    words = " ".join(key_words(re.sub(r"^\W*(?:\d+[.)]|[-+])\s*", "", text))) + " "
    return words.startswith(_measure_words()) or bool(find_indicator(text))


@cache
def _measure_words() -> tuple[str, ...]:
    return tuple(" ".join(words) + " " for words in indicator_beginnings())
