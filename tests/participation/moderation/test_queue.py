"""What waits for moderators, page by page."""

from datetime import timedelta

import pytest

from participation.core.access import Role
from participation.moderation import services
from participation.moderation.queue import Held, OpenAppeal, Pile, queue, turn_of
from participation.web.paging import PER_PAGE
from tests.factories.consultations import NOW

LINKS = "https://a.example https://b.example https://c.example https://d.example"


def walk(session, size):
    """All that waits, read in pages of this size."""
    seen, after = [], None
    while found := queue(session, after=after, limit=size):
        seen += found
        after = turn_of(found[-1])
    return seen


@pytest.fixture
def busy(square):
    """Appeals, held and flagged comments, some of them alike in what orders them."""
    city, found = square.city, square.found
    author = city.person("Penulis", Role.RESIDENT)
    for number in range(3):
        comment = city.comment(found, f"Kasar {number}", by=author)
        square.remove(comment, NOW)
        when = NOW + timedelta(hours=number // 2)
        services.appeal(square.session, author, square.case(comment), "Tidak kasar.", when)
    for number in range(3):
        city.comment(found, f"{LINKS} {number}", by=author)
    others = [city.person(f"Warga {number}", Role.RESIDENT) for number in range(3)]
    for number in range(5):
        comment = city.comment(found, f"Ejekan {number}", by=author)
        for each in others[: 1 + number % 3]:
            square.flag(comment, each, NOW + timedelta(minutes=number // 3))
    return square


@pytest.mark.parametrize("size", [1, 2, 4, 50])
def test_every_page_goes_on_where_the_one_before_ended(busy, size):
    whole = queue(busy.session, limit=100)
    assert walk(busy.session, size) == whole
    assert [type(each) for each in whole] == [OpenAppeal] * 3 + [Held] * 3 + [Pile] * 5


def test_the_most_flagged_come_first_and_then_the_newest(busy):
    piles = [each for each in queue(busy.session, limit=100) if isinstance(each, Pile)]
    order = [(each.flags, each.newest) for each in piles]
    assert order == sorted(order, reverse=True)
    assert len({flags for flags, _newest in order}) == 3


def test_moderators_go_on_to_the_rest_by_a_link(place, browser_of):
    for number in range(PER_PAGE + 2):
        place.flag(place.said(f"Ejekan nomor {number}"))
    place.session.commit()
    browser, _actor = browser_of("Moderator", Role.MODERATOR)
    first = browser.visit("/desk/moderation")
    rest = browser.click("Show more")
    titles = [each.words for page in (first, rest) for each in page.all("h3")]
    assert len(titles) == len(set(titles)) == PER_PAGE + 2
    for cursor in ("nonsense", "WzEsMSwieCIsInkiXQ"):
        browser.visit(f"/desk/moderation?after={cursor}", 422)
