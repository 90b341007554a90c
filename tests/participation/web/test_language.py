"""The language of a page, and how it writes dates and numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from participation.core.words import plural_words, words
from participation.web import language

EVENING = datetime(2026, 12, 2, 11, 0, tzinfo=UTC)  # 18.00 in Jakarta


@pytest.mark.parametrize(
    ("path", "cookie", "browser", "expected"),
    [
        ("/", None, None, "id"),
        ("/", None, "en-GB,en;q=0.9", "en"),
        ("/", None, "fr,de;q=0.8", "id"),
        ("/", "id", "en", "id"),
        ("/", "nonsense", "en", "en"),
        ("/en/", "id", "id", "en"),
        ("/id/", "en", "en", "id"),
    ],
)
def test_address_then_cookie_then_browser_choose(app, path, cookie, browser, expected):
    client = app.test_client()
    if cookie:
        client.set_cookie("language", cookie)
    page = client.get(path, headers={"Accept-Language": browser} if browser else {})
    assert f'<html lang="{expected}">' in page.text


def test_a_language_in_the_address_stays_in_every_link(browser):
    page = browser.visit("/id/")
    links = [a.attributes["href"] for a in page.one("header").all("a")]
    own = [link for link in links if not link.startswith("/en")]
    assert own
    assert all(link.startswith("/id/") for link in own)


def test_the_switch_leads_to_the_same_page_without_scripts(browser):
    page = browser.visit("/sign-in?next=/account")
    switch = next(a for a in page.all("a", hreflang="id") if a.words == "Bahasa Indonesia")
    assert switch.attributes["href"] == "/id/sign-in?next=/account"
    assert browser.visit(switch.attributes["href"]).one("html").attributes["lang"] == "id"


def test_a_chosen_language_is_remembered_on_the_device_only_when_asked(browser):
    browser.visit("/id/")
    assert browser.client.get_cookie("language") is None
    browser.visit("/language")
    browser.send(language="id")
    assert browser.client.get_cookie("language").value == "id"
    assert browser.visit("/").one("html").attributes["lang"] == "id"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("id", ["2 Desember 2026", "2 Des", "18.00", "12.345", "87 %", "11 hari"]),
        ("en", ["2 December 2026", "2 Dec", "18:00", "12,345", "87 %", "11 days"]),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(app, code, expected):
    with app.test_request_context("/", headers={"Accept-Language": code}):
        assert [
            language.date_words(EVENING),
            language.day_words(EVENING),
            language.time_words(EVENING),
            language.number_words(12345),
            language.percent_words(271, 312),
            language.span_words(timedelta(days=11)),
        ] == expected


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (1, 9999, "1 %"), (9999, 10000, "99 %"), (5, 5, "100 %")],
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(app, part, whole, said):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert language.percent_words(part, whole) == said


def test_values_of_a_sentence_are_written_in_the_language(app):
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        sentence = words("%(n)s votes until %(day)s", n=12345, day=date(2026, 12, 2))
        assert language.say(sentence) == "12,345 votes until 2 December 2026"
        counted = plural_words("%(count)s vote", "%(count)s votes", 4118)
        assert language.say(counted) == "4,118 votes"
        assert language.say("as it is") == "as it is"


def test_outside_a_request_words_are_in_the_citys_language(app):
    with app.app_context():
        assert language.language() == "id"
