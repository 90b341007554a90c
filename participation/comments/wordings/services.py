"""Acts: a wording is kept when a correction replaces it, and goes when the words must go."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.comments.wordings.models import Wording
from participation.comments.wordings.queries import number_of_wordings
from participation.comments.wordings.rules import check_number


def keep_wording(session: Session, comment_id: UUID, body: str, until: datetime) -> None:
    """Keeps what a comment said until now; raises `Conflict` after too many corrections."""
    check_number(number_of_wordings(session, comment_id))
    session.merge(Wording(comment_id=comment_id, until=until, body=body))
    session.flush()


def delete_wordings(session: Session, comment_id: UUID) -> None:
    """Deletes what a comment said before, for good: what it says now is taken away too."""
    session.execute(delete(Wording).where(col(Wording.comment_id) == comment_id))
