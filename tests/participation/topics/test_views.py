"""Topics: read by everybody, edited by administrators."""

import pytest

from participation.core.access import Role
from participation.core.errors import Invalid
from participation.topics import queries, services
from participation.topics.rules import MOST
from participation.topics.services import Names
from tests.factories.areas import make_chief
from tests.factories.consultations import NOW


@pytest.fixture
def chief(browser_of):
    return browser_of("Tuti Suryani", Role.ADMINISTRATOR)[0]


def test_an_empty_list_says_what_it_is_for(chief, browser):
    assert "No topics yet" in browser.visit("/topics").words
    assert "Begin with five to ten" in chief.visit("/desk/topics").words


def test_a_topic_is_added_renamed_and_removed(chief, browser):
    chief.visit("/desk/topics")
    page = chief.send("topic-form", indonesian="Air bersih", english="Clean water")
    assert "Clean water" in page.words
    page = chief.send("topic-form", 422, indonesian="Air bersih", english="Water")
    assert "This topic stands in the list already." in page.words
    chief.click("Clean water")
    chief.send("topic-form", indonesian="Air", english="Water")
    assert browser.visit("/topics/air-bersih").one("h1").words == "Water"
    assert browser.visit("/id/topics/air-bersih").one("h1").words == "Air"
    chief.click("Water")
    page = chief.send("remove-form")
    assert "Water is gone." in page.words
    browser.visit("/topics/air-bersih", status=404)


def test_both_names_are_needed(chief):
    chief.visit("/desk/topics")
    page = chief.send("topic-form", 422, indonesian="Air", english=" ")
    assert page.one("input", name="english").attributes["aria-invalid"] == "true"


def test_the_list_stays_short(session):
    chief = make_chief(session)
    for number in range(MOST):
        services.add_topic(session, chief, Names(f"Topik {number}", f"Topic {number}"), NOW)
    with pytest.raises(Invalid, match="At most 40"):
        services.add_topic(session, chief, Names("Satu lagi", "One more"), NOW)
    assert len(queries.topics(session)) == MOST


def test_nobody_else_edits_the_list(browser_of, browser):
    browser_of("Ratna Wulandari", Role.OFFICER)[0].visit("/desk/topics", status=403)
    browser.visit("/desk/topics")
    assert browser.here.startswith("/sign-in")
