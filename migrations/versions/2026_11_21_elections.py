"""elections, logs, ballots

Why: the protocol's tables, which join no check-in with a ballot.
How to go back: `downgrade` drops these tables and all that is in them.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "elections"
down_revision = "votes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "election",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("eid0", sa.LargeBinary(), nullable=False),
        sa.Column("eid", sa.LargeBinary(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("check_in_closed", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("statuses", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("eid", name="uq_election_eid"),
        sa.UniqueConstraint("eid0", name="uq_election_eid0"),
    )
    op.create_table(
        "secret",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )
    op.create_table(
        "ballot_key",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("bk", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_ballot_key_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "bk", "seq", name=op.f("pk_ballot_key")),
        sa.UniqueConstraint("election", "hash", name="uq_ballot_key_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "check_in",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("ask", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_check_in_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "row", name=op.f("pk_check_in")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index("ix_check_in_place", ["election", "place"], unique=False)

    op.create_table(
        "checkpoint",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("log", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_checkpoint_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "log", "size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "election_attachment",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_election_attachment_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "name", name=op.f("pk_election_attachment")),
    )
    op.create_table(
        "issue",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("registrar", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_issue_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "row", "registrar", name=op.f("pk_issue")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index("ix_issue_place", ["election", "place"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("log", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_log_entry_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "log", "place", name=op.f("pk_log_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_head",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("log", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("epochs", sa.Integer(), nullable=False),
        sa.Column("epoch_began", sa.BigInteger(), nullable=False),
        sa.Column("unscrubbed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_log_head_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "log", name=op.f("pk_log_head")),
    )
    op.create_table(
        "roll_row",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("style", sa.Integer(), nullable=False),
        sa.Column("passkeys", sa.LargeBinary(), nullable=False),
        sa.Column("voter_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_roll_row_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "row", name=op.f("pk_roll_row")),
        sa.UniqueConstraint("election", "voter_id", name="uq_roll_row_voter_id"),
    )
    op.create_table(
        "tree_hash",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("log", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_tree_hash_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "log", "level", "place", name=op.f("pk_tree_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waiting_ballot",
        sa.Column("election", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election"], ["election.id"], name=op.f("fk_waiting_ballot_election_election")
        ),
        sa.PrimaryKeyConstraint("election", "hash", name=op.f("pk_waiting_ballot")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("waiting_ballot")
    op.drop_table("tree_hash")
    op.drop_table("roll_row")
    op.drop_table("log_head")
    op.drop_table("log_entry")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index("ix_issue_place")

    op.drop_table("issue")
    op.drop_table("election_attachment")
    op.drop_table("checkpoint")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_place")

    op.drop_table("check_in")
    op.drop_table("ballot_key")
    op.drop_table("secret")
    op.drop_table("election")
