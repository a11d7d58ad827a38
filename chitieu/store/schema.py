"""The tables of the store, for SQLite and PostgreSQL alike.

A change here is a migration too: `chitieu/store/migrations`. Decimals are kept as text: SQLite would make floats of
them. Times are UTC in ISO 8601, so that they sort as text.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
)

metadata = MetaData()

documents = Table(
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
    Column("signer_title", Text, nullable=False, server_default=""),
    Column("claims", JSON, nullable=False, server_default="[]"),  # what each place says of the identity
    Column("flags", JSON, nullable=False, default=list),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("holder", String, nullable=False, server_default=""),  # the run that reads it now, and until when it may
    Column("lease_until", String, nullable=False, server_default=""),
    Column("as_read", JSON(none_as_null=True)),  # the identity as it was read, where people changed or decided on it
    Index("documents_by_number", "number"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String, nullable=False, index=True),
    Column("at", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("holder", String, nullable=False),
    Column("code_version", String, nullable=False),  # software, models and word lists
    Column("detail", Text, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("token", String, primary_key=True),
    Column("document_id", String, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("at", String, nullable=False),
)

pages = Table(
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
    Column("lines", JSON, nullable=False, server_default="[]"),  # outside the tables, for the searchable copy
)

tables = Table(
    "tables",
    metadata,
    Column("document_id", ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("index", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
)

indicators = Table(
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
    # Wide enough to count from: the rows themselves are wider still.
    Index("indicators_by_doubt", "flag_count", "confidence", "review_status", "document_id"),
    Index("indicators_by_review", "review_status", "flag_count", "document_id"),
    Index("indicators_by_document", "document_id", "review_status", "flag_count"),
)

checks = Table(
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

unlearned = Table(
    "unlearned",
    metadata,
    Column("field", String, primary_key=True),
    Column("text", Text, primary_key=True),
    Column("reviewer", Text, nullable=False),
    Column("made_at", String, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("password", String, nullable=False),
    Column("role", String, nullable=False),
    Column("made_at", String, nullable=False),
)

# Rows as they are printed; a row that a person added stands between two others.
PRINTED_ORDER = func.coalesce(indicators.c.printed_order, indicators.c.position)

corrections = Table(
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
