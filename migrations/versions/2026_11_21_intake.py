"""intake

Why: what residents say on paper, at the counter, in a meeting or by SMS is typed and checked by
two people; a comment carries how it came.
How to go back: `downgrade` drops these tables and forgets how comments came; the comments stay.
What waits for a second person is lost, so let it be checked first.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "intake"
down_revision = "record"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("source", _Text(length=10), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_comment_received_from_somewhere"),
            "(source = '') = (received_on IS NULL)",
        )
    op.create_table(
        "intake_code",
        sa.Column("code", _Text(length=12), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", _Moment(), nullable=False),
        _key("intake_code", "consultation_id", "consultation"),
        _key("intake_code", "made_by", "account"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_intake_code")),
    )
    _index("intake_code", "consultation_id")
    _index("intake_code", "series")
    op.create_table(
        "intake_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source", _Text(length=10), nullable=False),
        sa.Column("title", _Text(length=120), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", _Moment(), nullable=False),
        sa.Column("handed_at", _Moment(), nullable=True),
        _key("intake_batch", "consultation_id", "consultation"),
        _key("intake_batch", "opened_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_batch")),
    )
    _index("intake_batch", "consultation_id")
    op.create_table("intake_entry", *_entry())
    for column in ("batch_id", "code", "state"):
        _index("intake_entry", column)


def downgrade() -> None:
    for table in ("intake_entry", "intake_batch", "intake_code"):
        op.drop_table(table)
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_comment_received_from_somewhere"), type_="check")
        batch_op.drop_column("received_on")
        batch_op.drop_column("source")


def _entry() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", _Text(length=12), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("stance", _Text(length=10), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("name", _Text(length=80), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", _Text(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("typed_by", sa.Uuid(), nullable=False),
        sa.Column("typed_at", _Moment(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", _Moment(), nullable=True),
        sa.Column("reason", _Text(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", _Text(length=64), nullable=False),
        _key("intake_entry", "batch_id", "intake_batch"),
        _key("intake_entry", "code", "intake_code", "code"),
        _key("intake_entry", "typed_by", "account"),
        _key("intake_entry", "checked_by", "account"),
        _key("intake_entry", "comment_id", "comment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_entry")),
        sa.UniqueConstraint("batch_id", "form_key", name=op.f("uq_intake_entry_batch_id_form_key")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_intake_entry_comment_id")),
    )


def _key(table: str, column: str, target: str, other: str = "id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.{other}"], name=name)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
