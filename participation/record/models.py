"""Tables: the log of each consultation, and what its entries are opened with.

Entries are never changed. What can be erased, salts and the words they open, stands in a table of
its own.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from participation.core.db import Row


def _consultation() -> UUID:
    found: UUID = Field(foreign_key="consultation.id", primary_key=True)
    return found


class RecordLog(Row, table=True):
    """The log of one consultation, and what its entries amount to so far.

    `origin` and `public_key` (Ed25519, 32 bytes) never change. `document` is what the log says
    that people were told, `phase` where it says the consultation stands, `versions` the highest
    number of a version in it.
    """

    __tablename__ = "record_log"

    consultation_id: UUID = _consultation()
    origin: str = Field(max_length=300, unique=True)
    public_key: bytes
    size: int
    document: bytes
    phase: str = Field(max_length=12)
    versions: int
    begun_at: datetime


class RecordEntry(Row, table=True):
    """An entry: the leaf hash of the one before and a payload; `place` is its index."""

    __tablename__ = "record_entry"

    consultation_id: UUID = _consultation()
    place: int = Field(primary_key=True)
    leaf_hash: bytes
    entry: bytes


class RecordTileHash(Row, table=True):
    """The root of a full tile on `level` 1 and up; level 0 is `record_entry.leaf_hash`."""

    __tablename__ = "record_tile_hash"

    consultation_id: UUID = _consultation()
    level: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    hash: bytes


class RecordCheckpoint(Row, table=True):
    """A signed checkpoint, as the note's bytes: never two of one size."""

    __tablename__ = "record_checkpoint"

    consultation_id: UUID = _consultation()
    size: int = Field(primary_key=True)
    note: bytes


class RecordedEvent(Row, table=True):
    """An event that has been dealt with, so that none is dealt with twice."""

    __tablename__ = "recorded_event"

    event_id: UUID = Field(primary_key=True)


class RecordContribution(Row, table=True):
    """A contribution in a log: `place` is the entry with its newest commitment.

    `state` is a word of `rules.State`; `thread_id` its own id for a first comment.
    """

    __tablename__ = "record_contribution"
    __table_args__ = (Index("ix_record_contribution_place", "consultation_id", "place"),)

    contribution_id: UUID = Field(primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id")
    thread_id: UUID
    place: int
    state: str = Field(max_length=12)
    is_answered: bool = False


class RecordOpening(Row, table=True):
    """What opens the newest commitment of a contribution, and the author's name in it.

    Deleting the row erases both from the record.
    """

    __tablename__ = "record_opening"

    contribution_id: UUID = Field(
        foreign_key="record_contribution.contribution_id", primary_key=True
    )
    salt: bytes
    content: bytes
    author_salt: bytes
    author: str = Field(max_length=120)


class RecordAnswer(Row, table=True):
    """An official answer as the log last named it; `place` is that entry."""

    __tablename__ = "record_answer"

    consultation_id: UUID = _consultation()
    answer_id: UUID = Field(primary_key=True)
    place: int
    content: bytes
