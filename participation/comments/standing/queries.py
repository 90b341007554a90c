"""Reads: whether a comment is shown, who agrees, how much somebody wrote lately."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.standing.models import Agreement, Withholding
from participation.comments.standing.rules import Withheld


def is_shown() -> ColumnElement[bool]:
    """The condition that the words of a comment are not withheld."""
    same = col(Withholding.comment_id) == col(Comment.id)
    return ~select(col(Withholding.comment_id)).where(same).correlate(Comment).exists()


def withholding(session: Session, comment_id: UUID) -> Withholding | None:
    """Why a comment is withheld, if it is."""
    return session.get(Withholding, comment_id)


def withheld(session: Session, comment_id: UUID) -> Withheld | None:
    """In which way a comment is withheld, if it is."""
    found = withholding(session, comment_id)
    return Withheld(found.kind) if found else None


def agreed_with(
    session: Session, account_id: UUID, comment_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Which of these comments somebody agrees with: one query."""
    found = session.scalars(
        select(col(Agreement.comment_id)).where(
            col(Agreement.account_id) == account_id, col(Agreement.comment_id).in_(comment_ids)
        )
    )
    return frozenset(found)


def pace(session: Session, author_id: UUID, since: datetime) -> tuple[int, datetime | None]:
    """How many comments and replies somebody wrote since a moment, and when the oldest of them."""
    count, first_at = session.execute(
        select(func.count(), func.min(Comment.written_at)).where(
            col(Comment.author_id) == author_id, col(Comment.written_at) > since
        )
    ).one()
    return count, first_at
