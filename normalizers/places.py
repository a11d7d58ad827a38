"""The place of each row in its table: section, group, record; its code, parent and group."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import zip_longest

from chitieu.model import Cell, RawRow, Repair, Role
from normalizers.cells import key_words, text_of
from normalizers.codes import (
    NO_CODE,
    Code,
    CodeKind,
    as_roman,
    bullet_mark,
    follows,
    ordinal_value,
    read_code,
    roman_value,
    split_code,
    with_lost_dots,
)
from normalizers.data import read_lines
from normalizers.periods import find_period
from normalizers.rows import cells_of, field_cell, has_unread_ink
from normalizers.text import clean_line
from normalizers.years import with_usual_years

_ORDINALS = (CodeKind.ROMAN, CodeKind.CAPITAL)


class RowKind(StrEnum):
    SECTION = "section"
    GROUP = "group"
    RECORD = "record"
    FRAGMENT = "fragment"  # text without a number of its own: the rest of a row cut in two, or a row half read


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and its place. `code` is the row's own as read; `shown_code` is unique within the section, bullets counted.

    `group` is the parent's title where the parent has no value; `repairs` are those of the code.
    """

    raw: RawRow
    kind: RowKind
    code: Code
    title: str
    shown_code: str = ""
    parent_code: str = ""
    group: str = ""
    section_code: str = ""
    section: str = ""
    section_period: str = ""
    section_index: int = 0
    section_cell: Cell | None = None
    repairs: tuple[Repair, ...] = ()


def place_rows(rows: tuple[RawRow, ...]) -> tuple[PlacedRow, ...]:
    """Every row with its kind, section, code, parent and group."""
    shapes = _with_codes(rows)
    titles = _roman_titles(shapes)
    kinds = tuple(_kind(shapes, index, titles) for index in range(len(shapes)))
    placed = tuple(_with_roman(replace(s, kind=k)) for s, k in zip(shapes, kinds, strict=True))
    return _with_parents(_with_sections(placed))


def _roman_titles(shapes: tuple[PlacedRow, ...]) -> frozenset[int]:
    """The rows with nothing but a title whose numbers are I, II, III in this order, or look like it (`1`, `11`, `l`).

    After one that only looks like it the numbers of the rows start again. None where there is only one title: `1` may
    be a group's number.
    """
    found: list[int] = []
    for index, shape in enumerate(shapes):
        roman = as_roman(shape.code) if shape.title and _has_only_title(shape.raw) else ""
        is_sure = shape.code.kind is CodeKind.ROMAN or _starts_again(shapes, index)
        if roman and is_sure and roman_value(roman) == len(found) + 1:
            found.append(index)
    return frozenset(found) if len(found) > 1 else frozenset()


def _starts_again(shapes: tuple[PlacedRow, ...], index: int) -> bool:
    """Whether the next row with a number is numbered 1."""
    coded = next((later for later in shapes[index + 1 : index + 4] if later.code.kind is not CodeKind.NONE), None)
    return coded is not None and coded.code.path == (1,)


def _with_roman(row: PlacedRow) -> PlacedRow:
    """A section whose `I` was read as `1`, `l` or `L`, with its Roman number."""
    is_misread = row.kind is RowKind.SECTION and row.code.kind in (CodeKind.NUMBER, CodeKind.OTHER, CodeKind.LETTER)
    roman = as_roman(row.code) if is_misread else ""
    return replace(row, code=Code(CodeKind.ROMAN, roman)) if roman else row


def _text(row: RawRow, role: Role) -> str:
    cell = field_cell(row, role)
    return text_of(cell) if cell else ""


def _has_values(row: RawRow) -> bool:
    return any(cell.text.strip() or has_unread_ink(cell) for _, cell in cells_of(row, Role.VALUE))


def _has_only_title(row: RawRow) -> bool:
    """Whether nothing but a number and a title is printed in the row itself."""
    others = (Role.UNIT, Role.VALUE, Role.AGENCY, Role.COAGENCY)
    own = [cell for column, cell in row.cells if column.role in others and cell.row == row.row]
    return not any(cell.text.strip() or has_unread_ink(cell) for cell in own)


def _with_codes(rows: tuple[RawRow, ...]) -> tuple[PlacedRow, ...]:
    placed: list[PlacedRow] = []
    before: Code | None = None
    for row, following in zip_longest(rows, rows[1:]):
        shape = _with_code(row, before, following)
        placed.append(shape)
        if shape.code.kind is CodeKind.NUMBER:
            before = shape.code
        elif shape.code.kind in (CodeKind.ROMAN, CodeKind.CAPITAL) and not _has_values(row):
            before = None
    return tuple(placed)


def _with_code(row: RawRow, before: Code | None, following: RawRow | None) -> PlacedRow:
    title = _text(row, Role.INDICATOR)
    cell = field_cell(row, Role.CODE)
    if cell is None or not cell.text.strip():
        code, rest = split_code(clean_line(title))
        return PlacedRow(row, RowKind.RECORD, code, rest if code != NO_CODE else title)
    # Titles have numbers of another kind: only numbers of rows with values are held against each other.
    after = read_code(_text(following, Role.CODE)) if following else NO_CODE
    code, repairs = _choose_code(cell, before, after) if _has_values(row) else (read_code(cell.text), ())
    return PlacedRow(row, RowKind.RECORD, code, title, repairs=repairs)


def _choose_code(cell: Cell, before: Code | None, after: Code) -> tuple[Code, tuple[Repair, ...]]:
    """The first reading, unless it breaks the order of the rows and the second reading keeps it.

    The reader's own second guess and a lost dot (`111` after `11`) are no second witness: the next row's number has to
    go on from them too.
    """
    first = read_code(cell.text)
    if follows(first, before) or first.kind is CodeKind.BULLET:
        return first, ()
    if first.path == (1,) or (before is not None and first.path == before.path):
        return first, ()
    seconds = [code for reading in cell.readings[1:] if follows(code := read_code(reading.text), before)]
    if seconds:
        why = "the second reading continues the numbers of the rows, the first does not"
        return seconds[0], (Repair("code", first.text, seconds[0].text, why),)
    guesses = [read_code(cell.text.replace(rival.read, rival.instead)) for rival in cell.readings[0].rivals]
    fitting = {code for code in guesses if follows(code, before)} | {with_lost_dots(first, before)} - {None}
    joining = [code for code in fitting if code and (follows(after, code) or with_lost_dots(after, code))]
    if len(joining) == 1 and not follows(after, first):
        why = "a second guess, or a lost dot, between the numbers of the rows around it"
        return joining[0], (Repair("code", first.text, joining[0].text, why),)
    return first, ()


def _kind(shapes: tuple[PlacedRow, ...], index: int, titles: frozenset[int]) -> RowKind:
    shape = shapes[index]
    following = shapes[index + 1] if index + 1 < len(shapes) else None
    if index in titles or _is_section(shape, following, starts_again=_starts_again(shapes, index)):
        return RowKind.SECTION
    if shape.code.kind is CodeKind.NONE and (not shape.title or not _has_values(shape.raw)):
        return RowKind.FRAGMENT
    if not _has_values(shape.raw) and following is not None and _is_child(following, shape):
        return RowKind.GROUP
    return RowKind.RECORD


def _is_section(shape: PlacedRow, following: PlacedRow | None, *, starts_again: bool) -> bool:
    """Whether a row is a section's title: nothing else is printed in it, and its number or words are a section's.

    `following` is the row below it; `starts_again` where the next row with a number is numbered 1.
    """
    if not _has_only_title(shape.raw) or not shape.title:
        return False
    if following is not None and len(following.code.path) > 1 and following.code.path != (1, 1):
        # `2.1` under it: a group whose `2` was misread.
        return False
    if shape.code.kind in (CodeKind.ROMAN, CodeKind.CAPITAL):
        return True
    if shape.code.kind is CodeKind.NONE:
        return _reads_as_title(shape)
    # A scanned `I` comes back as `1`, `l` or `L`, under a pen as anything: then the rows start again with 1.
    is_unread = bool(as_roman(shape.code)) or shape.code.kind is CodeKind.OTHER
    return starts_again and is_unread and _begins_like_section(shape.title)


def _reads_as_title(shape: PlacedRow) -> bool:
    if shape.raw.is_doubtful or shape.title[:1].islower():
        return False
    spans = any(cell.col_span > 1 for _, cell in cells_of(shape.raw, Role.INDICATOR))
    return spans or _begins_like_section(shape.title) or shape.title.isupper()


def _begins_like_section(title: str) -> bool:
    words = " ".join(key_words(title)) + " "
    return bool(find_period(title)) or any(words.startswith(f"{start} ") for start in _section_words())


@cache
def _section_words() -> tuple[str, ...]:
    lines = (line for line in read_lines("section_words.txt") if line and not line.startswith("#"))
    return tuple(" ".join(key_words(line)) for line in lines)


def _is_child(shape: PlacedRow, parent: PlacedRow) -> bool:
    code, above = shape.code, parent.code
    if code.kind is CodeKind.BULLET and above.kind is CodeKind.BULLET:
        return bullet_mark(code) == "+" != bullet_mark(above)
    if code.kind in (CodeKind.LETTER, CodeKind.BULLET):
        return above.kind not in (CodeKind.BULLET, code.kind)
    if code.kind is CodeKind.NONE:
        return above.kind is CodeKind.NUMBER and _has_values(shape.raw) and bool(shape.title)
    is_deeper = len(code.path) > len(above.path) > 0
    return (is_deeper and code.path[: len(above.path)] == above.path) or code.prefix == above.text != ""


def _with_sections(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """The rows with the section they stand in; a section within another carries both numbers: `A.I`."""
    placed: list[PlacedRow] = []
    section = outer = PlacedRow(RawRow(0, 0, ()), RowKind.SECTION, NO_CODE, "")
    kinds = [row.code.kind for row in rows if row.kind is RowKind.SECTION and row.code.kind in _ORDINALS]
    for index, row in enumerate(rows):
        if row.kind is RowKind.SECTION or _opens_section(row, section, rows[:index], rows[index + 1 : index + 2]):
            # What the first section is numbered with numbers the outer ones.
            outer = row if row.code.kind in kinds[:1] else outer
            section = _section(row, outer, section.section_index + 1)
        placed.append(_in_section(row, section))
    return tuple(placed)


def _opens_section(
    row: PlacedRow, section: PlacedRow, before: tuple[PlacedRow, ...], following: tuple[PlacedRow, ...]
) -> bool:
    """Whether a record with a value of its own is a section's title too: `I | GRDP | % | 8` over `1`, `2`."""
    if row.kind is not RowKind.RECORD or row.code.kind is not CodeKind.ROMAN:
        return False
    if any(next_row.code.path == (1,) for next_row in following):
        return True
    # The next Roman number after a section; `II` after `10` is an `11` misread.
    last = section.section_code.rpartition(".")[2]
    is_next = section.code.kind is CodeKind.ROMAN and ordinal_value(row.code.text, CodeKind.ROMAN) == 1 + ordinal_value(
        last, CodeKind.ROMAN
    )
    numbers = [one.code for one in before if one.code.kind is CodeKind.NUMBER]
    return is_next and bool(numbers) and as_roman(_next_number(numbers[-1])) != row.code.text


def _next_number(code: Code) -> Code:
    return Code(CodeKind.NUMBER, str(code.path[0] + 1), (code.path[0] + 1,))


def _section(row: PlacedRow, outer: PlacedRow, index: int) -> PlacedRow:
    title, outer_title = _section_title(row), _section_title(outer)
    code = "" if row.code.kind in (CodeKind.NUMBER, CodeKind.OTHER, CodeKind.LETTER) else row.code.text
    if outer.code.kind in _ORDINALS and row.code.kind in _ORDINALS and row.code.kind is not outer.code.kind:
        code = f"{outer.code.text}.{code}"
    cell = field_cell(row.raw, Role.INDICATOR)
    source = cell if find_period(title) else field_cell(outer.raw, Role.INDICATOR) or cell
    return replace(
        row,
        title=title,
        section_code=code,
        section=title,
        section_period=find_period(title) or find_period(outer_title),
        section_index=index,
        section_cell=source,
    )


def _section_title(row: PlacedRow) -> str:
    cell = field_cell(row.raw, Role.INDICATOR)
    return with_usual_years(clean_line(row.title), cell) if cell else clean_line(row.title)


def _in_section(row: PlacedRow, section: PlacedRow) -> PlacedRow:
    return replace(
        row,
        section_code=section.section_code,
        section=section.section,
        section_period=section.section_period,
        section_index=section.section_index,
        section_cell=section.section_cell,
    )


def _with_parents(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """The rows with shown codes, parents and groups, section by section."""
    placed: list[PlacedRow] = []
    groups: dict[tuple[int, str], str] = {}
    counters: dict[tuple[int, str], int] = {}
    above = _Above()
    for row in rows:
        if row.kind is RowKind.SECTION or (placed and row.section_index != placed[-1].section_index):
            above = _Above()
        parent = _parent(row.code, above)
        shown = _shown_code(row, parent, counters)
        above = _passed(above, row.code, shown)
        key = (row.section_index, parent)
        placed.append(replace(row, shown_code=shown, parent_code=parent, group=groups.get(key, "") if parent else ""))
        if row.kind is RowKind.GROUP:
            groups[row.section_index, shown] = clean_line(row.title)
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class _Above:
    """The shown codes that a row stands under: the last number, its last letter, the last bullet that is no `+`."""

    number: str = ""
    letter: str = ""
    bullet: str = ""


def _passed(above: _Above, code: Code, shown: str) -> _Above:
    """What stands above the next row."""
    if code.kind is CodeKind.NUMBER:
        return _Above(shown)
    if code.kind is CodeKind.LETTER:
        return _Above(above.number, shown)
    return replace(above, bullet=shown) if code.kind is CodeKind.BULLET and bullet_mark(code) != "+" else above


def _parent(code: Code, above: _Above) -> str:
    """The shown code of the row that a row stands under; a `+` stands under the `-` before it."""
    if code.kind is CodeKind.NUMBER:
        return code.parent
    if code.kind is CodeKind.LETTER:
        return above.number
    if code.kind is not CodeKind.BULLET:
        return ""
    return (above.bullet if bullet_mark(code) == "+" else "") or above.letter or above.number


def _shown_code(row: PlacedRow, parent: str, counters: dict[tuple[int, str], int]) -> str:
    """The code as printed; a bullet is counted under its parent: `9-1`, a `+` below it `9-1-1`."""
    if row.code.kind is not CodeKind.BULLET:
        return row.code.text
    key = (row.section_index, parent)
    counters[key] = counters.get(key, 0) + 1
    return f"{parent}-{counters[key]}"
