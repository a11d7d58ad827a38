"""Units and bodies that the data files know, and the one that a misread name is."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalizers.agencies import find_agency, split_agencies
from normalizers.data import read_csv, split_variants
from normalizers.text import fold_marks
from normalizers.units import find_unit
from normalizers.wording import is_odd

# Two bodies of names so long differ in more than a letter.
LONG_NAME = 16


def is_known_phrase(field: str, text: str) -> bool:
    """Whether a text is a unit, or agencies, that the data files know."""
    if field == "unit":
        return find_unit(text) is not None
    parts = split_agencies(text) if field in ("agency", "coagency") else ()
    return bool(parts) and all(find_agency(part) is not None for part in parts)


def known_spelling(field: str, text: str) -> str:
    """The one body that the data files know by the same letters with other marks; empty where there is none.

    Of a long name that hardly goes together one letter may be lost or another: `Sở Văn hóa, Thể thao và Du ịch`.
    """
    if field not in ("agency", "coagency") or is_known_phrase(field, text):
        return ""
    letters = fold_marks(text)
    known = _bodies_by_letters().get(letters, ())
    if not known and len(letters) >= LONG_NAME and is_odd(text):
        near = process.extract(
            letters, _bodies_by_letters().keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=2
        )
        known = _bodies_by_letters()[near[0][0]] if len(near) == 1 else ()
    return known[0] if len(known) == 1 else ""


@cache
def _bodies_by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_csv("agencies.csv"):
        for name in (row["full_vi"], *split_variants(row["variants"])):
            found[fold_marks(name)] = (*found.get(fold_marks(name), ()), name)
    return found
