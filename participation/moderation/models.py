"""Tables: flags, the acts that the public log shows, appeals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Flag(Row, table=True):
    """One person says that a comment breaks a rule; settled once a moderator has decided."""

    __tablename__ = "comment_flag"
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    comment_id: UUID = Field(foreign_key="comment.id", ondelete="CASCADE")
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    rule: str = Field(max_length=20)
    body: str = ""
    at: datetime = Field(index=True)
    settled_at: datetime | None = Field(default=None, index=True)


class ModerationAct(Row, table=True):
    """One act of a moderator, as the public log shows it, without the words it was about.

    `citation` is how the clause was cited on the day. `waited_seconds` is how long the first flag,
    the held comment or the appeal had waited for it; empty where nobody waited.
    """

    __tablename__ = "moderation_act"
    __table_args__ = (Index("ix_moderation_act_page", "at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=10)
    rule: str = Field(default="", max_length=20)
    reason: str = ""
    comment_id: UUID = Field(foreign_key="comment.id", index=True, ondelete="CASCADE")
    consultation_id: UUID = Field(foreign_key="consultation.id")
    place: str = Field(max_length=160)
    citation: str = Field(max_length=160)
    moderator_id: UUID = Field(foreign_key="account.id", index=True)
    at: datetime
    waited_seconds: int | None = None


class Appeal(Row, table=True):
    """What an author says against the removal of a comment, and what another moderator decided.

    One for each removal.
    """

    __tablename__ = "moderation_appeal"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    act_id: UUID = Field(foreign_key="moderation_act.id", unique=True, ondelete="CASCADE")
    comment_id: UUID = Field(foreign_key="comment.id", index=True, ondelete="CASCADE")
    removed_by: UUID = Field(foreign_key="account.id", index=True)
    body: str
    made_at: datetime = Field(index=True)
    due_at: datetime
    decided_at: datetime | None = Field(default=None, index=True)
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    outcome: str = Field(default="", max_length=10)
