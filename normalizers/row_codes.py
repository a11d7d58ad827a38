"""The number of each row: as read, or as the numbers around it have it where another reading bears them out."""

from itertools import zip_longest

from chitieu.model import Cell, RawRow, Repair, Role
from normalizers.codes import NO_CODE, Code, CodeKind, follows, read_code, split_code, with_lost_dots
from normalizers.placed import PlacedRow, RowKind, has_values, text_in
from normalizers.rows import field_cell
from normalizers.text import clean_line


def with_codes(rows: tuple[RawRow, ...]) -> tuple[PlacedRow, ...]:
    """Every row as a record with its number and title, repairs of the number recorded."""
    placed: list[PlacedRow] = []
    before: Code | None = None
    for row, following in zip_longest(rows, rows[1:]):
        shape = _with_code(row, before, following)
        placed.append(shape)
        if shape.code.kind is CodeKind.NUMBER:
            before = shape.code
        elif shape.code.kind in (CodeKind.ROMAN, CodeKind.CAPITAL) and not has_values(row):
            before = None
    return tuple(placed)


def _with_code(row: RawRow, before: Code | None, following: RawRow | None) -> PlacedRow:
    title = text_in(row, Role.INDICATOR)
    cell = field_cell(row, Role.CODE)
    if cell is None or not cell.text.strip():
        code, rest = split_code(clean_line(title))
        return PlacedRow(row, RowKind.RECORD, code, rest if code != NO_CODE else title)
    # Titles have numbers of another kind: only numbers of rows with values are held against each other.
    after = read_code(text_in(following, Role.CODE)) if following else NO_CODE
    code, repairs = _choose_code(cell, before, after) if has_values(row) else (read_code(cell.text), ())
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
