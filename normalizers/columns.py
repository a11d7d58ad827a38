"""Roles of the columns of a table, by what its header says and never by position."""

import re
from dataclasses import dataclass, replace

from chitieu.model import Cell, Column, ColumnRoles, Flag, FlagKind, Line, Role, Table
from normalizers.agencies import find_agency, split_agencies
from normalizers.captions import caption_unit, unit_of_line
from normalizers.cells import Grid, key_words, place_cells, row_cells, text_of
from normalizers.evidence import weigh_period
from normalizers.headers import caption_doubt, header_role, names_indicators, path_role
from normalizers.numbers import parse_number
from normalizers.periods import find_period
from normalizers.text import clean_line, match_key

# A title or a unit may stand in the grid above the header proper.
MAX_ROWS_ABOVE_HEADER = 3
MAX_HEADER_ROWS = 5

_BROKEN_YEAR = re.compile(r"(?<![\d.,])(?:20 \d\d|20\d \d)(?![\d.,])")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A column on its way to a role: what its header said, and what stands below."""

    index: int
    path: tuple[str, ...]
    said: str
    body: tuple[str, ...]

    @property
    def title(self) -> str:
        return " / ".join(self.path)


def label_columns(table: Table, caption: tuple[Line, ...] = ()) -> ColumnRoles:
    """The roles of all columns; all UNKNOWN and no header rows where the table has no header of its own.

    A table that is none of indicators gets roles too, but lacks an indicator or a value column.
    """
    grid = place_cells(table)
    top = _find_header(grid, table)
    if top is None:
        return ColumnRoles(tuple(Column(index, Role.UNKNOWN, "") for index in range(table.col_count)), 0)
    end = _header_end(grid, table, top)
    drafts = tuple(_draft(grid, table, index, top, end) for index in range(table.col_count))
    caption_text = " ".join(clean_line(line.text) for line in caption)
    roles = _settle(_agree(drafts), end, caption_text, caption_unit(caption) or _grid_unit(grid, table, top))
    return replace(roles, flags=roles.flags + _doubt_periods(grid, roles, top))


def is_numbering_row(texts: tuple[str, ...]) -> bool:
    """Whether these are the numbers of the columns: `(1) (2) (3)`, `1 2 3 4=3/2`, `A B 1 2`."""
    marks = [re.sub(r"[()\[\]\s.]", "", text) for text in texts if text]
    numbers = [mark for mark in marks if mark.isdigit()]
    if len(marks) < 3 or not all(re.fullmatch(r"[A-E]|\d{1,2}(=[\d/+x*:-]+)?", mark) for mark in marks):
        return False
    return [int(number) for number in numbers] == sorted({int(number) for number in numbers}) and len(numbers) >= 2


def _find_header(grid: Grid, table: Table) -> int | None:
    """The first row of the header, None where none of the first rows speaks of two columns."""
    for row in range(min(MAX_ROWS_ABOVE_HEADER + 1, table.row_count)):
        if _is_header_row(row_cells(grid, row, table.col_count)):
            return row
    return None


def _is_header_row(cells: tuple[Cell, ...]) -> bool:
    texts = [text_of(cell) for cell in cells if cell.text.strip()]
    roles = [header_role(text) for text in texts]
    named = [role for role in roles if role]
    years = sum(_is_period_only(text) and not header_role(text) for text in texts)
    is_subject = any(role in ("indicator", "weak", "goal", "foreign", "unit", "code") for role in named)
    return is_subject and len(named) >= 2 and 2 * (len(named) + years) >= len(texts)


def _header_end(grid: Grid, table: Table, top: int) -> int:
    """The row after the header: past the header's own spans, second levels drawn without spans, and numbers."""
    cells = row_cells(grid, top, table.col_count)
    spans = [cell.row + cell.row_span for cell in cells if header_role(text_of(cell)) and cell.text.strip()]
    end = min(max(spans), top + MAX_HEADER_ROWS, table.row_count)
    while end < table.row_count and _is_second_level(grid, table, top, end):
        end += 1
    if end < table.row_count and is_numbering_row(_texts(grid, table, end)):
        end += 1
    return end


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


def _is_period_only(text: str) -> bool:
    return bool(find_period(text)) and len(key_words(text)) <= 4


def _texts(grid: Grid, table: Table, row: int) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in row_cells(grid, row, table.col_count))


def _draft(grid: Grid, table: Table, index: int, top: int, end: int) -> _Draft:
    stack = dict.fromkeys(grid[row, index] for row in range(top, end) if (row, index) in grid)
    texts = tuple(clean_line(cell.text) for cell in stack if cell.text.strip())
    texts = tuple(_with_whole_years(text) for text in texts)
    path = tuple(text for text in texts if not re.fullmatch(r"[(\[]?\d{1,2}[)\]]?(=.*)?|[(\[]?[A-E][)\]]?", text))
    below = tuple(grid[row, index] for row in range(end, table.row_count) if (row, index) in grid)
    # A title across the table says nothing about the columns that it crosses.
    body = tuple(text_of(cell) for cell in dict.fromkeys(below) if cell.text.strip() and cell.col == index)
    said = path_role(path) or ("value" if _is_of_period(path, body) else "")
    return _Draft(index, path, said, body)


def _with_whole_years(text: str) -> str:
    """`Năm 2026` of a column so narrow that the year is broken: `Năm 20 26`, `Năm 202 6`."""
    return _BROKEN_YEAR.sub(lambda match: "".join(match[0].split()), text)


def _is_of_period(path: tuple[str, ...], body: tuple[str, ...]) -> bool:
    """Whether a title that no phrase fits is one of values: a year alone, or a year over numbers."""
    lowest = path[-1] if path else ""
    return _is_period_only(lowest) or (bool(_path_period(path)) and _holds_numbers(body))


def _agree(drafts: tuple[_Draft, ...]) -> tuple[_Draft, ...]:
    """The drafts with the words that mean one thing alone and another beside others made definite."""
    drafts = _settle_agencies(drafts)
    drafts = _settle_indicator(drafts)
    return _settle_code(drafts)


def _settle_agencies(drafts: tuple[_Draft, ...]) -> tuple[_Draft, ...]:
    """`Đơn vị` is a unit, but not beside `ĐVT`, and not over the names of agencies."""
    units = [draft for draft in drafts if draft.said == "unit"]
    plain = [draft for draft in units if key_words(draft.title) == key_words("Đơn vị")]
    bodies = [draft for draft in plain if len(units) > len(plain) or _holds_agencies(draft.body)]
    return tuple(replace(draft, said="agency") if draft in bodies else draft for draft in drafts)


def _holds_agencies(body: tuple[str, ...]) -> bool:
    known = sum(all(find_agency(name) for name in split_agencies(text)) for text in body)
    return bool(body) and 2 * known > len(body)


def _settle_indicator(drafts: tuple[_Draft, ...]) -> tuple[_Draft, ...]:
    """One indicator column: the surest word wins, then the column with the most text; `Mục tiêu` beside it is value."""
    for said in ("indicator", "weak", "goal"):
        candidates = [draft for draft in drafts if draft.said == said]
        if candidates:
            chosen = max(candidates, key=lambda draft: (sum(map(len, draft.body)), -draft.index))
            return tuple(_beside_indicator(draft, chosen) for draft in drafts)
    return drafts


def _beside_indicator(draft: _Draft, chosen: _Draft) -> _Draft:
    if draft == chosen:
        return draft
    # `Chỉ tiêu tỉnh giao` over numbers beside `Chỉ tiêu`.
    is_value = draft.said == "goal" or (draft.said == "indicator" and _holds_numbers(draft.body))
    became = {"goal": "value", "indicator": "value" if is_value else "", "weak": ""}
    return replace(draft, said=became[draft.said]) if draft.said in became else draft


def _settle_code(drafts: tuple[_Draft, ...]) -> tuple[_Draft, ...]:
    """Numbers under a header that spans number and name (`Chỉ tiêu` over two columns) are codes."""
    if any(draft.said == "code" for draft in drafts):
        return drafts
    subject = next((draft for draft in drafts if draft.said in ("indicator", "weak", "goal")), None)
    same = [d for d in drafts if subject and d.path == subject.path and d != subject and _holds_codes(d.body)]
    return tuple(replace(draft, said="code") if draft in same[:1] else draft for draft in drafts)


def _holds_codes(body: tuple[str, ...]) -> bool:
    codes = sum(bool(re.fullmatch(r"[IVXivx]+\.?|\d+(\.\d+)*\.?|[a-zđ][.)]|[-+]", text)) for text in body)
    return bool(body) and codes >= 0.8 * len(body)


def _settle(drafts: tuple[_Draft, ...], header_rows: int, caption: str, unit: str) -> ColumnRoles:
    """Roles and doubts, once the table is known to be one of indicators or not."""
    drafts, guessed = _rescue(drafts) if not _is_foreign(drafts, caption) else (drafts, ())
    columns = tuple(_column(draft) for draft in drafts)
    if _is_foreign(drafts, caption):
        columns = tuple(replace(c, role=Role.IGNORED) if c.role is Role.INDICATOR else c for c in columns)
    doubted = guessed or tuple(draft for draft in drafts if not draft.said and draft.body)
    flags = tuple(Flag(FlagKind.HEADER_NOT_UNDERSTOOD, detail=draft.title) for draft in doubted)
    return ColumnRoles(columns, header_rows, unit, flags + _doubt_years(columns))


def _doubt_periods(grid: Grid, roles: ColumnRoles, top: int) -> tuple[Flag, ...]:
    """What speaks against the years of the header, each in the cells over its column."""
    places = [(row, column.index) for column in roles.of(Role.VALUE) for row in range(top, roles.header_rows)]
    cells = dict.fromkeys(grid[place] for place in places if place in grid)
    return tuple(dict.fromkeys(flag for cell in cells for flag in weigh_period(cell).flags))


def _doubt_years(columns: tuple[Column, ...]) -> tuple[Flag, ...]:
    """A doubt where three or more year columns do not run forward: one of the years was misread."""
    years = [int(column.period) for column in columns if column.role is Role.VALUE and column.period.isdigit()]
    if len(years) < 3 or years == sorted(years):
        return ()
    return (Flag(FlagKind.HEADER_NOT_UNDERSTOOD, "period", " ".join(map(str, years))),)


def _is_foreign(drafts: tuple[_Draft, ...], caption: str) -> bool:
    """Whether the table is one of tasks, money or land; a bare `Nội dung` needs support to be an indicator."""
    said = {draft.said for draft in drafts}
    if "indicator" in said:
        return False
    if "foreign" in said or caption_doubt(caption):
        return True
    has_period = any(draft.said == "value" and find_period(draft.title) for draft in drafts)
    has_numbers = any(draft.said == "value" and _holds_numbers(draft.body) for draft in drafts)
    return not ("unit" in said or names_indicators(caption) or (has_period and has_numbers))


def _holds_numbers(body: tuple[str, ...]) -> bool:
    numbers = sum(parse_number(re.sub(r"^[≥≤<>=~\s]+|\s*%$", "", text)) is not None for text in body)
    return bool(body) and 2 * numbers >= len(body)


def _rescue(drafts: tuple[_Draft, ...]) -> tuple[tuple[_Draft, ...], tuple[_Draft, ...]]:
    """Where one of the two columns that a table of indicators needs has a title not understood, and the rest
    of the header leaves no doubt that it is one, that column by what stands in it: flagged, never lost.
    """
    said = {draft.said for draft in drafts}
    subject = said & {"indicator", "weak", "goal"}
    unknown = [draft for draft in drafts if not draft.said and draft.body]
    if subject and "value" not in said:
        found = [draft for draft in unknown if _holds_numbers(draft.body) or ("unit" in said and len(unknown) == 1)]
        return _named(drafts, found, "value")
    if not subject and "value" in said and "unit" in said and unknown:
        longest = max(unknown, key=lambda draft: sum(map(len, draft.body)))
        return _named(drafts, [longest], "indicator")
    return drafts, ()


def _named(drafts: tuple[_Draft, ...], found: list[_Draft], said: str) -> tuple[tuple[_Draft, ...], tuple[_Draft, ...]]:
    return tuple(replace(draft, said=said) if draft in found else draft for draft in drafts), tuple(found)


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


def _column(draft: _Draft) -> Column:
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
