"""search

Why: everything public can be searched; exports read the comments of a consultation in order.
How to go back: `downgrade` drops the index of words, which the minute's work makes anew from the
events.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "search"
down_revision = "moderation"
branch_labels = None
depends_on = None

FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5
(title, body, stems, tokenize = 'unicode61 remove_diacritics 2')
"""
TSVECTOR = """
CREATE TABLE search_words (entry_id integer PRIMARY KEY
REFERENCES search_entry (id) ON DELETE CASCADE, words tsvector NOT NULL)
"""


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint(
            "subject_id", "kind", "place", name=op.f("uq_search_entry_subject_id_kind_place")
        ),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_kind"), ["kind"], unique=False)
    op.create_table(
        "search_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_mark")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5)
    else:
        op.execute(TSVECTOR)
        op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")
    op.create_index(
        "ix_comment_export", "comment", ["subject_kind", "subject_id", "written_at", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_comment_export", "comment")
    op.execute("DROP TABLE search_words")
    op.drop_table("search_mark")
    op.drop_table("search_entry")
