"""Officers say where a consultation belongs, in the same form, without scripts."""

import pytest
from sqlmodel import select

from participation.consultations.belonging import Links, belongings, links_of, set_links
from participation.consultations.models import Consultation
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid
from participation.organisations.services import add_officer
from participation.topics.services import remove_topic
from tests.factories.areas import lay_areas, make_chief, make_office, make_topic
from tests.factories.consultations import NOW
from tests.participation.consultations.test_desk import FACTS

NEW = "/desk/consultations/new"
DETAILS = "/desk/consultations/pemakaian-sumur/details"


@pytest.fixture
def chief(session):
    lay_areas(session)
    made = make_chief(session)
    session.commit()
    return made


@pytest.fixture
def officer(browser_of):
    return browser_of("Ratna Wulandari", Role.OFFICER)


def links(session):
    session.expire_all()
    return links_of(session, session.exec(select(Consultation)).one())


def test_areas_topics_and_office_are_chosen_with_the_facts(officer, chief, session, browser):
    topic = make_topic(session, chief)
    office = make_office(session, chief)
    session.commit()
    desk, _actor = officer
    desk.visit(NEW)
    typed = "Kota Lembayung\n98.01.01\n"
    fields = {"topics": str(topic.id), "organisation": str(office.id), "more_areas": typed}
    desk.send("details-form", **FACTS, **fields)
    assert links(session) == Links(("98.01.01", "98.71"), (topic.id,), office.id)
    desk.visit(DETAILS)
    desk.send("details-form", areas=["98.71"], topics=None, organisation="")
    assert links(session) == Links(("98.71",))


def test_a_name_of_several_areas_comes_back_to_be_ticked_and_nothing_typed_is_lost(
    officer, chief, session
):
    desk, _actor = officer
    desk.visit(NEW)
    page = desk.send("details-form", 422, **FACTS, more_areas="Randu")
    assert "Several are called Randu. Tick the one that is meant." in page.words
    assert page.one("input", name="title").attributes["value"] == FACTS["title"]
    assert {each.attributes["value"] for each in page.all("input", name="areas")} == {
        "98.01.01",
        "98.71.01.1001",
    }
    desk.send("details-form", areas=["98.71.01.1001"])
    assert links(session).areas == ("98.71.01.1001",)


def test_a_name_that_no_area_has_is_said_beside_the_field(officer, chief):
    desk, _actor = officer
    desk.visit(NEW)
    page = desk.send("details-form", 422, **FACTS, more_areas="Kota Lembayung\nNirwana")
    assert "No area is called Nirwana." in page.words
    assert page.one("textarea", name="more_areas").attributes["aria-invalid"] == "true"


def test_a_new_consultation_begins_with_the_officers_own_office(officer, chief, session):
    desk, actor = officer
    office = make_office(session, chief, "Dinas Pasar")
    make_office(session, chief, "Dinas Lain")
    assert actor.name == "Ratna Wulandari"
    add_officer(session, chief, office, "ratna.wulandari@example.id", NOW)
    session.commit()
    page = desk.visit(NEW)
    assert page.one("input", name="office").attributes["value"] == "Dinas Pasar"
    chosen = [each for each in page.all("option") if "selected" in each.attributes]
    assert [each.words for each in chosen] == ["Dinas Pasar"]


def test_made_up_codes_and_ids_are_refused(city, store):
    """Forged forms: an area that is not there, a topic of nobody."""
    lay_areas(store)
    found = city.drafted()
    with pytest.raises(Invalid, match="no area with this code"):
        set_links(store, found, Links(areas=("11.01",)))
    with pytest.raises(Invalid, match="no such topic"):
        set_links(store, found, Links(topics=(found.id,)))
    with pytest.raises(Invalid, match="no such organisation"):
        set_links(store, found, Links(organisation=found.id))
    assert belongings(store, [found.id])[found.id].areas == ()


def test_a_topic_that_consultations_bear_stays(city, store):
    chief = make_chief(store)
    topic = make_topic(store, chief)
    found = city.drafted(links=Links(topics=(topic.id,)))
    with pytest.raises(Conflict, match="bear this topic"):
        remove_topic(store, chief, topic, NOW)
    assert links_of(store, found).topics == (topic.id,)
    set_links(store, found, Links())
    remove_topic(store, chief, topic, NOW)
    assert links_of(store, found) == Links()
