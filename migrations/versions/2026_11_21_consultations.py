"""consultations and their drafts

Why: drafts of regulations are put before the people.
How to go back: `downgrade` drops these tables and all that is in them.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "consultations"
down_revision = "comments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("office", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("decider", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answers_by", sa.Date(), nullable=False),
        sa.Column("decides_by", sa.Date(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("announced_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_consultation_created_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultation_slug")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_announced_at"), ["announced_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consultation_phase"), ["phase"], unique=False)

    op.create_table(
        "draft_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("opening", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("closing", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=False),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_draft_version_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["account.id"], name=op.f("fk_draft_version_imported_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_draft_version_published_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_draft_version_consultation_id_number")
        ),
    )
    op.create_table(
        "draft_chapter",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("citation", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("first_article", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("last_article", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_chapter_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "number", name=op.f("pk_draft_chapter")),
    )
    op.create_table(
        "draft_clause",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause_id", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("citation", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("indent", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "chapter"],
            ["draft_chapter.version_id", "draft_chapter.number"],
            name=op.f("fk_draft_clause_version_id_chapter_draft_chapter"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_clause_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_draft_clause")),
        sa.UniqueConstraint(
            "version_id", "clause_id", name=op.f("uq_draft_clause_version_id_clause_id")
        ),
    )
    with op.batch_alter_table("draft_clause", schema=None) as batch_op:
        batch_op.create_index(
            "ix_draft_clause_chapter", ["version_id", "chapter", "position"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("draft_clause", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_clause_chapter")

    op.drop_table("draft_clause")
    op.drop_table("draft_chapter")
    op.drop_table("draft_version")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_phase"))
        batch_op.drop_index(batch_op.f("ix_consultation_announced_at"))

    op.drop_table("consultation")
