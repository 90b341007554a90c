"""The ways through the account pages, with scripts off."""

import re

import pytest
from sqlmodel import select

from participation.accounts import queries
from participation.accounts.models import Account
from participation.core.mail import Letter
from tests.participation.people import PASSWORD, make_person


@pytest.fixture
def sri(session):
    """Sri's account."""
    actor = make_person(session)
    session.commit()
    return actor


def link_in_letter(session) -> str:
    """The path of the link in the letter that waits."""
    body = session.exec(select(Letter)).one().body
    return re.search(r"http://127\.0\.0\.1:8000(\S+)", body).group(1)


def sign_in(browser, status=200, password=PASSWORD):
    browser.visit("/sign-in")
    return browser.send(status=status, email="Sri.Hartati@example.id", password=password)


def test_somebody_registers_and_is_signed_in(browser, session):
    browser.visit("/sign-in")
    browser.send(button="Make an account")
    page = browser.send(name="Yoga P.", email="Yoga@Example.id", password="empat kata panjang")
    assert "Yoga P." in page.one("header").words
    assert queries.account_by_email(session, "yoga@example.id").name == "Yoga P."


def test_registering_says_beside_each_field_what_is_wrong(browser, sri):
    browser.visit("/register")
    page = browser.send(status=422, name="", email="sri.hartati@example.id", password="kurang")
    assert page.one("span", id="name-error").words == "This must be filled in."
    assert "At least 10" in page.one("span", id="password-error").words
    page = browser.send(status=422, name="S", email="sri.hartati@example.id",
                        password="cukup panjang ini")  # fmt: skip
    assert "already an account" in page.one("span", id="email-error").words


def test_signing_in_and_out(browser, sri):
    assert "Sri Hartati" in sign_in(browser).one("header").words
    browser.visit("/sign-out")
    assert "You are signed out." in browser.send().words
    browser.visit("/account")
    assert browser.here.startswith("/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_be(browser, sri):
    browser.visit("/account")
    browser.send(email="sri.hartati@example.id", password=PASSWORD)
    assert browser.here == "/account"


def test_too_many_wrong_passwords_have_to_wait_and_are_told_so(browser, sri, clock):
    for _ in range(8):
        sign_in(browser, status=422, password="salah sekali")
    page = sign_in(browser, status=429)
    assert "Please wait 5 minutes" in page.words
    clock.move(minutes=5)
    assert "Sri Hartati" in sign_in(browser).words


def test_a_stranger_who_keeps_guessing_cannot_keep_the_owner_out(app, browser, sri):
    sign_in(browser)
    browser.visit("/sign-out")
    browser.send()
    stranger = type(browser)(app.test_client())
    stranger.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    for _ in range(8):
        sign_in(stranger, status=422, password="salah sekali")
    sign_in(stranger, status=429)
    assert "Sri Hartati" in sign_in(browser).words


def test_a_new_name_shows_at_once(browser, sri):
    sign_in(browser)
    browser.visit("/account")
    page = browser.send("profile", name="Sri H.", language="en")
    assert "Your details are saved." in page.words
    assert "Sri H." in page.one("header").words


def test_a_chosen_language_comes_along_with_the_person(browser, sri):
    sign_in(browser)
    browser.visit("/account")
    browser.send("profile", language="id")
    assert browser.visit("/").one("html").attributes["lang"] == "id"


def test_changing_the_password(browser, sri):
    sign_in(browser)
    browser.visit("/account")
    page = browser.send(
        "change-password", status=422, old_password="salah", password="kopi panas 9"
    )
    assert "not right" in page.one("span", id="old_password-error").words
    page = browser.send("change-password", old_password=PASSWORD, password="kopi tubruk panas")
    assert "Your password is changed" in page.words


def test_confirming_the_address_with_the_mailed_link(browser, session):
    browser.visit("/register")
    browser.send(name="Yoga", email="yoga@example.id", password="empat kata panjang")
    assert "not confirmed yet" in browser.visit("/account").words
    browser.visit(link_in_letter(session))
    assert "is confirmed" in browser.send().words
    assert session.exec(select(Account)).one().confirmed_at is not None
    assert "not confirmed yet" not in browser.visit("/account").words


def test_opening_the_mailed_link_alone_confirms_nothing(browser, session):
    browser.visit("/register")
    browser.send(name="Yoga", email="yoga@example.id", password="empat kata panjang")
    browser.visit(link_in_letter(session))
    assert session.exec(select(Account)).one().confirmed_at is None


def test_the_letter_can_be_asked_for_again_but_not_without_end(browser, sri, session):
    sign_in(browser)
    browser.visit("/account")
    for _ in range(3):
        browser.send("confirmation")
    assert "Please wait" in browser.send("confirmation", status=429).words
    assert len(session.exec(select(Letter)).all()) == 3


def test_a_forgotten_password_is_set_anew_with_a_mailed_link(browser, sri, session):
    browser.visit("/forgotten-password")
    browser.send(email="sri.hartati@example.id")
    browser.visit(link_in_letter(session))
    page = browser.send(password="kopi tubruk panas")
    assert "Your new password is set" in page.words
    assert "Sri Hartati" in sign_in(browser, password="kopi tubruk panas").words


def test_nobody_learns_from_the_form_who_has_an_account(browser, sri, session):
    said = []
    for email in ("sri.hartati@example.id", "nobody@example.id"):
        browser.visit("/forgotten-password")
        said.append(browser.send(email=email).one("main").words)
    assert said[0] == said[1]
    assert len(session.exec(select(Letter)).all()) == 1


def test_a_link_that_was_used_says_what_to_do(browser):
    browser.visit("/account/confirm/guessed")
    assert "ask for a new one" in browser.send(status=404).words
