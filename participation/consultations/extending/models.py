"""The table of moved days."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from participation.consultations.rules import Calendar
from participation.core.db import Row
from participation.core.ids import new_id


class Extension(Row, table=True):
    """One act by which announced days moved: what they were, what they became, and why."""

    __tablename__ = "consultation_extension"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    at: datetime
    by: UUID = Field(foreign_key="account.id")
    reason: str
    old_opens_on: date
    old_closes_on: date
    old_answers_by: date
    old_decides_by: date
    new_opens_on: date
    new_closes_on: date
    new_answers_by: date
    new_decides_by: date

    @property
    def old(self) -> Calendar:
        """The days before."""
        return Calendar(
            self.old_opens_on, self.old_closes_on, self.old_answers_by, self.old_decides_by
        )

    @property
    def new(self) -> Calendar:
        """The days since."""
        return Calendar(
            self.new_opens_on, self.new_closes_on, self.new_answers_by, self.new_decides_by
        )
