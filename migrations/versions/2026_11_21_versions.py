"""versions of drafts

Why: a draft gets new versions while people comment on it; what became of each clause is kept.
How to go back: `downgrade` drops the table; texts and comments stay, and of clauses that were
renumbered only the lasting ids tell what they were.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "versions"
down_revision = "desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_change",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("change", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("old_id", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("new_id", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_change_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_draft_change")),
    )


def downgrade() -> None:
    op.drop_table("draft_change")
