"""Tables: meetings, their agenda, who will come, and every version of their minutes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Meeting(Row, table=True):
    """A meeting about one consultation.

    `revision` rises with each change after the announcement, for calendars (RFC 5545, SEQUENCE).
    `expected` is how many wanted to come; it is kept when who they were is forgotten.
    """

    __table_args__ = (Index("ix_meeting_begins_at", "begins_at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    slug: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=120)
    about: str
    place: str = Field(max_length=120)
    address: str = Field(max_length=240)
    link: str = Field(max_length=500)
    access: str
    begins_at: datetime
    ends_at: datetime
    state: str = Field(max_length=10, index=True)
    revision: int = 0
    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime
    announced_at: datetime | None = None
    changed_at: datetime
    cancelled_because: str = ""
    minuted_at: datetime | None = Field(default=None, index=True)
    expected: int | None = None


class AgendaItem(Row, table=True):
    """One item of an agenda, `minutes` long; `place` is the clause it is about, empty for none."""

    __tablename__ = "meeting_item"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True, ondelete="CASCADE")
    position: int
    title: str = Field(max_length=160)
    place: str = Field(default="", max_length=160)
    minutes: int


class Coming(Row, table=True):
    """One person says that they will come. Nobody is shown who, and it is forgotten afterwards."""

    __tablename__ = "meeting_coming"

    meeting_id: UUID = Field(foreign_key="meeting.id", primary_key=True, ondelete="CASCADE")
    account_id: UUID = Field(
        foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE"
    )
    at: datetime


class Minutes(Row, table=True):
    """One version of the minutes of a meeting. Once `published_at` is set, its lines stay.

    `reason` says why a later version came; the first has none. `groups` are free words on who came.
    """

    __tablename__ = "meeting_minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id")
    number: int
    came: int | None = None
    groups: str = ""
    reason: str = ""
    begun_at: datetime
    published_by: UUID | None = Field(default=None, foreign_key="account.id")
    published_at: datetime | None = None


class MinutesLine(Row, table=True):
    """One line of one version: the summary of an item, or what somebody said.

    `line_id` is the same in every version. `name` is how the speaker wished to be named, empty for
    nobody; taking it out later is the one change that reaches published versions too.
    """

    __tablename__ = "meeting_minutes_line"

    minutes_id: UUID = Field(foreign_key="meeting_minutes.id", primary_key=True)
    line_id: UUID = Field(default_factory=new_id, primary_key=True, index=True)
    item_id: UUID = Field(foreign_key="meeting_item.id")
    kind: str = Field(max_length=8)
    position: int
    body: str
    stance: str = Field(default="", max_length=10)
    place: str = Field(default="", max_length=160)
    name: str = Field(default="", max_length=80)


class HandedLine(Row, table=True):
    """Something said that was handed over to a second person, to become a contribution."""

    __tablename__ = "meeting_handed_line"

    line_id: UUID = Field(primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    entry_id: UUID = Field(foreign_key="intake_entry.id", unique=True, ondelete="CASCADE")
