"""Journey 4: flagged, looked at, removed under a rule, appealed, shown again, all in the open."""

import pytest
from playwright.sync_api import expect

from participation.core.access import Role
from tests.factories.consultations import City
from tests.journeys import judging
from tests.journeys.crawl import LANGUAGES

pytestmark = pytest.mark.browser

BAD = "Dasar bodoh semua!"
GOOD = "Sumur sebaiknya tutup pukul sembilan."
REASON = "Hinaan terhadap orang, tanpa pendapat tentang naskah."
CLAUSE = "/consultations/pemakaian-sumur/clauses/pasal-2-ayat-1"
AUTHOR, NEIGHBOUR, FIRST, SECOND = (f"p{number}@example.id" for number in (2, 3, 4, 5))


@pytest.fixture
def city(live):
    """An open consultation with two comments, a neighbour and two moderators."""
    with live.database.transaction() as session:
        made = City(session)
        made.person("Yoga Pratama", Role.RESIDENT)
        made.person("Bagas Nugroho", Role.MODERATOR)
        made.person("Wati Kurniasih", Role.MODERATOR)
        found = made.opened()
        made.comment(found, GOOD)
        made.reply(found, made.comment(found, BAD, minutes=5), "Tolong sopan.", minutes=6)
    return made


def judge(device, address: str = "") -> None:
    """The page here, or at an address, is good in both languages, also on a narrow screen."""
    page = device.page
    path = address or "/" + page.url.split("/", 4)[4]
    for language in LANGUAGES:
        page.goto(f"/{language}{path}")
        judging.learn_axe(page)
        found = [*judging.axe(page), *judging.narrow(page), *judging.identity(page, language)]
        assert not found, f"{path} in {language}: {found}"
    page.goto(f"/en{path}")


def said(device, words):
    """The innermost comment that holds these words."""
    return device.page.locator("article.said", has_text=words).last


def remove(device) -> None:
    """A moderator finds the comment in the queue and removes it after the preview."""
    page = device.page
    judge(device, "/desk/moderation")
    expect(page.locator("main")).to_contain_text("1 flag")
    device.press(BAD)
    judge(device)
    removal = page.locator("#removal-form")
    removal.get_by_text("Insults and threats", exact=True).click()
    removal.get_by_label("Reason", exact=True).fill(REASON)
    device.press("See what the public will see").sees("What the public will see")
    expect(page.locator("article.said").last).to_contain_text(REASON)
    device.press("Remove it")
    expect(page.get_by_role("status")).to_contain_text("The author is told by mail")


def test_from_a_flag_to_a_removal_an_appeal_and_back(city, device_of):
    neighbour = device_of().sign_in(NEIGHBOUR)
    neighbour.page.goto(f"/en{CLAUSE}")
    neighbour.page.locator("article.said", has_text=BAD).first.get_by_role(
        "link", name="Flag"
    ).first.click()
    judge(neighbour)
    neighbour.page.get_by_text("Insults and threats", exact=True).click()
    neighbour.press("Send flag")
    expect(neighbour.page.get_by_role("status")).to_contain_text("A moderator looks at it")

    first = device_of().sign_in(FIRST)
    remove(first)
    reader = device_of()
    judge(reader, CLAUSE)
    thread = reader.page.locator("#thread")
    expect(thread).not_to_contain_text(BAD)
    expect(thread).to_contain_text(REASON)
    expect(thread).to_contain_text("Tolong sopan.")

    author = device_of().sign_in(AUTHOR)
    author.page.goto(f"/en{CLAUSE}")
    author.press("Read it again, and appeal")
    judge(author)
    expect(author.page.locator("main")).to_contain_text(BAD)
    author.page.get_by_label("Why should it be shown?").fill("Saya mengutip orang lain.")
    author.press("Send appeal")
    expect(author.page.get_by_role("status")).to_contain_text("Another moderator decides by")

    first.page.goto("/en/desk/moderation")
    expect(first.page.locator("main")).to_contain_text("another moderator decides")
    second = device_of().sign_in(SECOND)
    second.page.goto("/en/desk/moderation")
    second.press("Saya mengutip orang lain.")
    judge(second)
    second.page.get_by_text("Show the comment again").click()
    second.page.get_by_label("Reason", exact=True).fill("Kutipan dari rapat, bukan hinaan.")
    second.press("Decide")

    reader.page.reload()
    expect(reader.page.locator("#thread")).to_contain_text(BAD)
    judge(reader, "/moderation/log")
    expect(reader.page.locator("main")).to_contain_text("Kutipan dari rapat")
    expect(reader.page.locator("main")).not_to_contain_text(BAD)
    judge(reader, "/moderation/rules")
    assert not any(each.wrong for each in (neighbour, first, second, author, reader))


def test_agreeing_without_scripts_moves_a_comment_up(city, device_of):
    neighbour = device_of(java_script_enabled=False).sign_in(NEIGHBOUR)
    page = neighbour.page
    page.goto(f"/en{CLAUSE}?order=agreed")
    expect(page.locator("article.said").first).to_contain_text(BAD)
    said(neighbour, GOOD).get_by_role("button", name="I agree").click()
    page.goto(f"/en{CLAUSE}?order=agreed")
    expect(page.locator("article.said").first).to_contain_text(GOOD)
    expect(said(neighbour, GOOD)).to_contain_text("1 agrees")
    said(neighbour, GOOD).get_by_role("button", name="I agree").click()
    page.goto(f"/en{CLAUSE}")
    expect(said(neighbour, GOOD)).not_to_contain_text("1 agrees")


def test_an_author_withdraws_and_the_replies_stay(city, device_of):
    author = device_of().sign_in(AUTHOR)
    author.page.goto(f"/en{CLAUSE}")
    own = author.page.locator("article.said", has_text=BAD).first
    own.get_by_role("link", name="Withdraw").first.click()
    judge(author)
    author.press("Delete my words")
    expect(author.page.locator("#replies")).to_contain_text("Withdrawn by its author")
    expect(author.page.locator("#replies")).to_contain_text("Tolong sopan.")
    expect(author.page.locator("#replies")).not_to_contain_text(BAD)
