"""The table of a decision as HTML: header levels, sections, groups, records, cells that reach over rows."""

from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, takewhile

from benchmarks.maker.model import Field, Group, Look, Record, Section, Table, ValueColumn
from benchmarks.maker.widths import column_widths


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table and how it is printed."""

    table: Table
    look: Look

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.table.layout.fields

    @property
    def column_count(self) -> int:
        return len(self.fields) - 1 + len(self.table.layout.value_columns)

    @property
    def section_shape(self) -> str:
        """Where the number does not come first, only a title across the table makes a section."""
        return self.look.section_shape if self.fields[0] is Field.CODE else "across"


def table_html(table: Table, look: Look) -> str:
    """The whole table."""
    sheet = _Sheet(table, look)
    body = "".join(_section(sheet, section) for section in table.sections)
    columns = "".join(f"<col style='width:{100 * share:.2f}%'>" for _, share in column_widths(table))
    return f"<table><colgroup>{columns}</colgroup><thead>{_header(sheet)}</thead><tbody>{body}</tbody></table>"


def _header(sheet: _Sheet) -> str:
    depth = max(len(column.path) for column in sheet.table.layout.value_columns)
    levels = "".join(f"<tr>{_header_level(sheet, level, depth)}</tr>" for level in range(depth))
    if not sheet.look.numbers_columns:
        return levels
    return levels + "<tr>" + "".join(f"<th>({place})</th>" for place in range(1, sheet.column_count + 1)) + "</tr>"


def _header_level(sheet: _Sheet, level: int, depth: int) -> str:
    cells: list[str] = []
    fields = sheet.fields
    for field in fields:
        if field is Field.VALUE:
            cells.append(_value_headers(sheet.table.layout.value_columns, level, depth))
        elif level == 0:
            side = {0: " class='first'", len(fields) - 1: " class='last'"}.get(fields.index(field), "")
            cells.append(f"<th rowspan='{depth}'{side}>{escape(sheet.table.headers[field])}</th>")
    return "".join(cells)


def _value_headers(columns: tuple[ValueColumn, ...], level: int, depth: int) -> str:
    """The header cells of one level: neighbours with the same texts down to here share one."""
    cells: list[str] = []
    for path, same in groupby(columns, key=lambda column: column.path[: level + 1]):
        if len(path) <= level:
            continue
        members = list(same)
        is_last = all(len(column.path) == level + 1 for column in members)
        rows = depth - level if is_last else 1
        cells.append(f"<th colspan='{len(members)}' rowspan='{rows}'>{escape(path[level])}</th>")
    return "".join(cells)


def _section(sheet: _Sheet, section: Section) -> str:
    above = _title(sheet, *section.above) if section.above[1] else ""
    title = _title(sheet, section.printed_code, section.shown or section.title) if section.title else ""
    rows = "".join(_row(sheet, section.rows, index) for index in range(len(section.rows)))
    return above + title + rows


def _title(sheet: _Sheet, printed_code: str, printed_title: str) -> str:
    count = sheet.column_count
    code, title = escape(printed_code), escape(printed_title)
    if sheet.section_shape == "across":
        dot = "" if code.endswith(".") or not code else "."
        text = f"{code}{dot} {title}".strip()
        return f"<tr class='section'><td class='last' colspan='{count}'>{text}</td></tr>"
    if sheet.section_shape == "after_number":
        cells = f"<td class='center'>{code}</td><td class='last' colspan='{count - 1}'>{title}</td>"
        return f"<tr class='section'>{cells}</tr>"
    return _cells_row(sheet, "section", code, title)


def _cells_row(sheet: _Sheet, kind: str, code: str, title: str) -> str:
    cells: list[str] = []
    for field in sheet.fields:
        text = {Field.CODE: code, Field.INDICATOR: title}.get(field, "")
        span = len(sheet.table.layout.value_columns) if field is Field.VALUE else 1
        cells += [f"<td class='{_css_class(sheet, field)}'>{text}</td>"] * span
    return f"<tr class='{kind}'>{''.join(cells)}</tr>"


def _css_class(sheet: _Sheet, field: Field) -> str:
    last = " last" if field is sheet.fields[-1] else ""
    return {Field.INDICATOR: "name", Field.VALUE: "value", Field.NOTE: "note"}.get(field, "center") + last


def _row(sheet: _Sheet, rows: tuple[Record | Group, ...], index: int) -> str:
    row = rows[index]
    if isinstance(row, Group):
        return _cells_row(sheet, "group", escape(row.printed_code), escape(row.title))
    if row.cut_words:
        return _cut_row(sheet, row)
    return "<tr>" + "".join(_record_cells(sheet, row, rows[index + 1 :], field) for field in sheet.fields) + "</tr>"


def _cut_row(sheet: _Sheet, record: Record) -> str:
    """The row in two, the second part below the end of the page: its number again and the rest of the indicator."""
    names = record.indicator.split(" ")
    first = replace(record, indicator=" ".join(names[: record.cut_words]))
    upper = "".join(_record_cells(sheet, first, (), field) for field in sheet.fields)
    lower = _cells_row(sheet, "rest", escape(record.printed_code), escape(" ".join(names[record.cut_words :])))
    return f"<tr>{upper}</tr>{lower}"


def _record_cells(sheet: _Sheet, record: Record, below: tuple[Record | Group, ...], field: Field) -> str:
    css = _css_class(sheet, field)
    if field is Field.VALUE:
        return "".join(f"<td class='{css}'>{_breakable(value.shown)}</td>" for value in record.values)
    text = printed_text(record, field)
    if text is None:
        return ""
    reached = list(takewhile(lambda row: isinstance(row, Record) and printed_text(row, field) is None, below))
    return f"<td class='{css}' rowspan='{1 + len(reached)}'>{_breakable(text)}</td>"


def _breakable(text: str) -> str:
    """Text that may go on in a new line after a `/`, not in the middle of a word."""
    return escape(text).replace("\n", "<br>").replace("/", "/<wbr>")


def printed_text(record: Record, field: Field) -> str | None:
    """What a cell of a record shows; None where a cell of a row above reaches down to it."""
    return {
        Field.CODE: record.printed_code,
        Field.INDICATOR: record.indicator,
        Field.UNIT: record.unit_shown,
        Field.AGENCY: record.agency_shown,
        Field.COAGENCY: "; ".join(record.coagencies),
        Field.NOTE: record.note,
        Field.EXTRA: record.extra,
    }[field]
