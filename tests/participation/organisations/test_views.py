"""Offices: how residents reach them, who works there."""

import pytest
from sqlmodel import select

from participation.core.access import Role
from participation.organisations import queries
from participation.organisations.models import OrganisationOfficer
from tests.factories.areas import lay_areas
from tests.participation.people import make_person


@pytest.fixture
def chief(browser_of):
    return browser_of("Tuti Suryani", Role.ADMINISTRATOR)[0]


@pytest.fixture
def office(chief, session):
    lay_areas(session)
    session.commit()
    chief.visit("/desk/organisations")
    chief.send(
        "organisation-form", name="Dinas Air", area="kota lembayung", contact="Jalan Cemara 12."
    )
    return queries.organisation(session, "dinas-air")


def test_an_office_is_added_with_its_area_and_everybody_reads_how_to_reach_it(office, browser):
    assert office.area_code == "98.71"
    browser.visit("/organisations")
    page = browser.click("Dinas Air")
    assert "Jalan Cemara 12." in page.words
    assert "Kota Lembayung, Senja" in page.words
    assert "Nothing here at the moment" in page.words


def test_an_area_of_several_comes_back_with_their_codes(office, chief):
    chief.visit("/desk/organisations/dinas-air")
    page = chief.send("organisation-form", 422, area="Randu")
    assert "98.71.01.1001 Kelurahan Randu" in page.words
    assert page.one("input", name="area").attributes["value"] == "Randu"
    page = chief.send("organisation-form", area="98.71.01.1001", name="Dinas Air Bersih")
    assert "Saved." in page.words
    assert page.one("input", name="area").attributes["value"] == "98.71.01.1001"
    page = chief.send("organisation-form", 422, area="Nirwana")
    assert "No area is called Nirwana" in page.words


def test_officers_come_and_go(office, chief, session):
    make_person(session, "Ratna Wulandari", Role.OFFICER)
    make_person(session, "Sri Hartati")
    session.commit()
    chief.visit("/desk/organisations/dinas-air")
    page = chief.send("officer-form", 422, email="nobody@example.id")
    assert "There is no account with this address." in page.words
    page = chief.send("officer-form", 422, email="sri.hartati@example.id")
    assert "not an officer's yet" in page.words
    page = chief.send("officer-form", email="ratna.wulandari@example.id")
    assert "Ratna Wulandari works here now." in page.words
    (remove,) = [each for each in page.all("form") if each.attributes["action"].endswith("/remove")]
    token = remove.all("input")[0].attributes["value"]
    chief.client.post(remove.attributes["action"], data={"csrf_token": token})
    assert "No officers yet" in chief.visit("/desk/organisations/dinas-air").words
    assert session.exec(select(OrganisationOfficer)).all() == []


def test_officers_do_not_edit_offices(browser_of, office):
    browser_of("Ratna Wulandari", Role.OFFICER)[0].visit("/desk/organisations", status=403)


def test_mail_addresses_of_officers_stand_only_at_the_desk(office, chief, session, browser):
    make_person(session, "Ratna Wulandari", Role.OFFICER)
    session.commit()
    chief.visit("/desk/organisations/dinas-air")
    chief.send("officer-form", email="ratna.wulandari@example.id")
    assert "ratna" not in browser.visit("/organisations/dinas-air").words.lower()
