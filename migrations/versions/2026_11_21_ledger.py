"""answer ledger

Why: an answer has a reason and may name the clause that changed; an officer considers a comment.
How to go back: `downgrade` drops these columns; comments and the words of answers stay.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "ledger"
down_revision = "versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    short = sqlmodel.sql.sqltypes.AutoString
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", short(length=20), nullable=True))
        batch_op.add_column(
            sa.Column("place", short(length=160), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("citation", short(length=160), nullable=False, server_default="")
        )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.alter_column("place", server_default=None)
        batch_op.alter_column("citation", server_default=None)

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("considered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(sa.Column("assignee_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_comment_assignee_id_account"), "account", ["assignee_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_comment_considered_by_somebody"),
            "(considered_at IS NULL) = (assignee_id IS NULL)",
        )
        batch_op.create_index(batch_op.f("ix_comment_assignee_id"), ["assignee_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_assignee_id"))
        batch_op.drop_constraint(batch_op.f("ck_comment_considered_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_comment_assignee_id_account"), type_="foreignkey")
        batch_op.drop_column("assignee_id")
        batch_op.drop_column("considered_at")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("citation")
        batch_op.drop_column("place")
        batch_op.drop_column("reason")
