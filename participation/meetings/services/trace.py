"""The trace that each act leaves, and the change of state that two people cannot make at once."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from participation.core.access import Actor
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words
from participation.meetings.models import Meeting
from participation.meetings.rules import State

EVENT_SUBJECT = "meeting"


def record_act(
    session: Session,
    tag: EventTag,
    actor: Actor,
    found: Meeting,
    now: datetime,
    **more: Any,
) -> None:
    """Records one act on a meeting, with the consultation it is about and nobody's words."""
    details = {"consultation": str(found.consultation_id), **more}
    record(session, tag, at=now, actor=actor, subject=(EVENT_SUBJECT, found.id), details=details)


def move(session: Session, found: Meeting, target: State) -> None:
    """Changes the state unless somebody else has since it was read (`Conflict`)."""
    session.flush()
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(Meeting)
            .where(col(Meeting.id) == found.id, col(Meeting.state) == found.state)
            .values(state=target.value)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        message = words("Somebody else changed this meeting. Please open the page again.")
        raise Conflict("changed-meanwhile", message)
    session.refresh(found, ["state"])


def revise(session: Session, found: Meeting, now: datetime) -> None:
    """Counts a change that people who know of the meeting should see; drafts count nothing."""
    found.changed_at = now
    if found.announced_at is not None:
        found.revision += 1
    session.add(found)
    session.flush()
