"""The search page."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from participation.search import services
from tests.factories.consultations import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def filled(town, session):
    """A consultation with many comments about the same thing."""
    found = town.opened()
    for number in range(18):
        by = town.person(f"Warga {number}")
        town.comment(found, f"Timba nomor {number} <b>bocor</b>", minutes=number, by=by)
    services.minute(session, LATER)
    session.commit()
    return found


def test_a_search_is_a_plain_form_with_a_plain_address(filled, browser):
    browser.visit("/en/search")
    page = browser.visit("/en/search?q=membawa")
    assert [each.words for each in page.all("mark")] == ["membawa"]
    assert page.one("input", id="q").attributes["value"] == "membawa"


def test_marks_are_ours_and_peoples_marks_are_text(filled, browser):
    """Stops words of a comment or of a search from becoming part of the page."""
    page = browser.visit("/en/search?q=bocor")
    assert {each.words for each in page.all("mark")} == {"bocor"}
    assert "<b>" in page.words
    page = browser.visit("/en/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in browser.response.get_data(as_text=True)


def test_a_long_list_goes_on_and_ends(filled, browser):
    page = browser.visit("/en/search?q=bocor")
    assert len(page.all("mark")) == 15
    page = browser.click("Show more")
    assert len(page.all("mark")) == 3
    assert "Show more" not in page.words


def test_nothing_found_says_what_to_do(filled, browser):
    page = browser.visit("/en/search?q=unta&kind=clause")
    assert "Nothing found" in page.words
    assert "Try fewer words" in page.words
    assert {"Search everything", "All consultations"} <= {each.words for each in page.all("a")}


def test_a_hit_leads_to_where_it_stands(filled, browser):
    browser.visit("/en/search?q=nomor&kind=comment")
    page = browser.click("Comment")
    assert "Timba nomor" in page.words


@pytest.mark.parametrize("rest", ["kind=x", "page=x", "page=-1", "page=999999999999", "page=0", ""])
def test_what_makes_no_sense_is_taken_as_not_said(filled, browser, rest):
    assert browser.visit(f"/en/search?q=timba&{rest}").all("mark")


def test_the_number_of_questions_does_not_grow_with_the_hits(app, filled, browser):
    engine, sent = app.extensions["suara"].database.engine, []
    event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    counts = []
    for query in ("membawa", "timba"):
        sent.clear()
        browser.visit(f"/en/search?q={query}")
        counts.append(len(sent))
    assert max(counts) <= 6
