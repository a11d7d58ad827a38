"""What later runs are not to learn from reviewers; decided rows are found without reading all."""

from alembic import op
from sqlalchemy import Column, String, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "unlearned",
        Column("field", String, primary_key=True),
        Column("text", Text, primary_key=True),
        Column("reviewer", Text, nullable=False),
        Column("made_at", String, nullable=False),
    )
    op.create_index("indicators_by_review", "indicators", ["review_status"])
    op.create_index("documents_by_number", "documents", ["number"])
