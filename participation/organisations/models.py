"""Tables: organisations, and which officers belong to them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Organisation(Row, table=True):
    """An office that drafts, hears and answers; `contact` is how to reach it, in its own words."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=120)
    area_code: str | None = Field(default=None, foreign_key="area.code", index=True, max_length=13)
    contact: str
    created_at: datetime


class OrganisationOfficer(Row, table=True):
    """An officer of an organisation; one person may work for several."""

    __tablename__ = "organisation_officer"

    organisation_id: UUID = Field(
        foreign_key="organisation.id", primary_key=True, ondelete="CASCADE"
    )
    account_id: UUID = Field(
        foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE"
    )
