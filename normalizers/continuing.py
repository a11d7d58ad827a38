"""The rest of an indicator table that stands apart, without a header: known by its cells."""

from dataclasses import replace

from chitieu.model import ColumnRoles, RawRow, Role, Table
from normalizers.cells import key_words, text_of
from normalizers.codes import CodeKind, read_code
from normalizers.contents import ENOUGH_CELLS, Body, holds_amounts, holds_units, reads_like_agencies, share


def continued_roles(table: Table, before: ColumnRoles) -> ColumnRoles | None:
    """The columns of the table before, for a table without a header that can be nothing but its rest; else None.

    Its right columns may be lacking (a body merged over all rows loses its frame on the next page).
    """
    roles = replace(before, columns=before.columns[: table.col_count], header_rows=0)
    if table.col_count > len(before.columns) or not roles.is_indicator_table:
        return None
    signs = [_sign(column.role, _body(table, column.index)) for column in roles.columns]
    is_whole = len(roles.columns) == len(before.columns)
    return None if min(signs) < 0 or sum(signs) < (2 if is_whole else 3) else roles


def doubted(rows: tuple[RawRow, ...], *, all_rows: bool) -> tuple[RawRow, ...]:
    """The rows of such a rest, the first in doubt; all where something stands between it and the table before."""
    return tuple(replace(row, is_doubtful=row.is_doubtful or all_rows or not at) for at, row in enumerate(rows))


def _body(table: Table, col: int) -> Body:
    return tuple(text_of(cell) for cell in table.cells if cell.col == col and cell.col_span == 1 and cell.text.strip())


def _sign(role: Role, body: Body) -> int:
    """1 where the cells are of the kind that a column holds, -1 where they cannot be, 0 where they say nothing."""
    if not body:
        return -1 if role is Role.INDICATOR else 0
    if role is Role.CODE:
        return 1 if share(body, lambda text: read_code(text).kind is not CodeKind.OTHER) >= 0.8 else -1
    if role is Role.INDICATOR:
        return 1 if share(body, lambda text: len(key_words(text)) >= 2) > 0.6 else -1
    if role is Role.UNIT:
        return 1 if holds_units(body) else -1
    if role is Role.AGENCY:
        return int(reads_like_agencies(body))
    is_foreign = role is Role.VALUE and len(body) >= ENOUGH_CELLS and reads_like_agencies(body)
    return -1 if is_foreign else int(role is Role.VALUE and holds_amounts(body))
