"""Table: whom a reply addresses."""

from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row


class Mention(Row, table=True):
    """A reply addresses somebody; `said_id` is what they said in the same thread."""

    __tablename__ = "comment_mention"

    comment_id: UUID = Field(foreign_key="comment.id", primary_key=True, ondelete="CASCADE")
    account_id: UUID = Field(
        foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE"
    )
    said_id: UUID = Field(foreign_key="comment.id", ondelete="CASCADE")
