"""Signed-in browsers: tokens, rotation, ends."""

from sqlmodel import select

from participation.accounts.models import LoginSession
from tests.participation.people import PASSWORD, make_person, sign_in


def test_signing_in_gives_the_browser_a_new_token_and_forgets_the_old_cookie(browser, session):
    make_person(session)
    session.commit()
    browser.visit("/sign-in")
    before = browser.client.get_cookie("suara").value
    browser.send(email="sri.hartati@example.id", password=PASSWORD)
    assert browser.client.get_cookie("suara").value != before


def test_the_database_cannot_sign_anybody_in(browser_of, session):
    browser, _actor = browser_of("Sri")
    row = session.exec(select(LoginSession)).one()
    with browser.client.session_transaction() as cookie:
        assert row.token_hash not in cookie.values()
        cookie["_user_id"] = row.token_hash
    browser.visit("/account")
    assert browser.here.startswith("/sign-in")


def test_a_login_session_ends_after_its_days(browser_of, clock):
    browser, _actor = browser_of("Sri")
    clock.move(days=29)
    assert browser.visit("/account").one("h1").words == "Your account"
    clock.move(days=31)
    browser.visit("/account")
    assert browser.here.startswith("/sign-in")


def test_somebody_who_comes_back_often_stays_signed_in(browser_of, clock):
    browser, _actor = browser_of("Sri")
    for _ in range(5):
        clock.move(days=20)
        assert browser.visit("/account").one("h1").words == "Your account"


def test_a_copied_cookie_is_worthless_after_signing_out(app, browser_of, session):
    browser, _actor = browser_of("Sri")
    copied = browser.client.get_cookie("suara").value
    browser.visit("/sign-out")
    browser.send()
    thief = app.test_client()
    thief.set_cookie("suara", copied)
    assert thief.get("/account").status_code == 303


def test_signing_out_everywhere_else_leaves_only_this_browser(app, browser_of, session, clock):
    browser, actor = browser_of("Sri")
    other = app.test_client()
    sign_in(other, session, actor, clock())
    browser.visit("/account")
    browser.send("sign-out-others")
    assert other.get("/account").status_code == 303
    assert browser.visit("/account").one("h1").words == "Your account"
