"""Pages as people name them: `3`, `3-5`, `1,3-5`."""

import re
from dataclasses import dataclass
from itertools import chain

_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class PageRanges:
    """Ranges of pages, counted from 1, both ends included; none at all means every page."""

    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, page: int) -> bool:
        return not self.ranges or any(first <= page <= last for first, last in self.ranges)

    @property
    def last(self) -> int:
        """The last page that is named; 0 where none is."""
        return max(chain.from_iterable(self.ranges), default=0)


ALL_PAGES = PageRanges(())


def parse_pages(text: str) -> PageRanges | None:
    """The pages that a text names; None where it names none.

    >>> parse_pages("1, 3-5")
    PageRanges(ranges=((1, 1), (3, 5)))
    >>> parse_pages("5-3") is parse_pages("0") is parse_pages("all") is None
    True
    """
    found = [_RANGE.fullmatch(part.strip()) for part in text.split(",")]
    ranges = tuple((int(one[1]), int(one[2] or one[1])) for one in found if one)
    is_sound = len(ranges) == len(found) and all(1 <= first <= last for first, last in ranges)
    return PageRanges(ranges) if is_sound else None
