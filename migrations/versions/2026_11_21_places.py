"""places

Why: areas with their official codes, topics and organisations; consultations bear them, residents
choose their own area.
How to go back: `downgrade` drops these tables. Consultations and accounts stay as they are.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "places"
down_revision = "explanations"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime
_TABLES = (
    "area",
    "account_area",
    "topic",
    "organisation",
    "organisation_officer",
    "consultation_area",
    "consultation_topic",
    "consultation_organisation",
)


def upgrade() -> None:
    _create_areas()
    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", _Text(length=80), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )
    _create_organisations()
    _create_links()


def _create_areas() -> None:
    op.create_table(
        "area",
        sa.Column("code", _Text(length=13), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", _Text(length=120), nullable=False),
        sa.Column("parent", _Text(length=13), nullable=True),
        _key("area", "parent", "area", to_column="code"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
        sa.UniqueConstraint("id", name=op.f("uq_area_id")),
    )
    _index("area", "parent")
    op.create_table(
        "account_area",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", _Text(length=13), nullable=False),
        _key("account_area", "account_id", "account", ondelete="CASCADE"),
        _key("account_area", "area_code", "area", to_column="code"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_area")),
    )
    _index("account_area", "area_code")


def _create_organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", _Text(length=80), nullable=False),
        sa.Column("name", _Text(length=120), nullable=False),
        sa.Column("area_code", _Text(length=13), nullable=True),
        sa.Column("contact", _Text(), nullable=False),
        sa.Column("created_at", _Moment(), nullable=False),
        _key("organisation", "area_code", "area", to_column="code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    _index("organisation", "area_code")
    op.create_table(
        "organisation_officer",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _key("organisation_officer", "organisation_id", "organisation", ondelete="CASCADE"),
        _key("organisation_officer", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "organisation_id", "account_id", name=op.f("pk_organisation_officer")
        ),
    )
    _index("organisation_officer", "account_id")


def _create_links() -> None:
    op.create_table(
        "consultation_area",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", _Text(length=13), nullable=False),
        _key("consultation_area", "consultation_id", "consultation"),
        _key("consultation_area", "area_code", "area", to_column="code"),
        sa.PrimaryKeyConstraint("consultation_id", "area_code", name=op.f("pk_consultation_area")),
    )
    _index("consultation_area", "area_code")
    op.create_table(
        "consultation_topic",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        _key("consultation_topic", "consultation_id", "consultation"),
        _key("consultation_topic", "topic_id", "topic"),
        sa.PrimaryKeyConstraint("consultation_id", "topic_id", name=op.f("pk_consultation_topic")),
    )
    _index("consultation_topic", "topic_id")
    op.create_table(
        "consultation_organisation",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        _key("consultation_organisation", "consultation_id", "consultation"),
        _key("consultation_organisation", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultation_organisation")),
    )
    _index("consultation_organisation", "organisation_id")


def _key(
    table: str, column: str, to: str, *, to_column: str = "id", ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{to_column}"], name=name, ondelete=ondelete)


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
