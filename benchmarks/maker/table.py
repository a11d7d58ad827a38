"""The table of a decision as HTML: header levels, sections, groups, records, cells that reach over rows."""

from html import escape
from itertools import groupby, takewhile

from benchmarks.maker.model import Decision, Field, Group, Record, Section, ValueColumn

# Shares of the width of the page; a column of values among several is narrower, as far as a number fits in it.
_WIDTHS = {
    Field.CODE: 7, Field.INDICATOR: 40, Field.UNIT: 13, Field.VALUE: 17, Field.AGENCY: 21,
    Field.COAGENCY: 21, Field.NOTE: 14,
}  # fmt: skip
_NARROW_VALUE = 11
_NARROW_VALUE_UPRIGHT = 16


def table_html(decision: Decision) -> str:
    """The whole table."""
    body = "".join(_section(decision, section) for section in decision.sections)
    return f"<table>{_columns(decision)}<thead>{_header(decision)}</thead><tbody>{body}</tbody></table>"


def _columns(decision: Decision) -> str:
    narrow = _NARROW_VALUE if decision.layout.is_landscape else _NARROW_VALUE_UPRIGHT
    value = _WIDTHS[Field.VALUE] if len(decision.layout.value_columns) < 3 else narrow
    widths: list[int] = []
    for field in decision.layout.fields:
        widths += [value] * len(decision.layout.value_columns) if field is Field.VALUE else [_WIDTHS[field]]
    return (
        "<colgroup>"
        + "".join(f"<col style='width:{100 * width / sum(widths):.2f}%'>" for width in widths)
        + "</colgroup>"
    )


def column_count(decision: Decision) -> int:
    return len(decision.layout.fields) - 1 + len(decision.layout.value_columns)


def _header(decision: Decision) -> str:
    depth = max(len(column.path) for column in decision.layout.value_columns)
    levels = "".join(f"<tr>{_header_level(decision, level, depth)}</tr>" for level in range(depth))
    if not decision.look.numbers_columns:
        return levels
    return levels + "<tr>" + "".join(f"<th>({place})</th>" for place in range(1, column_count(decision) + 1)) + "</tr>"


def _header_level(decision: Decision, level: int, depth: int) -> str:
    cells: list[str] = []
    fields = decision.layout.fields
    for field in fields:
        if field is Field.VALUE:
            cells.append(_value_headers(decision.layout.value_columns, level, depth))
        elif level == 0:
            side = {0: " class='first'", len(fields) - 1: " class='last'"}.get(fields.index(field), "")
            cells.append(f"<th rowspan='{depth}'{side}>{escape(decision.headers[field])}</th>")
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


def _section(decision: Decision, section: Section) -> str:
    title = _section_title(decision, section) if section.title else ""
    rows = "".join(_row(decision, section.rows, index) for index in range(len(section.rows)))
    return title + rows


def _section_title(decision: Decision, section: Section) -> str:
    count = column_count(decision)
    code, title = escape(section.printed_code), escape(section.title)
    if decision.look.section_shape == "across":
        dot = "" if code.endswith(".") or not code else "."
        text = f"{code}{dot} {title}".strip()
        return f"<tr class='section'><td class='last' colspan='{count}'>{text}</td></tr>"
    if decision.look.section_shape == "after_number":
        cells = f"<td class='center'>{code}</td><td class='last' colspan='{count - 1}'>{title}</td>"
        return f"<tr class='section'>{cells}</tr>"
    return _cells_row(decision, "section", code, title)


def _cells_row(decision: Decision, kind: str, code: str, title: str) -> str:
    cells: list[str] = []
    for field in decision.layout.fields:
        text = {Field.CODE: code, Field.INDICATOR: title}.get(field, "")
        span = len(decision.layout.value_columns) if field is Field.VALUE else 1
        cells += [f"<td class='{_css_class(decision, field)}'>{text}</td>"] * span
    return f"<tr class='{kind}'>{''.join(cells)}</tr>"


def _css_class(decision: Decision, field: Field) -> str:
    last = " last" if field is decision.layout.fields[-1] else ""
    return {Field.INDICATOR: "name", Field.VALUE: "value", Field.NOTE: "note"}.get(field, "center") + last


def _row(decision: Decision, rows: tuple[Record | Group, ...], index: int) -> str:
    row = rows[index]
    if isinstance(row, Group):
        return _cells_row(decision, "group", escape(row.printed_code), escape(row.title))
    return (
        "<tr>"
        + "".join(_record_cells(decision, row, rows[index + 1 :], field) for field in decision.layout.fields)
        + "</tr>"
    )


def _record_cells(decision: Decision, record: Record, below: tuple[Record | Group, ...], field: Field) -> str:
    css = _css_class(decision, field)
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
    }[field]
