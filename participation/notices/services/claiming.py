"""Letters that are due: claimed and written in one transaction, so that none is lost or doubled."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from participation.notices.models import Notice

MOST_LETTERS = 500
"""More wait for the next minute: SQLite has one writer, who must not be kept waiting for long."""


def claim(session: Session, now: datetime) -> list[Notice]:
    """What is due for some people, whole for each of them, as not due any more.

    Only those who have news are looked at. Whoever claims at the same moment gets nothing of it.
    """
    is_due = col(Notice.mail_due_at) <= now
    people = session.scalars(
        select(col(Notice.account_id)).where(is_due).distinct().limit(MOST_LETTERS)
    ).all()
    if not people:
        return []
    claimed = session.scalars(
        update(Notice)
        .where(col(Notice.account_id).in_(people), is_due)
        .values(mail_due_at=None)
        .returning(Notice)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return list(claimed)
