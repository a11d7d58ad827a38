"""PDFs that are wrong, each in a way of its own, and how each may end: `all_cases`."""

from benchmarks.nasty import content, files, structure
from benchmarks.nasty.raw import Case

__all__ = ["Case", "all_cases"]


def all_cases() -> list[Case]:
    """Every case, with names that no two share."""
    return [*files.CASES, *structure.CASES, *content.CASES]
