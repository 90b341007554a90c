"""Table: former wordings of comments."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row


class Wording(Row, table=True):
    """What a comment said until its author corrected it at `until`."""

    __tablename__ = "comment_wording"

    comment_id: UUID = Field(foreign_key="comment.id", primary_key=True, ondelete="CASCADE")
    until: datetime = Field(primary_key=True)
    body: str
