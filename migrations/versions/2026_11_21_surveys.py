"""surveys

Why: residents answer a few questions beside a draft, one sheet for each person.
How to go back: `downgrade` drops these tables with every answer; publish and export results first.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "surveys"
down_revision = "notices"
branch_labels = None
depends_on = None

_Text = sqlmodel.sql.sqltypes.AutoString
_Moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", _Text(length=80), nullable=False),
        sa.Column("title", _Text(length=160), nullable=False),
        sa.Column("about", _Text(), nullable=False),
        sa.Column("office", _Text(length=120), nullable=False),
        sa.Column("subject_kind", _Text(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("state", _Text(length=10), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", _Moment(), nullable=False),
        sa.Column("opened_at", _Moment(), nullable=True),
        sa.Column("closed_at", _Moment(), nullable=True),
        sa.Column("published_at", _Moment(), nullable=True),
        sa.Column("sheet_count", sa.Integer(), nullable=False),
        _key("survey", "created_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("slug", name=op.f("uq_survey_slug")),
    )
    _index("survey", "state", "opened_at")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index("ix_survey_subject", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "survey_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _Text(length=10), nullable=False),
        sa.Column("wording", _Text(length=300), nullable=False),
        sa.Column("explanation", _Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("low", _Text(length=120), nullable=False),
        sa.Column("high", _Text(length=120), nullable=False),
        sa.Column("only_if_id", sa.Uuid(), nullable=True),
        sa.Column("only_if_choice", sa.Integer(), nullable=False),
        _key("survey_question", "survey_id", "survey"),
        _key("survey_question", "only_if_id", "survey_question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
    )
    _index("survey_question", "survey_id")
    _create_sheets()
    _create_counts()


def _create_sheets() -> None:
    op.create_table(
        "survey_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", _Moment(), nullable=False),
        sa.Column("changed_at", _Moment(), nullable=False),
        sa.Column("form_key", _Text(length=64), nullable=False),
        _key("survey_sheet", "survey_id", "survey"),
        _key("survey_sheet", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_sheet")),
        sa.UniqueConstraint(
            "survey_id", "account_id", name=op.f("uq_survey_sheet_survey_id_account_id")
        ),
    )
    _index("survey_sheet", "account_id")
    op.create_table(
        "survey_answer",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        _key("survey_answer", "sheet_id", "survey_sheet", ondelete="CASCADE"),
        _key("survey_answer", "question_id", "survey_question"),
        sa.PrimaryKeyConstraint(
            "sheet_id", "question_id", "row", "choice", name=op.f("pk_survey_answer")
        ),
    )
    _index("survey_answer", "question_id")
    op.create_table(
        "survey_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("body", _Text(), nullable=False),
        sa.Column("released_at", _Moment(), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        _key("survey_text", "sheet_id", "survey_sheet", ondelete="CASCADE"),
        _key("survey_text", "question_id", "survey_question"),
        _key("survey_text", "released_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_text")),
        sa.UniqueConstraint(
            "sheet_id", "question_id", name=op.f("uq_survey_text_sheet_id_question_id")
        ),
    )
    with op.batch_alter_table("survey_text", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_text_release", ["question_id", "released_at"], unique=False
        )


def _create_counts() -> None:
    op.create_table(
        "survey_tally",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _key("survey_tally", "question_id", "survey_question"),
        sa.PrimaryKeyConstraint("question_id", "row", "choice", name=op.f("pk_survey_tally")),
    )
    op.create_table(
        "survey_draft",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", _Moment(), nullable=False),
        _key("survey_draft", "survey_id", "survey"),
        _key("survey_draft", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("survey_id", "account_id", name=op.f("pk_survey_draft")),
    )


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
        "survey_draft",
        "survey_tally",
        "survey_text",
        "survey_answer",
        "survey_sheet",
        "survey_question",
        "survey",
    ):
        op.drop_table(table)
