"""A whole store into another one, of whatever kind: what a backup of PostgreSQL is made of, and restored from."""

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy import text as sql

from chitieu.store import schema

ROWS_AT_ONCE = 500


def copy_rows(source: Connection, target: Connection) -> None:
    """Every row of every table into a store that has none."""
    for table in schema.metadata.sorted_tables:
        rows = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
        for part in rows.partitions():
            target.execute(insert(table), [dict(row) for row in part])
        if target.dialect.name == "postgresql":
            go_on_counting(target, table)


def go_on_counting(connection: Connection, table: Table) -> None:
    """Have PostgreSQL give the rows to come numbers after those that came with theirs."""
    column = table.autoincrement_column
    if column is None:
        return
    largest = connection.execute(select(func.max(column))).scalar_one_or_none()
    if largest:
        names = {"table": table.name, "column": column.name, "largest": largest}
        connection.execute(sql("SELECT setval(pg_get_serial_sequence(:table, :column), :largest)"), names)


def is_empty(connection: Connection) -> bool:
    """Whether a store has no row in any table."""
    return not any(connection.execute(select(table).limit(1)).first() for table in schema.metadata.sorted_tables)
