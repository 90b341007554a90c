"""What the views share: the city's day, a consultation's line, refusals beside a form."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import get_flashed_messages

from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.errors import Conflict, Invalid
from participation.intake import queries
from participation.intake.models import IntakeBatch
from participation.intake.pages import Draft
from participation.intake.rules import GRACE, check_taken_in
from participation.intake.services.traces import situation_of
from participation.web import hx
from participation.web.database import session
from participation.web.forms import Form
from participation.web.language import local_date, say
from participation.web.site import now


def moment() -> Moment:
    """This request's moment and the city's day."""
    return Moment(now(), local_date(now()))


def draft_of(found: Consultation) -> Draft:
    """A consultation as the desk's pages name it."""
    return Draft(found.slug, found.title, found.closes_on, found.closes_on + GRACE)


def draft_of_batch(batch: IntakeBatch) -> Draft:
    """The consultation that a batch is about."""
    return draft_of(queries.consultation(session(), batch.consultation_id))


def closed_because(found: Consultation) -> str:
    """Why nothing is taken in now, in words; empty while something is."""
    try:
        check_taken_in(situation_of(found, moment()))
    except Conflict as conflict:
        return say(conflict.message)
    return ""


def notice_of_fragment() -> str:
    """The waiting notice when only a fragment is asked: the frame that shows it stays away."""
    return " ".join(map(str, get_flashed_messages())) if hx.wants_fragment() else ""


@contextmanager
def refusals_beside(form: Form) -> Iterator[None]:
    """Says why an act is refused above its form, so that what is typed in it is not lost."""
    try:
        with form.errors_of_act():
            yield
    except Conflict as conflict:
        form.blame(Invalid(conflict.message, code=conflict.code))
