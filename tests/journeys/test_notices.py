"""A resident follows a draft, is told what became of it, and stops the letters with one press."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from participation import jobs
from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.comments.rules import Reason
from participation.comments.services import NewAnswer
from participation.consultations.models import Consultation
from participation.consultations.services import answer_residents
from participation.core.access import Role
from participation.core.mail import MemoryMailer
from tests.factories.consultations import NOW, City
from tests.journeys import judging
from tests.journeys.crawl import LANGUAGES
from tests.journeys.living import PHONE

pytestmark = pytest.mark.browser

SUMUR = "/consultations/pemakaian-sumur"
CLAUSE = f"{SUMUR}/clauses/pasal-2-ayat-1"
WORDS = "Sumur sebaiknya tutup pukul sembilan."
ANSWER = "Terima kasih, ayat (1) kami ubah."
SRI, YOGA = "p2@example.id", "p3@example.id"


@pytest.fixture
def city(live):
    """An open consultation; Sri and Yoga read their mail."""
    with live.database.transaction() as session:
        made = City(session)
        yoga = made.person("Yoga Pratama", Role.RESIDENT)
        for actor in (made.resident, yoga):
            session.get_one(Account, actor.id).confirmed_at = NOW
        made.found = made.opened()
    return made


def judge(device, address: str) -> None:
    """The page at an address is good in both languages, also on a narrow screen."""
    page = device.page
    for language in LANGUAGES:
        page.goto(f"/{language}{address}")
        judging.learn_axe(page)
        found = [*judging.axe(page), *judging.narrow(page), *judging.identity(page, language)]
        page.set_viewport_size(PHONE)
        assert not found, f"{address} in {language}: {found}"
    page.goto(f"/en{address}")


def write(device) -> None:
    """A resident writes a comment on the clause."""
    page = device.page
    page.goto(f"/en{CLAUSE}")
    page.get_by_text("Concern", exact=True).click()
    page.locator("#comment-form textarea").fill(WORDS)
    device.press("Send comment")
    expect(page.locator("article.said").first).to_contain_text(WORDS)


def answer(live, city) -> None:
    """The office answers everything that was said."""
    with live.database.transaction() as session:
        found = session.get_one(Consultation, city.found.id)
        said = session.scalars(select(Comment)).all()
        words = NewAnswer("Ratna Wulandari", "Dinas Air", ANSWER, Reason.ADOPTED)
        answer_residents(session, city.officer, found, said, words, now=live.clock())


def minute(live) -> MemoryMailer:
    """A minute passes; what was mailed in it."""
    mailer = MemoryMailer()
    live.clock.move(minutes=1)
    jobs.tick(live.app, mailer)
    return mailer


def test_from_following_to_the_answer_and_no_more_letters(live, city, device_of):
    yoga = device_of(locale="en-GB")
    yoga.page.goto(f"/en{CLAUSE}")
    yoga.press("Follow")
    yoga.page.locator("#email").fill(YOGA)
    yoga.page.locator("#password").fill("pisang goreng hangat")
    yoga.page.locator("main button[type=submit]").first.click()
    yoga.sees("Follow this")
    judge(yoga, "/" + yoga.page.url.split("/", 4)[4])
    yoga.press("Follow")
    expect(yoga.page.locator("main")).to_contain_text("You follow this")

    sri = device_of(locale="en-GB").sign_in(SRI)
    write(sri)
    answer(live, city)
    (letter,) = minute(live).sent
    assert letter.recipient == SRI
    assert ANSWER in letter.body

    judge(sri, "/news")
    expect(sri.page.locator("header .count").first).to_contain_text("1")
    sri.press("Your comment on Pasal 2 ayat (1) was answered")
    sri.page.wait_for_url(re.compile("#comment-"))
    expect(sri.page.locator("article.said:target")).to_contain_text(ANSWER)
    expect(sri.page.locator("header .count")).to_have_count(0)

    live.clock.move(days=1)
    (digest,) = minute(live).sent
    assert digest.recipient == YOGA
    assert "There are new comments on Pasal 2 ayat (1)" in digest.body
    assert WORDS not in digest.body
    yoga.page.goto("/en/news")
    yoga.press("There are new comments on Pasal 2 ayat (1)")
    expect(yoga.page.locator("main")).to_contain_text(WORDS)
    yoga.page.goto("/en/news")
    expect(yoga.page.get_by_role("button", name="Mark everything as read")).to_have_count(0)


def test_one_press_stops_the_letters_without_signing_in(live, city, device_of):
    sri = device_of(locale="en-GB").sign_in(SRI)
    write(sri)
    answer(live, city)
    (letter,) = minute(live).sent
    anybody = device_of(locale="en-GB")
    where = "/" + letter.unsubscribe.split("/", 3)[3]
    anybody.page.goto(where)
    judge(anybody, where.removeprefix("/en"))
    anybody.press("Stop the letters").sees("No more news by mail")
    judge(sri, "/account/notices")
    expect(sri.page.get_by_label("Never")).to_be_checked()
