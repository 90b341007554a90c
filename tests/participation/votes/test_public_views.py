"""The pages of votes for everybody."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from ballots.services.sequencing import end_due_epochs
from participation.votes import services
from participation.votes.proposal import Counting, Rule
from tests.participation.votes.hall import (
    CHECK_IN_CLOSES,
    CLOSES,
    NAMES,
    NO,
    OPENS,
    PARKS,
    PROPOSAL,
    WORDING,
    YES,
)


@contextmanager
def statements(app):
    """The statements that the site sends to its database meanwhile."""
    engine, found = app.extensions["suara"].database.engine, []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def page_of(hall, browser, rest="", status=200):
    return browser.visit(f"/en/votes/{hall.vote.slug}{rest}", status)


def action(page):
    """The heading and the buttons of the one thing to do now."""
    card = page.one("div", id="act")
    return card.words, [each.words for each in card.all("a")]


def test_a_drafted_vote_is_nobodys_but_the_desks(site_hall, browser):
    site_hall.draw_up()
    page_of(site_hall, browser, status=404)
    page_of(site_hall, browser, "/result", status=404)
    assert "No vote is under way" in browser.visit("/en/votes").words


def test_an_announced_vote_asks_people_to_look_up_their_row(site_hall, browser):
    page = page_of(site_hall.draw_up().do(services.announce), browser)
    words, links = action(page)
    assert links == ["Look up my row"]
    assert "Kelurahan Kenanga can still correct it until the freeze" in words
    assert "Close the street every Sunday?" in page.words
    assert "Yes, close it From January" in page.words
    assert "5 people on the roll" in page.words


def test_each_hour_has_its_one_action(site_hall, browser):
    site_hall.open()
    assert action(page_of(site_hall, browser))[1][0] == "Check in"
    site_hall.clock.moment = CHECK_IN_CLOSES + timedelta(minutes=1)
    assert action(page_of(site_hall, browser))[1] == ["To the ballot box"]
    site_hall.clock.moment = CLOSES
    words, links = action(page_of(site_hall, browser))
    assert ("The ballot box is closed" in words, links) == (True, [])


def test_the_way_to_the_booth_carries_a_language_and_no_referrer(site_hall, browser):
    """A11: the booth has no cookie, and is not told where its voters come from."""
    page = page_of(site_hall.open(), browser)
    (link,) = [each for each in page.one("div", id="act").all("a") if "rel" in each.attributes]
    assert link.attributes["href"] == f"/en/cast/{site_hall.vote.eid}"
    assert link.attributes["rel"] == "noreferrer"
    assert browser.visit(link.attributes["href"])


def test_before_the_ballot_box_opens_people_can_check_in_only(site_hall, browser):
    later = replace(PROPOSAL.windows, voting_opens=OPENS + timedelta(days=2))
    site_hall.freeze(replace(PROPOSAL, windows=later))
    assert action(page_of(site_hall, browser))[1] == ["Look up my row"]
    site_hall.clock.moment = OPENS
    assert action(page_of(site_hall, browser))[1] == ["Check in"]


def test_the_stage_bar_says_where_the_vote_stands(site_hall, browser):
    site_hall.open()
    bar = page_of(site_hall, browser).one("ol", class_="stages")
    assert [each.words for each in bar.all("li", class_="now")] == [
        "Check-in until 27 Nov",
        "Voting until 28 Nov",
    ]
    assert bar.all("li", class_="done")[0].words.startswith("Drawn up")


def test_turnout_shows_published_numbers_only(site_hall, browser):
    """A11: what the page shows moves with the epochs, never with one voter."""
    site_hall.open().vote_all(ani=YES, budi=NO)
    assert "0 of 5 people on the roll have checked in" in page_of(site_hall, browser).words
    site_hall.clock.move(minutes=5)
    end_due_epochs(site_hall.platform.context)
    services.refresh_running(site_hall.session)
    site_hall.session.commit()
    assert "2 of 5 people on the roll have checked in (40 %), 2 have voted." in (
        page_of(site_hall, browser).words
    )


def test_the_page_says_what_is_not_guaranteed_and_who_holds_keys(site_hall, browser):
    page = page_of(site_hall.freeze(), browser)
    assert "Light vote." in page.words
    assert "5 of 5 people on the roll have none" in page.words
    assert len(page.one("dl", class_="label").all("dt")) == 12
    assert [each.words for each in page.one("dl", class_="holders").all("dt")] == [
        "Organiser", "Registrars", "Trustees", "Witnesses",
    ]  # fmt: skip


def test_a_result_tells_numbers_reasons_and_how_to_check(site_hall, browser, client):
    site_hall.open().vote_all(ani=YES, budi=NO, citra=YES).finish()
    page = page_of(site_hall, browser, "/result")
    assert page.one("p", class_="verdict").words == "Accepted: 2 yes, 1 no, 0 blank."
    assert [row.words for row in page.one("table", class_="bars").all("tr")][1:] == [
        "Yes, close it 2 67 %",
        "No 1 33 %",
    ]
    assert "Of 3 votes for yes or no, 2 had to be yes, and 2 are." in page.words
    eid = site_hall.vote.eid
    command = f"suara verify http://127.0.0.1:8000/elections/{eid}/{eid}.suara"
    assert page.one("code").words == command
    links = page.one("section", aria_labelledby="check").all("a")
    assert len(links) == 4
    for each in links:
        with client.get(each.attributes["href"]) as answer:
            assert answer.status_code == 200


def test_the_vote_itself_then_leads_to_its_result(site_hall, browser):
    site_hall.open().vote_all(ani=YES, budi=NO).finish()
    words, links = action(page_of(site_hall, browser))
    assert links == ["See the result"]
    assert "Rejected: 1 yes, 1 no, 0 blank." in words


def test_a_result_before_the_count_is_not_there(site_hall, browser):
    page_of(site_hall.open(), browser, "/result", status=404)


def test_a_ranked_result_shows_its_rounds_as_picture_and_table(site_hall, browser):
    site_hall.open(replace(PARKS, counting=Counting(Rule.INSTANT_RUNOFF)))
    ballots = ((1, 2, 0), (1, 0, 0), (0, 1, 0), (0, 1, 2), (2, 0, 1))
    site_hall.vote_all(**dict(zip(NAMES, ballots, strict=True))).finish()
    page = page_of(site_hall, browser, "/result")
    assert page.one("p", class_="verdict").words == "Melati has won, with 3 of 5 votes."
    rows = [row.words for row in page.all("table", class_="table")[0].all("tr")]
    assert rows == [
        "Option Round 1 Round 2",
        "A ✓ has won: Melati 2 3",
        "B Kenanga 2 2",
        "C Cempaka 1 excluded",
    ]
    assert "After round 1: Cempaka is excluded, with 1 vote." in page.words
    assert page.one("figure", class_="rounds").all("rect", class_="block won")


def test_approval_and_marks_show_bars_from_the_most_votes_down(site_hall, browser):
    site_hall.open(replace(PARKS, counting=Counting(Rule.APPROVAL)))
    chosen = ({1}, {1, 2}, {0, 1, 2})
    for name, marks in zip(NAMES, chosen, strict=False):
        site_hall.check_in(name)
        site_hall.cast(name, frozenset(marks))
    page = page_of(site_hall.finish(), browser, "/result")
    rows = [row.words for row in page.one("table", class_="bars").all("tr")][1:]
    assert rows == ["Kenanga 3 100 %", "Cempaka 2 67 %", "Melati 1 33 %"]


def test_a_vote_of_too_few_says_that_it_stays_shut(site_hall, browser):
    site_hall.open().vote_all(ani=YES).finish()
    page = page_of(site_hall, browser, "/result")
    assert page.one("p", class_="verdict").words.startswith("The votes stay shut")
    assert not page.all("table", class_="bars")
    assert "Stay shut, for too few people voted 1" in page.words


def test_a_vote_in_one_language_is_marked_as_such(site_hall, browser):
    one = replace(WORDING, languages=("id",))
    page = page_of(site_hall.freeze(replace(PROPOSAL, wording=one)), browser)
    assert page.one("h1").attributes["lang"] == "id"
    assert "lang" not in page_in(browser, site_hall, "id").one("h1").attributes


def page_in(browser, hall, language):
    return browser.visit(f"/{language}/votes/{hall.vote.slug}")


def test_the_list_shows_what_is_under_way_and_what_was_counted(site_hall, browser):
    site_hall.open().vote_all(ani=YES, budi=YES).finish()
    site_hall.clock.moment = OPENS - timedelta(days=1)
    site_hall.open(replace(PARKS, counting=Counting(Rule.PLURALITY)))
    page = browser.visit("/en/votes")
    current, counted = page.all("ul", class_="list")
    assert current.words == (
        "Election The name of the new park Residents of Kelurahan Kenanga"
        " 6 days left 0 of 5 have checked in"
    )
    assert "Accepted: 2 yes, 0 no, 0 blank." in counted.words
    browser.click("The name of the new park")


def test_the_list_costs_the_same_however_long_it_is(app, site_hall, browser):
    for _ in range(2):
        site_hall.draw_up().do(services.announce)
    browser.visit("/en/votes")
    with statements(app) as few:
        browser.visit("/en/votes")
    for _ in range(8):
        site_hall.draw_up().do(services.announce)
    with statements(app) as many:
        browser.visit("/en/votes")
    assert len(many) == len(few) <= 6


@pytest.mark.parametrize("cursor", ["x", "bm90LWpzb24", "WyJhIiwgImIiXQ"])
def test_a_broken_cursor_is_refused_in_words(site_hall, browser, cursor):
    for list_ in ("current", "counted"):
        page = browser.visit(f"/en/votes?{list_}={cursor}", 422)
        assert "This address is incomplete." in page.words


def test_a_long_list_goes_on_to_the_rest(site_hall, browser):
    for number in range(22):
        title = {"id": f"Pertanyaan {number}", "en": f"Question {number:02}"}
        site_hall.draw_up(replace(PROPOSAL, wording=replace(WORDING, title=title)))
        site_hall.do(services.announce)
    first = browser.visit("/en/votes")
    second = browser.click("Show more")
    rows = [page.one("ul", class_="list").all("h3") for page in (first, second)]
    assert [len(each) for each in rows] == [20, 2]
    assert len({row.words for each in rows for row in each}) == 22
    assert "Counted" not in [each.words for each in second.all("h2")]
