"""files beside drafts, plain words, glossaries, moved days

Why: a consultation tells more than its text, and announced days move by an act with a reason.
How to go back: `downgrade` drops these tables and all that is in them; the files stay in `var`.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "explanations"
down_revision = "threads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation_extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("old_opens_on", sa.Date(), nullable=False),
        sa.Column("old_closes_on", sa.Date(), nullable=False),
        sa.Column("old_answers_by", sa.Date(), nullable=False),
        sa.Column("old_decides_by", sa.Date(), nullable=False),
        sa.Column("new_opens_on", sa.Date(), nullable=False),
        sa.Column("new_closes_on", sa.Date(), nullable=False),
        sa.Column("new_answers_by", sa.Date(), nullable=False),
        sa.Column("new_decides_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["account.id"], name=op.f("fk_consultation_extension_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_extension_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_extension")),
    )
    with op.batch_alter_table("consultation_extension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_extension_consultation_id"),
            ["consultation_id"],
            unique=False,
        )

    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("purpose", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("removal_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_attachment_added_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_attachment_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["account.id"], name=op.f("fk_attachment_removed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "plain_words",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("clause_id", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("wording_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_plain_words_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_plain_words_written_by_account")
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "clause_id", "edition", name=op.f("pk_plain_words")
        ),
    )
    op.create_table(
        "added_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_added_term_added_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_added_term_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_term")),
        sa.UniqueConstraint(
            "consultation_id", "name", name=op.f("uq_added_term_consultation_id_name")
        ),
    )
    op.create_table(
        "draft_glossary",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_glossary_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_draft_glossary")),
    )
    op.create_table(
        "clause_marks",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_clause_marks_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_clause_marks")),
    )


def downgrade() -> None:
    op.drop_table("clause_marks")
    op.drop_table("draft_glossary")
    op.drop_table("added_term")
    op.drop_table("plain_words")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))
        batch_op.drop_index(batch_op.f("ix_attachment_consultation_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("consultation_extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_extension_consultation_id"))

    op.drop_table("consultation_extension")
