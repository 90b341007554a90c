"""Pages of areas: stepping down, searching, choosing one's own."""

import json

import pytest
from sqlmodel import select

from participation.areas.models import AccountArea
from participation.core.access import Role
from tests.factories.areas import lay_areas, make_chief, make_topic
from tests.participation.people import PASSWORD


@pytest.fixture
def land(session):
    lay_areas(session)
    session.commit()


def test_a_site_without_areas_says_so(browser):
    assert "No areas yet" in browser.visit("/areas").words
    assert "Near me" not in browser.visit("/").words


def test_a_reader_steps_down_to_the_kelurahan_and_back(browser, land):
    browser.visit("/areas")
    browser.click("Kota Lembayung")
    browser.click("Kecamatan Legi")
    page = browser.click("Kelurahan Legi Lor")
    assert "official code 98.71.01.1002" in page.words
    assert "Nothing here at the moment" in page.words
    assert browser.click("Kota Lembayung").one("h1").words == "Kota Lembayung"


def test_a_reader_looks_for_a_name(browser, land):
    page = browser.visit("/areas?q=randu")
    assert "Kecamatan Legi, Kota Lembayung, Senja" in page.words
    browser.click("Kelurahan Randu")
    assert browser.here == "/areas/98.71.01.1001"
    assert "No area has this name or code" in browser.visit("/areas?q=nirwana").words
    browser.visit("/areas/11.99", status=404)


def test_a_resident_chooses_an_area_sees_it_in_the_account_and_gives_it_up(
    browser_of, land, session
):
    browser, actor = browser_of()
    browser.visit("/areas/98.71.01.1002")
    page = browser.send("own-area")
    assert "Kelurahan Legi Lor is your area now." in page.words
    assert "Kelurahan Legi Lor, Kecamatan Legi, Kota Lembayung, Senja" in page.words
    assert "Kelurahan Legi Lor" in browser.visit("/account").words
    assert "This is your area" in browser.visit("/areas/98.71.01.1002").words
    assert "98.71.01.1002" in browser.client.get("/account/copy").get_data(as_text=True)
    browser.visit("/account/area")
    browser.send("give-up")
    assert session.get(AccountArea, actor.id) is None


def test_whoever_leaves_leaves_no_area_behind_even_if_their_words_stay(browser_of, land, session):
    browser, _actor = browser_of()
    browser.visit("/areas/98.71")
    browser.send("own-area")
    browser.visit("/account/leave")
    browser.send(wrote="keep", password=PASSWORD)
    assert session.exec(select(AccountArea)).all() == []


def test_a_reader_is_asked_to_sign_in_before_choosing(browser, land):
    page = browser.visit("/areas/98.71")
    assert not [each for each in page.all("form") if each.attributes.get("id") == "own-area"]
    assert browser.client.post("/areas/98.71/own").status_code in {302, 401}


def test_a_copy_of_ones_data_holds_no_area_that_was_not_chosen(browser_of, land):
    browser, _actor = browser_of()
    rows = json.loads(browser.client.get("/account/copy").get_data(as_text=True))
    assert rows
    assert not [row for row in rows if row["kind"] == "area"]


def test_topics_and_their_desk_are_apart(browser, browser_of, session):
    make_topic(session, make_chief(session))
    session.commit()
    assert "Water" in browser.visit("/topics").words
    browser_of("Ratna Wulandari", Role.OFFICER)[0].visit("/desk/topics", status=403)
