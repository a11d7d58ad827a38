"""The lines of a page outside its tables are kept, for its searchable copy."""

from alembic import op
from sqlalchemy import JSON, Column

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add them."""
    op.add_column("pages", Column("lines", JSON, nullable=False, server_default="[]"))
