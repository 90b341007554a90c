"""Acts of administrators on the list of topics."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag, record
from participation.core.ids import slug
from participation.core.words import words
from participation.topics import queries
from participation.topics.models import Topic
from participation.topics.rules import SUBJECT_KIND, check_room


@dataclass(frozen=True, slots=True)
class Names:
    """A topic's name in both languages."""

    indonesian: str
    english: str

    @property
    def by_language(self) -> dict[str, str]:
        """The names as the table holds them."""
        return {"id": self.indonesian, "en": self.english}


def add_topic(session: Session, actor: Actor, names: Names, at: datetime) -> Topic:
    """A new topic; its address comes from the Indonesian name.

    Raises `Invalid` for a name that is taken, or when the list is long enough.
    """
    allows(actor, Permission.TOPICS_TOPIC_EDIT)
    check_room(len(queries.topics(session)))
    wanted = slug(names.indonesian)
    if queries.is_slug_taken(session, wanted):
        raise Invalid(words("This topic stands in the list already."), field="indonesian")
    found = Topic(slug=wanted, names=names.by_language)
    session.add(found)
    session.flush()
    _record(session, EventTag.TOPICS_TOPIC_ADD, actor, found, at)
    return found


def rename_topic(session: Session, actor: Actor, found: Topic, names: Names, at: datetime) -> None:
    """Other words for a topic; its address stays, so links stay good."""
    allows(actor, Permission.TOPICS_TOPIC_EDIT)
    found.names = names.by_language
    session.add(found)
    session.flush()
    _record(session, EventTag.TOPICS_TOPIC_EDIT, actor, found, at)


def remove_topic(session: Session, actor: Actor, found: Topic, at: datetime) -> None:
    """Takes a topic off the list; raises `Conflict` while anything bears it."""
    allows(actor, Permission.TOPICS_TOPIC_EDIT)
    try:
        with session.begin_nested():
            session.delete(found)
            session.flush()
    except IntegrityError as error:
        message = words("Consultations bear this topic. Give it another name instead.")
        raise Conflict("topic-in-use", message) from error
    _record(session, EventTag.TOPICS_TOPIC_REMOVE, actor, found, at)


def _record(session: Session, tag: EventTag, actor: Actor, found: Topic, at: datetime) -> None:
    record(session, tag, at=at, actor=actor, subject=(SUBJECT_KIND, found.id))
