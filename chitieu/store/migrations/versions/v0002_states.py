"""Documents are claimed with a lease, every change of state is kept, and every file that ever arrived is noted."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add them."""
    op.add_column("documents", Column("attempts", Integer, nullable=False, server_default="0"))
    op.add_column("documents", Column("holder", String, nullable=False, server_default=""))
    op.add_column("documents", Column("lease_until", String, nullable=False, server_default=""))
    op.create_table(
        "events",
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("document_id", String, nullable=False, index=True),
        Column("at", String, nullable=False),
        Column("state", String, nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("holder", String, nullable=False),
        Column("code_version", String, nullable=False),
        Column("detail", Text, nullable=False),
    )
    op.create_table(
        "arrivals",
        Column("token", String, primary_key=True),
        Column("document_id", String, nullable=False, index=True),
        Column("name", Text, nullable=False),
        Column("bytes", BigInteger, nullable=False),
        Column("at", String, nullable=False),
    )
