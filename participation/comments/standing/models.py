"""Tables: comments whose words are withheld, and who agrees with which comment."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row


class Withholding(Row, table=True):
    """Why and since when the words of a comment are not shown.

    They lie here in `body` and nowhere else (the comment's own text is empty), so that no list,
    search or export can show them by mistake. A withdrawn comment's words are gone for good.
    `rule`, `reason` and `appeal_until` belong to removals. Once an appeal came `appeal_until` is
    empty, and `decide_by` is set until it is decided.
    """

    __tablename__ = "comment_withheld"

    comment_id: UUID = Field(foreign_key="comment.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(max_length=10, index=True)
    rule: str = Field(default="", max_length=20)
    reason: str = ""
    body: str = ""
    at: datetime
    appeal_until: datetime | None = None
    decide_by: datetime | None = None


class Agreement(Row, table=True):
    """One person agrees with one comment; `comment.agreements` counts these rows."""

    __tablename__ = "comment_agreement"

    comment_id: UUID = Field(foreign_key="comment.id", primary_key=True, ondelete="CASCADE")
    account_id: UUID = Field(
        foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE"
    )
    at: datetime
