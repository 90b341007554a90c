"""threads

Why: replies address people, and what a comment said before its correction stays readable.
How to go back: `downgrade` drops these tables; former wordings are lost, the comments stay.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "threads"
down_revision = "surveys"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "comment_mention",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("said_id", sa.Uuid(), nullable=False),
        _key("comment_mention", "comment_id", "comment"),
        _key("comment_mention", "account_id", "account"),
        _key("comment_mention", "said_id", "comment"),
        sa.PrimaryKeyConstraint("comment_id", "account_id", name="pk_comment_mention"),
    )
    op.create_index("ix_comment_mention_account_id", "comment_mention", ["account_id"])
    op.create_table(
        "comment_wording",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("until", _Moment(), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        _key("comment_wording", "comment_id", "comment"),
        sa.PrimaryKeyConstraint("comment_id", "until", name="pk_comment_wording"),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("comment_wording")
    op.drop_table("comment_mention")
