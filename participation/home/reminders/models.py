"""Tables: on which days reminders went round, and who was told what."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row


class ReminderRound(Row, table=True):
    """A day on which everybody was reminded: there is one round on each day."""

    __tablename__ = "reminder_round"

    day: date = Field(primary_key=True)


class Reminder(Row, table=True):
    """One person was told of one stage of one thing; never again of the same."""

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    about: str = Field(primary_key=True, max_length=60)
    stage: str = Field(primary_key=True, max_length=30)
    day: date = Field(index=True)
