"""Body rows of an indicator table, spans resolved."""

from dataclasses import replace
from functools import cache
from itertools import islice

from chitieu.model import Cell, Column, ColumnRoles, RawRow, Role, Table
from normalizers.cells import Grid, place_cells, row_cells, text_of
from normalizers.codes import CodeKind, read_code
from normalizers.columns import header_keys, is_numbering_row
from normalizers.data import read_lines
from normalizers.headers import header_role
from normalizers.periods import find_period
from normalizers.repeated_headers import FIRST_CODES, SAME_HEADER_RATIO, read_alike
from normalizers.text import match_key
from normalizers.years import with_usual_years

# Below this share of ink read, an empty cell is not taken for empty.
READ_INK_SHARE = 0.5
# Below this a reader's ditto mark is no better than any other guess.
GUESSED_MARK = 0.5
_REPEATABLE = (Role.UNIT, Role.AGENCY, Role.COAGENCY)


def read_rows(table: Table, roles: ColumnRoles) -> tuple[RawRow, ...]:
    """The body rows, spans resolved, in printed order; without repeated headers and rows where nothing is printed.

    A header of other years over rows that count from 1 again is that of another table under the same rules.
    """
    grid = place_cells(table)
    headers = header_keys(table, roles)
    rows: list[RawRow] = []
    dropped = set(range(roles.header_rows))
    is_doubtful = is_other = False
    for row in range(roles.header_rows, table.row_count):
        cells = row_cells(grid, row, table.col_count)
        is_other = _is_header_of_tasks(cells) or (is_other and not _is_header_again(cells, headers))
        if is_other:
            continue
        is_doubtful = is_doubtful or row in table.doubtful_rows
        if not any(cell.text.strip() for cell in cells if cell.row == row):
            is_doubtful = is_doubtful or any(has_unread_ink(cell) for cell in cells)
        elif _is_header_again(cells, headers) and not _is_numbered(cells, roles, row):
            roles = _with_other_years(roles, grid, row)
            dropped.add(row)
        else:
            # A cell that goes on from a header into the row below it has the texts of both.
            is_doubtful = is_doubtful or any(cell.row in dropped for cell in cells)
            rows.append(RawRow(table.index, row, _by_column(grid, row, roles), is_doubtful))
            is_doubtful = False
    if is_doubtful and rows:
        rows[-1] = replace(rows[-1], is_doubtful=True)
    return _dittos_resolved(rows)


def _dittos_resolved(rows: list[RawRow]) -> tuple[RawRow, ...]:
    """The rows with a ditto mark under a unit or body replaced by the cell that it repeats, as if merged downwards."""
    above: dict[int, Cell] = {}
    resolved = []
    for row in rows:
        cells = tuple((column, _repeated(column, cell, above)) for column, cell in row.cells)
        above |= {column.index: cell for column, cell in row.cells if cell.text.strip() and not _is_ditto(column, cell)}
        resolved.append(replace(row, cells=cells))
    return tuple(resolved)


def _repeated(column: Column, cell: Cell, above: dict[int, Cell]) -> Cell:
    """The cell, or the one that it repeats: read no better than the mark, which half a letter may look like.

    Marks are read less surely than words are; only one that was guessed is doubted for that.
    """
    repeated = above.get(column.index)
    if repeated is None or not _is_ditto(column, cell):
        return cell
    confidence = min(reading.confidence for reading in cell.readings)
    readings = repeated.readings
    if confidence < GUESSED_MARK:
        readings = tuple(replace(one, confidence=min(one.confidence, confidence)) for one in readings)
    return replace(repeated, readings=readings, quality=min(repeated.quality, cell.quality))


def _is_ditto(column: Column, cell: Cell) -> bool:
    return column.role in _REPEATABLE and text_of(cell).casefold() in _ditto_marks()


@cache
def _ditto_marks() -> frozenset[str]:
    return frozenset(read_lines("ditto_marks.txt"))


def has_unread_ink(cell: Cell) -> bool:
    """Whether something is printed in a cell of which nothing was read."""
    return not cell.text.strip() and cell.quality < READ_INK_SHARE


def cells_of(row: RawRow, role: Role) -> tuple[tuple[Column, Cell], ...]:
    """The row's cells in columns of a role."""
    return tuple((column, cell) for column, cell in row.cells if column.role is role)


def field_cell(row: RawRow, role: Role) -> Cell | None:
    """The row's cell in the one column of a role; the first with text where there are several."""
    cells = [cell for _, cell in cells_of(row, role)]
    return next((cell for cell in cells if cell.text.strip()), cells[0] if cells else None)


def _is_header_of_tasks(cells: tuple[Cell, ...]) -> bool:
    """Whether a row is the header of a table of tasks or money joined to this one: all its cells are titles."""
    texts = [text_of(cell) for cell in cells if cell.text.strip()]
    return len(texts) >= 3 and all(map(header_role, texts)) and "foreign" in map(header_role, texts)


def _is_header_again(cells: tuple[Cell, ...], headers: tuple[str, ...]) -> bool:
    texts = tuple(text_of(cell) for cell in cells)
    if is_numbering_row(texts) or _names_columns(texts):
        return True
    key = match_key(" ".join(text for text in texts if text))
    return any(read_alike(key, header, SAME_HEADER_RATIO) for header in headers)


def _is_numbered(cells: tuple[Cell, ...], roles: ColumnRoles, row: int) -> bool:
    """Has a row a number of its own? Where the rule below a header is lost, its cells go on into the row below it."""
    texts = tuple(text_of(cell) for cell in cells)
    codes = [cells[column.index] for column in roles.of(Role.CODE) if column.index < len(cells)]
    own = (read_code(cell.text).kind for cell in codes if cell.row == row)
    return CodeKind.NUMBER in own and not is_numbering_row(texts)


def _with_other_years(roles: ColumnRoles, grid: Grid, row: int) -> ColumnRoles:
    """The columns with the years of a header printed again, where the rows below it are counted anew."""
    codes = [grid.get((row + 1, column.index)) for column in roles.of(Role.CODE)]
    if not any(cell and read_code(cell.text).text in FIRST_CODES for cell in codes):
        return roles
    cells = {column: grid[row, column.index] for column in _dated_alone(roles, grid, row)}
    years = {column: find_period(with_usual_years(text_of(cell), cell)) for column, cell in cells.items()}
    columns = (replace(one, period=years[one]) if years.get(one) else one for one in roles.columns)
    return replace(roles, columns=tuple(columns))


def _dated_alone(roles: ColumnRoles, grid: Grid, row: int) -> list[Column]:
    """The columns with years over which a header row has a cell of their own."""
    cells = {column: grid.get((row, column.index)) for column in roles.of(Role.VALUE) if column.period}
    return [column for column, cell in cells.items() if cell and cell.col_span == 1]


def _names_columns(texts: tuple[str, ...]) -> bool:
    """Whether a row says what its columns are, one misread at most: the header again where the first is soiled."""
    filled = [text for text in texts if text]
    # Most rows are told by their first two cells: what follows is long, and dear to compare with all titles.
    strange = list(islice((text for text in filled if not header_role(text)), 2))
    return len(filled) > 2 and len(strange) < 2 and {"code", "unit"} <= set(map(header_role, filled))


def _by_column(grid: Grid, row: int, roles: ColumnRoles) -> tuple[tuple[Column, Cell], ...]:
    """Each cell of a row under the column that it speaks for.

    A cell over several columns is a title where it covers the indicator column, a value of each period where it
    covers value columns, else it belongs to its first column.
    """
    covered: dict[Cell, list[Column]] = {}
    for column in roles.columns:
        if (row, column.index) in grid:
            covered.setdefault(grid[row, column.index], []).append(column)
    return tuple((column, cell) for cell, columns in covered.items() for column in _spoken_for(columns))


def _spoken_for(columns: list[Column]) -> list[Column]:
    subject = [column for column in columns if column.role is Role.INDICATOR]
    values = [column for column in columns if column.role is Role.VALUE]
    return subject or values or columns[:1]
