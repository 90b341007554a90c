"""The security headers of every answer."""

import pytest


def policy(response) -> dict[str, str]:
    """The content policy by directive."""
    rules = response.headers["Content-Security-Policy"].split("; ")
    return dict(rule.split(" ", 1) for rule in rules)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing-here", "/account"])
def test_every_answer_forbids_everything_but_our_own_files(client, path):
    response = client.get(path)
    rules = policy(response)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]


def test_the_casting_page_is_stricter(client):
    response = client.get("/cast/nothing-here")
    rules = policy(response)
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == "'none'"
    assert rules["form-action"] == "'none'"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_only_the_second_device_may_use_the_camera_and_ask_other_boxes(client):
    response = client.get("/second-device")
    rules = policy(response)
    assert rules["connect-src"].split()[:2] == ["'self'", "https:"]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "camera=(self)" in response.headers["Permissions-Policy"]
    for path in ("/", "/verify", "/cast/nothing-here", "/second-device/x"):
        other = client.get(path)
        assert "camera=()" in other.headers["Permissions-Policy"], path
        assert policy(other)["connect-src"] == "'self'", path


def test_a_reader_gets_no_cookie(client):
    for path in ("/", "/verify", "/second-device", "/privacy", "/en/"):
        assert "Set-Cookie" not in client.get(path).headers


def test_a_form_that_only_people_with_an_account_may_send_brings_no_cookie(notes, client):
    response = client.get("/notes")
    assert "<form" in response.text
    assert "Set-Cookie" not in response.headers


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser, session):
    browser.visit("/sign-in")
    cookie = browser.response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
