"""Where a consultation belongs: the areas it concerns, its topics, who holds it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlmodel import Session, col

from participation.areas import queries as areas
from participation.areas.queries import Placed
from participation.areas.rules import above
from participation.consultations.models import (
    Consultation,
    ConsultationArea,
    ConsultationOrganisation,
    ConsultationTopic,
)
from participation.core.errors import Invalid
from participation.core.words import words
from participation.organisations.models import Organisation
from participation.topics.models import Topic

MOST_AREAS = 60
_OF_AREA = col(ConsultationArea.consultation_id)
_OF_TOPIC = col(ConsultationTopic.consultation_id)
_OF_ORGANISATION = col(ConsultationOrganisation.consultation_id)


@dataclass(frozen=True, slots=True)
class Belongs:
    """The areas of a consultation by code, its topics by name, and who holds it, if said."""

    areas: tuple[Placed, ...] = ()
    topics: tuple[Topic, ...] = ()
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """The same as an officer chooses it: codes and ids. Without areas it concerns everybody."""

    areas: tuple[str, ...] = ()
    topics: tuple[UUID, ...] = ()
    organisation: UUID | None = None


def belongings(session: Session, consultation_ids: Collection[UUID]) -> dict[UUID, Belongs]:
    """Where consultations belong, by id: four queries, however many there are."""
    codes = _codes(session, consultation_ids)
    placed = areas.placed(session, {code for _id, code in codes})
    topics = session.execute(
        select(_OF_TOPIC, Topic)
        .join(Topic, col(Topic.id) == col(ConsultationTopic.topic_id))
        .where(_OF_TOPIC.in_(consultation_ids))
        .order_by(col(Topic.slug))
    ).all()
    holders = session.execute(
        select(_OF_ORGANISATION, Organisation)
        .join(Organisation, col(Organisation.id) == col(ConsultationOrganisation.organisation_id))
        .where(_OF_ORGANISATION.in_(consultation_ids))
    )
    held = dict(holders.all())
    return {
        each: Belongs(
            tuple(placed[code] for found, code in codes if found == each),
            tuple(topic for found, topic in topics if found == each),
            held.get(each),
        )
        for each in consultation_ids
    }


def links_of(session: Session, found: Consultation) -> Links:
    """What was chosen for a consultation."""
    here = belongings(session, [found.id])[found.id]
    return Links(
        tuple(each.code for each in here.areas),
        tuple(each.id for each in here.topics),
        here.organisation.id if here.organisation else None,
    )


def concerns_area(code: str) -> ColumnElement[bool]:
    """The condition that a consultation concerns an area.

    One of a wider area does, one of an area inside it does, and one that names no area at all.
    """
    named = col(ConsultationArea.area_code)
    touching = or_(named.in_((*above(code), code)), named.startswith(f"{code}.", autoescape=True))
    here = select(_OF_AREA).where(col(Consultation.id) == _OF_AREA)
    return or_(here.where(touching).exists(), ~here.exists())


def is_about(topic_id: UUID) -> ColumnElement[bool]:
    """The condition that a consultation is about a topic."""
    here = col(Consultation.id) == _OF_TOPIC
    return select(_OF_TOPIC).where(here, col(ConsultationTopic.topic_id) == topic_id).exists()


def is_held_by(organisation_id: UUID) -> ColumnElement[bool]:
    """The condition that an organisation holds a consultation."""
    here = col(Consultation.id) == _OF_ORGANISATION
    holder = col(ConsultationOrganisation.organisation_id) == organisation_id
    return select(_OF_ORGANISATION).where(here, holder).exists()


def set_links(session: Session, found: Consultation, links: Links) -> None:
    """Makes a consultation belong where these say; raises `Invalid` for what is unknown."""
    _check(session, links)
    tables = (ConsultationArea, ConsultationTopic, ConsultationOrganisation)
    for table in tables:
        session.execute(delete(table).where(col(table.consultation_id) == found.id))
    session.add_all(
        ConsultationArea(consultation_id=found.id, area_code=code) for code in set(links.areas)
    )
    session.add_all(
        ConsultationTopic(consultation_id=found.id, topic_id=each) for each in set(links.topics)
    )
    if links.organisation is not None:
        session.add(
            ConsultationOrganisation(consultation_id=found.id, organisation_id=links.organisation)
        )
    session.flush()


def _check(session: Session, links: Links) -> None:
    if len(links.areas) > MOST_AREAS:
        message = words("At most %(most)s areas. Choose a wider one instead.", most=MOST_AREAS)
        raise Invalid(message, field="areas")
    if set(links.areas) - set(areas.placed(session, links.areas)):
        raise Invalid(words("There is no area with this code."), field="areas")
    known = set(session.scalars(select(col(Topic.id)).where(col(Topic.id).in_(links.topics))))
    if set(links.topics) - known:
        raise Invalid(words("There is no such topic."), field="topics")
    if links.organisation and session.get(Organisation, links.organisation) is None:
        raise Invalid(words("There is no such organisation."), field="organisation")


def _codes(session: Session, ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """The ids of consultations, each with the code of an area that it concerns."""
    code = col(ConsultationArea.area_code)
    rows = session.execute(select(_OF_AREA, code).where(_OF_AREA.in_(ids)).order_by(code))
    return [(found, named) for found, named in rows]
