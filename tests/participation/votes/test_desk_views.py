"""The organiser's desk, from an empty form to the published result."""

from io import BytesIO

import pytest

from participation.core.access import Role
from participation.votes import queries
from participation.votes.proposal import Rule
from tests.participation.desk import figures_of, rows_behind
from tests.participation.html import Element
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NAMES, NO, OPENS, YES, address

WORDS = {
    "organiser": "Kelurahan Kenanga",
    "title_id": "Jalan Kenanga tanpa kendaraan",
    "title_en": "Jalan Kenanga without cars",
    "about_id": "Setiap Minggu pagi.",
    "about_en": "Every Sunday morning.",
    "electorate_id": "Warga Kelurahan Kenanga",
    "electorate_en": "Residents of Kelurahan Kenanga",
    "question_id": "Ditutup setiap Minggu?",
    "question_en": "Close the street every Sunday?",
    "options_id": "Ya, ditutup | Mulai Januari\nTidak",
    "options_en": "Yes, close it | From January\nNo",
}
FORM = {
    **WORDS,
    "rule": "yes-no",
    "quorum_percent": "25",
    "check_in_opens": "2026-11-22T09:00",
    "check_in_closes": "2026-11-27T09:00",
    "voting_opens": "2026-11-22T09:00",
    "voting_closes": "2026-11-28T09:00",
    "min_group": "2",
    "batch_min": "2",
    "epoch_seconds": "60",
}
ROLL = "voter_id,name\n" + "".join(f"{address(name)},{name.title()}\n" for name in NAMES)


@pytest.fixture
def desk(browser_of):
    """An organiser's browser."""
    browser, _actor = browser_of("Sari Dewi", Role.ORGANISER)
    return browser


def drawn(desk, **changes) -> Element:
    """The page after a vote was drawn up."""
    desk.visit("/en/desk/votes/new")
    return desk.send("drawing-form", **{**FORM, **changes})


def refused(desk, **changes) -> dict[str, str]:
    """The fields that are blamed when a form is sent, with what is said beside them."""
    desk.visit("/en/desk/votes/new")
    page = desk.send("drawing-form", 422, **{**FORM, **changes})
    said = {
        each.attributes["id"].removesuffix("-error"): each.words
        for each in page.all("span", class_="error")
    }
    summary = page.one("div", class_="summary").words
    assert all(message in summary for message in said.values())
    return said


def hand_in(desk, slug="jalan-kenanga-tanpa-kendaraan", **fields):
    desk.visit(f"/en/desk/votes/{slug}/roll")
    return desk.send("roll-form", **fields)


def value_of(page, name) -> str:
    """What stands in a field."""
    return page.one("input", name=name).attributes["value"]


def vote_in(session):
    session.expire_all()
    return queries.vote_of_slug(session, "jalan-kenanga-tanpa-kendaraan")


def test_a_referendum_is_drawn_up_held_and_published_from_the_desk(desk, site_hall, session):
    page = drawn(desk)
    assert page.one("h1").words == "Roll"
    desk.send("roll-form", pasted=ROLL)
    assert "5 people are on the roll." in desk.page.words
    desk.send("announce")
    assert "Announced." in desk.page.words
    desk.send("freeze")
    assert "Frozen." in desk.page.words

    site_hall.vote = vote_in(session)
    site_hall.clock.moment = OPENS
    desk.visit(desk.here)
    desk.send("open_voting")
    site_hall.vote_all(ani=YES, budi=NO, citra=YES)
    site_hall.clock.moment = CHECK_IN_CLOSES
    desk.visit(desk.here)
    desk.send("close_check_in")
    site_hall.clock.moment = CLOSES
    desk.visit(desk.here)
    desk.send("close_voting")
    desk.send("count")
    assert "Counted. The result is public." in desk.page.words
    desk.click("See the result")
    assert "Accepted: 2 yes, 1 no, 0 blank." in desk.page.words


def test_what_was_sent_is_what_is_stored(desk, session):
    drawn(desk)
    found = vote_in(session)
    assert found.title == {"id": WORDS["title_id"], "en": WORDS["title_en"]}
    assert found.options[0] == {
        "id": "yes",
        "text": {"id": "Ya, ditutup\nMulai Januari", "en": "Yes, close it\nFrom January"},
    }
    assert (found.quorum_percent, found.majority, found.min_group) == (25, "1/2", 2)
    assert found.check_in_opens_at == OPENS
    assert found.voting_closes_at == CLOSES


def test_the_form_shows_again_what_was_drawn_up(desk):
    drawn(desk)
    page = desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan/details")
    shown = {
        each.attributes["name"]: each.attributes["value"] for each in page.all("input", type="text")
    }
    assert shown["title_en"] == WORDS["title_en"]
    areas = {each.attributes["name"]: each.words for each in page.all("textarea")}
    assert areas["options_id"] == "Ya, ditutup | Mulai Januari Tidak"
    desk.send("drawing-form", title_id="Jalan Kenanga")
    assert desk.page.one("h1").words == WORDS["title_en"]


def test_english_is_optional_but_never_half(desk, session):
    none = dict.fromkeys((name for name in WORDS if name.endswith("_en")), "")
    drawn(desk, **none)
    assert vote_in(session).languages == ["id"]
    said = refused(desk, **{**none, "title_en": "Half"})
    assert set(said) == {"about_en", "electorate_en", "question_en", "options_en"}
    assert set(said.values()) == {"The English version lacks this."}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_id": ""}, "title_id"),
        ({"rule": None}, "rule"),
        ({"options_id": "Ya\nTidak\nRagu", "options_en": "Yes\nNo\nUnsure"}, "options_id"),
        ({"options_en": "Yes"}, "options_en"),
        ({"options_id": "Ya\n" + "x" * 301}, "options_id"),
        ({"quorum_percent": "many"}, "quorum_percent"),
        ({"quorum_percent": "120"}, "quorum_percent"),
        ({"check_in_closes": "2026-11-21T08:00"}, "check_in_closes"),
        ({"voting_opens": "tomorrow"}, "voting_opens"),
        ({"voting_closes": "2026-11-22T08:00"}, "voting_closes"),
        ({"min_group": "1"}, "min_group"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(desk, changes, field):
    assert field in refused(desk, **changes)
    names = {each.attributes["name"]: each for each in desk.page.all("input", type="text")}
    kept = {**FORM, **changes}
    for name in ("organiser", "title_en", "quorum_percent"):
        assert names[name].attributes["value"] == kept[name]
    times = {
        each.attributes["name"]: each for each in desk.page.all("input", type="datetime-local")
    }
    assert times["voting_opens"].attributes["value"] == kept["voting_opens"]


def test_a_mistake_among_the_folded_numbers_unfolds_them(desk):
    refused(desk, batch_min="few")
    assert "open" in desk.page.one("details", class_="measures").attributes


NAMES_OF_PARKS = "Melati\nKenanga\nCempaka"
MONEY = {"budget": "100.000.000", "costs": "60.000.000\n50 000 000\n30000000"}


def ruled(rule, **changes):
    """A form by this rule, with three options that cost something."""
    names = {"options_id": NAMES_OF_PARKS, "options_en": NAMES_OF_PARKS, "quorum_percent": ""}
    return {"rule": rule.value, **names, **MONEY, **changes}


@pytest.mark.parametrize("rule", sorted(set(Rule) - {Rule.YES_NO}))
def test_every_rule_can_be_drawn_up_announced_and_drawn_up_again(desk, rule):
    drawn(desk, **ruled(rule))
    hand_in(desk, pasted=ROLL)
    page = desk.send("announce")
    assert "Announced." in page.words
    assert "Melati" in page.words
    desk.send("withdraw")
    desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan/details")
    assert desk.send("drawing-form").one("h1").words == WORDS["title_en"]


def test_money_is_stored_with_its_rule_and_shown_again(desk, session):
    drawn(desk, **ruled(Rule.EQUAL_SHARES, utility="cardinality", completion_step="20.000"))
    found = vote_in(session)
    assert [option["cost"] for option in found.options] == [60_000_000, 50_000_000, 30_000_000]
    assert found.rule_details == {
        "budget": 100_000_000, "currency": "Rp", "points": None, "utility": "cardinality",
        "is_completed": True, "completion_step": 20_000,
    }  # fmt: skip
    page = desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan/details")
    assert value_of(page, "budget") == "100,000,000"
    assert value_of(page, "completion_step") == "20,000"
    assert page.one("textarea", name="costs").words == "60,000,000 50,000,000 30,000,000"


def test_what_another_rule_needs_is_neither_checked_nor_stored(desk, session):
    wrong = {"quorum_percent": "x", "budget": "much", "costs": "?", "max_score": "", "seats": "2"}
    drawn(desk, **ruled(Rule.STAR, **{**wrong, "max_score": "10"}))
    found = vote_in(session)
    assert (found.rule_details, found.seats, found.quorum_percent) == ({"max_score": 10}, 1, None)
    assert "cost" not in found.options[0]


@pytest.mark.parametrize(
    ("rule", "changes", "field"),
    [
        (Rule.SCORE, {"max_score": "256"}, "max_score"),
        (Rule.STAR, {"max_score": ""}, "max_score"),
        (Rule.STV_SCOTTISH, {"seats": "3"}, "seats"),
        (Rule.GREEDY, {"budget": ""}, "budget"),
        (Rule.GREEDY, {"budget": "12.50"}, "budget"),
        (Rule.GREEDY, {"costs": "1\n2"}, "costs"),
        (Rule.GREEDY, {"costs": "1\n2\nthree"}, "costs"),
        (Rule.GREEDY, {"costs": "1\n2\n0"}, "costs"),
        (Rule.EQUAL_SHARES, {"budget": "10"}, "costs"),
        (Rule.GREEDY, {"currency": ""}, "currency"),
        (Rule.GREEDY, {"ballot": "points", "points": ""}, "points"),
        (Rule.GREEDY, {"ballot": "points", "points": "256"}, "points"),
        (Rule.EQUAL_SHARES, {"completion_step": "9999"}, "completion_step"),
        (Rule.EQUAL_SHARES, {"utility": "fun"}, "utility"),
    ],
)
def test_what_would_not_be_safe_is_told_beside_its_field(desk, rule, changes, field):
    """Safe parameters (protocol, section 3), before anything is announced."""
    assert set(refused(desk, **ruled(rule, **changes))) == {field}


def test_a_roll_comes_from_a_file(desk, session):
    drawn(desk)
    page = hand_in(desk, file=(BytesIO(ROLL.encode()), "roll.csv"))
    assert "5 people are on the roll." in page.words
    assert vote_in(session).roll_size == 5
    assert "Ani" in desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan/roll").words


def test_a_bad_file_is_shown_for_correction_with_its_lines(desk, session):
    drawn(desk)
    text = f"voter_id,name\n{address('ani')},Ani\nsalah,Budi\n{address('ani')},Ani\n"
    page = hand_in(desk, file=(BytesIO(text.encode()), "roll.csv"), status=422)
    rows = [row.words for row in page.one("div", id="faults").all("tr")][1:]
    assert rows == [
        "3 An e-mail address was expected, not “salah”.",
        "4 ani@example.id stands in line 2 already.",
    ]
    assert "2 lines of the roll are not right. Nothing was stored." in page.words
    area = page.one("textarea", name="pasted")
    assert "salah,Budi" in area.words
    assert vote_in(session).roll_size == 0
    desk.send("roll-form", pasted=text.replace("salah", address("budi")).rsplit("ani@", 1)[0])
    assert vote_in(session).roll_size == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04", "voter_id\nan\xef@x.id".encode("latin-1")])
def test_a_file_that_is_no_text_is_refused_beside_its_field(desk, content):
    drawn(desk)
    page = hand_in(desk, file=(BytesIO(content), "roll.xlsx"), status=422)
    assert page.one("span", id="file-error").words


def test_a_long_roll_goes_on_page_by_page(desk):
    drawn(desk)
    many = "voter_id\n" + "".join(f"warga{i:03}@example.id\n" for i in range(150))
    hand_in(desk, pasted=many)
    page = desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan/roll")
    assert "warga000@example.id" in page.words
    assert "warga120@example.id" not in page.words
    assert "warga120@example.id" in desk.click("Show more").words


def test_a_step_too_early_says_why_and_names_its_rule(desk, session):
    drawn(desk)
    page = desk.visit("/en/desk/votes/jalan-kenanga-tanpa-kendaraan")
    assert "There is no roll yet." in page.words
    assert "Rule: roll-missing" in page.words
    assert "disabled" in page.one("form", id="announce").one("button").attributes
    page = desk.send("announce", 422)
    assert "There is no roll yet." in page.one("div", class_="summary").words
    assert vote_in(session).state == "drafted"


def test_a_step_that_another_organiser_was_faster_with_is_refused_in_words(
    desk, session, browser_of
):
    drawn(desk)
    hand_in(desk, pasted=ROLL)
    other, _actor = browser_of("Yoga Pratama", Role.ORGANISER)
    other.visit(desk.here)
    desk.send("announce")
    page = other.send("announce", 422)
    assert "Only a vote that is still being drawn up can be announced." in page.words
    assert vote_in(session).state == "announced"


def test_what_will_be_frozen_is_shown_before(desk):
    drawn(desk)
    hand_in(desk, pasted=ROLL)
    page = desk.send("announce")
    assert "What will be frozen" in page.words
    asked = ("Close the street every Sunday?", "25 per cent", "22 November 2026")
    for words in (*asked, "Light vote.", "Trustees"):
        assert words in page.words
    assert page.one("form", id="withdraw").words == "Withdraw it to change something"
    assert "What is frozen" in desk.send("freeze").words


def test_a_frozen_vote_shows_numbers_and_never_who_came(desk, site_hall, session):
    """A11: nobody at the desk learns who checked in, or who voted."""
    drawn(desk)
    hand_in(desk, pasted=ROLL)
    desk.send("announce")
    desk.send("freeze")
    site_hall.vote = vote_in(session)
    site_hall.clock.moment = OPENS
    desk.visit(desk.here)
    desk.send("open_voting")
    before = desk.visit(f"{desk.here}/roll").one("main").words
    site_hall.vote_all(ani=YES, budi=NO)
    after = desk.visit(desk.here).one("main").words
    assert before == after
    assert "roll-form" not in [each.attributes.get("id") for each in desk.page.all("form")]


def test_the_desk_lists_votes_with_their_next_step(desk):
    assert "No vote yet" in desk.visit("/en/desk/votes").words
    drawn(desk)
    row = desk.visit("/en/desk/votes").one("ul", class_="list").words
    assert row == "being drawn up Jalan Kenanga without cars no roll yet Next: Announce the vote"


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICER])
def test_the_desk_of_votes_is_the_organisers(browser_of, role):
    browser, _actor = browser_of("Budi Santoso", role)
    browser.visit("/en/desk/votes", 403)
    browser.visit("/en/desk/votes/new", 403)


def test_a_vote_that_is_not_there_is_told(desk):
    desk.visit("/en/desk/votes/nothing", 404)


def test_the_desk_counts_the_votes_whose_next_step_can_be_taken_now(desk, site_hall, clock):
    site_hall.freeze()
    assert "vote ready for its next step" not in figures_of(desk.visit("/desk"))
    clock.moment = OPENS
    number, href = figures_of(desk.visit("/desk"))["vote ready for its next step"]
    (row,) = rows_behind(desk, href)
    assert "Next: Open the ballot box" in row.words
    assert number == 1
