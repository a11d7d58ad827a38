"""A row with its place in the table: what kind it is, its number, its section, its parent."""

from dataclasses import dataclass
from enum import StrEnum

from chitieu.model import Cell, RawRow, Repair, Role
from normalizers.cells import text_of
from normalizers.codes import Code
from normalizers.rows import cells_of, field_cell, has_unread_ink


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


def text_in(row: RawRow, role: Role) -> str:
    cell = field_cell(row, role)
    return text_of(cell) if cell else ""


def has_values(row: RawRow) -> bool:
    return any(cell.text.strip() or has_unread_ink(cell) for _, cell in cells_of(row, Role.VALUE))


def has_only_title(row: RawRow) -> bool:
    """Whether nothing but a number and a title is printed in the row itself."""
    others = (Role.UNIT, Role.VALUE, Role.AGENCY, Role.COAGENCY)
    own = [cell for column, cell in row.cells if column.role in others and cell.row == row.row]
    return not any(cell.text.strip() or has_unread_ink(cell) for cell in own)
