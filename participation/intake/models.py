"""Tables: the codes of printed forms, batches, and the entries typed into them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class IntakeCode(Row, table=True):
    """A code that was given out; `series` are the forms printed at one time, if it was printed."""

    __tablename__ = "intake_code"

    code: str = Field(primary_key=True, max_length=12)
    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    series: UUID | None = Field(default=None, index=True)
    made_by: UUID = Field(foreign_key="account.id")
    made_at: datetime


class IntakeBatch(Row, table=True):
    """One pile of papers, one list of messages, one meeting: typed together, checked together.

    Its clauses are those of the draft's version `edition`. `handed_at`: since then a second person
    may check it.
    """

    __tablename__ = "intake_batch"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    edition: int
    source: str = Field(max_length=10)
    title: str = Field(max_length=120)
    received_on: date
    opened_by: UUID = Field(foreign_key="account.id")
    opened_at: datetime
    handed_at: datetime | None = None


class IntakeEntry(Row, table=True):
    """What one person said, as it was typed; an empty `name` means: not to be named.

    `revision` grows with each change, so that nobody confirms words they have not seen. `typed_by`
    is whoever typed the words as they are now. Once published, name and words are empty here: they
    live in the comment alone, where its author's rights reach them.
    """

    __tablename__ = "intake_entry"
    __table_args__ = (UniqueConstraint("batch_id", "form_key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    batch_id: UUID = Field(foreign_key="intake_batch.id", index=True)
    number: int
    code: str = Field(foreign_key="intake_code.code", max_length=12, index=True)
    place: str = Field(max_length=160)
    stance: str = Field(max_length=10)
    body: str
    name: str = Field(max_length=80)
    received_on: date
    state: str = Field(max_length=10, index=True)
    revision: int = 1
    typed_by: UUID = Field(foreign_key="account.id")
    typed_at: datetime
    checked_by: UUID | None = Field(default=None, foreign_key="account.id")
    checked_at: datetime | None = None
    reason: str = ""
    comment_id: UUID | None = Field(default=None, foreign_key="comment.id", unique=True)
    form_key: str = Field(max_length=64)
