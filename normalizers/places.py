"""The place of each row in its table: section, group, record; its code, parent and group."""

from dataclasses import dataclass, replace

from chitieu.model import RawRow, Repair, Role
from normalizers.codes import (
    NO_CODE,
    ORDINALS,
    Code,
    CodeKind,
    as_roman,
    bullet_mark,
    ordinal_text,
    ordinal_value,
)
from normalizers.periods import find_period
from normalizers.placed import PlacedRow, RowKind, has_values
from normalizers.row_codes import with_codes
from normalizers.rows import field_cell
from normalizers.section_titles import is_section, plain_titles, roman_titles, starts_again_after
from normalizers.text import clean_line
from normalizers.years import with_usual_years

# Longer texts are no Roman number that was misread: a pen may have gone over it.
MOST_UNREAD = 1


def place_rows(rows: tuple[RawRow, ...]) -> tuple[PlacedRow, ...]:
    """Every row with its kind, section, code, parent and group."""
    shapes = with_codes(rows)
    titles = roman_titles(shapes) | plain_titles(shapes)
    kinds = tuple(_kind(shapes, index, titles) for index in range(len(shapes)))
    placed = tuple(_with_roman(replace(s, kind=k)) for s, k in zip(shapes, kinds, strict=True))
    return _with_parents(_with_sections(_with_unread_romans(placed)))


def _with_roman(row: PlacedRow) -> PlacedRow:
    """A section whose `I` was read as `1`, `l` or `L`, with its Roman number."""
    is_misread = row.kind is RowKind.SECTION and row.code.kind in (CodeKind.NUMBER, CodeKind.OTHER, CodeKind.LETTER)
    roman = as_roman(row.code) if is_misread else ""
    return replace(row, code=Code(CodeKind.ROMAN, roman)) if roman else row


def _with_unread_romans(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """A section whose number is no number (`T`), right before `II` or between two that lack one, with that number."""
    sections = [index for index, row in enumerate(rows) if row.kind is RowKind.SECTION]
    mended = list(rows)
    for before, index, after in zip([None, *sections], sections, sections[1:], strict=False):
        code = rows[index].code
        next_value = ordinal_value(rows[after].code.text, CodeKind.ROMAN)
        last_value = ordinal_value(rows[before].code.text, CodeKind.ROMAN) if before is not None else 0
        is_unread = code.kind is CodeKind.OTHER and len(code.text) <= MOST_UNREAD
        is_known_before = before is None or rows[before].code.kind in ORDINALS
        if is_unread and is_known_before and next_value == last_value + 2:
            roman = ordinal_text(last_value + 1, CodeKind.ROMAN)
            why = f"the sections beside it have other numbers, {rows[after].code.text} follows"
            repair = Repair("section_code", code.text, roman, why)
            mended[index] = replace(rows[index], code=Code(CodeKind.ROMAN, roman), repairs=(repair,))
    return tuple(mended)


def _kind(shapes: tuple[PlacedRow, ...], index: int, titles: frozenset[int]) -> RowKind:
    shape = shapes[index]
    following = shapes[index + 1] if index + 1 < len(shapes) else None
    if index in titles or is_section(shape, following, starts_again=starts_again_after(shapes, index)):
        return RowKind.SECTION
    if shape.code.kind is CodeKind.NONE and (not shape.title or not has_values(shape.raw)):
        return RowKind.FRAGMENT
    if not has_values(shape.raw) and following is not None and _is_child(following, shape):
        return RowKind.GROUP
    return RowKind.RECORD


def _is_child(shape: PlacedRow, parent: PlacedRow) -> bool:
    code, above = shape.code, parent.code
    if code.kind is CodeKind.BULLET and above.kind is CodeKind.BULLET:
        return bullet_mark(code) == "+" != bullet_mark(above)
    if code.kind in (CodeKind.LETTER, CodeKind.BULLET):
        return above.kind not in (CodeKind.BULLET, code.kind)
    if code.kind is CodeKind.NONE:
        return above.kind is CodeKind.NUMBER and has_values(shape.raw) and bool(shape.title)
    is_deeper = len(code.path) > len(above.path) > 0
    return (is_deeper and code.path[: len(above.path)] == above.path) or code.prefix == above.text != ""


def _with_sections(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """The rows with the section they stand in; a section within another carries both numbers: `A.I`."""
    placed: list[PlacedRow] = []
    section = outer = PlacedRow(RawRow(0, 0, ()), RowKind.SECTION, NO_CODE, "")
    kinds = [row.code.kind for row in rows if row.kind is RowKind.SECTION and row.code.kind in ORDINALS]
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
    if outer.code.kind in ORDINALS and row.code.kind in ORDINALS and row.code.kind is not outer.code.kind:
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
