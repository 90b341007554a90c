"""What changed because of people: on the front page, on its own page, as a feed."""

import hashlib
from datetime import timedelta
from http import HTTPStatus
from xml.etree import ElementTree as ET

import pytest

from participation.comments.rules import Reason
from participation.comments.services import NewAnswer
from participation.comments.standing.services import withdraw_comment
from participation.consultations import services
from participation.consultations.services import Moment
from participation.consultations.services.versioning import publish_version
from participation.home import changes
from participation.web.paging import PER_PAGE
from tests.factories.consultations import NOW, TEXT, TODAY, City

ATOM = "{http://www.w3.org/2005/Atom}"
NEWER = TEXT.replace("Sumur dibuka setiap hari.", "Sumur dibuka setiap hari kerja.")
HOME = "/consultations/pemakaian-sumur"


@pytest.fixture
def town(session) -> City:
    return City(session)


@pytest.fixture
def changed(town):
    """A draft in its second version, an answer that says why a clause changed, and a refusal."""
    found = town.opened()
    said = [town.comment(found, f"Kata {number}", minutes=number) for number in range(3)]
    services.import_draft(town.session, town.officer, found, NEWER, NOW)
    seen = hashlib.sha256(NEWER.encode()).hexdigest()
    publish_version(town.session, town.officer, found, seen, Moment(NOW, TODAY))
    town.answer(found, said[0], said[1], "Diterima. Kini hanya hari kerja.", place="pasal-2-ayat-1")
    town.answer(found, said[2], "Tidak bisa.", reason=Reason.COST)
    town.session.commit()
    return found


def test_the_front_page_says_what_changed_and_links_to_the_clause_then_and_now(changed, browser):
    page = browser.visit("/")
    section = page.one("section", **{"aria-labelledby": "changes"})
    (row,) = section.all("li")
    assert "Pasal 2 ayat (1)" in row.words
    assert "Diterima. Kini hanya hari kerja." in row.words
    assert "From 2 comments. Answered by Ratna Wulandari, Dinas Air." in row.words
    assert row.one("span", class_="chip for").words == "Adopted"
    addresses = [link.attributes["href"] for link in row.all("a")]
    assert addresses == [
        f"{HOME}/clauses/pasal-2-ayat-1", f"{HOME}/clauses/pasal-2-ayat-1/since/1",
    ]  # fmt: skip
    assert "hari kerja" in browser.visit(addresses[1]).words
    browser.visit("/")
    assert "Kini hanya hari kerja" in browser.click("Everything that changed").words


def test_while_nothing_was_adopted_the_latest_answers_stand_there(town, browser):
    found = town.opened()
    town.answer(found, town.comment(found), "Tidak bisa.", reason=Reason.COST)
    town.session.commit()
    page = browser.visit("/")
    assert "What became of your words" in page.words
    assert "What changed because of you" not in page.words
    assert "Nothing has changed yet" in browser.visit("/changes").words


def test_all_changes_are_read_page_by_page(town, browser):
    found = town.opened()
    for number in range(PER_PAGE + 2):
        comment = town.comment(found, f"Kata {number}", minutes=number)
        new = NewAnswer("Ratna", "Dinas Air", f"Diterima yang ke-{number}.", Reason.ADOPTED_IN_PART)
        now = NOW + timedelta(minutes=number // 3)
        services.answer_residents(town.session, town.officer, found, [comment], new, now=now)
    town.session.commit()
    seen, page = [], browser.visit("/changes")
    while True:
        rows = page.one("ul", class_="list").all("li")
        seen += [row.one("h3").words for row in rows]
        if not page.all("a", rel="next"):
            break
        page = browser.click("Show more")
    assert len(seen) == len(set(seen)) == PER_PAGE + 2
    assert "Adopted in part" in page.words


def test_the_feed_tells_the_same(changed, client):
    answer = client.get("/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    (entry,) = ET.fromstring(answer.data).iter(f"{ATOM}entry")  # noqa: S314 - our own
    assert entry.findtext(f"{ATOM}title") == "Pasal 2 ayat (1): Pemakaian sumur"


def test_an_odd_cursor_is_refused_in_words(browser):
    browser.visit("/changes?after=%FF", HTTPStatus.UNPROCESSABLE_ENTITY)
    browser.visit("/changes?after=WyJ4IiwgInkiXQ", HTTPStatus.UNPROCESSABLE_ENTITY)


def test_answers_to_withheld_comments_are_not_shown_off(store_city):
    city = store_city
    found = city.opened()
    said = city.comment(found)
    city.answer(found, said, "Diterima.")
    assert [each.then for each in changes.changes(city.session, limit=9)] == [0]
    withdraw_comment(city.session, city.resident, said, NOW)
    assert changes.changes(city.session, limit=9) == []


@pytest.fixture
def store_city(database):
    with database.transaction() as opened:
        yield City(opened)
