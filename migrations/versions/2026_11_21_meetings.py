"""meetings

Why: drafts are talked about in meetings; agendas, minutes and their versions stand on the site.
How to go back: `downgrade` drops them. Minutes that people were promised are gone then, so print
them first; contributions made of them stay.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "meetings"
down_revision = "intake"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("slug", _Text(length=80), nullable=False),
        sa.Column("title", _Text(length=120), nullable=False),
        sa.Column("about", _Text(), nullable=False),
        sa.Column("place", _Text(length=120), nullable=False),
        sa.Column("address", _Text(length=240), nullable=False),
        sa.Column("link", _Text(length=500), nullable=False),
        sa.Column("access", _Text(), nullable=False),
        sa.Column("begins_at", _Moment(), nullable=False),
        sa.Column("ends_at", _Moment(), nullable=False),
        sa.Column("state", _Text(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", _Moment(), nullable=False),
        sa.Column("announced_at", _Moment(), nullable=True),
        sa.Column("changed_at", _Moment(), nullable=False),
        sa.Column("cancelled_because", _Text(), nullable=False),
        sa.Column("minuted_at", _Moment(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        _key("meeting", "consultation_id", "consultation"),
        _key("meeting", "created_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("slug", name=op.f("uq_meeting_slug")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_begins_at", ["begins_at", "id"])
    for column in ("consultation_id", "state", "minuted_at"):
        _index("meeting", column)
    _agenda_and_people()
    _minutes()


def downgrade() -> None:
    for table, columns in (
        ("meeting_handed_line", ("meeting_id",)),
        ("meeting_minutes_line", ("line_id",)),
        ("meeting_minutes", ()),
        ("meeting_coming", ("account_id",)),
        ("meeting_item", ("meeting_id",)),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
        op.drop_table(table)
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        for column in ("minuted_at", "state", "consultation_id"):
            batch_op.drop_index(batch_op.f(f"ix_meeting_{column}"))
        batch_op.drop_index("ix_meeting_begins_at")
    op.drop_table("meeting")


def _agenda_and_people() -> None:
    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", _Text(length=160), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        _key("meeting_item", "meeting_id", "meeting", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_item")),
    )
    _index("meeting_item", "meeting_id")
    op.create_table(
        "meeting_coming",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", _Moment(), nullable=False),
        _key("meeting_coming", "meeting_id", "meeting", ondelete="CASCADE"),
        _key("meeting_coming", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting_id", "account_id", name=op.f("pk_meeting_coming")),
    )
    _index("meeting_coming", "account_id")


def _minutes() -> None:
    op.create_table(
        "meeting_minutes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("groups", _Text(), nullable=False),
        sa.Column("reason", _Text(), nullable=False),
        sa.Column("begun_at", _Moment(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", _Moment(), nullable=True),
        _key("meeting_minutes", "meeting_id", "meeting"),
        _key("meeting_minutes", "published_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_minutes")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_meeting_minutes_meeting_id_number")
        ),
    )
    op.create_table(
        "meeting_minutes_line",
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _Text(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("stance", _Text(length=10), nullable=False),
        sa.Column("place", _Text(length=160), nullable=False),
        sa.Column("name", _Text(length=80), nullable=False),
        _key("meeting_minutes_line", "minutes_id", "meeting_minutes"),
        _key("meeting_minutes_line", "item_id", "meeting_item"),
        sa.PrimaryKeyConstraint("minutes_id", "line_id", name=op.f("pk_meeting_minutes_line")),
    )
    _index("meeting_minutes_line", "line_id")
    op.create_table(
        "meeting_handed_line",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        _key("meeting_handed_line", "meeting_id", "meeting"),
        _key("meeting_handed_line", "entry_id", "intake_entry", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_meeting_handed_line")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_meeting_handed_line_entry_id")),
    )
    _index("meeting_handed_line", "meeting_id")


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column])


def _key(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **more)
