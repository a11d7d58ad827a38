"""Stores of before lack columns that came later: they are added, and nothing else is changed."""

from sqlalchemy import Column, Engine, inspect
from sqlalchemy import text as sql
from sqlalchemy.schema import CreateColumn

from chitieu.store import schema


def add_missing_columns(engine: Engine) -> None:
    """Add what the tables of a store lack; such columns are nullable or have a default of the database's own."""
    for table in schema.metadata.sorted_tables:
        present = {column["name"] for column in inspect(engine).get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                _add(engine, table.name, column)


def _add(engine: Engine, table: str, column: Column[object]) -> None:
    definition = CreateColumn(column).compile(dialect=engine.dialect)
    with engine.begin() as connection:
        connection.execute(sql(f"ALTER TABLE {table} ADD COLUMN {definition}"))
