"""The tables of elections.

No column, key or time joins a check-in with a ballot: the two sides share only the election they
belong to. Tables that are filled in order of arrival have no row numbers on SQLite
(`WITHOUT ROWID`), and their rows are written anew, sorted, when an epoch ends; see
`ballots.store.database` for what else could remember the order.
"""

from typing import Any

from sqlalchemy import BigInteger, Index, Table, UniqueConstraint, true
from sqlmodel import Field, SQLModel

NO_ROWID = {"sqlite_with_rowid": False}


def _key(**more: Any) -> Any:
    return Field(primary_key=True, **more)


def _election() -> Any:
    return Field(primary_key=True, foreign_key="election.id")


class ElectionRow(SQLModel, table=True):
    """One election, from its draft on. `state` is a word of `ballots.services.elections.State`.

    `box_origin`: where the ballot box answers, if it stands apart; the log of ballots here is then
    a copy.
    """

    __tablename__ = "election"
    __table_args__ = (
        UniqueConstraint("eid0", name="uq_election_eid0"),
        UniqueConstraint("eid", name="uq_election_eid"),
    )

    id: int | None = Field(default=None, primary_key=True)
    eid0: bytes
    eid: bytes | None = None
    state: str
    check_in_closed: bool = False
    draft: bytes
    manifest: bytes | None = None
    result: bytes | None = None
    statuses: bytes | None = None
    box_origin: str = Field(default="", sa_column_kwargs={"server_default": ""})


class AttachmentRow(SQLModel, table=True):
    """A longer text that the draft names."""

    __tablename__ = "election_attachment"

    election: int = _election()
    name: str = _key()
    content: bytes


class LogHeadRow(SQLModel, table=True):
    """Where a log stands: entries so far, epochs ended so far.

    `epoch_began` is when the last epoch ended, in whole seconds: one time a log, written over,
    never a ballot's. `unscrubbed`: an epoch ended and the journals still remember its arrivals.
    """

    __tablename__ = "log_head"

    election: int = _election()
    log: str = _key()
    size: int
    epochs: int
    epoch_began: int = Field(sa_type=BigInteger)
    unscrubbed: bool = False


class LogEntryRow(SQLModel, table=True):
    """An entry of a log: `entry` is previous leaf hash and payload, `place` its index."""

    __tablename__ = "log_entry"
    __table_args__ = NO_ROWID

    election: int = _election()
    log: str = _key()
    place: int = _key()
    leaf_hash: bytes
    entry: bytes


class TreeHashRow(SQLModel, table=True):
    """The root of a full tile: of leaves place * 256^level up to (place + 1) * 256^level.

    Level 0 is `log_entry.leaf_hash`; here stand levels 1 and up.
    """

    __tablename__ = "tree_hash"
    __table_args__ = NO_ROWID

    election: int = _election()
    log: str = _key()
    level: int = _key()
    place: int = _key()
    hash: bytes


class CheckpointRow(SQLModel, table=True):
    """A checkpoint, as the signed note's bytes.

    Until it `is_published` it bears the log's signature alone and waits for witnesses.
    """

    __tablename__ = "checkpoint"

    election: int = _election()
    log: str = _key()
    size: int = _key()
    note: bytes
    is_published: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class CosignatureRow(SQLModel, table=True):
    """A witness's line under a checkpoint; `witness` is its number in the draft, from 1."""

    __tablename__ = "cosignature"

    election: int = _election()
    log: str = _key()
    size: int = _key()
    witness: int = _key()
    line: bytes


class WatchedLogRow(SQLModel, table=True):
    """The largest checkpoint that a witness here has cosigned of a log, by the log's origin.

    `vkey` is the log's verifier key, `seen_at` in whole seconds since 1970.
    """

    __tablename__ = "watched_log"

    origin: str = _key()
    vkey: str
    size: int = Field(sa_type=BigInteger)
    root: bytes
    note: bytes
    seen_at: int = Field(sa_type=BigInteger)


class RollRow(SQLModel, table=True):
    """A row of the roll. `voter_id` and `salt` never leave the database and can be erased.

    `passkeys`: the 32-byte commitments, joined. `struck`: a roll note says that it is wrong.
    """

    __tablename__ = "roll_row"
    __table_args__ = (UniqueConstraint("election", "voter_id", name="uq_roll_row_voter_id"),)

    election: int = _election()
    row: int = _key()
    commitment: bytes
    style: int
    passkeys: bytes
    voter_id: str | None = None
    salt: bytes | None = None
    struck: bool = False


class CheckInRow(SQLModel, table=True):
    """The one check-in of a row: its kind, what was asked (`ask`, 32 bytes), its payload.

    `epoch` is the promised one; `place` the index in the log, empty while it waits.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_place", "election", "place"),
        NO_ROWID,
    )

    election: int = _election()
    row: int = _key()
    kind: int
    ask: bytes
    payload: bytes
    epoch: int
    place: int | None = None


class IssueRow(SQLModel, table=True):
    """One registrar's blind signature (384 bytes) for the check-in of a row."""

    __tablename__ = "issue"
    __table_args__ = (
        Index("ix_issue_place", "election", "place"),
        NO_ROWID,
    )

    election: int = _election()
    row: int = _key()
    registrar: int = _key()
    signature: bytes
    epoch: int
    place: int | None = None


class WaitingBallotRow(SQLModel, table=True):
    """A ballot that waits for its epoch's end, found by its payload's hash alone."""

    __tablename__ = "waiting_ballot"
    __table_args__ = NO_ROWID

    election: int = _election()
    hash: bytes = _key()
    payload: bytes


class BallotKeyRow(SQLModel, table=True):
    """Which ballot a ballot key cast as number `seq`: one, whatever else goes wrong.

    `hash` is the payload's; `epoch` the promised one; `place` the index in the log, empty while
    the ballot waits.
    """

    __tablename__ = "ballot_key"
    __table_args__ = (
        UniqueConstraint("election", "hash", name="uq_ballot_key_hash"),
        NO_ROWID,
    )

    election: int = _election()
    bk: bytes = _key()
    seq: int = _key()
    hash: bytes
    epoch: int
    place: int | None = None


class SecretRow(SQLModel, table=True):
    """A private key at rest: 12-byte nonce and AES-256-GCM ciphertext, bound to its name."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    ciphertext: bytes


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


election = _table(ElectionRow)
attachment = _table(AttachmentRow)
log_head = _table(LogHeadRow)
log_entry = _table(LogEntryRow)
tree_hash = _table(TreeHashRow)
checkpoint = _table(CheckpointRow)
cosignature = _table(CosignatureRow)
watched_log = _table(WatchedLogRow)
roll_row = _table(RollRow)
check_in = _table(CheckInRow)
issue = _table(IssueRow)
waiting_ballot = _table(WaitingBallotRow)
ballot_key = _table(BallotKeyRow)
secret = _table(SecretRow)

TABLES = (
    election, attachment, log_head, log_entry, tree_hash, checkpoint, cosignature, watched_log,
    roll_row, check_in, issue, waiting_ballot, ballot_key, secret,
)  # fmt: skip
"""Every table of this floor, parents first."""
