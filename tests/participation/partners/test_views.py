"""The partners' page."""

import pytest

from participation.core.access import Role
from participation.partners import queries
from tests.participation.partners.askers import NullAsker

PLACE = "https://kpu.example"


@pytest.fixture
def asker(app):
    made = NullAsker()
    app.extensions["suara-partners"] = made
    return made


@pytest.fixture
def organiser(browser_of):
    return browser_of("Ratna Wulandari", Role.ORGANISER)[0]


def test_an_empty_page_says_which_commands_make_a_partner(asker, organiser):
    page = organiser.visit("/en/desk/partners")
    assert "suara registrar serve --for 127.0.0.1:8000" in page.words


def test_a_partner_is_added_asked_and_removed(asker, organiser, session):
    asker.say(PLACE)
    organiser.visit("/en/desk/partners")
    page = organiser.send("partner-form", kind="registrar", address=PLACE)
    assert "KPU Kota is a partner now" in page.words
    (found,) = queries.partners(session)
    assert found.key in page.words
    asker.answers.clear()
    forms = [each.attributes["action"] for each in page.all("form")]
    (check,) = [each for each in forms if each.endswith("/check")]
    (remove,) = [each for each in forms if each.endswith("/remove")]
    token = page.one("form", action=check).all("input")[0].attributes["value"]
    organiser.client.post(check, data={"csrf_token": token})
    page = organiser.visit("/en/desk/partners")
    assert "Does not answer" in page.words
    organiser.client.post(remove, data={"csrf_token": token})
    assert "Nobody yet" in organiser.visit("/en/desk/partners").words


def test_a_wrong_address_is_said_beside_the_field(asker, organiser):
    organiser.visit("/en/desk/partners")
    page = organiser.send("partner-form", status=422, kind="witness", address="http://a.example")
    assert "must begin with https://" in page.words
    page = organiser.send("partner-form", status=422, kind="witness", address="https://a.example")
    assert "Nobody answers at this address" in page.words


def test_a_resident_sees_no_partners(asker, browser_of):
    browser_of("Sri Hartati")[0].visit("/en/desk/partners", status=403)
