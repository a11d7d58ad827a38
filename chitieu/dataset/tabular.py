"""Rows → CSV and Parquet. The same rows give the same bytes."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chitieu.dataset.rows import Row, Value
from chitieu.dataset.schema import Column, ColumnType
from chitieu.files import replaced
from chitieu.formulas import guarded

LIST_SEPARATOR = "; "
ROWS_PER_GROUP = 50_000
# 26 digits before the point and 12 after it hold every amount that a decision can name.
DECIMAL_PLACES = 12
DECIMAL = pa.decimal128(38, DECIMAL_PLACES)
DECIMAL_LIMIT = Decimal(10) ** 26

PARQUET_TYPES: dict[ColumnType, pa.DataType] = {
    ColumnType.STRING: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.DECIMAL: DECIMAL,
    ColumnType.DATE: pa.date32(),
    ColumnType.LIST: pa.list_(pa.string()),
}


def write_csv(path: Path, columns: tuple[Column, ...], rows: Iterable[Row], *, for_people: bool = False) -> None:
    """Write UTF-8, `,`, LF. `for_people`: text that a spreadsheet would take for a formula gets a `'` before it."""
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow(guarded_text(value) if for_people else value_text(value) for value in row)


def value_text(value: Value) -> str:
    """The text of a value: numbers plain, lists joined, nothing for None.

    >>> value_text(Decimal("1.50E+10")), value_text(Decimal("0.6230")), value_text(("a", "b"))
    ('15000000000', '0.623', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return str(value)


def plain_decimal(number: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def guarded_text(value: Value) -> str:
    """The text of a value, with a `'` before it where a spreadsheet would take it for a formula."""
    text = value_text(value)
    return guarded(text) if isinstance(value, str | tuple) else text


def write_parquet(path: Path, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
    """Write the rows with their types; a number too large for the type is null there and whole in the CSV."""
    schema = pa.schema([pa.field(column.name, PARQUET_TYPES[column.type]) for column in columns])
    remaining = iter(rows)
    with replaced(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        while group := list(islice(remaining, ROWS_PER_GROUP)):
            arrays = [_array([row[at] for row in group], column) for at, column in enumerate(columns)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _array(values: list[Value], column: Column) -> pa.Array:
    if column.type is ColumnType.DECIMAL:
        numbers = [_fitting(value) for value in values if value is None or isinstance(value, Decimal)]
        return pa.array(numbers, DECIMAL)
    if column.type is ColumnType.LIST:
        lists = [list(value) if isinstance(value, tuple) else [] for value in values]
        return pa.array(lists, PARQUET_TYPES[column.type])
    return pa.array([None if value == "" else value for value in values], PARQUET_TYPES[column.type])


def _fitting(number: Decimal | None) -> Decimal | None:
    if number is None or abs(number) >= DECIMAL_LIMIT:
        return None
    return round(number, DECIMAL_PLACES)
