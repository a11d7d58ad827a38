"""Roles of the columns of a table, by what its header says and what stands below, never by position."""

import re
from collections import Counter
from dataclasses import replace

from chitieu.model import Cell, Column, ColumnRoles, Flag, FlagKind, Line, Role, Table
from normalizers.captions import caption_unit, unit_of_line
from normalizers.cells import Grid, key_words, place_cells, row_cells, text_of
from normalizers.codes import CodeKind, read_code
from normalizers.contents import ENOUGH_CELLS, counts_rows, holds_amounts, holds_codes, holds_units, reads_like_agencies
from normalizers.evidence import weigh_period
from normalizers.headers import header_role, path_role
from normalizers.periods import find_period
from normalizers.repeated_headers import with_readings_of_repeats
from normalizers.settling import Draft, settle
from normalizers.text import clean_line, match_key
from normalizers.years import with_usual_years, year_repairs

# A title or a unit may stand in the grid above the header proper.
MAX_ROWS_ABOVE_HEADER = 3
# So may all lines of the caption of a table without rules.
MAX_CAPTION_ROWS = 8
MAX_HEADER_ROWS = 5
# No row of a table has so many cells of a number in brackets each.
MANY_BRACKETED = 4

_SINGLE_ROLES = (Role.UNIT, Role.AGENCY, Role.COAGENCY)
_YEARS_BESIDE = re.compile(r"(?<![\d.,/])20\d\d(?: +20\d\d)+(?![\d.,/])")
_BROKEN_YEAR = re.compile(r"(?<![\d.,])(?:20 \d\d|20\d \d)(?![\d.,])")


def label_columns(table: Table, caption: tuple[Line, ...] = ()) -> ColumnRoles:
    """The roles of all columns; all UNKNOWN and no header rows where the table has no header of its own.

    A table that is none of indicators gets roles too, but lacks an indicator or a value column.
    """
    grid = place_cells(table)
    top = _find_header(grid, table)
    if top is None:
        return ColumnRoles(tuple(Column(index, Role.UNKNOWN, "") for index in range(table.col_count)), 0)
    end = _header_end(grid, table, top)
    grid = place_cells(with_readings_of_repeats(table, top, end))
    drafts = tuple(_draft(grid, table, index, top, end) for index in range(table.col_count))
    caption_text = " ".join(clean_line(line.text) for line in caption)
    roles = _roles(drafts, end, caption_text, caption_unit(caption) or _grid_unit(grid, table, top))
    dated = _dated_cells(grid, roles, top)
    flags = tuple(flag for cell in dated for flag in weigh_period(cell)) + _doubt_shared(grid, roles)
    repairs = tuple(repair for cell in dated for repair in year_repairs(cell))
    return replace(roles, flags=roles.flags + tuple(dict.fromkeys(flags)), repairs=tuple(dict.fromkeys(repairs)))


def is_numbering_row(texts: tuple[str, ...]) -> bool:
    """Whether these are the numbers of the columns: `(1) (2) (3)`, `1 2 3 4=3/2`, `A B 1 2`.

    Of many in brackets one may be misread as two letters.
    """
    bracketed = [text for text in texts if re.fullmatch(r"\(\d{1,2}\)", text)]
    others = [text for text in texts if text and text not in bracketed]
    if len(bracketed) >= MANY_BRACKETED and len("".join(others)) <= 2:
        texts = tuple(bracketed)
    marks = [re.sub(r"[()\[\]\s.]", "", text) for text in texts if text]
    if len(marks) > 3:
        # `(t2)` between `(1)` and `(3)`: one of them misread.
        marks = [mark[-1] if re.fullmatch(r"[^\W\d]\d", mark) else mark for mark in marks]
    numbers = [mark for mark in marks if mark.isdigit()]
    if len(marks) < 3 or not all(re.fullmatch(r"[A-E]|\d{1,2}(=[\d/+x*:-]+)?", mark) for mark in marks):
        return False
    return [int(number) for number in numbers] == sorted({int(number) for number in numbers}) and len(numbers) >= 2


def _find_header(grid: Grid, table: Table) -> int | None:
    """The first row of the header, None where none of the first rows speaks of two columns."""
    for row in range(min(MAX_CAPTION_ROWS + 1, table.row_count)):
        if _is_header_row(row_cells(grid, row, table.col_count)):
            return row
        if row >= MAX_ROWS_ABOVE_HEADER and not all(_is_caption_row(grid, table, above) for above in range(row + 1)):
            break
    return _find_strange_header(grid, table)


def _is_caption_row(grid: Grid, table: Table, row: int) -> bool:
    """Whether a row may be a line of the caption, which got into the grid: it fills two columns at most."""
    return sum(bool(text) for text in _texts(grid, table, row)) <= 2


def _find_strange_header(grid: Grid, table: Table) -> int | None:
    """The row that, with no word known, is a header: column numbers below it, or nothing like its columns' cells."""
    rows = range(min(MAX_ROWS_ABOVE_HEADER + 1, table.row_count - 1))
    wide = [row for row in rows if sum(bool(text) for text in _texts(grid, table, row)) >= 3]
    if any(is_numbering_row(_texts(grid, table, row)) for row in wide[1:]):
        return wide[0]
    return next((row for row in wide[:1] if _is_unlike_below(grid, table, row)), None)


def _is_unlike_below(grid: Grid, table: Table, row: int) -> bool:
    """Whether two columns of row numbers, units or amounts begin with a text that is none."""
    bodies = {col: _body(grid, table, col, row + 1) for col in range(table.col_count) if (row, col) in grid}
    tests = (counts_rows, holds_units, holds_amounts, reads_like_agencies)
    kinds = {col: next((t for t in tests if len(b) >= ENOUGH_CELLS and t(b)), None) for col, b in bodies.items()}
    heads = {col: text_of(grid[row, col]) for col in bodies}
    if any(test is counts_rows and not heads[col] for col, test in kinds.items()):  # the rest of a row cut in two
        return False
    return len({test for col, test in kinds.items() if test and heads[col] and not _is_of_kind(heads[col])}) >= 2


def _is_of_kind(text: str) -> bool:
    return any(test((text,)) for test in (holds_units, holds_amounts, holds_codes, reads_like_agencies))


def _is_header_row(cells: tuple[Cell, ...]) -> bool:
    texts = [text_of(cell) for cell in cells if cell.text.strip()]
    roles = [header_role(text) for text in texts]
    named = [role for role in roles if role]
    years = sum(_is_period_only(text) and not header_role(text) for text in texts)
    periods = [find_period(text) for text in texts if _is_period_only(text)]
    if len(periods) == len(texts) >= 3 and len(set(periods)) == len(periods):  # the level below a title that was lost
        return True
    is_subject = any(role in ("indicator", "weak", "goal", "foreign", "unit", "code") for role in named)
    return is_subject and len(named) >= 2 and 2 * (len(named) + years) >= len(texts)


def _header_end(grid: Grid, table: Table, top: int) -> int:
    """The row after the header: past the header's own spans, second levels drawn without spans, and numbers."""
    cells = row_cells(grid, top, table.col_count)
    filled = [cell for cell in cells if cell.text.strip()]
    named = [cell for cell in filled if header_role(text_of(cell))] or filled
    end = min(max(cell.row + cell.row_span for cell in named), top + MAX_HEADER_ROWS, table.row_count)
    # Where the rule below a header is lost, its cells go on into the first row, but for that row's number.
    end = next((row for row in range(top + 1, end) if _is_numbered(grid, table, top, row)), end)
    while end < table.row_count and (_is_second_level(grid, table, top, end) or _are_years(grid, table, top, end)):
        end += 1
    if end < table.row_count and is_numbering_row(_texts(grid, table, end)):
        end += 1
    return end


def _is_numbered(grid: Grid, table: Table, top: int, row: int) -> bool:
    """Whether a number of its own stands in a row below the header's title of numbers, and not those of the columns."""
    titles = (cell for cell in row_cells(grid, top, table.col_count) if header_role(text_of(cell)) == "code")
    below = (grid.get((row, cell.col)) for cell in titles)
    has_number = any(cell and cell.row == row and read_code(cell.text).kind is CodeKind.NUMBER for cell in below)
    return has_number and not is_numbering_row(_texts(grid, table, row))


def _is_second_level(grid: Grid, table: Table, top: int, row: int) -> bool:
    """Whether a row only says more about header cells that span several columns."""
    filled = [col for col in range(table.col_count) if (row, col) in grid and grid[row, col].text.strip()]
    if not filled or row - top >= MAX_HEADER_ROWS:
        return False
    above = [grid.get((top, col)) for col in filled]
    texts = [text_of(grid[row, col]) for col in filled]
    return all(cell is not None and cell.col_span > 1 and cell.col_span < table.col_count for cell in above) and all(
        header_role(text) or _is_period_only(text) for text in texts
    )


def _are_years(grid: Grid, table: Table, top: int, row: int) -> bool:
    """Whether a row below a header says nothing but years, one after the other: the header's lower level."""
    texts = [text for text in _texts(grid, table, row) if text]
    years = [find_period(text) for text in texts if _is_period_only(text)]
    return row - top < MAX_HEADER_ROWS and len(texts) == len(years) >= 3 and years == sorted(set(years))


def _is_period_only(text: str) -> bool:
    return bool(find_period(text)) and len(key_words(text)) <= 4


def _texts(grid: Grid, table: Table, row: int) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in row_cells(grid, row, table.col_count))


def _draft(grid: Grid, table: Table, index: int, top: int, end: int) -> Draft:
    stack = dict.fromkeys(grid[row, index] for row in range(top, end) if (row, index) in grid)
    texts = tuple(
        _own_year(with_usual_years(clean_line(cell.text), cell), cell, index) for cell in stack if cell.text.strip()
    )
    texts = tuple(_with_whole_years(text) for text in texts)
    path = tuple(text for text in texts if not re.fullmatch(r"[(\[]?\d{1,2}[)\]]?(=.*)?|[(\[]?[A-E][)\]]?", text))
    body = _body(grid, table, index, end)
    said = path_role(path)
    # `Lộ trình đến năm 2030` over numbers: a target, no deadline.
    if said in ("", "deadline") and _is_of_period(path, body):
        said = "value"
    return Draft(index, path, said, body)


def _body(grid: Grid, table: Table, index: int, top: int) -> tuple[str, ...]:
    """The texts of a column from a row on; a title across the table says nothing of the columns that it crosses."""
    below = tuple(grid[row, index] for row in range(top, table.row_count) if (row, index) in grid)
    return tuple(text_of(cell) for cell in dict.fromkeys(below) if cell.text.strip() and cell.col == index)


def _own_year(text: str, cell: Cell, index: int) -> str:
    """Of a text over several columns that names a year for each of them, side by side, with the column's own alone."""
    beside = _YEARS_BESIDE.search(text)
    years = beside[0].split() if beside else []
    if cell.col_span < 2 or len(years) != cell.col_span or years != sorted(set(years)):
        return text
    return clean_line(f"{_YEARS_BESIDE.sub('', text)} {years[index - cell.col]}")


def _with_whole_years(text: str) -> str:
    """`Năm 2026` of a column so narrow that the year is broken: `Năm 20 26`, `Năm 202 6`."""
    return _BROKEN_YEAR.sub(lambda match: "".join(match[0].split()), text)


def _is_of_period(path: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Whether a title that no phrase fits is one of values: a year alone, or a year over numbers."""
    lowest = path[-1] if path else ""
    return _is_period_only(lowest) or (bool(_path_period(path)) and holds_amounts(body))


def _roles(drafts: tuple[Draft, ...], header_rows: int, caption: str, unit: str) -> ColumnRoles:
    settled = settle(drafts, caption)
    columns = tuple(_column(draft) for draft in settled.drafts)
    if settled.is_foreign:
        columns = tuple(replace(c, role=Role.IGNORED) if c.role is Role.INDICATOR else c for c in columns)
    doubted = settled.guessed or tuple(draft for draft in settled.drafts if not draft.said and _says_anything(draft))
    flags = tuple(Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=draft.title) for draft in doubted)
    return ColumnRoles(columns, header_rows, unit, flags + _doubt_years(columns))


def _says_anything(draft: Draft) -> bool:
    """Whether a column without a title holds more than specks, which are read as dashes and dots."""
    return any(char.isalnum() for text in draft.body for char in text)


def _dated_cells(grid: Grid, roles: ColumnRoles, top: int) -> tuple[Cell, ...]:
    """The cells of the header over its value columns, which give them their periods."""
    places = [(row, column.index) for column in roles.of(Role.VALUE) for row in range(top, roles.header_rows)]
    return tuple(dict.fromkeys(grid[place] for place in places if place in grid))


def _doubt_shared(grid: Grid, roles: ColumnRoles) -> tuple[Flag, ...]:
    """A doubt where one header cell names two columns of bodies or units: the rule between them was lost."""
    bottom = roles.header_rows - 1
    named = [grid[bottom, c.index] for c in roles.columns if c.role in _SINGLE_ROLES and (bottom, c.index) in grid]
    shared = [cell for cell, count in Counter(named).items() if count > 1]
    return tuple(Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=clean_line(cell.text)) for cell in shared)


def _doubt_years(columns: tuple[Column, ...]) -> tuple[Flag, ...]:
    """A doubt where three or more year columns do not run forward: one of the years was misread."""
    years = [int(column.period) for column in columns if column.role is Role.VALUE and column.period.isdigit()]
    if len(years) < 3 or years == sorted(years):
        return ()
    return (Flag(FlagKind.HEADER_NOT_UNDERSTOOD, "period", " ".join(map(str, years))),)


_ROLES = {
    "code": Role.CODE,
    "indicator": Role.INDICATOR,
    "weak": Role.INDICATOR,
    "goal": Role.INDICATOR,
    "unit": Role.UNIT,
    "value": Role.VALUE,
    "agency": Role.AGENCY,
    "coagency": Role.COAGENCY,
    "note": Role.NOTE,
    "ignored": Role.IGNORED,
    "deadline": Role.IGNORED,
    "foreign": Role.IGNORED,
    "": Role.UNKNOWN,
}


def _column(draft: Draft) -> Column:
    period = _path_period(draft.path) if draft.said == "value" else ""
    return Column(draft.index, _ROLES[draft.said], draft.title, period)


def _path_period(path: tuple[str, ...]) -> str:
    """The period of the lowest header text that has one."""
    return next((period for period in map(find_period, reversed(path)) if period), "")


def is_deadline(column: Column) -> bool:
    """Whether a column gives each row its own period: `Thời hạn`, `Thời gian hoàn thành`."""
    return column.role is Role.IGNORED and header_role(column.title) == "deadline"


def _grid_unit(grid: Grid, table: Table, top: int) -> str:
    above = (text for row in range(top) for text in _texts(grid, table, row))
    return next((unit for unit in map(unit_of_line, above) if unit), "")


def header_keys(table: Table, roles: ColumnRoles) -> tuple[str, ...]:
    """The match keys of the header's rows, by which its repetitions on later pages are known."""
    grid = place_cells(table)
    rows = (" ".join(_texts(grid, table, row)) for row in range(roles.header_rows))
    return tuple(key for key in map(match_key, rows) if key)
