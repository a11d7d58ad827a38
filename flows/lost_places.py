"""Print that stands outside the tables as if it were of one: the rows that it belongs to, or that it stands between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chitieu.model import Box, Flag, FlagKind, Table
from extractors.page_content import PageContent

Key = tuple[int, int]  # table and row


@dataclass(frozen=True, slots=True)
class _RowPlace:
    """Where a row of a table stands on one page."""

    page: int
    top: float
    bottom: float
    key: Key


def find_lost_places(tables: Sequence[Table], contents: Sequence[PageContent]) -> tuple[tuple[Key, Flag], ...]:
    """The doubts that print outside leaves on rows beside it, else on the row before it, or on the first one after."""
    places = sorted(_places(tables), key=lambda place: (place.page, place.top))
    lost = [(content.facts.number, box) for content in contents for box in content.lost]
    return tuple(found for page, box in lost for found in _doubts(page, box, places))


def _places(tables: Sequence[Table]) -> Iterator[_RowPlace]:
    boxes: dict[tuple[int, Key], list[Box]] = {}
    for table in tables:
        for cell in table.cells:
            for region in cell.regions if cell.row_span == 1 else ():
                boxes.setdefault((region.page, (table.index, cell.row)), []).append(region.box)
    for (page, key), found in boxes.items():
        yield _RowPlace(page, min(box.top for box in found), max(box.bottom for box in found), key)


def _doubts(page: int, box: Box, places: Sequence[_RowPlace]) -> list[tuple[Key, Flag]]:
    detail = f"page {page}, y={box.top:.0f}"
    beside = [one for one in places if one.page == page and box.top < (one.top + one.bottom) / 2 < box.bottom]
    if beside:
        return [(one.key, Flag(FlagKind.INK_OUTSIDE_CELLS, detail=detail)) for one in beside]
    before = [one for one in places if (one.page, one.bottom) <= (page, (box.top + box.bottom) / 2)]
    if before:
        hole = (before[-1].key, Flag(FlagKind.MISSING_ROW_AFTER, detail=detail))
        # What stands at the top of the next page may as well be the rest of the row.
        return [hole] if before[-1].page == page else [hole, (hole[0], Flag(FlagKind.UNCERTAIN_JOIN, detail=detail))]
    return [(one.key, Flag(FlagKind.MISSING_ROW_BEFORE, detail=detail)) for one in places[:1]]
