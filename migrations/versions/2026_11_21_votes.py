"""votes and their rolls

Why: organisers draw up votes.
How to go back: `downgrade` drops these tables and all that is in them.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "votes"
down_revision = "consultations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("organiser", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("electorate", sa.JSON(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("quorum_percent", sa.Integer(), nullable=True),
        sa.Column("majority", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("most_marks", sa.Integer(), nullable=True),
        sa.Column("check_in_opens_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("check_in_closes_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("voting_opens_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("voting_closes_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("epoch_seconds", sa.Integer(), nullable=False),
        sa.Column("batch_min", sa.Integer(), nullable=False),
        sa.Column("merge_delay_epochs", sa.Integer(), nullable=False),
        sa.Column("max_revisions", sa.Integer(), nullable=False),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("roll_size", sa.Integer(), nullable=False),
        sa.Column("checked_in", sa.Integer(), nullable=False),
        sa.Column("voted", sa.Integer(), nullable=False),
        sa.Column("label_counts", sa.JSON(), nullable=False),
        sa.Column("eid0", sqlmodel.sql.sqltypes.AutoString(length=43), nullable=True),
        sa.Column("eid", sqlmodel.sql.sqltypes.AutoString(length=43), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("announced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("frozen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("check_in_closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_vote_created_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("eid", name=op.f("uq_vote_eid")),
        sa.UniqueConstraint("slug", name=op.f("uq_vote_slug")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_announced_at"), ["announced_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_vote_voting_closes_at"), ["voting_closes_at"], unique=False
        )

    op.create_table(
        "vote_voter",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("voter_id", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["vote.id"], name=op.f("fk_vote_voter_vote_id_vote"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vote_id", "voter_id", name=op.f("pk_vote_voter")),
    )


def downgrade() -> None:
    op.drop_table("vote_voter")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_voting_closes_at"))
        batch_op.drop_index(batch_op.f("ix_vote_state"))
        batch_op.drop_index(batch_op.f("ix_vote_announced_at"))

    op.drop_table("vote")
