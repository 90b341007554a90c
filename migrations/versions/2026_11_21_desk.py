"""desk

Why: officers check in voters who stand before them; what a voter's device asks waits half an hour.
How to go back: `downgrade` drops the table and whoever stands at a desk at that moment begins anew.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "desk"
down_revision = "parties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_visit",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("voter_id", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ask", sa.LargeBinary(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["account.id"],
            name=op.f("fk_desk_visit_officer_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["vote.id"], name=op.f("fk_desk_visit_vote_id_vote"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_visit")),
    )
    with op.batch_alter_table("desk_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_visit_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_desk_visit_vote_id"), ["vote_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("desk_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_visit_vote_id"))
        batch_op.drop_index(batch_op.f("ix_desk_visit_expires_at"))

    op.drop_table("desk_visit")
