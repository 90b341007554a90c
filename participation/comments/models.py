"""Tables: comments with their replies, and official answers.

A comment points at its subject by kind, id and place only. What the subject is and where it is
shown, only the feature above knows.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Answer(Row, table=True):
    """What the office says to one comment or to many alike, signed with name and office.

    Name and office are kept as they were on the day: people change posts. So is `citation`, how the
    clause `place` was cited that changed because of it (both empty when none did). Answers from
    before there were reasons have none.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    author_id: UUID = Field(foreign_key="account.id", index=True)
    name: str = Field(max_length=80)
    office: str = Field(max_length=120)
    body: str
    reason: str | None = Field(default=None, max_length=20)
    place: str = Field(default="", max_length=160)
    citation: str = Field(default="", max_length=160)
    written_at: datetime


class Comment(Row, table=True):
    """A contribution to a passage, or a reply to one.

    A reply belongs to the thread of a first comment (`thread_id`) and has no stance. `form_key`
    makes sending the same form twice one comment. `assignee_id` is the officer who considers it
    since `considered_at`. The body of a withheld comment is empty (see `standing`).

    `source` is a word of `rules.Source` where it came in another way than through the site, and
    `received_on` the day on which the office received it; then nobody can sign in as its author.
    """

    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        CheckConstraint(
            "(considered_at IS NULL) = (assignee_id IS NULL)", name="considered_by_somebody"
        ),
        CheckConstraint("(thread_id IS NULL) = (stance IS NOT NULL)", name="stance_or_thread"),
        CheckConstraint("(source = '') = (received_on IS NULL)", name="received_from_somewhere"),
        Index("ix_comment_page", "subject_kind", "subject_id", "place", "thread_id", "written_at"),
        # Holds all that counting looks at, so that counting reads no words.
        Index(
            "ix_comment_count",
            "subject_kind",
            "subject_id",
            "thread_id",
            "place",
            "stance",
            "answer_id",
            "considered_at",
            "id",
        ),
        Index("ix_comment_waiting", "subject_kind", "subject_id", "answer_id", "written_at"),
        Index("ix_comment_export", "subject_kind", "subject_id", "written_at", "id"),
        Index("ix_comment_replies", "thread_id", "written_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    subject_kind: str = Field(max_length=20)
    subject_id: UUID
    place: str = Field(max_length=160)
    edition: int
    author_id: UUID = Field(foreign_key="account.id", index=True)
    thread_id: UUID | None = Field(default=None, foreign_key="comment.id")
    reply_to_id: UUID | None = Field(default=None, foreign_key="comment.id")
    stance: str | None = Field(default=None, max_length=10)
    body: str
    written_at: datetime
    edited_at: datetime | None = None
    considered_at: datetime | None = None
    assignee_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    answer_id: UUID | None = Field(default=None, foreign_key="answer.id", index=True)
    agreements: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    form_key: str = Field(max_length=64)
    source: str = Field(default="", max_length=10, sa_column_kwargs={"server_default": ""})
    received_on: date | None = None
