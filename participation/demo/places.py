"""The made-up city's areas and topics, the office that asks, and where a resident lives."""

from collections.abc import Mapping

from sqlmodel import Session

from participation.areas.files import Line
from participation.areas.services import choose_area, import_areas
from participation.consultations.belonging import Links, set_links
from participation.consultations.models import Consultation
from participation.core.access import Actor, Permission
from participation.demo import texts
from participation.demo.hours import Hours
from participation.organisations.services import Facts, add_officer, add_organisation
from participation.topics.services import Names, add_topic


def lay_out(
    session: Session, people: Mapping[str, Actor], found: Consultation, hours: Hours
) -> None:
    """Makes areas, topics and the office, and says where the consultation belongs."""
    told, now = texts.table("places"), hours()
    chief = next(each for each in people.values() if each.may(Permission.TOPICS_TOPIC_EDIT))
    lines = [Line(n, code, name) for n, (code, name) in enumerate(told["areas"].items(), 2)]
    import_areas(session, chief, lines, now)
    names = [Names(each["id"], each["en"]) for each in told["topics"]]
    made = [add_topic(session, chief, each, now) for each in names]
    topics = {topic.slug: topic.id for topic in made}
    office = told["office"]
    facts = Facts(office["name"], office["contact"].strip(), office["area"])
    held = add_organisation(session, chief, facts, now)
    for email in office["officers"]:
        add_officer(session, chief, held, email, now)
    for key, code in told["homes"].items():
        choose_area(session, people[key], code, now)
    belongs = told["belongs"]
    chosen = tuple(topics[slug] for slug in belongs["topics"])
    set_links(session, found, Links(tuple(belongs["areas"]), chosen, held.id))
