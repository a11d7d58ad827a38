"""The store as it was before it had versions: made from nothing, or completed where an older one lacks some of it."""

from collections.abc import Iterator

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy.schema import CreateColumn

revision = "0001"
down_revision = None

# As it was then: never changed.
metadata = MetaData()

Table(
    "documents",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("source_file", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("reason", String, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("code_version", String, nullable=False, default=""),
    Column("received_at", String, nullable=False),
    Column("finished_at", String, nullable=False, default="", index=True),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("type", Text, nullable=False, default=""),
    Column("number", Text, nullable=False, default=""),
    Column("date", Date),
    Column("issuer", Text, nullable=False, default=""),
    Column("province", Text, nullable=False, default=""),
    Column("province_code", String, nullable=False, default=""),
    Column("title", Text, nullable=False, default=""),
    Column("appendix", Text, nullable=False, default=""),
    Column("parent_document", Text, nullable=False, default=""),
    Column("amends", Text, nullable=False, default=""),
    Column("replaces", Text, nullable=False, default=""),
    Column("superseded_by", Text, nullable=False, default=""),
    Column("flags", JSON, nullable=False, default=list),
)

Table(
    "pages",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("failure", Text, nullable=False),
    Column("legibility", JSON),
    Column("quarter_turns", Integer, nullable=False, server_default="0"),
)

Table(
    "tables",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("index", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
)

Table(
    "indicators",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),  # printed order
    Column("record_id", String, nullable=False, index=True),
    Column("page", Integer, nullable=False),
    Column("section_code", String, nullable=False),
    Column("section", Text, nullable=False),
    Column("code", String, nullable=False),
    Column("parent_code", String, nullable=False),
    Column("group", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("indicator_id", String, nullable=False),
    Column("period", String, nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_code", String, nullable=False),
    Column("value_text", Text, nullable=False),
    Column("value_kind", String, nullable=False),
    Column("comparator", String, nullable=False),
    Column("value_low", String),
    Column("value_high", String),
    Column("agency", Text, nullable=False),
    Column("coagency", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("appendix", Text, nullable=False, server_default=""),
    Column("review_status", String, nullable=False, default="unreviewed"),
    Column("printed_order", Float),  # of rows that a person added: between the positions of two others
    Column("put_off", String, nullable=False, server_default=""),  # looked at and left open: skipped, unreadable
    Column("flag_count", Integer, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("repairs", JSON, nullable=False),
    Column("as_read", JSON(none_as_null=True)),  # the row as it was read, where people changed or decided on it
    Index("indicators_by_doubt", "flag_count", "confidence"),
)

Table(
    "checks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("said", Text, nullable=False),  # the row as it stood
    Column("is_right", Boolean, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("made_at", String, nullable=False),
)

Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("password", String, nullable=False),
    Column("role", String, nullable=False),
    Column("made_at", String, nullable=False),
)

Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # No foreign key: a reviewer's word outlives the reading that it was about.
    Column("document_id", String, nullable=False, index=True),
    Column("regions", JSON, nullable=False),
    Column("field", String, nullable=False),
    Column("seen", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", String, nullable=False),
    Index("corrections_by_text", "field", "seen"),
)


def upgrade() -> None:
    """Make what is not there."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for table, column in list(missing_columns(connection)):
        definition = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {definition}"))


def missing_columns(connection: Connection) -> Iterator[tuple[Table, Column[object]]]:
    """What the tables of a store lack; such columns are nullable or have a default of the database's own."""
    for table in metadata.sorted_tables:
        present = {column["name"] for column in inspect(connection).get_columns(table.name)}
        yield from ((table, column) for column in table.columns if column.name not in present)
