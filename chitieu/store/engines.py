"""How this process speaks with a database: SQLite as several processes need it, or any other as SQLAlchemy has it."""

import json
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from chitieu.store.work import READS

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 60  # longer than any of our transactions: a second process waits rather than fails


def store_engine(url: str) -> Engine:
    """The engine of an SQLAlchemy URL; of an SQLite file the folder is made."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, json_deserializer=parsed)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, json_deserializer=parsed)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def parsed(text: str) -> object:
    """The value of a JSON text; what most rows have in most such columns, an empty list, without parsing."""
    return [] if text == "[]" else json.loads(text)


def _prepare_sqlite(connection: "DBAPIConnection", _record: "ConnectionPoolEntry") -> None:
    # Python's driver opens transactions late and not before SELECT; SQLAlchemy's documentation has us do it ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: "DBAPICursor") -> None:
    # Two that turn a new store to WAL at once: SQLite tells one that it is locked, and doesn't wait `timeout` for it.
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads and then writes fails where another one wrote in between; so writers queue up first.
    is_reading = READS.items() <= connection.get_execution_options().items()
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
