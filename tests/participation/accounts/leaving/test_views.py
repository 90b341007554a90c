"""The ways of somebody who takes their data along, and of somebody who leaves."""

import json

from sqlmodel import select

from participation.core.mail import Letter
from tests.participation.people import PASSWORD


def test_a_copy_of_ones_data_is_a_file_of_ones_own(browser_of):
    browser, actor = browser_of()
    answer = browser.client.get("/account/copy")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    rows = json.loads(answer.get_data(as_text=True))
    assert rows[0]["kind"] == "account"
    assert rows[0]["name"] == actor.name


def test_a_reader_without_account_has_no_copy(browser):
    browser.visit("/account/copy")
    assert browser.here.startswith("/sign-in")


def test_leaving_asks_what_becomes_of_the_words_and_for_the_password(browser_of):
    browser, _actor = browser_of()
    browser.visit("/account")
    browser.click("Leave and erase")
    page = browser.send(status=422, password="")
    assert "Choose what becomes of your words." in page.words
    page = browser.send(status=422, wrote="keep", password="bukan ini sandi")
    assert "The password is not right." in page.words


def test_after_leaving_one_is_signed_out_and_told_by_letter(browser_of, session):
    browser, _actor = browser_of("Sri Hartati")
    browser.visit("/account/leave")
    page = browser.send(wrote="erase", password=PASSWORD)
    assert "Your account is erased." in page.words
    assert "Sri Hartati" not in page.words
    letter = session.exec(select(Letter)).one()
    assert letter.recipient == "sri.hartati@example.id"
    browser.visit("/account")
    assert browser.here.startswith("/sign-in")


def test_guessing_the_password_has_an_end(browser_of):
    browser, _actor = browser_of()
    for _ in range(8):
        browser.visit("/account/leave")
        browser.send(status=422, wrote="keep", password="bukan ini sandi")
    browser.visit("/account/leave")
    browser.send(status=429, wrote="keep", password=PASSWORD)
