"""Passkeys on the account page: what is asked, what is refused, and the letter that follows."""

import pytest
from sqlmodel import select

from participation.accounts.models import KeptForm, Passkey
from participation.accounts.queries import account
from participation.app import create_app
from participation.core.mail import Letter
from participation.settings import read_settings
from tests.participation.authenticator import Authenticator
from tests.participation.people import MORNING, PASSWORD

ORIGIN = "http://localhost:8000"


@pytest.fixture
def app(tmp_path, clock):
    """The site under a name, on an empty database."""
    given = {"var": tmp_path / "var", "environment": "development", "origin": ORIGIN}
    built = create_app(read_settings(**given), clock=clock)
    database = built.extensions["suara"].database
    database.create_tables()
    yield built
    database.close()


@pytest.fixture
def sri(browser_of, session):
    """Sri's browser, signed in, her address confirmed."""
    made, actor = browser_of("Sri Hartati")
    account(session, actor.id).confirmed_at = MORNING
    session.commit()
    return made


def begin(browser, status=200, **sent):
    browser.visit("/account/passkeys/new")
    return browser.send(status=status, **{"name": "Telepon", "password": PASSWORD} | sent)


def finish(browser, page, status=200, phone=None, **lies):
    options = page.one("div", id="enrol").attributes["data-options"]
    phone = phone or Authenticator(ORIGIN, "localhost")
    return browser.send(status=status, answer=phone.create(options, **lies))


def enrol(browser, **sent):
    return finish(browser, begin(browser, **sent))


def letters(session):
    return list(session.exec(select(Letter)))


def test_a_passkey_is_added_and_its_owner_told_by_mail(sri, session):
    """A14: whoever adds a key in somebody's name is seen doing it."""
    page = enrol(sri)
    assert "Your passkey is enrolled." in page.words
    assert "Telepon" in page.one("section", id="passkeys").words
    (letter,) = letters(session)
    assert letter.recipient == "sri.hartati@example.id"
    assert "“Telepon” was just added" in letter.body
    assert f"{ORIGIN}/account" in letter.body
    assert f"{ORIGIN}/forgotten-password" in letter.body


def test_a_name_is_suggested_from_the_device(sri):
    agent = "Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140 Safari"
    page = sri.visit("/account/passkeys/new", headers={"User-Agent": agent})
    assert page.one("input", id="name").attributes["value"] == "Chrome, Android"


def test_a_wrong_password_begins_nothing_and_counts(sri, session):
    for _ in range(8):
        page = begin(sri, status=422, password="salah sekali")
    assert "The password is not right." in page.words
    assert "Please wait" in begin(sri, status=429).words
    assert session.exec(select(KeptForm)).all() == []


def test_an_answer_is_taken_once_also_when_it_was_wrong(sri, session):
    """A15: replay."""
    page = begin(sri)
    options = page.one("div", id="enrol").attributes["data-options"]
    here = sri.here
    page = finish(sri, page, status=422, origin="https://evil.example")
    assert "is not a passkey for this site" in page.words
    token = page.one("form", method="post").all("input")[0].attributes["value"]
    answer = Authenticator(ORIGIN, "localhost").create(options)
    sent = {"answer": answer, "csrf_token": token}
    again = sri.client.post(here, data=sent)
    assert again.status_code == 422
    assert "begun too long ago" in again.get_data(as_text=True)
    assert session.exec(select(Passkey)).all() == []


def test_the_page_of_another_persons_enrolment_is_not_found(sri, browser_of):
    begin(sri)
    other, _actor = browser_of("Yoga")
    page = other.visit(sri.here, status=422)
    assert "Please begin again" in page.words


def test_without_scripts_the_page_says_what_to_do(sri):
    assert "Scripts are off in this browser" in begin(sri).words


def test_removing_asks_for_the_password_and_says_what_it_does_not_change(sri, session):
    enrol(sri)
    page = sri.click("Remove : Telepon")
    assert "their rolls do not change" in page.words
    assert "The password is not right." in sri.send(status=422, password="salah").words
    page = sri.send(password=PASSWORD)
    assert "The passkey is removed." in page.words
    assert "Telepon" not in page.one("section", id="passkeys").words
    assert "was just removed" in letters(session)[-1].body


def test_another_persons_passkey_is_not_found(sri, browser_of):
    """A14: nobody removes somebody else's."""
    page = enrol(sri)
    links = [each.attributes["href"] for each in page.all("a")]
    (remove,) = [each for each in links if each.endswith("/remove")]
    other, _actor = browser_of("Yoga")
    other.visit(remove, status=404)


def test_before_the_address_is_confirmed_the_account_page_says_why_not(browser_of):
    other, _actor = browser_of("Yoga")
    page = other.visit("/account")
    assert "Confirm your e-mail address first" in page.one("section", id="passkeys").words
    assert "confirm your e-mail address first" in begin(other, status=403).words


def test_four_passkeys_are_all_there_is_room_for(sri):
    for number in range(4):
        page = enrol(sri, name=f"Kunci {number}")
    assert "You have four" in page.one("section", id="passkeys").words
    assert "Remove one first" in begin(sri, status=409).words


def test_a_site_under_a_number_says_that_it_needs_a_name(app, sri, tmp_path, clock):
    given = {"var": tmp_path / "var", "environment": "development"}
    plain = create_app(read_settings(**given), clock=clock)
    sri.client.application = plain
    assert "open under a number" in sri.visit("/account/passkeys/new").words
