"""The identity of a document as it was read is kept beside what reviewers made of it."""

from alembic import op
from sqlalchemy import JSON, Column

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add it."""
    op.add_column("documents", Column("as_read", JSON))
