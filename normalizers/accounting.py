"""What was printed and gave no record: said on the records next to it, so that no row goes without a word."""

from collections.abc import Mapping
from dataclasses import replace

from chitieu.model import ColumnRoles, Flag, FlagKind, Indicator, RawRow, Role, Table
from normalizers.captions import has_units
from normalizers.cells import row_key
from normalizers.headers import is_of_tasks, may_be_targets, names_indicators
from normalizers.placed import PlacedRow, RowKind
from normalizers.rows import cells_of
from normalizers.text import clean_line

# A field that so large a share of the rows on other pages has is no field that may be empty; of so many rows at least.
USUAL_SHARE, ENOUGH_ROWS = 0.9, 3
_USUAL_FIELDS = ("code", "unit", "agency")


def lost_row(placed: PlacedRow, kind: FlagKind) -> tuple[Flag, ...]:
    """The doubts that a row leaves which gave no record: it is one that was not read, or the rest of the one above."""
    texts = [clean_line(cell.text) for _, cell in placed.raw.cells if cell.text.strip()]
    lost, join = (Flag(one, detail=" | ".join(texts)) for one in (kind, FlagKind.UNCERTAIN_JOIN))
    if placed.kind is not RowKind.FRAGMENT:
        return (lost,)
    # One text that goes on in small letters is the rest of a row and no row.
    return (join,) if len(texts) == 1 and texts[0][:1].islower() else (join, lost)


def doubt_last_row(found: list[Indicator], doubts: tuple[Flag, ...]) -> list[Indicator]:
    """The records with doubts added to those of the last row."""
    last = row_key(found[-1])
    start = next(at for at, record in enumerate(found) if row_key(record) == last)
    return found[:start] + doubt_row(found[start:], doubts)


def doubt_row(records: list[Indicator], doubts: tuple[Flag, ...]) -> list[Indicator]:
    """The records of one row with doubts: a hole is beside the first or the last of them, a join touches all."""
    places = {FlagKind.MISSING_ROW_BEFORE: (0,), FlagKind.MISSING_ROW_AFTER: (len(records) - 1,)}
    everywhere = range(len(records))
    own = [tuple(d for d in doubts if at in places.get(d.kind, everywhere)) for at in everywhere]
    return [replace(i, flags=i.flags + flags) if flags else i for i, flags in zip(records, own, strict=True)]


def doubt_lost_cells(records: list[Indicator], row: RawRow, roles: ColumnRoles) -> list[Indicator]:
    """The records of a row, the last of them in doubt where the row has no cell at all in a column of values."""
    there = {column.index for column, _ in cells_of(row, Role.VALUE)}
    lost = [column for column in roles.of(Role.VALUE) if column.index not in there]
    if not records or not lost:
        return records
    doubt = Flag(FlagKind.MISSING_ROW_AFTER, "value_text", " / ".join(column.title for column in lost))
    return doubt_row(records, (doubt,))


def may_hold_targets(table: Table, roles: ColumnRoles, caption: str) -> bool:
    """Whether caption, header or, where there is no header, the cells are those of indicators."""
    if is_of_tasks(roles):
        return False
    if names_indicators(caption) or roles.of(Role.INDICATOR):
        return True
    return may_be_targets(roles, caption) or (not roles.header_rows and has_units(table))


def beside_hole(before: list[Indicator], after: list[Indicator], lost: str) -> list[Indicator]:
    """The records of two tables in their order; where a table between them was lost, those next to it in doubt."""
    if not lost:
        return before + after
    if before:
        before = doubt_last_row(before, (Flag(FlagKind.MISSING_ROW_AFTER, detail=lost),))
    if after:
        after = [replace(after[0], flags=(*after[0].flags, Flag(FlagKind.MISSING_ROW_BEFORE, detail=lost))), *after[1:]]
    return before + after


def doubt_places(
    records: tuple[Indicator, ...], places: tuple[tuple[tuple[int, int], Flag], ...]
) -> tuple[Indicator, ...]:
    """The records with doubts of places (table and row); a hole at a row without records is said on the next one."""
    for key, doubt in places:
        records = tuple(_doubted(list(records), key, doubt))
    return records


def _doubted(records: list[Indicator], key: tuple[int, int], doubt: Flag) -> list[Indicator]:
    keys = [row_key(record) for record in records]
    if doubt.kind is FlagKind.MISSING_ROW_AFTER:
        key = max((one for one in keys if one <= key), default=key)
    elif doubt.kind is FlagKind.MISSING_ROW_BEFORE:
        key = min((one for one in keys if one >= key), default=key)
    start, count = (keys.index(key) if key in keys else 0), keys.count(key)
    return records[:start] + doubt_row(records[start : start + count], (doubt,)) + records[start + count :]


def doubt_empty_pages(records: tuple[Indicator, ...], chains: Mapping[int, int]) -> tuple[Indicator, ...]:
    """The records of a page on which a field is empty throughout that the other pages fill, in doubt: a column lost.

    `chains` tells of each table which tables go on with each other, page after page; other tables may lack a field.
    """
    places = [(chains[row_key(record)[0]], record.page) for record in records]
    doubts = {
        (place, field)
        for place in set(places)
        for field in _USUAL_FIELDS
        if _is_lost_on(place, places, [bool(getattr(record, field)) for record in records])
    }
    return tuple(
        _with_empty(record, [field for field in _USUAL_FIELDS if (place, field) in doubts])
        for record, place in zip(records, places, strict=True)
    )


def _is_lost_on(place: tuple[int, int], places: list[tuple[int, int]], filled: list[bool]) -> bool:
    own = [is_filled for other, is_filled in zip(places, filled, strict=True) if other == place]
    others = [f for other, f in zip(places, filled, strict=True) if other[0] == place[0] and other != place]
    return not any(own) and len(others) >= ENOUGH_ROWS and sum(others) >= USUAL_SHARE * len(others)


def _with_empty(record: Indicator, fields: list[str]) -> Indicator:
    doubts = tuple(Flag(FlagKind.EMPTY_FIELD, field) for field in fields)
    known = {str(flag) for flag in record.flags}
    return replace(record, flags=record.flags + tuple(doubt for doubt in doubts if str(doubt) not in known))
