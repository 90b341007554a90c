"""Who will come: counted, never shown, forgotten after the meeting.

The events of these acts name no person: who wanted to come is nobody's business later.
"""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, Delete, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.core.access import READER, Actor
from participation.core.events import EventTag
from participation.meetings import queries
from participation.meetings.models import Coming, Meeting
from participation.meetings.queries import is_public
from participation.meetings.rules import check_coming
from participation.meetings.services.trace import record_act

_KEPT = timedelta(days=1)
"""So long after its end a meeting still knows who wanted to come."""


def come(session: Session, actor: Actor, found: Meeting, now: datetime) -> None:
    """Notes that the actor will come; once is enough. `Conflict` unless it is still to come."""
    check_coming(queries.stage(found, now))
    session.flush()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    table = Coming.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    row = {"meeting_id": found.id, "account_id": actor.id, "at": now}
    once = insert(table).values(**row).on_conflict_do_nothing().returning(table.c.meeting_id)
    if session.execute(once).one_or_none() is not None:
        record_act(session, EventTag.MEETINGS_COMING_SAY, READER, found, now)


def stay_away(session: Session, actor: Actor, found: Meeting, now: datetime) -> None:
    """Takes that back; a second time changes nothing. `Conflict` unless it is still to come."""
    check_coming(queries.stage(found, now))
    here = (col(Coming.meeting_id) == found.id, col(Coming.account_id) == actor.id)
    if _deleted(session, delete(Coming).where(*here)):
        record_act(session, EventTag.MEETINGS_COMING_WITHDRAW, READER, found, now)


def erase_attendance(session: Session, account_id: UUID) -> int:
    """Forgets where this person wanted to come; gives at how many meetings."""
    return _deleted(session, delete(Coming).where(col(Coming.account_id) == account_id))


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """The same for somebody who leaves the site."""
    erase_attendance(session, actor.id)


def forget_who_came(session: Session, now: datetime) -> int:
    """Keeps only the count of meetings that ended a day ago: work of the minute tick.

    Gives how many people were forgotten.
    """
    over = select(col(Meeting.id)).where(
        is_public(), col(Meeting.expected).is_(None), col(Meeting.ends_at) <= now - _KEPT
    )
    ids = list(session.scalars(over))
    if not ids:
        return 0
    counted = select(func.count()).where(col(Coming.meeting_id) == col(Meeting.id))
    session.execute(
        update(Meeting)
        .where(col(Meeting.id).in_(ids))
        .values(expected=counted.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    return _deleted(session, delete(Coming).where(col(Coming.meeting_id).in_(ids)))


def _deleted(session: Session, statement: Delete) -> int:
    return cast("CursorResult[tuple[()]]", session.execute(statement)).rowcount
