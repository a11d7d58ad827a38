"""Rows → CSV and Parquet. The same rows give the same bytes."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Context, Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chitieu.dataset.rows import Row, Value
from chitieu.dataset.schema import Column, ColumnType
from chitieu.files import replaced
from chitieu.formulas import guarded

WriteRows = Callable[[Sequence[Row]], None]
AsText = Callable[..., str]

LIST_SEPARATOR = "; "
ROWS_PER_GROUP = 50_000
# 26 digits before the point and 12 after it hold every amount that a decision can name.
DECIMAL_PLACES = 12
DECIMAL = pa.decimal128(38, DECIMAL_PLACES)
SMALLEST, EXACT = Decimal(1).scaleb(-DECIMAL_PLACES), Context(prec=38)
DECIMAL_LIMIT = Decimal(10) ** 26

PARQUET_TYPES: dict[ColumnType, pa.DataType] = {
    ColumnType.STRING: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.DECIMAL: DECIMAL,
    ColumnType.DATE: pa.date32(),
    ColumnType.LIST: pa.list_(pa.string()),
}


@contextmanager
def csv_writer(path: Path, columns: tuple[Column, ...], *, for_people: bool = False) -> Iterator[WriteRows]:
    """Yield what writes rows: UTF-8, `,`, LF. `for_people`: a `'` before what a spreadsheet takes for a formula."""
    text_of = {**CSV_TEXTS, **GUARDED_TEXTS} if for_people else CSV_TEXTS
    changed = [(at, text_of[column.type]) for at, column in enumerate(columns) if column.type in text_of]
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")  # what it is not given as text it writes as `str` does
        writer.writerow(column.name for column in columns)

        def write(rows: Sequence[Row]) -> None:
            for row in rows:
                line = list(row)
                for at, as_text in changed:
                    line[at] = as_text(row[at])
                writer.writerow(line)

        yield write


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


def decimal_text(number: Decimal | None) -> str:
    return "" if number is None else plain_decimal(number)


def guarded_text(value: Value) -> str:
    """The text of a value, with a `'` before it where a spreadsheet would take it for a formula."""
    return guarded(value_text(value))


CSV_TEXTS: dict[ColumnType, Callable[..., str]] = {
    ColumnType.DECIMAL: decimal_text,
    ColumnType.LIST: LIST_SEPARATOR.join,
}
GUARDED_TEXTS: dict[ColumnType, Callable[..., str]] = {ColumnType.STRING: guarded_text, ColumnType.LIST: guarded_text}


@contextmanager
def parquet_writer(path: Path, columns: tuple[Column, ...]) -> Iterator[WriteRows]:
    """Yield what writes rows with their types; a number too large for the type is null there and whole in the CSV."""
    schema = pa.schema([pa.field(column.name, PARQUET_TYPES[column.type]) for column in columns])
    waiting: list[Row] = []
    with replaced(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:

        def write_group(group: Sequence[Row]) -> None:
            values = zip(*group, strict=True)
            arrays = [_array(one, column) for one, column in zip(values, columns, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))

        def write(rows: Sequence[Row]) -> None:
            waiting.extend(rows)
            while len(waiting) >= ROWS_PER_GROUP:
                write_group(waiting[:ROWS_PER_GROUP])
                del waiting[:ROWS_PER_GROUP]

        yield write
        if waiting:
            write_group(waiting)


def _array(values: Sequence[Value], column: Column) -> pa.Array:
    kind = PARQUET_TYPES[column.type]
    if column.type is ColumnType.DECIMAL:
        return pa.array([_fitting(value) for value in values if value is None or isinstance(value, Decimal)], kind)
    if column.type is ColumnType.STRING:
        return pa.array([value or None for value in values], kind)
    return pa.array(values, kind)


def _fitting(number: Decimal | None) -> Decimal | None:
    if number is None or abs(number) >= DECIMAL_LIMIT:
        return None
    return number.quantize(SMALLEST, context=EXACT)
