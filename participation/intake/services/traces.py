"""What the acts share: the situation that decides, changes that notice others, traces."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of
from participation.consultations.rules import Phase
from participation.consultations.services import Moment
from participation.core.access import Actor
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import Situation


def situation_of(found: Consultation, moment: Moment) -> Situation:
    """What decides whether papers of a consultation are taken in now."""
    return Situation(Phase(found.phase), calendar_of(found), moment.today)


def change(session: Session, entry: IntakeEntry, **values: Any) -> None:
    """Changes an entry unless somebody else changed it since it was read (`Conflict`)."""
    session.flush()
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(IntakeEntry)
            .where(
                col(IntakeEntry.id) == entry.id,
                col(IntakeEntry.state) == entry.state,
                col(IntakeEntry.revision) == entry.revision,
            )
            .values(**values)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        message = words("Somebody has dealt with this entry meanwhile.")
        raise Conflict("changed-meanwhile", message)
    session.refresh(entry)


def about(consultation_id: UUID) -> str:
    """How events name the consultation that they are about."""
    return f"consultation:{consultation_id}"


def record_batch(
    session: Session, tag: EventTag, actor: Actor, batch: IntakeBatch, moment: Moment
) -> None:
    """The event of an act on a batch."""
    details = {"of": about(batch.consultation_id), "source": batch.source}
    subject = ("intake-batch", batch.id)
    record(session, tag, at=moment.now, actor=actor, subject=subject, details=details)


def record_entry(
    session: Session,
    tag: EventTag,
    actor: Actor,
    entry: IntakeEntry,
    moment: Moment,
    **more: str,
) -> None:
    """An event without any words: where, which revision, and when the paper came."""
    details = {
        "batch": str(entry.batch_id),
        "place": entry.place,
        "revision": entry.revision,
        "received_on": entry.received_on.isoformat(),
    }
    subject = ("intake-entry", entry.id)
    record(session, tag, at=moment.now, actor=actor, subject=subject, details=details | more)
