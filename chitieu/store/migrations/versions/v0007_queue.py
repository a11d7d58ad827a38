"""What the review page counts with every save is counted from indexes alone: rows are wide."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Widen the indexes."""
    for name in ("indicators_by_doubt", "indicators_by_review"):
        op.drop_index(name, "indicators")
    op.create_index("indicators_by_doubt", "indicators", ["flag_count", "confidence", "review_status", "document_id"])
    op.create_index("indicators_by_review", "indicators", ["review_status", "flag_count", "document_id"])
    op.create_index("indicators_by_document", "indicators", ["document_id", "review_status", "flag_count"])
