"""counts

Why: comments of a whole draft are counted on every page of it, without reading their words.
How to go back: `downgrade` drops the index; nothing is lost.
"""

from alembic import op

revision = "counts"
down_revision = "reminders"
branch_labels = None
depends_on = None

COLUMNS = [
    "subject_kind", "subject_id", "thread_id", "place", "stance", "answer_id", "considered_at", "id",
]  # fmt: skip


def upgrade() -> None:
    op.create_index("ix_comment_count", "comment", COLUMNS)


def downgrade() -> None:
    op.drop_index("ix_comment_count", "comment")
