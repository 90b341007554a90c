"""The first publication of a text: the consultation is announced with it."""

from sqlmodel import Session

from participation.consultations.explaining.laying import lay_aids
from participation.consultations.models import Consultation, DraftVersion
from participation.consultations.queries import situation, unpublished
from participation.consultations.rules import Step, after
from participation.consultations.services.laying import lay_down
from participation.consultations.services.phases import Moment, move, record_act
from participation.core.access import Actor, Permission, allows
from participation.core.errors import NotFound
from participation.core.events import EventTag
from participation.core.words import words


def publish_draft(
    session: Session, actor: Actor, found: Consultation, moment: Moment
) -> DraftVersion:
    """The published version; the consultation is announced with it.

    Raises `Conflict` when there is no text with articles, or when another officer was faster.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_PUBLISH)
    target = after(Step.PUBLISH, situation(session, found, moment.today))
    version = unpublished(session, found.id)
    if version is None:
        raise NotFound(words("There is no imported text."))
    move(session, found, target)
    found.announced_at = moment.now
    version.published_at, version.published_by = moment.now, actor.id
    session.add_all([found, version])
    session.flush()
    lay_down(session, version, {})
    lay_aids(session, version)
    tag = EventTag.CONSULTATIONS_DRAFT_PUBLISH
    record_act(session, tag, actor, found, moment.now, version=version.number)
    return version
