"""Reads: the topics."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from participation.core.errors import NotFound
from participation.core.words import words
from participation.topics.models import Topic


def topics(session: Session) -> list[Topic]:
    """All topics, in the order of their addresses, which are their Indonesian names."""
    return list(session.scalars(select(Topic).order_by(col(Topic.slug))))


def topic(session: Session, slug: str) -> Topic:
    """The topic at an address; raises `NotFound`."""
    found = session.scalars(select(Topic).where(col(Topic.slug) == slug)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such topic."))
    return found


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether another topic has this address."""
    return session.scalars(select(col(Topic.id)).where(col(Topic.slug) == slug)).first() is not None


def topic_of_id(session: Session, topic_id: UUID) -> Topic:
    """The topic that other features know by this id; raises `NotFound`."""
    found = session.get(Topic, topic_id)
    if found is None:
        raise NotFound(words("There is no such topic."))
    return found
