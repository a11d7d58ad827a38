"""What the columns of an indicator table hold, and its rows by them."""

from dataclasses import dataclass
from enum import StrEnum

from chitieu.model.doubt import Flag, Repair
from chitieu.model.reading import Cell


class Role(StrEnum):
    """What a column of an indicator table holds."""

    CODE = "code"
    INDICATOR = "indicator"
    UNIT = "unit"
    VALUE = "value"
    AGENCY = "agency"
    COAGENCY = "coagency"
    NOTE = "note"
    IGNORED = "ignored"  # understood, and of no use to the dataset
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """`title` is the clean header text from top to bottom; `period` is given for value columns whose header has one."""

    index: int
    role: Role
    title: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """`header_rows` rows of the table are its header. `is_indicator_table` needs an indicator and a value column."""

    columns: tuple[Column, ...]
    header_rows: int
    unit: str = ""  # the unit for the whole table where the caption gives it
    flags: tuple[Flag, ...] = ()
    repairs: tuple[Repair, ...] = ()  # of the years in the header

    @property
    def is_indicator_table(self) -> bool:
        roles = {column.role for column in self.columns}
        return {Role.INDICATOR, Role.VALUE} <= roles

    def of(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role is role)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A body row of an indicator table: its cells by column; a cell merged downwards stands in each of its rows."""

    table_index: int
    row: int
    cells: tuple[tuple[Column, Cell], ...]
    is_doubtful: bool = False
