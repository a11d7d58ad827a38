"""Rows of an indicator table made into indicators: one per value column with content.

The order of calls, per table and then once per document:

    roles = label_columns(table, caption)                     # columns.py
    rows = read_rows(table, roles)                            # rows.py; only where roles.is_indicator_table
    found = read_indicators(rows, roles, document_id, caption_period(caption))     # repairs (repair.py) included
    indicators = check(all found, all rows)                   # checks.py; order of rows, unique record ids

The confidence of an indicator is that of its fields as a whole, once all doubts are told (confidence.py); here it is
left at 0.
"""

from collections import Counter
from dataclasses import dataclass, replace

from chitieu.model import (
    Cell,
    Column,
    ColumnRoles,
    FieldSource,
    Flag,
    FlagKind,
    Indicator,
    RawRow,
    Role,
    ValueKind,
)
from normalizers.accounting import doubt_last_row, doubt_lost_cells, doubt_row, lost_row
from normalizers.agencies import format_agencies, split_agencies
from normalizers.amounts import DASHES, RecordAmount, read_amount, unit_around
from normalizers.canonical import find_indicator
from normalizers.captions import without_unit
from normalizers.codes import CodeKind, split_code
from normalizers.columns import is_deadline
from normalizers.consensus import Place
from normalizers.evidence import EXACT_LENGTH, weigh, weigh_edges, weigh_period
from normalizers.mended import Mended
from normalizers.new_units import is_plain_noun
from normalizers.periods import find_period
from normalizers.placed import PlacedRow, RowKind
from normalizers.places import place_rows
from normalizers.repair import FIELDS, agree_columns, place_of
from normalizers.rows import cells_of, field_cell, has_unread_ink
from normalizers.text import clean_line
from normalizers.titles import mend_titles
from normalizers.units import find_unit, is_own_scale
from normalizers.value_phrases import is_said_in_words
from normalizers.values import read_value
from normalizers.years import year_repairs

_EXACT_KINDS = (ValueKind.NUMBER, ValueKind.RANGE, ValueKind.DATE)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a row: its text after repair, its cell and column, and the evidence for it."""

    name: str
    text: str
    mended: Mended
    column: Column
    cell: Cell


def read_indicators(
    rows: tuple[RawRow, ...], roles: ColumnRoles, document_id: str, default_period: str = ""
) -> tuple[Indicator, ...]:
    """The indicators of a table's rows, in printed order, with sources, repairs and flags.

    `default_period` is taken where neither the column nor the section (nor a deadline column) names a period.
    """
    mended = agree_columns(rows)
    used = frozenset(role for role in Role if any(c.text.strip() for row in rows for _, c in cells_of(row, role)))
    found: list[Indicator] = []
    waiting: tuple[Flag, ...] = ()
    places, doubts = mend_titles(place_rows(rows), mended)
    for index, placed in enumerate(places):
        waiting += doubts.get(index, ())
        if placed.kind in (RowKind.SECTION, RowKind.GROUP):
            continue
        is_rest = placed.kind is RowKind.FRAGMENT and not _is_half_read(placed)
        records = [] if is_rest else _read_row(placed, roles, mended, used, document_id, default_period)
        if records:
            found += doubt_row(records, waiting)
            waiting = ()
        elif found:
            found = doubt_last_row(found, lost_row(placed, FlagKind.MISSING_ROW_AFTER))
        else:
            waiting += lost_row(placed, FlagKind.MISSING_ROW_BEFORE)
    return _number_clashes(found)


def _is_half_read(placed: PlacedRow) -> bool:
    """Whether a row without number is still a record: it has a unit, or a number for a value."""
    unit = field_cell(placed.raw, Role.UNIT)
    values = [read_value(cell.text, None) for _, cell in cells_of(placed.raw, Role.VALUE) if cell.text.strip()]
    is_number = any(value.kind in _EXACT_KINDS and value.is_understood for value in values)
    return is_number or bool(unit and unit.row == placed.raw.row and find_unit(unit.text) and values)


def _read_row(
    placed: PlacedRow,
    roles: ColumnRoles,
    mended: dict[Place, Mended],
    used: frozenset[Role],
    document_id: str,
    default_period: str,
) -> list[Indicator]:
    fields = tuple(_fields(placed, mended))
    values = [field for field in fields if field.name == "value_text"]
    filled = [field for field in values if _says_something(field)]
    if not filled:
        filled = values[:1]
    periods = Counter(_period(placed, field.column, "") for field in filled)
    records = []
    for value in filled:
        record = _record(placed, fields, value, roles, used, default_period)
        if periods[_period(placed, value.column, "")] > 1:
            doubt = Flag(FlagKind.HEADER_NOT_UNDERSTOOD, "period", f"two columns: {value.column.title}")
            record = replace(record, flags=(*record.flags, doubt))
        records.append(replace(record, record_id=record_id(document_id, record)))
    return doubt_lost_cells(records, placed.raw, roles)


def _fields(placed: PlacedRow, mended: dict[Place, Mended]) -> list[_Field]:
    fields = []
    for column, cell in placed.raw.cells:
        if column.role in FIELDS:
            text = mended[place_of(placed.raw, cell)]
            fields.append(_Field(FIELDS[column.role], _shown(column.role, text.text, placed), text, column, cell))
    return fields


def _shown(role: Role, text: str, placed: PlacedRow) -> str:
    """The text of a field as the dataset has it."""
    if role is Role.INDICATOR:
        has_own_code = bool(field_cell(placed.raw, Role.CODE)) and placed.code.kind is not CodeKind.NONE
        code, rest = split_code(clean_line(text))
        came_with_title = code.text == placed.code.text and not (has_own_code and _has_code_text(placed.raw))
        return rest if came_with_title else clean_line(text)
    if role in (Role.AGENCY, Role.COAGENCY):
        return format_agencies(split_agencies(text))
    return clean_line(text)


def _has_code_text(row: RawRow) -> bool:
    cell = field_cell(row, Role.CODE)
    return bool(cell and cell.text.strip())


def _says_something(field: _Field) -> bool:
    """Whether a value cell counts: a lone dash is an empty cell, print that was not read is not."""
    if has_unread_ink(field.cell):
        return True
    return bool(field.cell.text.strip()) and clean_line(field.cell.text) not in DASHES


def _record(
    placed: PlacedRow,
    fields: tuple[_Field, ...],
    value: _Field,
    roles: ColumnRoles,
    used: frozenset[Role],
    default_period: str,
) -> Indicator:
    texts = {name: _one_text(fields, name) for name in FIELDS.values()}
    amount = read_amount(texts["unit"], value.text, value.column, unit_around(placed, texts["indicator"], roles))
    period = _period(placed, value.column, default_period)
    doubts = _weigh_all(placed, fields, value, amount)
    own = [field for field in fields if field.name != "value_text"] + [value]
    mended = (repair for field in own for repair in field.mended.repairs)
    dated = roles.repairs if value.column.period else year_repairs(_period_cell(placed, value.column))
    return Indicator(
        record_id="",
        page=_page(placed.raw, value),
        section_code=placed.section_code,
        section=without_unit(placed.section),
        code=placed.shown_code,
        parent_code=placed.parent_code,
        group=placed.group,
        indicator=texts["indicator"],
        indicator_id=find_indicator(texts["indicator"]),
        period=period,
        unit=amount.unit_text,
        unit_code=amount.unit.unit_id if amount.unit else "",
        value_text=amount.value_text,
        value_kind=amount.value.kind,
        comparator=amount.value.comparator,
        value_low=amount.value.low,
        value_high=amount.value.high,
        agency=texts["agency"],
        coagency=texts["coagency"],
        note=texts["note"],
        confidence=0.0,
        flags=_flags(placed, texts, amount, period, used, doubts) + roles.flags,
        sources=tuple(_source(placed.raw, field) for field in own),
        repairs=tuple(dict.fromkeys((*mended, *placed.repairs, *dated, *amount.repairs))),
    )


def _one_text(fields: tuple[_Field, ...], name: str) -> str:
    """The text of a field; those of several columns for it (two notes) joined."""
    separator = "; " if name in ("agency", "coagency", "note") else " "
    return separator.join(dict.fromkeys(field.text for field in fields if field.name == name and field.text))


def _period(placed: PlacedRow, column: Column, default: str) -> str:
    return column.period or placed.section_period or _deadline(placed.raw) or default


def _deadline(row: RawRow) -> str:
    """The period that a column `Thời hạn` gives to its row."""
    cell = _deadline_cell(row)
    return find_period(cell.text) if cell else ""


def _deadline_cell(row: RawRow) -> Cell | None:
    return next((cell for column, cell in row.cells if is_deadline(column) and find_period(cell.text)), None)


def _period_cell(placed: PlacedRow, column: Column) -> Cell | None:
    """The cell that gives a record its period; None where the header does (columns.py weighs it) or the caption."""
    if column.period:
        return None
    return placed.section_cell if placed.section_period else _deadline_cell(placed.raw)


def _weigh_all(placed: PlacedRow, fields: tuple[_Field, ...], value: _Field, amount: RecordAmount) -> tuple[Flag, ...]:
    """What speaks against each field that the record shows; the code is weighed by the order of rows (checks.py)."""
    is_exact = amount.value.kind in _EXACT_KINDS or _is_short_number(value.text)
    others = [field for field in fields if field.name not in ("value_text", "code")]
    found = [flag for field in others for flag in weigh(field.name, field.cell, field.mended, is_exact=False)]
    found += [flag for field in others for flag in weigh_edges(field.name, field.cell, field.text)]
    found += weigh_period(_period_cell(placed, value.column))
    return (*found, *weigh("value_text", value.cell, value.mended, is_exact=is_exact))


def _is_short_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and len(text) <= EXACT_LENGTH


def _flags(
    placed: PlacedRow,
    texts: dict[str, str],
    amount: RecordAmount,
    period: str,
    used: frozenset[Role],
    doubts: tuple[Flag, ...],
) -> tuple[Flag, ...]:
    flags = list(doubts)
    is_new_noun = is_plain_noun(texts["unit"]) and not any(flag.field == "unit" for flag in flags)
    flags += [flag for flag in amount.flags if flag.kind is not FlagKind.UNKNOWN_UNIT or not is_new_noun]
    if is_own_scale(texts["indicator"]):
        flags = [flag for flag in flags if flag != Flag(FlagKind.EMPTY_FIELD, "unit")]
    if not texts["indicator"]:
        flags.append(Flag(FlagKind.EMPTY_FIELD, "indicator"))
    is_number = amount.value.kind in (ValueKind.NUMBER, ValueKind.RANGE)
    if not texts["unit"] and Role.UNIT in used and is_number and not is_said_in_words(amount.value_text):
        flags.append(Flag(FlagKind.EMPTY_FIELD, "unit"))
    if not texts["agency"] and Role.AGENCY in used:
        flags.append(Flag(FlagKind.EMPTY_FIELD, "agency"))
    if not period:
        flags.append(Flag(FlagKind.NO_PERIOD, "period"))
    if placed.kind is RowKind.FRAGMENT:
        flags.append(Flag(FlagKind.UNCERTAIN_JOIN))
    return tuple(dict.fromkeys(flags))


def _source(row: RawRow, field: _Field) -> FieldSource:
    """Where a field was read. `row` is that of the record, also where the cell is merged from rows above."""
    return FieldSource(
        field.name, row.table_index, row.row, field.column.index, field.cell.regions, field.cell.readings
    )


def _page(row: RawRow, value: _Field) -> int:
    """The page where the row starts; cells merged from rows above do not count."""
    own = [region.page for _, cell in row.cells if cell.row == row.row for region in cell.regions]
    return min(own or [region.page for region in value.cell.regions], default=0)


def record_id(document_id: str, record: Indicator) -> str:
    """Document, section, code and period; a letter's code carries its parent's: `3a`."""
    is_letter = record.code.isalpha() and record.parent_code and len(record.code) == 1
    code = record.parent_code + record.code if is_letter else record.code
    return "-".join("".join(part.split()) for part in (document_id, record.section_code, code, record.period))


def _number_clashes(found: list[Indicator]) -> tuple[Indicator, ...]:
    counts: Counter[str] = Counter()
    numbered = []
    for record in found:
        counts[record.record_id] += 1
        count = counts[record.record_id]
        numbered.append(replace(record, record_id=f"{record.record_id}~{count}") if count > 1 else record)
    return tuple(numbered)
