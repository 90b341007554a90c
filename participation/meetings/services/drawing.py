"""A meeting from its first draft to its announcement, and away from it."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.rules import Phase
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict
from participation.core.events import EventTag
from participation.core.ids import new_public_id, slug
from participation.core.words import words
from participation.meetings import queries
from participation.meetings.models import AgendaItem, Meeting
from participation.meetings.rules import (
    Facts,
    Stage,
    State,
    check_agenda_fits,
    check_ahead,
    check_announcement,
    check_cancellation,
    check_changeable,
    check_facts,
)
from participation.meetings.services.trace import move, record_act, revise

_CODE_LENGTH = 5


def draw_up(
    session: Session, actor: Actor, about: Consultation, facts: Facts, now: datetime
) -> Meeting:
    """A new meeting that only the desk sees; raises `Invalid` for facts that cannot be told."""
    allows(actor, Permission.MEETINGS_MEETING_DRAFT)
    check_facts(facts, now)
    found = Meeting(
        consultation_id=about.id,
        slug=f"{slug(facts.title)}-{new_public_id(_CODE_LENGTH)}",
        begins_at=facts.span.begins_at,
        ends_at=facts.span.ends_at,
        state=State.DRAFT.value,
        created_by=actor.id,
        created_at=now,
        changed_at=now,
        title=facts.title,
        about=facts.about,
        place=facts.place,
        address=facts.address,
        link=facts.link,
        access=facts.access,
    )
    session.add(found)
    session.flush()
    record_act(session, EventTag.MEETINGS_MEETING_CREATE, actor, found, now)
    return found


def change(session: Session, actor: Actor, found: Meeting, facts: Facts, now: datetime) -> bool:
    """Changes what people are told; gives whether they must hear of it, for time or place moved.

    Raises `Conflict` once it has begun, `Invalid` for facts that cannot be told: a time in the
    past where it is announced, an agenda longer than the meeting.
    """
    allows(actor, Permission.MEETINGS_MEETING_DRAFT)
    check_changeable(queries.stage(found, now))
    check_facts(facts, now)
    if found.announced_at is not None:
        check_ahead(facts.span, now)
    lengths = [each.minutes for each in queries.agenda(session, found.id)]
    check_agenda_fits(facts.span, lengths, "ends_at")
    where_and_when = _where_and_when(found)
    for name in ("title", "about", "place", "address", "link", "access"):
        setattr(found, name, getattr(facts, name))
    found.begins_at, found.ends_at = facts.span.begins_at, facts.span.ends_at
    if session.is_modified(found):
        revise(session, found, now)
        record_act(session, EventTag.MEETINGS_MEETING_EDIT, actor, found, now)
    return found.announced_at is not None and where_and_when != _where_and_when(found)


def announce(
    session: Session, actor: Actor, found: Meeting, about: Consultation, now: datetime
) -> None:
    """Makes a meeting public; `Conflict` in the past, without agenda, or without public draft."""
    allows(actor, Permission.MEETINGS_MEETING_ANNOUNCE)
    items = len(queries.agenda(session, found.id))
    stage = queries.stage(found, now)
    check_announcement(stage, queries.span_of(found), Phase(about.phase), items, now)
    move(session, found, State.ANNOUNCED)
    found.announced_at = found.changed_at = now
    session.add(found)
    record_act(session, EventTag.MEETINGS_MEETING_ANNOUNCE, actor, found, now)


def cancel(session: Session, actor: Actor, found: Meeting, reason: str, now: datetime) -> None:
    """Cancels an announced meeting with a reason for everybody; it stays readable."""
    allows(actor, Permission.MEETINGS_MEETING_ANNOUNCE)
    check_cancellation(queries.stage(found, now), reason)
    move(session, found, State.CANCELLED)
    found.cancelled_because = reason
    revise(session, found, now)
    record_act(session, EventTag.MEETINGS_MEETING_CANCEL, actor, found, now)


def discard(session: Session, actor: Actor, found: Meeting, now: datetime) -> None:
    """Deletes a meeting that was never announced, with its agenda; `Conflict` otherwise."""
    allows(actor, Permission.MEETINGS_MEETING_DRAFT)
    if queries.stage(found, now) is not Stage.DRAFT:
        message = words("It was announced. Cancel it with a reason; it stays readable.")
        raise Conflict("announced-already", message)
    record_act(session, EventTag.MEETINGS_MEETING_DISCARD, actor, found, now)
    session.execute(delete(AgendaItem).where(col(AgendaItem.meeting_id) == found.id))
    session.delete(found)
    session.flush()


def _where_and_when(found: Meeting) -> tuple[object, ...]:
    return found.begins_at, found.ends_at, found.place, found.address, found.link
