"""Journeys 2 and 5 without a mouse: every stop is found with Tab and used with Enter or Space."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.living import PATIENCE
from tests.journeys.voting import open_hall
from tests.participation.votes.hall import address

pytestmark = pytest.mark.browser

STOPS = 120  # on the way to anything
AT = """() => {
  const at = document.activeElement;
  const [named] = at.labels ?? [];
  const told = (named?.querySelector("b") ?? named)?.textContent;
  const label = told || at.getAttribute("aria-label") || at.textContent;
  return label.replace(/\\s+/g, " ").trim();
}"""


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until the focus is on what says `words`."""
    passed = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(AT))
        if passed[-1] == words:
            return
    pytest.fail(f"the keyboard never comes to {words!r}, only to {passed}")


def use(page: Page, words: str, key: str = "Enter") -> None:
    """Goes to what says `words` and presses it."""
    tab_to(page, words)
    page.keyboard.press(key)


def follow(page: Page, words: str, heading: str) -> None:
    """Follows a link to the page with this main heading."""
    use(page, words)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def test_a_comment_from_the_front_page_on(visitor_of, demonstration):
    page = visitor_of(locale="en-GB").page
    page.goto("/en/")
    use(page, "Menu")
    follow(page, "Consultations", "Consultations")
    follow(page, "Pengelolaan sampah dari rumah", "Pengelolaan sampah dari rumah")
    use(page, "Read and comment")
    use(page, "Pasal 1")
    expect(page.get_by_role("heading", level=2, name="Pasal 1")).to_be_visible()
    tab_to(page, "Support")
    page.keyboard.press("ArrowDown")  # within the choices
    page.keyboard.press("Space")
    tab_to(page, "Your comment")
    page.keyboard.type("Mohon dijelaskan lebih sederhana.")
    use(page, "Send comment")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    email, password = demonstration.sign_in("sri")
    for label, words in (("E-mail address", email), ("Password", password)):
        tab_to(page, label)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your comment")).to_have_value("Mohon dijelaskan lebih sederhana.")
    use(page, "Send comment")
    said = page.locator("article.said", has_text="Mohon dijelaskan lebih sederhana.")
    expect(said.locator(".chip")).to_have_text("concern")


def test_a_vote_from_check_in_to_the_code(live, device_of):
    with open_hall(live) as hall:
        page = device_of(locale="en-GB").sign_in(address("ani")).page
        page.set_default_timeout(PATIENCE)
        page.goto(f"/en/votes/{hall.vote.slug}")
        use(page, "Check in")
        for heading, button in (
            ("Voting takes three steps", "Begin"),
            ("Is this you?", "Yes, this is me"),
            ("Keep a copy of your key", "Go on without a copy"),
            ("Now check in", "Check in"),
            ("You have checked in", "To the booth"),
        ):
            page.get_by_role("heading", name=heading, exact=True).wait_for()
            use(page, button)
        page.get_by_role("radio", name="Yes, close it").wait_for()
        tab_to(page, "Yes, close it")
        page.keyboard.press("Space")
        use(page, "Look again before sending")
        page.get_by_role("heading", name="Is this what you want to say?").wait_for()
        use(page, "Send my vote")
        page.get_by_role("heading", name="Your vote is in the box").wait_for()
        assert len(page.locator(".code:visible").inner_text().split()) == 5
