"""Batches: begun for one pile of papers, handed over to a second person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col

from participation.comments.rules import Source
from participation.consultations.models import Consultation
from participation.consultations.queries import edition
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag
from participation.core.words import words
from participation.intake import queries
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import (
    TITLE_LENGTH,
    State,
    check_batch,
    check_received,
    check_taken_in,
)
from participation.intake.services.traces import record_batch, situation_of


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A pile as it is begun: how its papers came, when, and what the pile is called."""

    source: Source
    received_on: date
    title: str


def open_batch(
    session: Session, actor: Actor, found: Consultation, new: NewBatch, moment: Moment
) -> IntakeBatch:
    """A new batch about the newest version of the draft.

    Raises `Conflict` before the opening and once nothing is taken in any more, `Invalid` for a day
    outside of the open phase.
    """
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    now = situation_of(found, moment)
    check_taken_in(now)
    check_received(new.received_on, now)
    if not new.title or len(new.title) > TITLE_LENGTH:
        message = words("Give the pile a name of at most %(most)s characters.", most=TITLE_LENGTH)
        raise Invalid(message, field="title")
    batch = IntakeBatch(
        consultation_id=found.id,
        edition=edition(session, found.id).number,
        source=new.source.value,
        title=new.title,
        received_on=new.received_on,
        opened_by=actor.id,
        opened_at=moment.now,
    )
    session.add(batch)
    session.flush()
    record_batch(session, EventTag.INTAKE_BATCH_OPEN, actor, batch, moment)
    return batch


def hand_over(session: Session, actor: Actor, batch: IntakeBatch, moment: Moment) -> None:
    """Gives a batch to a second person; raises `Conflict` for an empty one or a second time."""
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    if batch.handed_at is not None:
        raise Conflict("handed-over", words("This batch is handed over. Open another one."))
    check_batch(queries.states(session, batch.id).keys())
    batch.handed_at = moment.now
    session.add(batch)
    session.flush()
    session.execute(
        update(IntakeEntry)
        .where(col(IntakeEntry.batch_id) == batch.id, col(IntakeEntry.state) == State.TYPED.value)
        .values(state=State.WAITING.value)
        .execution_options(synchronize_session="fetch")
    )
    record_batch(session, EventTag.INTAKE_BATCH_HAND_OVER, actor, batch, moment)
