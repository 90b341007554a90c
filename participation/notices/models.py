"""Tables: who follows what, what people were told, how often they want mail.

A notice names what it is about by kind, id and place and holds no words of anybody, so that what
is removed or erased later is told to nobody.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, false
from sqlmodel import Field

from participation.core.db import Row


class Follow(Row, table=True):
    """One person follows one thing, or `is_stopped` hearing of a comment of their own.

    `place` is a clause of a consultation, empty for the whole.
    """

    __table_args__ = (Index("ix_follow_subject", "kind", "subject_id"),)

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(primary_key=True, max_length=20)
    subject_id: UUID = Field(primary_key=True)
    place: str = Field(default="", primary_key=True, max_length=160)
    since: datetime
    is_stopped: bool = False


class Notice(Row, table=True):
    """One person is told once of one cause: mostly the id of an event.

    `number` is a version, or how many clauses besides `place`. `mail_due_at` is when the letter
    that holds it is due; empty once it was written, or when none is wanted. `is_pushed`: devices
    were told, or it is older than they.
    """

    __table_args__ = (
        Index("ix_notice_page", "account_id", "is_read", "at", "cause_id"),
        Index("ix_notice_kept", "is_read", "at"),
    )

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    cause_id: UUID = Field(primary_key=True)
    kind: str = Field(max_length=20)
    subject_kind: str = Field(max_length=20)
    subject_id: UUID
    place: str = Field(default="", max_length=160)
    number: int = 0
    at: datetime
    is_read: bool = False
    is_pushed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    mail_due_at: datetime | None = Field(default=None, index=True)


class NoticeSetting(Row, table=True):
    """How often somebody wants mail; who never chose has no row."""

    __tablename__ = "notice_setting"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    rhythm: str = Field(max_length=10)
    answers_at_once: bool


class NoticeHeard(Row, table=True):
    """A cause that has been dealt with; kept as long as it could be met again."""

    __tablename__ = "notice_heard"

    cause_id: UUID = Field(primary_key=True)
    at: datetime = Field(index=True)


class NoticeMark(Row, table=True):
    """How far events were heard: one row. Nothing before `begun_at` is told to anybody."""

    __tablename__ = "notice_mark"

    id: int = Field(default=1, primary_key=True)
    begun_at: datetime
    at: datetime
