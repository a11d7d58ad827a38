"""Which cells of the indicator tables are read a second time, and what comes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chitieu.model import Cell, ColumnRoles, Reading, Role, Table
from extractors.page_content import PageContent
from extractors.pdf import PdfFile
from extractors.second_reading import CLOSER_LOOK_DPI, FIRST_LOOK_DPI, reread
from flows.page_reading import page_pictures
from normalizers.agreement import readings_agree, witness_agrees, witness_differs
from normalizers.evidence import WITNESSED, deserves_second_reading
from normalizers.text import clean_line
from normalizers.wording import is_odd
from normalizers.years import lacks_year, may_be_years

# Cells whose first reading is less sure, or leaves more ink unread, get a second one whatever they hold.
SURE_CONFIDENCE, SURE_QUALITY = 0.9, 0.97
# Words on which both models agree need no third opinion but where the first one guessed.
WITNESSED_WORDS = 0.5

Place = tuple[int, int, int]


def read_twice(
    pdf: PdfFile, labelled: Sequence[tuple[Table, ColumnRoles]], contents: Sequence[PageContent], threads: int
) -> tuple[Table, ...]:
    """The tables with second readings of the cells that deserve them, and a closer look at those in dispute."""
    chosen = [
        place for table, roles in labelled if roles.is_indicator_table for place in _doubtful_places(table, roles)
    ]
    picture = page_pictures(pdf, contents)
    tables = reread([table for table, _ in labelled], chosen, picture, FIRST_LOOK_DPI, threads)
    disputed = [place for table in tables for place in _disputed_places(table)]
    tables = reread(tables, disputed, picture, CLOSER_LOOK_DPI, threads)
    return tuple(_agreeing_first(table) for table in tables)


def _disputed_places(table: Table) -> Iterator[Place]:
    """Cells that the two readers read differently."""
    for cell in table.cells:
        if len(cell.readings) > 1 and not _agree(cell.readings[0], cell.readings[1]):
            yield table.index, cell.row, cell.col


def _agree(first: Reading, second: Reading) -> bool:
    return readings_agree(clean_line(first.text), clean_line(second.text), second.engine)


def _agreeing_first(table: Table) -> Table:
    """The further readings of every cell sorted: those that agree with the first reader's before the others."""
    return replace(table, cells=tuple(_with_agreeing_first(cell) for cell in table.cells))


def _with_agreeing_first(cell: Cell) -> Cell:
    first, further = cell.readings[:1], cell.readings[1:]
    return replace(cell, readings=first + tuple(sorted(further, key=lambda second: not _agree(first[0], second))))


def _doubtful_places(table: Table, labels: ColumnRoles) -> Iterator[Place]:
    """Cells of an indicator table that deserve a second reading: of its header those that speak of years."""
    roles = {column.index: column.role for column in labels.columns}
    for cell in table.cells:
        is_header = cell.row < labels.header_rows
        needs = (
            may_be_years(cell.text) or lacks_year(cell.text) if is_header else _needs_second(cell, roles.get(cell.col))
        )
        if needs and cell.readings:
            yield table.index, cell.row, cell.col


def _needs_second(cell: Cell, role: Role | None) -> bool:
    if not cell.readings:
        return False
    first = cell.readings[0]
    # Of strange words both models may take what looks alike.
    if role in (Role.VALUE, Role.UNIT) and witness_agrees(first, least_confidence=WITNESSED) and not is_odd(first.text):
        return cell.quality < SURE_QUALITY
    is_sure = first.confidence >= SURE_CONFIDENCE or witness_agrees(first, least_confidence=WITNESSED_WORDS)
    is_unsure = not is_sure or witness_differs(first) or cell.quality < SURE_QUALITY
    # The year of a title holds for all rows below it.
    is_dated = (cell.col_span > 1 or role is Role.INDICATOR) and may_be_years(cell.text)
    return is_unsure or is_dated or (role is not None and deserves_second_reading(role, cell.text))
