"""A new version on the desk and before everybody: matching, publication, comparison, removal."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.comments.models import Comment
from participation.consultations import history, queries
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Role
from tests.factories.consultations import CALENDAR, NOW, TEXT, TODAY
from tests.participation.consultations.test_versions import INSERTED, REMOVED, hand_in, publish

DESK = "/desk/consultations/pemakaian-sumur"
HERE = "/consultations/pemakaian-sumur"
LATER = Moment(NOW + timedelta(minutes=1), TODAY)
EDITED = TEXT.replace("Dilarang mandi di sumur.", "Dilarang keras mencuci di dekat sumur.")


@pytest.fixture
def officer(browser_of):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


@pytest.fixture
def opened(town):
    found = town.opened()
    town.comment(found, "Boleh mandi?", clause_id="pasal-3")
    town.session.commit()
    return found


def published(town, found, text):
    made = publish(town, found, hand_in(town, found, text), moment=LATER)
    town.session.commit()
    return made


def said_on(town, clause_id):
    town.session.expire_all()
    query = select(Comment).where(Comment.place == clause_id).order_by(Comment.edition)
    return town.session.exec(query).all()


def test_an_officer_hands_in_checks_and_publishes(officer, opened, browser):
    officer.visit(DESK)
    officer.click("New version of the draft")
    page = officer.send("text-form", source=EDITED)
    assert "Every line found its place." in page.words
    page = officer.click("Compare with the published version")
    assert "waits for your look" in page.words
    page = officer.send("publish-form", 422)
    assert "still waits for your look" in page.one("div", class_="summary").words
    page = officer.send("matching-form")
    assert "Every doubtful clause was checked." in page.words
    assert "Version 1 of the draft" in browser.visit(HERE).words
    page = officer.send("publish-form")
    assert "Version 2 is published." in page.words
    assert "Version 2 of the draft" in browser.visit(HERE).words


def test_the_officer_says_that_a_clause_is_new(officer, opened):
    officer.visit(f"{DESK}/text")
    officer.send("text-form", source=EDITED)
    officer.visit(f"{DESK}/matching")
    page = officer.send("matching-form", **{"row-new:pasal-3": ""})
    assert "1 clause removed" in page.words
    assert "1 clause new" in page.words


def test_a_comment_says_that_its_text_changed_and_shows_both(browser, town, opened):
    published(town, opened, EDITED)
    page = browser.visit(f"{HERE}/clauses/pasal-3")
    assert "The text changed since" in page.words
    page = browser.click("The text changed since: then and now")
    assert "gone: mandi" in page.words
    assert "added: keras" in page.words
    assert page.all("ins")
    assert page.all("del")


def test_a_comment_on_the_new_wording_says_nothing_of_the_kind(browser, town, opened):
    published(town, opened, EDITED)
    town.comment(opened, "Sekarang baik.", clause_id="pasal-3", minutes=5)
    town.session.commit()
    page = browser.visit(f"{HERE}/clauses/pasal-3")
    assert page.words.count("The text changed since") == 1


def test_comments_on_a_removed_clause_stay_readable_and_none_is_added(browser_of, town, opened):
    published(town, opened, REMOVED)
    resident, _actor = browser_of("Budi")
    resident.visit(f"{HERE}/versions")
    resident.click("Removed clauses and what was said about them")
    page = resident.click("Pasal 3")
    assert "Boleh mandi?" in page.words
    assert "left the draft with version 2" in page.words
    assert "no longer in the draft" in page.words
    assert not page.all("form", id="comment-form")


def test_a_half_typed_comment_on_a_clause_removed_meanwhile_is_kept(browser_of, town, opened):
    resident, _actor = browser_of("Budi")
    resident.visit(f"{HERE}/clauses/pasal-3")
    published(town, opened, REMOVED)
    page = resident.send("comment-form", 422, stance="idea", body="Kata yang panjang.")
    assert "no longer in the draft" in page.words
    assert page.one("textarea").words == "Kata yang panjang."


def test_the_desk_answers_comments_on_removed_clauses(officer, town, opened):
    published(town, opened, REMOVED)
    page = officer.visit(f"{DESK}/waiting")
    assert "Pasal 3" in page.words


def test_versions_are_listed_with_their_changes_in_numbers(browser, town, opened):
    published(town, opened, INSERTED)
    page = browser.visit(f"{HERE}/versions")
    assert "1 clause new" in page.words
    page = browser.click("Version 2")
    assert "Pasal 3 → Pasal 4" in page.words
    browser.visit(f"{HERE}/versions/9", 404)
    old = browser.client.get(f"/en{HERE}/versions/1/text")
    assert old.get_data(as_text=True) == TEXT
    browser.visit(f"{HERE}/versions/9/text", 404)
    browser.visit(f"{HERE}/clauses/pasal-1/since/9", 404)


def test_a_renumbered_article_is_read_with_its_own_parts(browser, town, opened):
    text = TEXT.replace("Pasal 2\n", "Pasal 2\nPenjaga dipilih rapat warga.\nPasal 3\n", 1)
    text = text.replace("Pasal 3\nDilarang", "Pasal 4\nDilarang")
    published(town, opened, text)
    page = browser.visit(f"{HERE}/clauses/pasal-2-ayat-2")
    assert "Pasal 3 ayat (2)" in page.words
    assert "membawa timba" in page.words


def test_nothing_waits_where_nothing_was_handed_in(officer, opened):
    officer.visit(f"{DESK}/matching", 404)


def test_residents_may_not_see_a_matching(browser_of, town, opened):
    hand_in(town, opened, EDITED)
    town.session.commit()
    resident, _actor = browser_of("Budi")
    resident.visit(f"{DESK}/matching", 403)


def test_the_matching_of_a_decided_consultation_is_not_published(officer, town, opened):
    waiting = hand_in(town, opened, INSERTED)
    (said,) = history.gone(town.session, opened, queries.edition(town.session, opened.id)) or [None]
    assert said is None
    assert waiting.number == 2
    late = CALENDAR.closes_on.replace(day=CALENDAR.closes_on.day + 1)
    town.step(opened, Step.CLOSE, today=late)
    town.session.commit()
    page = officer.visit(DESK)
    assert "New version of the draft" in page.words


def test_who_writes_on_an_old_page_sees_then_and_now_and_confirms(browser_of, town, opened):
    """Nothing is lost, and nothing is said about words that were never read."""
    resident, _actor = browser_of("Yoga Pratama")
    resident.visit(f"{HERE}/clauses/pasal-3")
    published(town, opened, EDITED)
    page = resident.send("comment-form", 422, stance="support", body="Setuju sekali.")
    assert "changed while you were writing" in page.one("div", class_="summary").words
    assert "[added: keras mencuci ]" in page.one("div", class_="meanwhile").words
    assert "Setuju sekali." in page.one("form", id="comment-form").words
    page = resident.send("comment-form", stance="support")
    assert "Setuju sekali." in page.one("div", id="thread").words
    assert [each.edition for each in said_on(town, "pasal-3")] == [1, 2]


def test_a_new_version_that_left_the_clause_alone_stops_nobody(browser_of, town, opened):
    resident, _actor = browser_of("Yoga Pratama")
    resident.visit(f"{HERE}/clauses/pasal-2-ayat-1")
    published(town, opened, EDITED)
    page = resident.send("comment-form", stance="support", body="Setuju.")
    assert "Thank you." in page.words


@pytest.mark.parametrize("edition", ["", "x", "0", "99", "-1", "9" * 400, "٣"])
def test_an_edition_that_never_was_stops_nobody(browser_of, opened, edition):
    resident, _actor = browser_of("Yoga Pratama")
    resident.visit(f"{HERE}/clauses/pasal-3")
    page = resident.send("comment-form", stance="idea", body="Usul.", edition=edition)
    assert "Thank you." in page.words
