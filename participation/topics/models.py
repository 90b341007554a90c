"""Table: topics."""

from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Topic(Row, table=True):
    """What consultations can be about; `names` is language code → words, the slug stays."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    names: dict[str, str] = Field(sa_type=JSON)
