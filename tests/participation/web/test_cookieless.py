"""The ballot box, the record and the casting page never learn who is asking (A11)."""

import logging

import pytest

from participation.web.cookieless import Cookieless, is_cookieless

TELLING = {
    "Cookie": "suara=abc; language=en",
    "Authorization": "Bearer abc",
    "Referer": "https://example.id/votes/x/check-in",
    "User-Agent": "Firefox/1 (Sri's phone)",
    "X-Forwarded-For": "192.0.2.7",
    "Forwarded": "for=192.0.2.7",
}


def test_nothing_that_tells_who_asks_reaches_the_ballot_box(notes, client):
    """Stops the join of check-in and ballot in the site's own hands (A11)."""
    answer = client.get("/box/test", headers=TELLING).get_json()
    told = {"HTTP_" + name.upper().replace("-", "_") for name in TELLING}
    assert not told & set(answer["environ"])
    assert answer["address"] == "0.0.0.0"  # noqa: S104 - means: none


def test_a_language_prefix_is_no_way_around_it(notes, client):
    answer = client.get("/en/box/test", headers=TELLING).get_json()
    assert "HTTP_COOKIE" not in answer["environ"]
    assert answer["path"] == "/box/test"


@pytest.mark.parametrize("path", ["/box/test", "/id/box/test"])
def test_no_cookie_is_ever_set_there_even_by_mistake(notes, client, path):
    @notes.after_request
    def mistake(response):
        response.set_cookie("spy", "1")
        return response

    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" in client.get("/notes").headers


def test_a_post_to_the_box_needs_no_token_and_no_account(notes, client):
    assert client.post("/box/test").status_code == 200


@pytest.mark.parametrize("path", ["/box/x", "/cast/x", "/elections/x/record/checkpoint"])
def test_the_three_addresses_are_cookieless(path):
    assert is_cookieless(path)


@pytest.mark.parametrize("path", ["/", "/boxes", "/votes/box/", "/votes/x/check-in"])
def test_other_addresses_know_their_people(path):
    assert not is_cookieless(path)


def test_nobody_can_choose_a_language_there_by_a_cookie(notes, client):
    client.set_cookie("language", "id")
    assert b'lang="en"' in client.get("/cast/nothing-here").data


def test_an_error_there_logs_no_address(notes, client, caplog, capsys):
    """Stops the join through log lines (A11)."""
    with caplog.at_level(logging.DEBUG):
        client.get("/box/test/none", headers=TELLING)
    said = capsys.readouterr()
    assert "192.0.2.7" not in caplog.text + said.out + said.err
    assert "Firefox" not in caplog.text + said.out + said.err


def test_a_failing_answer_keeps_its_fault_and_loses_its_cookies():
    started = []

    def app(environ, start):
        error = ValueError()
        start("500 X", [("Set-Cookie", "a=b")], (ValueError, error, None))
        return [b""]

    def start(status, headers, fault=None):
        started.append((status, headers, fault))

    list(Cookieless(app)({"PATH_INFO": "/box/x"}, start))
    status, headers, fault = started[0]
    assert (status, headers) == ("500 X", [])
    assert fault[0] is ValueError
