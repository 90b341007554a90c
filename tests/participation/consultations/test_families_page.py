"""Comments that say nearly the same, page by page."""

import pytest

from participation.core.access import Role

FAMILIES = "/desk/consultations/pemakaian-sumur/families"
COMMON = "kami minta {0} {0} {0} {0} {0} di {0} {0} {0} karena {0}"


@pytest.fixture
def desk(browser_of, town):
    """The desk of a consultation with thirty families of two."""
    found = town.opened()
    for number in range(30):
        for time in range(2):
            word = f"hal{number}"
            town.comment(found, COMMON.format(word), minutes=2 * number + time)
    town.session.commit()
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


def leaders(page):
    return [each.attributes["id"] for each in page.all("article", class_="said")]


def test_smaller_groups_stand_on_the_next_page(desk):
    first = desk.visit(FAMILIES)
    rest = desk.click("Smaller groups")
    seen = leaders(first) + leaders(rest)
    assert len(seen) == len(set(seen)) == 30
    assert "Smaller groups" not in rest.words


def test_a_page_after_a_group_that_was_answered_begins_anew(desk):
    first = desk.visit(FAMILIES)
    assert leaders(desk.visit(f"{FAMILIES}?after=gone")) == leaders(first)
