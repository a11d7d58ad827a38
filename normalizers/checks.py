"""What the order of rows tells: holes, rows twice, numbers that do not fit, sections without rows, joins in doubt."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby

from chitieu.model import Flag, FlagKind, Indicator, RawRow, Role
from normalizers.cells import row_key
from normalizers.codes import CodeKind, letter_follows, roman_value
from normalizers.places import PlacedRow, RowKind, place_rows
from normalizers.rows import cells_of, field_cell
from normalizers.text import clean_line, match_key

Key = tuple[int, int]
Findings = dict[Key, tuple[Flag, ...]]


@dataclass(slots=True)
class _Sequence:
    """The numbers seen so far in a section, and what was found; local to one call of `_check_section`."""

    last: dict[tuple[int, ...], int] = field(default_factory=dict)
    seen: dict[tuple[int, ...], Key] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    before: int = 0
    previous: tuple[int, ...] = ()
    previous_key: Key = (-1, -1)
    keys: dict[tuple[int, ...], Key] = field(default_factory=dict)
    is_broken: bool = False
    found: list[tuple[Key, Flag]] = field(default_factory=list)


def check(indicators: tuple[Indicator, ...], rows: tuple[RawRow, ...]) -> tuple[Indicator, ...]:
    """The indicators of a document with flags from the order of all its rows, and record ids that are unique.

    `rows` are those of all indicator tables, in printed order. What is found at a row without a record (a group, a
    section) is flagged on the next record; what is found after the last record, on the last.
    """
    per_row: list[tuple[Key, Flag]] = []
    last_number = 0
    for _, table_rows in groupby(rows, key=lambda row: row.table_index):
        placed = place_rows(tuple(table_rows))
        per_row += _check_table(placed, last_number)
        last_number = _last_number(placed)
    return _unique(_attach(indicators, tuple(per_row), tuple((row.table_index, row.row) for row in rows)))


def _check_table(rows: tuple[PlacedRow, ...], last_number: int) -> list[tuple[Key, Flag]]:
    found = _check_sections(rows) + _check_joins(rows) + _check_uncoded(rows)
    before = last_number
    for _, section in groupby(rows, key=lambda row: row.section_index):
        body = tuple(row for row in section if row.kind is not RowKind.SECTION)
        found += _check_section(body, before)
        before = _last_number(body) or before
    return found


def _key(row: PlacedRow) -> Key:
    return row.raw.table_index, row.raw.row


def _last_number(rows: tuple[PlacedRow, ...]) -> int:
    return next((row.code.path[0] for row in reversed(rows) if row.code.path), 0)


def _check_section(rows: tuple[PlacedRow, ...], before: int) -> list[tuple[Key, Flag]]:
    """The findings of one section; it may start with 1 or go on from the section before it."""
    sequence = _Sequence(before=before)
    numbered = tuple(row for row in rows if row.code.kind is CodeKind.NUMBER)
    for row in rows:
        if row.code.kind is CodeKind.NUMBER:
            _check_number(sequence, row, numbered)
        elif row.code.kind is CodeKind.LETTER:
            _check_letter(sequence, row)
        elif _is_stray(row) and numbered:
            sequence.found.append((_key(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", row.code.text)))
        if sequence.is_broken:
            sequence.found.append((_key(row), Flag(FlagKind.SEQUENCE_BROKEN, "section", "the numbers start again")))
    return sequence.found


def _is_stray(row: PlacedRow) -> bool:
    """Whether a record among numbered rows has a code of another kind: `1O`, or `I` for `1`."""
    heads_section = row.code.kind is CodeKind.ROMAN and row.section == clean_line(row.title)
    return row.code.kind in (CodeKind.OTHER, CodeKind.ROMAN, CodeKind.CAPITAL) and not heads_section


def _check_number(sequence: _Sequence, row: PlacedRow, numbered: tuple[PlacedRow, ...]) -> None:
    path = row.code.path
    if _is_same_cell(row, sequence.seen.get(path)):
        return
    parent, number = path[:-1], path[-1]
    if parent in sequence.seen and sequence.previous[: len(parent)] != parent:
        sequence.found.append((_key(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", f"{row.code.text} not under its row")))
        return
    _check_ancestors(sequence, row)
    expected = sequence.last.get(parent, 0) + 1
    starts_on = not sequence.last and len(path) == 1 and number == sequence.before + 1
    if number != expected and not starts_on:
        _report(sequence, row, expected, numbered)
    elif starts_on or number == expected:
        sequence.last[parent] = number
    sequence.seen[path], sequence.keys[path] = _code_place(row), _key(row)
    sequence.previous, sequence.previous_key = path, _key(row)


def _report(sequence: _Sequence, row: PlacedRow, expected: int, numbered: tuple[PlacedRow, ...]) -> None:
    """A number that is not the next: misread, missing before it, twice, or of a section whose title is lost."""
    path = row.code.path
    detail = f"{row.code.text} instead of {expected}"
    following = _next_sibling(row, numbered)
    if following == expected + 1 and path[-1] != following:
        sequence.found.append((_key(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))
        sequence.last[path[:-1]] = expected
    elif path[-1] > expected:
        sequence.found.append((_key(row), Flag(FlagKind.MISSING_ROW_BEFORE, "", detail)))
        sequence.last[path[:-1]] = path[-1]
        if len(sequence.previous) > len(path):
            # `8, 8.1, 10`: the lone `8.1` may be the missing `9`.
            sequence.found.append((sequence.previous_key, Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))
    elif path in sequence.seen:
        for key in (_key(row), sequence.keys.get(path, _key(row))):
            sequence.found.append((key, Flag(FlagKind.DUPLICATE_CODE, "code", row.code.text)))
        _restart(sequence, row, following)
    else:
        sequence.found.append((_key(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))


def _restart(sequence: _Sequence, row: PlacedRow, following: int | None) -> None:
    """From a second `1` on, that is followed by 2, the title of a section was lost: all rows after it are in doubt."""
    if row.code.path == (1,) and following in (2, None):
        sequence.last, sequence.seen, sequence.is_broken = {(): 1}, {}, True


def _check_ancestors(sequence: _Sequence, row: PlacedRow) -> None:
    """`9.1` without a row `9`: the parent's row is missing; flagged once, then counted as seen."""
    path = row.code.path
    for depth in range(1, len(path)):
        if path[:depth] not in sequence.seen and (path[: depth - 1] in sequence.last or depth == 1):
            if path[:depth][-1] != sequence.last.get(path[: depth - 1], 0):
                detail = f"no row {'.'.join(map(str, path[:depth]))}"
                sequence.found.append((_key(row), Flag(FlagKind.MISSING_ROW_BEFORE, "", detail)))
            sequence.seen[path[:depth]] = (-1, -1)
            sequence.last[path[: depth - 1]] = max(path[depth - 1], sequence.last.get(path[: depth - 1], 0))


def _next_sibling(row: PlacedRow, numbered: tuple[PlacedRow, ...]) -> int | None:
    """The number of the next row of the same level; None at the end or where a lower level ends first."""
    depth = len(row.code.path)
    at = next(index for index, other in enumerate(numbered) if _key(other) == _key(row))
    return next((other.code.path[-1] for other in numbered[at + 1 :] if len(other.code.path) == depth), None)


def _code_place(row: PlacedRow) -> Key:
    cell = field_cell(row.raw, Role.CODE)
    return (row.raw.table_index, cell.row) if cell else _key(row)


def _is_same_cell(row: PlacedRow, place: Key | None) -> bool:
    """Whether the number is the same print as before: a cell merged over several rows."""
    return place == _code_place(row)


def _check_letter(sequence: _Sequence, row: PlacedRow) -> None:
    before = sequence.letters.get(row.parent_code, "")
    if not letter_follows(row.code.text, before):
        kind = FlagKind.MISSING_ROW_BEFORE if row.code.text > before else FlagKind.SEQUENCE_BROKEN
        sequence.found.append((_key(row), Flag(kind, "", f"{row.code.text} after {before}")))
    sequence.letters[row.parent_code] = row.code.text


def _check_sections(rows: tuple[PlacedRow, ...]) -> list[tuple[Key, Flag]]:
    """Roman sections count up from I; a section has rows, or sections of a lower level, under it."""
    found: list[tuple[Key, Flag]] = []
    last: dict[str, int] = {}
    for index, row in enumerate(rows):
        if row.kind is not RowKind.SECTION and not _heads_section(row, rows[:index]):
            continue
        outer, _, roman = row.section_code.rpartition(".")
        if roman and row.code.kind is not CodeKind.CAPITAL:
            value = roman_value(roman)
            if value != last.get(outer, 0) + 1:
                found.append((_key(row), Flag(FlagKind.MISSING_ROW_BEFORE, "section", f"section {roman}")))
            last[outer] = value
        following = rows[index + 1] if index + 1 < len(rows) else None
        is_title = row.kind is RowKind.SECTION
        if is_title and (following is None or _is_sibling_title(row, following)):
            found.append((_key(row), Flag(FlagKind.MISSING_ROW_AFTER, "", f"nothing in section {row.section}")))
    return found


def _is_sibling_title(row: PlacedRow, following: PlacedRow) -> bool:
    return following.kind is RowKind.SECTION and following.code.kind is row.code.kind


def _heads_section(row: PlacedRow, before: tuple[PlacedRow, ...]) -> bool:
    """Whether a record opens its section: `I` with a value of its own."""
    return row.section_index > (before[-1].section_index if before else 0)


def _check_joins(rows: tuple[PlacedRow, ...]) -> list[tuple[Key, Flag]]:
    return [(_key(row), Flag(FlagKind.UNCERTAIN_JOIN)) for row in rows if row.raw.is_doubtful]


def _check_uncoded(rows: tuple[PlacedRow, ...]) -> list[tuple[Key, Flag]]:
    """Records without a number in a table that numbers its rows."""
    numbered = sum(row.code.kind is CodeKind.NUMBER for row in rows)
    bare = [row for row in rows if row.code.kind is CodeKind.NONE and row.kind is RowKind.RECORD]
    if 2 * numbered <= len(bare) or not any(cells_of(row.raw, Role.CODE) for row in rows):
        return []
    return [(_key(row), Flag(FlagKind.EMPTY_FIELD, "code")) for row in bare if not _is_of_which(row)]


def _is_of_which(row: PlacedRow) -> bool:
    """`Trong đó: …` has no number of its own."""
    return match_key(row.title).startswith(match_key("Trong đó"))


def _attach(
    indicators: tuple[Indicator, ...], found: tuple[tuple[Key, Flag], ...], order: tuple[Key, ...]
) -> tuple[Indicator, ...]:
    """The flags on all records of their rows; of rows without records on the record next to them."""
    by_row: dict[Key, list[int]] = {}
    for index, indicator in enumerate(indicators):
        by_row.setdefault(row_key(indicator), []).append(index)
    flags: list[list[Flag]] = [list(indicator.flags) for indicator in indicators]
    for key, flag in found:
        for index in _targets(key, by_row, order):
            if flag not in flags[index]:
                flags[index].append(flag)
    return tuple(replace(i, flags=tuple(f)) for i, f in zip(indicators, flags, strict=True))


def _targets(key: Key, by_row: dict[Key, list[int]], order: tuple[Key, ...]) -> list[int]:
    if key in by_row:
        return by_row[key]
    at = order.index(key)
    following = next((other for other in order[at:] if other in by_row), None)
    preceding = next((other for other in reversed(order[:at]) if other in by_row), None)
    if following is not None:
        return by_row[following][:1]
    return by_row[preceding][-1:] if preceding is not None else []


def _unique(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The indicators with `~2`, `~3` on record ids that stood before."""
    counts: Counter[str] = Counter()
    named = []
    for indicator in indicators:
        base = indicator.record_id.partition("~")[0]
        counts[base] += 1
        named.append(replace(indicator, record_id=base if counts[base] == 1 else f"{base}~{counts[base]}"))
    return tuple(named)
