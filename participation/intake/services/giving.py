"""Codes: given out on printed forms, read from paper, made for words that came without."""

from uuid import UUID

from sqlmodel import Session

from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag, record
from participation.core.ids import new_id
from participation.core.words import words
from participation.intake import queries
from participation.intake.codes import new_code, read_code
from participation.intake.models import IntakeBatch, IntakeCode
from participation.intake.rules import MOST_FORMS, check_taken_in
from participation.intake.services.traces import about, situation_of


def make_codes(
    session: Session, actor: Actor, found: Consultation, count: int, moment: Moment
) -> UUID:
    """The series of `count` fresh codes for printed forms; `Invalid` for none or too many."""
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    check_taken_in(situation_of(found, moment))
    if not 1 <= count <= MOST_FORMS:
        message = words("From 1 to %(most)s forms at a time.", most=MOST_FORMS)
        raise Invalid(message, field="count")
    series = new_id()
    for _ in range(count):
        give_code(session, actor, found.id, moment, series)
    session.flush()
    details = {"of": about(found.id), "count": count}
    record(session, EventTag.INTAKE_CODES_MAKE, at=moment.now, actor=actor,
           subject=("intake-series", series), details=details)  # fmt: skip
    return series


def code_of(session: Session, actor: Actor, batch: IntakeBatch, typed: str, moment: Moment) -> str:
    """The code on the paper, or a fresh one for words that came without."""
    if not typed:
        return give_code(session, actor, batch.consultation_id, moment, None)
    code = read_code(typed)
    known = session.get(IntakeCode, code)
    if known is None or known.consultation_id != batch.consultation_id:
        message = words("This code was not given out for this consultation.")
        raise Invalid(message, field="code")
    if queries.batches_with(session, code) - {batch.id}:
        message = words("The form with this code is typed already, in another batch.")
        raise Invalid(message, field="code")
    return code


def give_code(
    session: Session, actor: Actor, consultation_id: UUID, moment: Moment, series: UUID | None
) -> str:
    """A fresh code for words on a consultation, on a form of a series or on none."""
    code = new_code()
    session.add(
        IntakeCode(
            code=code,
            consultation_id=consultation_id,
            series=series,
            made_by=actor.id,
            made_at=moment.now,
        )
    )
    session.flush()
    return code
