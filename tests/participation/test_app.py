"""The site as a whole: how it is put together."""

import logging

import pytest
from flask import request

from participation.app import create_app
from participation.serving import without_addresses
from participation.settings import read_settings


@pytest.fixture
def safe(tmp_path):
    """The site as people reach it through TLS and one proxy."""
    settings = read_settings(
        var=tmp_path, environment="production", secret_key="k" * 40,
        origin="https://suara.example.id", proxies=1,
    )  # fmt: skip
    app = create_app(settings)
    app.extensions["suara"].database.create_tables()
    yield app
    app.extensions["suara"].database.close()


def test_through_tls_cookies_are_bound_to_this_host_and_never_sent_in_the_open(safe):
    response = safe.test_client().get("/sign-in", base_url="https://suara.example.id")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-suara=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Strict-Transport-Security" in response.headers


def test_the_address_of_a_person_comes_from_the_one_trusted_proxy_only(safe):
    client = safe.test_client()
    seen = []
    safe.before_request_funcs.setdefault(None, []).insert(
        0, lambda: seen.append(request.remote_addr)
    )
    client.get("/", base_url="https://suara.example.id",
               headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"})  # fmt: skip
    assert seen == ["192.0.2.7"]


def test_a_request_that_cannot_be_read_is_logged_without_its_sender():
    """Stops the join through the server's own log (A11)."""
    line = logging.LogRecord("gunicorn.error", 30, "", 0, "Invalid request from ip=%s: %s",
                             ("192.0.2.7", "x"), None)  # fmt: skip
    assert not without_addresses(line)
    other = logging.LogRecord("gunicorn.error", 30, "", 0, "Worker exiting", (), None)
    assert without_addresses(other)
