"""What each place of a document says of its identity is kept, and the title of whoever signed."""

from alembic import op
from sqlalchemy import JSON, Column, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add them."""
    op.add_column("documents", Column("signer_title", Text, nullable=False, server_default=""))
    op.add_column("documents", Column("claims", JSON, nullable=False, server_default="[]"))
