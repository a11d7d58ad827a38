"""Numbers within a section, level by level: holes, numbers twice, numbers that do not fit or start again."""

from dataclasses import dataclass, field
from itertools import takewhile

from chitieu.model import Flag, FlagKind, Role
from normalizers.codes import CodeKind, letter_follows, lost_letter, ordinal_text, ordinal_value
from normalizers.placed import PlacedRow
from normalizers.rows import field_cell
from normalizers.text import clean_line

Key = tuple[int, int]
Found = list[tuple[Key, Flag]]
_CHILDREN = (CodeKind.BULLET, CodeKind.LETTER)


@dataclass(slots=True)
class _Sequence:
    """The numbers seen so far in a section, and what was found; local to one call of `check_section`."""

    last: dict[tuple[int, ...], int] = field(default_factory=dict)
    seen: dict[tuple[int, ...], Key] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    ordinals: dict[CodeKind, int] = field(default_factory=dict)
    before: int = 0
    previous: tuple[int, ...] = ()
    previous_key: Key = (-1, -1)
    keys: dict[tuple[int, ...], Key] = field(default_factory=dict)
    is_broken: bool = False
    jumped: list[Key] = field(default_factory=list)  # the rows since the last hole
    found: Found = field(default_factory=list)


def key_of(row: PlacedRow) -> Key:
    return row.raw.table_index, row.raw.row


def last_number(rows: tuple[PlacedRow, ...]) -> int:
    """The first part of the last number of rows; 0 without."""
    return next((row.code.path[0] for row in reversed(rows) if row.code.path), 0)


def check_section(rows: tuple[PlacedRow, ...], before: int) -> Found:
    """The findings of one section; it may start with 1 or go on from the section before it, whose last number it was.

    Rows numbered `I.1`, `II.1` without titles between them are sections of their own.
    """
    found: Found = []
    for body in _by_prefix(rows):
        found += _check_part(body, before)
        before = last_number(body) or before
    return found


def _by_prefix(rows: tuple[PlacedRow, ...]) -> list[tuple[PlacedRow, ...]]:
    """The rows parted where the Roman number before the plain one changes."""
    parts: list[list[PlacedRow]] = [[]]
    prefix = None
    for row in rows:
        if row.code.kind is CodeKind.NUMBER:
            if prefix not in (None, row.code.prefix):
                parts.append([])
            prefix = row.code.prefix
        parts[-1].append(row)
    return [tuple(part) for part in parts]


def _check_part(rows: tuple[PlacedRow, ...], before: int) -> Found:
    sequence = _Sequence(before=before)
    numbered = tuple(row for row in rows if row.code.kind is CodeKind.NUMBER)
    for row in rows:
        if row.code.kind is CodeKind.NUMBER:
            _check_number(sequence, row, numbered)
        elif row.code.kind is CodeKind.LETTER:
            _check_letter(sequence, row)
        elif _is_stray(row) and numbered:
            sequence.found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", row.code.text)))
        elif _is_stray(row) and row.code.kind is not CodeKind.OTHER:
            _check_ordinal(sequence, row)
        if sequence.is_broken:
            sequence.found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "section", "the numbers start again")))
    return sequence.found + _children_before(rows, sequence.found)


def _children_before(rows: tuple[PlacedRow, ...], found: Found) -> Found:
    """Doubt on the children right before a row that another is missing before: that one may be their parent."""
    holes = {key for key, flag in found if flag.kind is FlagKind.MISSING_ROW_BEFORE}
    children: list[PlacedRow] = []
    for index, row in enumerate(rows):
        if row.code.kind is CodeKind.NUMBER and key_of(row) in holes:
            children += takewhile(lambda one: one.code.kind in _CHILDREN, reversed(rows[:index]))
    return [(key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code")) for row in children]


def _check_ordinal(sequence: _Sequence, row: PlacedRow) -> None:
    """Records numbered I, II, III or A, B, C in a section without plain numbers."""
    kind = row.code.kind
    value, expected = ordinal_value(row.code.text, kind), sequence.ordinals.get(kind, 0) + 1
    if value > expected:
        sequence.found.append(hole(row, ordinal_text(expected, kind)))
    elif value < expected:
        sequence.found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", row.code.text)))
    sequence.ordinals[kind] = value


def hole(row: PlacedRow, lost: str, field: str = "") -> tuple[Key, Flag]:
    """A flag on the row before which a row is missing, with the number lost and the place where it should stand."""
    places = [region for _, cell in row.raw.cells if cell.row == row.raw.row for region in cell.regions[:1]]
    first = min(places, key=lambda region: (region.page, region.box.top), default=None)
    place = f", page {first.page}, y={first.box.top:.0f}" if first else ""
    return key_of(row), Flag(FlagKind.MISSING_ROW_BEFORE, field, f"{lost}{place}")


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
        sequence.found.append(
            (key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", f"{row.code.text} not under its row"))
        )
        return
    _check_ancestors(sequence, row)
    expected = sequence.last.get(parent, 0) + 1
    starts_on = not sequence.last and len(path) == 1 and number == sequence.before + 1
    if number != expected and not starts_on:
        _report(sequence, row, expected, numbered)
    elif starts_on or number == expected:
        sequence.last[parent] = number
        sequence.jumped += [key_of(row)] if sequence.jumped else []
    sequence.seen[path], sequence.keys[path] = _code_place(row), key_of(row)
    sequence.previous, sequence.previous_key = path, key_of(row)


def _report(sequence: _Sequence, row: PlacedRow, expected: int, numbered: tuple[PlacedRow, ...]) -> None:
    """A number that is not the next: misread, missing before it, twice, or of a section whose title is lost."""
    path = row.code.path
    detail = f"{row.code.text} instead of {expected}"
    following = _next_sibling(row, numbered)
    if following == expected + 1 and path[-1] != following:
        sequence.found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))
        sequence.last[path[:-1]] = expected
    elif path[-1] > expected:
        sequence.found.append(hole(row, _lost_numbers(sequence, row, expected)))
        sequence.last[path[:-1]] = path[-1]
        sequence.jumped = [key_of(row)]
        if len(sequence.previous) > len(path):
            # `8, 8.1, 10`: the lone `8.1` may be the missing `9`.
            sequence.found.append((sequence.previous_key, Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))
    elif path in sequence.seen:
        for key in (key_of(row), sequence.keys.get(path, key_of(row))):
            sequence.found.append((key, Flag(FlagKind.DUPLICATE_CODE, "code", row.code.text)))
        _restart(sequence, row, following)
    else:
        sequence.found.append((key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)))
        if following == path[-1] + 1:
            # `29 80 81 32 33`: the numbers before it were misread, not all that follow.
            sequence.found += [(key, Flag(FlagKind.SEQUENCE_BROKEN, "code", detail)) for key in sequence.jumped]
            sequence.last[path[:-1]], sequence.jumped = path[-1], []


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
                sequence.found.append(hole(row, ".".join(map(str, path[:depth]))))
            sequence.seen[path[:depth]] = (-1, -1)
            sequence.last[path[: depth - 1]] = max(path[depth - 1], sequence.last.get(path[: depth - 1], 0))


def _next_sibling(row: PlacedRow, numbered: tuple[PlacedRow, ...]) -> int | None:
    """The number of the next row of the same level; None at the end or where a lower level ends first."""
    depth = len(row.code.path)
    at = next(index for index, other in enumerate(numbered) if key_of(other) == key_of(row))
    return next((other.code.path[-1] for other in numbered[at + 1 :] if len(other.code.path) == depth), None)


def _code_place(row: PlacedRow) -> Key:
    cell = field_cell(row.raw, Role.CODE)
    return (row.raw.table_index, cell.row) if cell else key_of(row)


def _is_same_cell(row: PlacedRow, place: Key | None) -> bool:
    """Whether the number is the same print as before: a cell merged over several rows."""
    return place == _code_place(row)


def _lost_numbers(sequence: _Sequence, row: PlacedRow, expected: int) -> str:
    """The numbers between the last one and a row's: `2.3`, `4-6`; a section that starts late may go on from another."""
    path = row.code.path
    if not sequence.last and len(path) == 1 and sequence.before + 1 < path[-1]:
        expected = sequence.before + 1
    prefix = row.code.text.removesuffix(row.code.text.rpartition(".")[2])
    last = f"-{prefix}{path[-1] - 1}" if path[-1] - 1 > expected else ""
    return f"{prefix}{expected}{last}"


def _check_letter(sequence: _Sequence, row: PlacedRow) -> None:
    before = sequence.letters.get(row.parent_code, "")
    letter = row.code.text
    if not letter_follows(letter, before):
        broken = (key_of(row), Flag(FlagKind.SEQUENCE_BROKEN, "", f"{letter} after {before}"))
        lost = lost_letter(letter, before)
        sequence.found.append(hole(row, lost) if lost else broken)
    sequence.letters[row.parent_code] = letter
