"""Steps from one phase to the next, and the trace that each act leaves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.queries import situation
from participation.consultations.rules import OUTCOME_LENGTH, Phase, Step, after
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag, record
from participation.core.words import words

EVENT_SUBJECT = "consultation"
"""The kind of subject of events on a consultation."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act happens: the moment (aware, UTC), and the day it is in the city."""

    now: datetime
    today: date


def take_step(
    session: Session,
    actor: Actor,
    found: Consultation,
    step: Step,
    moment: Moment,
    *,
    outcome: str = "",
) -> None:
    """Moves a consultation on: opens or closes comments, decides, archives.

    `outcome` says in words what was decided and is kept by the step `decide` only. Publishing is
    `publish_draft`. Raises `Conflict` with the reason why the step cannot be taken now.
    """
    allows(actor, Permission.CONSULTATIONS_PHASE_CHANGE)
    if len(outcome) > OUTCOME_LENGTH:
        message = words("At most %(most)s characters.", most=OUTCOME_LENGTH)
        raise Invalid(message, field="outcome")
    target = after(step, situation(session, found, moment.today, outcome=outcome))
    move(session, found, target)
    if step is Step.DECIDE:
        found.outcome = outcome
        found.decided_at = moment.now
        session.add(found)
    record_act(session, EventTag.CONSULTATIONS_PHASE_CHANGE, actor, found, moment.now)


def move(session: Session, found: Consultation, target: Phase) -> None:
    """Changes the phase unless somebody else has changed it since it was read (`Conflict`)."""
    session.flush()
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(Consultation)
            .where(col(Consultation.id) == found.id, col(Consultation.phase) == found.phase)
            .values(phase=target.value)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        message = words("Somebody else moved this consultation on. Please open the page again.")
        raise Conflict("moved-meanwhile", message)
    session.refresh(found, ["phase"])


def record_act(
    session: Session,
    tag: EventTag,
    actor: Actor,
    found: Consultation,
    now: datetime,
    *,
    version: int | None = None,
) -> None:
    """Records one act on a consultation with the phase it led to, and the version it was about."""
    numbered = {} if version is None else {"version": version}
    record(
        session,
        tag,
        at=now,
        actor=actor,
        subject=(EVENT_SUBJECT, found.id),
        details={"phase": str(found.phase), **numbered},
    )
