"""The number of each row: as read, or as the numbers around it have it where another reading bears them out."""

import re
from dataclasses import replace
from itertools import zip_longest

from chitieu.model import Cell, RawRow, Repair, Role
from normalizers.agreement import seconds_of
from normalizers.codes import (
    NO_CODE,
    Code,
    CodeKind,
    as_roman,
    bullet_mark,
    follows,
    read_code,
    split_code,
    with_lost_dots,
)
from normalizers.placed import PlacedRow, RowKind, has_only_title, has_values, text_in
from normalizers.repair import TEXT_LAYER
from normalizers.rows import field_cell
from normalizers.text import clean_line

# A number that the reader is so sure of is what is printed, however odd its place.
SURE_NUMBER = 0.98
# So few numbers of a run may be misread otherwise (`892` for `32`): they stay, and are flagged.
MAX_UNLIKE_SHARE = 0.25
# What a lone stroke, or two of them, is read as where a fax has joined them or a font gives them no foot.
_STROKES = str.maketrans(
    {"I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "T": "1", "J": "1", ")": "1", "(": "1", "H": "11"}
)
# Specks beside a number: `31 -`, `= 3`, `27 L`.
_SPECKS = re.compile(r"^[^\w()|!]+\s*|\s+[^\w()|!]+$|\s+[^\W\d_]$")


def with_codes(rows: tuple[RawRow, ...]) -> tuple[PlacedRow, ...]:
    """Every row as a record with its number and title, repairs of the number recorded."""
    placed: list[PlacedRow] = []
    before: Code | None = None
    for row, following in zip_longest(rows, rows[1:]):
        shape = _below_title(_with_code(row, before, following), placed[-1] if placed else None)
        placed.append(shape)
        if shape.code.kind is CodeKind.NUMBER:
            before = shape.code
        elif shape.code.kind in (CodeKind.ROMAN, CodeKind.CAPITAL) and not has_values(row):
            before = None
    return _lost_bullets(_between_anchors(tuple(placed)))


def _lost_bullets(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """Rows whose mark the scan lost between two of the same, with it: the ones after them count on from them."""
    found = list(rows)
    for index in range(1, len(rows) - 1):
        row, above, below = rows[index], found[index - 1], rows[index + 1]
        cell = field_cell(row.raw, Role.CODE)
        is_bare = row.code == NO_CODE and bool(row.title) and has_values(row.raw) and cell is not None
        if is_bare and above.code.kind is CodeKind.BULLET and bullet_mark(above.code) == bullet_mark(below.code):
            repair = Repair("code", "", above.code.text, "between two rows with this mark")
            found[index] = replace(row, code=above.code, repairs=(*row.repairs, repair))
    return tuple(found)


def _below_title(row: PlacedRow, above: PlacedRow | None) -> PlacedRow:
    """A title `I` right under the title of a Roman section is the group `1`: no section within it is numbered so."""
    cell = field_cell(row.raw, Role.CODE)
    is_title = above is not None and above.code.kind is CodeKind.ROMAN and not has_values(above.raw)
    may_be_one = row.code.kind in (CodeKind.ROMAN, CodeKind.LETTER, CodeKind.OTHER) and as_roman(row.code) == "I"
    if not is_title or not may_be_one or has_values(row.raw) or cell is None or not cell.readings:
        return row
    if cell.readings[0].engine == TEXT_LAYER:
        return row
    repair = Repair("code", row.code.text, "1", "right under the title of a Roman section")
    return replace(row, code=read_code("1"), repairs=(*row.repairs, repair))


def _between_anchors(rows: tuple[PlacedRow, ...]) -> tuple[PlacedRow, ...]:
    """Runs of plain numbers that break the order (`29 80 81 82 33`) as what the numbers around them count.

    Only where there are as many rows as numbers lacking between those two, and nearly each is one of them misread: in
    one digit of which the reader was not sure, or in the strokes of its ones (`I1` and `1` for 11, `2` for 21).
    """
    counted = list(rows)
    numbers = [row.code.path[0] if len(row.code.path) == 1 and not row.code.prefix else 0 for row in rows]
    at = 0
    while at + 2 < len(rows):
        end = _next_anchor(rows, numbers, at) if numbers[at] and numbers[at + 1] != numbers[at] + 1 else None
        for index in range(at + 1, end or 0):
            if _is_misread(rows[index], numbers[at] + index - at):
                counted[index] = _counted(rows[index], numbers[at] + index - at)
        at = end or at + 1
    return tuple(counted)


def _next_anchor(rows: tuple[PlacedRow, ...], numbers: list[int], at: int) -> int | None:
    """The next row whose number is as far from that of this one as the row is, most numbers between them misread."""
    unlike = 0
    for end in range(at + 2, len(numbers)):
        expected = numbers[at] + end - 1 - at
        unlike += numbers[end - 1] != expected and not _is_misread(rows[end - 1], expected)
        if unlike > 1 + (end - at) * MAX_UNLIKE_SHARE:
            return None
        if numbers[end] == expected + 1:
            return end if unlike <= (end - 1 - at) * MAX_UNLIKE_SHARE else None
    return None


def _is_misread(row: PlacedRow, number: int) -> bool:
    """Whether what was read may be this number, and is not it."""
    return row.code.text != str(number) and (_may_be(row, number) or _has_strokes_of(row, number))


def _may_be(row: PlacedRow, number: int) -> bool:
    """Whether a row's number of two digits or more, read without being sure, differs from another in one of them."""
    cell = field_cell(row.raw, Role.CODE)
    digits, others = row.code.text, str(number)
    is_unsure = cell is not None and bool(cell.readings) and cell.readings[0].confidence < SURE_NUMBER
    is_alike = len(digits) == len(others) > 1 and sum(a != b for a, b in zip(digits, others, strict=True)) == 1
    return is_unsure and is_alike


def _has_strokes_of(row: PlacedRow, number: int) -> bool:
    """Whether a number of a scanned row with values is another one but for its ones, misread or run together."""
    cell = field_cell(row.raw, Role.CODE)
    if cell is None or not cell.readings or cell.readings[0].engine == TEXT_LAYER or not has_values(row.raw):
        return False
    digits, others = _digits_of(cell.text), str(number)
    run_together = (others[:at] + others[at + 1 :] for at, digit in enumerate(others) if digit == "1")
    return digits == others or (len(others) > 1 and digits in run_together)


def _digits_of(text: str) -> str:
    """A number with its strokes as ones: `I1` → `11`; specks beside it and its full stop off."""
    return _SPECKS.sub("", clean_line(text)).translate(_STROKES).replace(" ", "").rstrip(".,")


def _counted(row: PlacedRow, number: int) -> PlacedRow:
    repair = Repair("code", row.code.text, str(number), "between the numbers of the rows around it")
    return replace(row, code=read_code(str(number)), repairs=(*row.repairs, repair))


def _with_code(row: RawRow, before: Code | None, following: RawRow | None) -> PlacedRow:
    title = text_in(row, Role.INDICATOR)
    cell = field_cell(row, Role.CODE)
    if cell is None or not cell.text.strip():
        code, rest = split_code(clean_line(title))
        return PlacedRow(row, RowKind.RECORD, code, rest if code != NO_CODE else title)
    torn_off, start = split_code(clean_line(cell.text))
    if torn_off != NO_CODE and start[:1].isalpha() and title and has_only_title(row):
        # `III. Về | văn hóa - xã hội`: a title over all columns, torn at the first one's edge.
        return PlacedRow(row, RowKind.RECORD, torn_off, f"{start} {title}")
    # Titles have numbers of another kind: only numbers of rows with values are held against each other.
    after = read_code(text_in(following, Role.CODE)) if following else NO_CODE
    code, repairs = _choose_code(cell, before, after) if has_values(row) else (read_code(cell.text), ())
    return PlacedRow(row, RowKind.RECORD, code, title, repairs=repairs)


def _is_one(code: Code, cell: Cell) -> bool:
    """Whether a stroke read as `l`, `I` or `|` is a 1 to another reader; over a row `1` it may be a section's."""
    is_stroke = code.kind is not CodeKind.NUMBER and as_roman(code) == "I"
    return is_stroke and any(read_code(other.text).path == (1,) for other in seconds_of(cell))


def _choose_code(cell: Cell, before: Code | None, after: Code) -> tuple[Code, tuple[Repair, ...]]:
    """The first reading, unless it breaks the order of the rows and the second reading keeps it.

    The reader's own second guess and a lost dot (`111` after `11`) are no second witness: the next row's number has to
    go on from them too.
    """
    first = read_code(cell.text)
    is_printed = cell.readings[0].engine == TEXT_LAYER
    if is_printed or follows(first, before) or first.kind is CodeKind.BULLET:
        return first, ()
    if _is_one(first, cell) and follows(after, read_code("1")):
        return read_code("1"), (Repair("code", first.text, "1", "other readers have 1 for this stroke"),)
    if before is None and first.kind is not CodeKind.NUMBER and after.path == (2,) and _digits_of(cell.text) == "1":
        return read_code("1"), (Repair("code", first.text, "1", "a stroke, and the next row is 2"),)
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
