"""Reads: what a comment said before."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.comments.wordings.models import Wording


def wordings(session: Session, comment_id: UUID) -> list[Wording]:
    """The former wordings of a comment, the earliest first."""
    former = select(Wording).where(col(Wording.comment_id) == comment_id)
    return list(session.scalars(former.order_by(col(Wording.until))))


def number_of_wordings(session: Session, comment_id: UUID) -> int:
    """How often a comment has been corrected."""
    counted = select(func.count()).where(col(Wording.comment_id) == comment_id)
    return session.scalars(counted).one()
