"""The ways through the account pages, with scripts off."""

from participation.accounts import queries
from tests.participation.people import PASSWORD, make_person


def test_somebody_registers_and_is_signed_in(browser, session):
    browser.visit("/sign-in")
    browser.send(button="Make an account")
    page = browser.send(name="Yoga P.", email="Yoga@Example.id", password="empat kata yang panjang")
    assert "Yoga P." in page.one("header").words
    assert queries.account_by_email(session, "yoga@example.id").name == "Yoga P."


def test_signing_in_and_out(browser, session):
    make_person(session)
    session.commit()
    browser.visit("/sign-in")
    assert "Sri Hartati" in browser.send(email="Sri.Hartati@example.id", password=PASSWORD).words
    browser.visit("/sign-out")
    assert "You are signed out." in browser.send().words
