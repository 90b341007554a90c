"""record

Why: each consultation has a public log of its own, with receipts and checkpoints.
How to go back: `downgrade` drops the logs. Receipts and records that people took away stay true, but
nothing here can be held against them any more, so take the records away first.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "record"
down_revision = "search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_log",
        _consultation(),
        _text("origin", 300),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        _text("phase", 12),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("begun_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        _of_consultation("record_log"),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_record_log")),
        sa.UniqueConstraint("origin", name=op.f("uq_record_log_origin")),
    )
    op.create_table(
        "record_entry",
        _consultation(),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        _of_consultation("record_entry"),
        sa.PrimaryKeyConstraint("consultation_id", "place", name=op.f("pk_record_entry")),
    )
    op.create_table(
        "record_tile_hash",
        _consultation(),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        _of_consultation("record_tile_hash"),
        sa.PrimaryKeyConstraint(
            "consultation_id", "level", "place", name=op.f("pk_record_tile_hash")
        ),
    )
    op.create_table(
        "record_checkpoint",
        _consultation(),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        _of_consultation("record_checkpoint"),
        sa.PrimaryKeyConstraint("consultation_id", "size", name=op.f("pk_record_checkpoint")),
    )
    op.create_table(
        "recorded_event",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_recorded_event")),
    )
    op.create_table(
        "record_contribution",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        _consultation(),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _text("state", 12),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        _of_consultation("record_contribution"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_record_contribution")),
    )
    with op.batch_alter_table("record_contribution", schema=None) as batch_op:
        batch_op.create_index("ix_record_contribution_place", ["consultation_id", "place"])
    op.create_table(
        "record_opening",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author_salt", sa.LargeBinary(), nullable=False),
        _text("author", 120),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["record_contribution.contribution_id"],
            name=op.f("fk_record_opening_contribution_id_record_contribution"),
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_record_opening")),
    )
    op.create_table(
        "record_answer",
        _consultation(),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_consultation("record_answer"),
        sa.PrimaryKeyConstraint("consultation_id", "answer_id", name=op.f("pk_record_answer")),
    )


def downgrade() -> None:
    op.drop_table("record_answer")
    op.drop_table("record_opening")
    with op.batch_alter_table("record_contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_record_contribution_place")
    for table in (
        "record_contribution",
        "recorded_event",
        "record_checkpoint",
        "record_tile_hash",
        "record_entry",
        "record_log",
    ):
        op.drop_table(table)


def _consultation() -> sa.Column:
    return sa.Column("consultation_id", sa.Uuid(), nullable=False)


def _text(name: str, length: int) -> sa.Column:
    kind = sqlmodel.sql.sqltypes.AutoString(length=length)
    return sa.Column(name, kind, nullable=False)


def _of_consultation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consultation_id"],
        ["consultation.id"],
        name=op.f(f"fk_{table}_consultation_id_consultation"),
    )
