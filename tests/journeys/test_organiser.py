"""Journey 4: an organiser draws a referendum up, holds it and publishes its result."""

import re

import pytest
from playwright.sync_api import expect

from participation.core.access import Role
from participation.votes.queries import vote_of_slug
from tests.participation.people import make_person
from tests.participation.votes.hall import (
    CHECK_IN_CLOSES,
    CLOSES,
    NAMES,
    NO,
    OPENS,
    YES,
    Hall,
    address,
)

pytestmark = pytest.mark.browser

WORDS = {
    "Who calls the vote": "Kelurahan Kenanga",
    "Title, Indonesian": "Jalan Kenanga tanpa kendaraan",
    "Title, English": "Jalan Kenanga without cars",
    "What it is about, Indonesian": "Setiap *Minggu* pagi.",
    "What it is about, English": "Every *Sunday* morning.",
    "Who may vote, Indonesian": "Warga Kelurahan Kenanga",
    "Who may vote, English": "Residents of Kelurahan Kenanga",
    "Question, Indonesian": "Ditutup setiap Minggu?",
    "Question, English": "Close the street every Sunday?",
    "Options, Indonesian": "Ya, ditutup | Mulai Januari\nTidak",
    "Options, English": "Yes, close it | From January\nNo",
    "Quorum in per cent of the roll": "25",
    "Check-in opens": "2026-11-22T09:00",
    "Check-in closes": "2026-11-27T09:00",
    "Voting opens": "2026-11-22T09:00",
    "Voting closes": "2026-11-28T09:00",
}
NUMBERS = {"Fewest voters whose ballots are opened": "2", "Fewest ballots published together": "2"}
SLUG = "jalan-kenanga-tanpa-kendaraan"
HERE, DESK = f"/en/votes/{SLUG}", f"/en/desk/votes/{SLUG}"
ROLL = "voter_id,name\n" + "".join(f"{address(name)},{name.title()}\n" for name in NAMES)
BAD_ROLL = ROLL.replace(address("budi"), "budi").replace(address("citra"), address("ani"))


@pytest.fixture
def organiser(live, device_of):
    """The organiser's computer, signed in, at the list of votes on the desk."""
    with live.database.transaction() as session:
        make_person(session, "Dimas", Role.ORGANISER)
    device = device_of(viewport={"width": 1280, "height": 900}).sign_in("dimas@example.id")
    device.page.goto("/en/")
    device.press("Desk")
    if device.page.url.endswith("/desk"):
        device.page.get_by_role("main").get_by_role("link", name="Votes").first.click()
    return device


def draw_up(organiser):
    """Fills in the form for a new vote and sends it."""
    organiser.press("Draw up a vote")
    page = organiser.page
    page.get_by_text("Yes or no", exact=True).click()
    for label, words in WORDS.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_text("Numbers that protect voters").click()
    for label, number in NUMBERS.items():
        page.get_by_label(label).fill(number)
    organiser.press("Save the draft").sees("Roll")


def hand_in(organiser, text, tmp_path):
    """Uploads a list as the roll."""
    file = tmp_path / "roll.csv"
    file.write_text(text)
    organiser.page.get_by_label("CSV file").set_input_files(file)
    organiser.press("Use this list")


def take(organiser, label, said):
    """Presses the button of a step; the page that follows says what became of it."""
    organiser.press(label)
    expect(organiser.page.get_by_role("status").first).to_contain_text(said)


def refuses(organiser, label, rule, because):
    """The button of a step is off and says why; pressed all the same, the site refuses."""
    page = organiser.page
    page.goto(DESK)
    button = page.get_by_role("button", name=label)
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description(re.compile(re.escape(because)))
    expect(page.locator(f"#{rule}-says code")).to_have_text(rule)
    button.evaluate("button => { button.disabled = false; }")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text(because)


def test_a_bad_roll_is_shown_line_by_line_and_can_be_mended_in_place(organiser, tmp_path):
    draw_up(organiser)
    page = organiser.page
    hand_in(organiser, BAD_ROLL, tmp_path)
    rows = page.locator("#faults tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("3")
    expect(rows.nth(0)).to_contain_text("An e-mail address was expected, not “budi”.")
    expect(rows.nth(1)).to_contain_text("ani@example.id stands in line 2 already.")
    kept = page.get_by_label("Or paste the list here")
    assert kept.input_value().split() == BAD_ROLL.split()
    kept.fill(ROLL)
    organiser.press("Use this list")
    expect(page.get_by_role("status")).to_contain_text("5 people are on the roll.")


def test_a_referendum_from_the_first_word_to_the_result(organiser, live, tmp_path, device_of):
    draw_up(organiser)
    refuses(organiser, "Announce the vote", "roll-missing", "There is no roll yet.")
    organiser.press("Hand in the roll")
    hand_in(organiser, ROLL, tmp_path)
    assert device_of().page.goto(HERE).status == 404  # nobody outside sees it yet
    take(organiser, "Announce the vote", "Announced.")
    take(organiser, "Freeze the vote", "Frozen.")
    refuses(organiser, "Open the ballot box", "voting-opens", "It cannot open earlier.")
    expect(organiser.page.get_by_role("link", name="Change texts")).to_have_count(0)

    at(live, organiser, OPENS)
    take(organiser, "Open the ballot box", "The ballot box is open.")
    vote(live, ani=YES, budi=NO, citra=YES)
    refuses(organiser, "Close check-in", "check-in-closes", "Closing earlier would shut them out.")
    at(live, organiser, CHECK_IN_CLOSES)
    take(organiser, "Close check-in", "Check-in is closed.")
    refuses(
        organiser, "Close the ballot box", "voting-closes", "Closing earlier would shut them out."
    )
    at(live, organiser, CLOSES)
    take(organiser, "Close the ballot box", "The ballot box is closed.")
    take(organiser, "Count and publish the result", "Counted. The result is public.")

    reader = device_of(locale="en-GB")
    reader.page.goto(HERE)
    reader.press("See the result").sees("Result")
    expect(reader.page.locator(".verdict")).to_have_text("Accepted: 2 yes, 1 no, 0 blank.")
    expect(reader.page.locator(".bars tbody tr").first).to_contain_text("Yes, close it")


def at(live, organiser, moment):
    """The promised moment comes."""
    live.clock.moment = moment
    organiser.page.goto(DESK)


def vote(live, **choices):
    """People of the roll check in and vote."""
    with live.database.session() as session:
        hall = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        hall.vote = vote_of_slug(session, SLUG)
        hall.vote_all(**choices)
        session.commit()
