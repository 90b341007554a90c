"""The act of moving announced days."""

from sqlmodel import Session

from participation.consultations.extending.models import Extension
from participation.consultations.extending.rules import REASON_LENGTH, check_extension
from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Calendar, Phase, check_calendar
from participation.consultations.services.phases import EVENT_SUBJECT, Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag, record
from participation.core.words import words


def extend_days(
    session: Session,
    actor: Actor,
    found: Consultation,
    new: Calendar,
    reason: str,
    *,
    moment: Moment,
) -> Extension:
    """Moves announced days, in public and with a reason.

    Raises `Invalid` for days that would take time from anybody, and without a reason; `Conflict`
    where nothing may move any more.
    """
    allows(actor, Permission.CONSULTATIONS_PHASE_CHANGE)
    old = calendar_of(found)
    check_extension(Phase(found.phase), old, new, moment.today)
    check_calendar(new)
    _check_reason(reason)
    made = Extension(
        consultation_id=found.id,
        at=moment.now,
        by=actor.id,
        reason=reason,
        **{f"old_{name}": getattr(old, name) for name in Calendar.__slots__},
        **{f"new_{name}": getattr(new, name) for name in Calendar.__slots__},
    )
    for name in Calendar.__slots__:
        setattr(found, name, getattr(new, name))
    session.add_all([found, made])
    session.flush()
    record(
        session,
        EventTag.CONSULTATIONS_DAYS_EXTEND,
        at=moment.now,
        actor=actor,
        subject=(EVENT_SUBJECT, found.id),
        details={"phase": str(found.phase), "extension": str(made.id)},
    )
    return made


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(words("Say why: everybody reads it."), field="reason")
    if len(reason) > REASON_LENGTH:
        message = words("At most %(most)s characters.", most=REASON_LENGTH)
        raise Invalid(message, field="reason")
