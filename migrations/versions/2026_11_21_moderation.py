"""moderation

Why: people agree with comments and flag them; moderators remove under a rule, authors appeal.
How to go back: `downgrade` drops these tables. Words that are withheld at that moment are lost, so
let moderators show or erase them first.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "moderation"
down_revision = "ledger"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("agreements", sa.Integer(), server_default="0", nullable=False)
        )
    op.create_table(
        "comment_withheld",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _Text(length=10), nullable=False),
        sa.Column("rule", _Text(length=20), nullable=False),
        sa.Column("reason", _Text(), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.Column("appeal_until", _Moment(), nullable=True),
        sa.Column("decide_by", _Moment(), nullable=True),
        _key("comment_withheld", "comment_id", "comment", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_withheld")),
    )
    _index("comment_withheld", "kind")
    op.create_table(
        "comment_agreement",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        _key("comment_agreement", "comment_id", "comment", ondelete="CASCADE"),
        _key("comment_agreement", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("comment_id", "account_id", name=op.f("pk_comment_agreement")),
    )
    _index("comment_agreement", "account_id")
    op.create_table(
        "comment_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("rule", _Text(length=20), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.Column("settled_at", _Moment(), nullable=True),
        _key("comment_flag", "comment_id", "comment", ondelete="CASCADE"),
        _key("comment_flag", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_flag")),
        sa.UniqueConstraint(
            "comment_id", "account_id", name=op.f("uq_comment_flag_comment_id_account_id")
        ),
    )
    _index("comment_flag", "account_id", "at", "settled_at")
    _create_acts()
    _create_appeals()


def _create_acts() -> None:
    op.create_table(
        "moderation_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _Text(length=10), nullable=False),
        sa.Column("rule", _Text(length=20), nullable=False),
        sa.Column("reason", _Text(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("citation", _Text(length=160), nullable=False),
        sa.Column("moderator_id", sa.Uuid(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        sa.Column("waited_seconds", sa.Integer(), nullable=True),
        _key("moderation_act", "comment_id", "comment", ondelete="CASCADE"),
        _key("moderation_act", "consultation_id", "consultation"),
        _key("moderation_act", "moderator_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    _index("moderation_act", "comment_id", "moderator_id")
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.create_index("ix_moderation_act_page", ["at", "id"], unique=False)


def _create_appeals() -> None:
    op.create_table(
        "moderation_appeal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("removed_by", sa.Uuid(), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("made_at", _Moment(), nullable=False),
        sa.Column("due_at", _Moment(), nullable=False),
        sa.Column("decided_at", _Moment(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", _Text(length=10), nullable=False),
        _key("moderation_appeal", "act_id", "moderation_act", ondelete="CASCADE"),
        _key("moderation_appeal", "comment_id", "comment", ondelete="CASCADE"),
        _key("moderation_appeal", "removed_by", "account"),
        _key("moderation_appeal", "decided_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_appeal")),
        sa.UniqueConstraint("act_id", name=op.f("uq_moderation_appeal_act_id")),
    )
    _index("moderation_appeal", "comment_id", "removed_by", "made_at", "decided_at")


def _key(
    table: str, column: str, to: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade() -> None:
    for table in (
        "moderation_appeal",
        "moderation_act",
        "comment_flag",
        "comment_agreement",
        "comment_withheld",
    ):
        op.drop_table(table)
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_column("agreements")
