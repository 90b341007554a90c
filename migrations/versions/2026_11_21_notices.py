"""notices

Why: people follow consultations, clauses and comments, and are told of news about them.
How to go back: `downgrade` drops these tables: who follows what, and every setting, is lost.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "notices"
down_revision = "meetings"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unsubscribe", _Text(length=300), server_default="", nullable=False)
        )
    op.create_table(
        "follow",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _Text(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("since", _Moment(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        _owner("follow"),
        sa.PrimaryKeyConstraint("account_id", "kind", "subject_id", "place", name="pk_follow"),
    )
    op.create_index("ix_follow_subject", "follow", ["kind", "subject_id"])
    op.create_table(
        "notice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _Text(length=20), nullable=False),
        sa.Column("subject_kind", _Text(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.Column("mail_due_at", _Moment(), nullable=True),
        _owner("notice"),
        sa.PrimaryKeyConstraint("account_id", "cause_id", name="pk_notice"),
    )
    op.create_index("ix_notice_page", "notice", ["account_id", "is_read", "at", "cause_id"])
    op.create_index("ix_notice_kept", "notice", ["is_read", "at"])
    op.create_index("ix_notice_mail_due_at", "notice", ["mail_due_at"])
    op.create_table(
        "notice_setting",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("rhythm", _Text(length=10), nullable=False),
        sa.Column("answers_at_once", sa.Boolean(), nullable=False),
        _owner("notice_setting"),
        sa.PrimaryKeyConstraint("account_id", name="pk_notice_setting"),
    )
    op.create_table(
        "notice_heard",
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.PrimaryKeyConstraint("cause_id", name="pk_notice_heard"),
    )
    op.create_index("ix_notice_heard_at", "notice_heard", ["at"])
    mark = op.create_table(
        "notice_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begun_at", _Moment(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_mark"),
    )
    # Nobody is told today of what happened, and was mailed, before there were notices.
    now = datetime.now(UTC)
    op.bulk_insert(mark, [{"id": 1, "begun_at": now, "at": now}])


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_account_id_account"
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("notice_mark", "notice_heard", "notice_setting", "notice", "follow"):
        op.drop_table(table)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")
