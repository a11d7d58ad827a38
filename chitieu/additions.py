"""Rows that the software missed and a reviewer added: corrections like others, tied to a place on the page.

An added row has no cells. It stands at the page's left edge, at the height of the rim between two rows, where no cell
reaches: so what is said of it later is said of it alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chitieu.model import Box, Correction, FieldSource, Indicator, Region
from chitieu.reviewed import ADDED, WITHDRAWN, WRITABLE_FIELDS
from normalizers.corrected import with_text
from normalizers.indicators import record_id
from normalizers.text import match_key

# Points: the mark of an added row at the page's edge; of several at one rim each has a place of its own.
MARK_PT = 6.0
NO_TABLE = -1
CERTAIN = 1.0


def added_rows(rows: Sequence[Indicator], corrections: Sequence[Correction]) -> Iterator[tuple[int, Indicator]]:
    """The added rows, each with the index of the row that it stands behind (-1: before all).

    A row that is read by now is no longer added; one whose addition was taken back is none.
    """
    last = {correction.regions: correction for correction in corrections if correction.field == ADDED}
    for correction in last.values():
        if correction.reason == WITHDRAWN or not rows:
            continue
        at = _index_above(rows, correction.regions[0])
        added = _row(rows[max(0, at)], correction)
        if not any(_is_same(added, row) for row in rows):
            yield at, added


def addition(
    document_id: str,
    neighbour: Indicator,
    others: Sequence[Correction],
    *,
    is_below: bool,
    texts: Mapping[str, str],
    reviewer: str,
    reason: str,
    made_at: str,
) -> Correction:
    """A row that stands below (or above) one that was read; `others`: what was said of the document before."""
    unknown = texts.keys() - set(WRITABLE_FIELDS)
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    place = _place(neighbour, is_below=is_below)
    taken = {c.regions for c in others if c.field == ADDED}
    number = 0
    while (regions := (_moved(place, number),)) in taken:
        number += 1
    text = json.dumps({name: texts[name] for name in WRITABLE_FIELDS if name in texts}, ensure_ascii=False)
    return Correction(document_id, regions, ADDED, neighbour.record_id, text, reviewer, reason, made_at)


def _place(neighbour: Indicator, *, is_below: bool) -> Region:
    regions = _own_regions(neighbour)
    if not regions:
        return Region(neighbour.page, Box(0.0, 0.0, MARK_PT, MARK_PT))
    page = (max if is_below else min)(region.page for region in regions)
    boxes = [region.box for region in regions if region.page == page]
    y = max(box.bottom for box in boxes) if is_below else min(box.top for box in boxes)
    return Region(page, Box(0.0, y - MARK_PT / 2, MARK_PT, y + MARK_PT / 2))


def _moved(place: Region, number: int) -> Region:
    left = 2 * MARK_PT * number
    return replace(place, box=replace(place.box, left=left, right=left + MARK_PT))


def _index_above(rows: Sequence[Indicator], place: Region) -> int:
    """The last row that begins above a place."""
    middle = (place.box.top + place.box.bottom) / 2
    tops = [_top(row) for row in rows]
    above = [at for at, (page, top) in enumerate(tops) if (page, top) < (place.page, middle)]
    return max(above, default=-1)


def _top(row: Indicator) -> tuple[int, float]:
    """Where a row begins."""
    return min(((region.page, region.box.top) for region in _own_regions(row)), default=(row.page, 0.0))


def _own_regions(row: Indicator) -> list[Region]:
    """The cells that are the row's own: other ones may be merged over many rows."""
    own = [region for source in row.sources if source.field in ("value_text", "code") for region in source.regions]
    return own or [region for source in row.sources for region in source.regions]


def _row(neighbour: Indicator, correction: Correction) -> Indicator:
    """The added row, with section and group of the row beside it, and understood as if it had been read."""
    blank = replace(
        neighbour,
        page=correction.regions[0].page,
        code="",
        parent_code="",
        indicator="",
        indicator_id="",
        unit="",
        unit_code="",
        value_text="",
        comparator="",
        agency="",
        coagency="",
        note="",
        value_low=None,
        value_high=None,
        confidence=CERTAIN,
        flags=(),
        repairs=(),
        sources=(FieldSource("value_text", NO_TABLE, 0, 0, correction.regions, ()),),
    )
    for name, text in json.loads(correction.text).items():
        blank = with_text(blank, name, text)
    return replace(blank, record_id=record_id(correction.document_id, blank))


def _is_same(added: Indicator, row: Indicator) -> bool:
    return (added.code, added.period) == (row.code, row.period) and match_key(added.indicator) == match_key(
        row.indicator
    )
