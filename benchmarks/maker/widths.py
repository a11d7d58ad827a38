"""How wide the columns of a table are."""

from benchmarks.maker.model import Field, Table

# Shares of the width of the page; a column of values among several is narrower, as far as a number fits in it.
_WIDTHS = {
    Field.CODE: 7, Field.INDICATOR: 40, Field.UNIT: 13, Field.VALUE: 17, Field.AGENCY: 21,
    Field.COAGENCY: 21, Field.NOTE: 14, Field.EXTRA: 12,
}  # fmt: skip
_NARROW_VALUE = 11
_NARROW_VALUE_UPRIGHT = 16


def column_widths(table: Table) -> list[tuple[Field, float]]:
    """The columns from left to right with their share of the width, a column for each value."""
    narrow = _NARROW_VALUE if table.layout.is_landscape else _NARROW_VALUE_UPRIGHT
    value = _WIDTHS[Field.VALUE] if len(table.layout.value_columns) < 3 else narrow
    widths: list[tuple[Field, int]] = []
    for field in table.layout.fields:
        is_value = field is Field.VALUE
        widths += [(field, value)] * len(table.layout.value_columns) if is_value else [(field, _WIDTHS[field])]
    whole = sum(width for _, width in widths)
    return [(field, width / whole) for field, width in widths]
