"""What other features do with words that came on paper: moderation, letters, families, the log."""

import pytest
from sqlmodel import select

from participation.accounts.models import Account
from participation.accounts.offline.rules import UNNAMED
from participation.comments.rules import Source
from participation.comments.standing.rules import Rule
from participation.core.access import Role
from participation.core.mail import Letter, post
from participation.intake.models import IntakeEntry
from participation.moderation import queries as moderation
from participation.moderation import services as moderating
from participation.moderation.services import Ruling
from tests.factories.consultations import NOW

HOME = "/consultations/pemakaian-sumur"


@pytest.fixture
def office(desk):
    """An open consultation that the site shows."""
    desk.session.commit()
    return desk


def test_words_from_paper_are_removed_like_any_other_and_nobody_gets_a_letter(office, browser_of):
    comment = office.published("Kata yang kasar.")
    office.session.commit()
    moderator, _ = browser_of("Maya Sari", Role.MODERATOR)
    moderator.visit(f"/desk/moderation/comments/{comment.id}")
    moderator.send("removal-form", rule=Rule.INSULT.value, reason="Menghina petugas kelurahan.")
    moderator.send("removal-form")
    assert not office.session.exec(select(Letter)).all()
    page = moderator.visit(f"{HOME}/comments/{comment.id}")
    assert "Kata yang kasar." not in page.words
    assert "Menghina petugas kelurahan." in page.words


def test_the_code_leads_to_a_removal_and_its_reason(office, browser):
    comment = office.published("Kata yang kasar.")
    moderator = office.city.person("Maya Sari", Role.MODERATOR)
    found = moderation.case(office.session, comment.id)
    ruling = Ruling(Rule.INSULT, "Menghina petugas kelurahan.")
    moderating.remove(office.session, moderator, found, ruling, now=NOW)
    office.session.commit()
    entry = office.session.exec(select(IntakeEntry)).one()
    assert "A moderator took these words away" in browser.visit(f"/k/{entry.code}").words
    browser.click("See it among the other comments")
    assert "Menghina petugas kelurahan." in browser.page.words


def test_a_reason_may_speak_of_a_resident_when_nobody_is_named(office):
    comment = office.published("Kata yang kasar.", name="")
    moderator = office.city.person("Maya Sari", Role.MODERATOR)
    found = moderation.case(office.session, comment.id)
    assert found.author == UNNAMED
    ruling = Ruling(Rule.INSULT, "Menghina seorang warga.")
    moderating.remove(office.session, moderator, found, ruling, now=NOW)


def test_no_letter_is_queued_for_an_address_that_is_nobodys(office):
    comment = office.published()
    author = office.session.get(Account, comment.author_id)
    letter = Letter(recipient=author.email, subject="Halo", body="Halo", written_at=NOW)
    post(office.session, letter)
    assert not office.session.exec(select(Letter)).all()


def test_an_answer_to_all_reaches_a_paper_without_a_letter(office, browser_of):
    comment = office.published(source=Source.COUNTER)
    office.session.commit()
    officer, _ = browser_of("Dewi Lestari", Role.OFFICER)
    officer.visit(f"/desk/consultations/pemakaian-sumur/comments/{comment.id}/answer")
    officer.send("answer-form", reason="adopted", body="Kami gali lebih dalam.")
    assert not office.session.exec(select(Letter)).all()
    entry = office.session.exec(select(IntakeEntry)).one()
    assert "Kami gali lebih dalam." in officer.visit(f"/k/{entry.code}").words
