"""No text is lost: an expired sign-in, an old page, a wrong password, a new account."""

import pytest
from sqlmodel import select

from participation.accounts.models import Account
from participation.core.errors import Invalid
from participation.web.kept import address_with, is_local, pack, unpack
from participation.web.site import Kept
from tests.participation.browser import Browser
from tests.participation.html import read
from tests.participation.people import PASSWORD, make_person

LONG = "Pasar Legi tutup pukul 14.\n\nKalau harus pukul 5 pagi, sampah kami menginap.\n" * 20


def written(browser: Browser) -> tuple[str, str]:
    """What the form of the notebook shows."""
    page = browser.page
    text = "".join(page.one("textarea", name="text").inside).removeprefix("\n")
    return page.one("input", name="title").attributes["value"], text


@pytest.fixture
def expired(notes, browser_of, clock) -> Browser:
    """A browser that opened the notebook signed in, and whose sign-in then expired."""
    browser, _actor = browser_of("Sri Hartati")
    browser.visit("/notes")
    clock.move(days=31)
    return browser


def test_an_expired_sign_in_shows_the_form_again_filled_in(expired):
    page = expired.send(status=401, title="Sampah", text=LONG)
    assert "Your text is kept" in page.words
    page = expired.send(email="sri.hartati@example.id", password=PASSWORD)
    assert expired.here.startswith("/notes")
    assert "Your text is still here" in page.words
    assert written(expired) == ("Sampah", LONG.strip())


def test_nothing_was_written_until_the_person_sends_it_again(expired, session):
    expired.send(status=401, title="Nama baru", text=LONG)
    expired.send(email="sri.hartati@example.id", password=PASSWORD)
    assert session.exec(select(Account)).one().name == "Sri Hartati"
    assert "Written." in expired.send().words
    session.expire_all()
    assert session.exec(select(Account)).one().name == "Nama baru"


def test_a_wrong_password_in_between_loses_nothing(expired):
    expired.send(status=401, title="Sampah", text=LONG)
    expired.send(status=422, email="sri.hartati@example.id", password="salah sekali")
    expired.send(email="sri.hartati@example.id", password=PASSWORD)
    assert written(expired) == ("Sampah", LONG.strip())


def test_making_an_account_in_between_loses_nothing(notes, browser):
    browser.visit("/notes")
    browser.send(status=401, title="Sampah", text=LONG)
    page = browser.send(button="Make an account")
    assert "Your text is kept" in page.words
    browser.send(status=422, name="", email="yoga@example.id", password="empat kata yang panjang")
    browser.send(name="Yoga", email="yoga@example.id", password="empat kata yang panjang")
    assert written(browser) == ("Sampah", LONG.strip())


def test_a_page_that_is_too_old_to_be_trusted_is_shown_again_filled_in(notes, browser_of):
    browser, _actor = browser_of("Sri Hartati")
    browser.visit("/notes")
    page = browser.send(title="Sampah", text=LONG, csrf_token="stale")
    assert "send it again" in page.words
    assert written(browser) == ("Sampah", LONG.strip())


def test_kept_text_is_shown_to_nobody_else(expired, browser_of):
    expired.send(status=401, title="Rahasia", text=LONG)
    expired.send(email="sri.hartati@example.id", password=PASSWORD)
    other, _actor = browser_of("Orang Lain")
    other.visit(expired.here)
    assert written(other) == ("", "")


def test_kept_text_is_swept_away_after_hours(expired, clock):
    expired.send(status=401, title="Rahasia", text=LONG)
    expired.send(email="sri.hartati@example.id", password=PASSWORD)
    clock.move(hours=7)
    expired.visit(expired.here)
    assert written(expired) == ("", "")


def test_passwords_are_never_carried_along(notes, client):
    response = client.post(
        "/account/password", data={"old_password": "satu", "password": "dua", "hint": "tiga"}
    )
    assert response.status_code == 401
    line = read(response.text).one("input", name="kept").attributes["value"]
    with notes.test_request_context("/"):
        assert unpack(line).fields == {"hint": ["tiga"]}


def test_a_carried_line_that_was_touched_is_refused(notes):
    with notes.test_request_context("/"):
        line = pack(Kept("/notes", {"text": ["halo"]}))
        assert unpack(line) == Kept("/notes", {"text": ["halo"]})
        with pytest.raises(Invalid):
            unpack(("A" if line[0] != "A" else "B") + line[1:])


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "", "/a\nb"],
)
def test_people_are_only_ever_sent_back_to_this_site(address, browser, session):
    assert not is_local(address)
    make_person(session)
    session.commit()
    browser.visit("/sign-in")
    browser.send(next=address, email="sri.hartati@example.id", password=PASSWORD)
    assert browser.here == "/"


def test_asking_for_kept_text_keeps_the_rest_of_the_address():
    assert address_with("/notes?page=2&kept=old", "new") == "/notes?page=2&kept=new"
