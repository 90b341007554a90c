"""A living site in a thread, and the devices of the people who use it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from participation.app import create_app
from participation.core.db import Database
from participation.settings import read_settings
from tests.participation.people import PASSWORD, Clock

PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000  # milliseconds until something expected must have come


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request as it came from the browser, before the site takes anything off it."""

    method: str
    path: str
    cookie: str
    referrer: str


class Quiet(WSGIRequestHandler):
    """Writes no line for each request: the site's own lines are what matters."""

    def log(self, *_args: Any) -> None:
        """Nothing."""


@dataclass
class Live:
    """A running site. `arrived`: every request; `sent_cookies`: what answers set, by path.

    `host` is the name under which browsers reach it: passkeys know no site by a number.
    """

    app: Flask
    clock: Clock
    server: BaseWSGIServer
    arrived: list[Arrived] = field(default_factory=list)
    sent_cookies: list[tuple[str, str]] = field(default_factory=list)
    is_down: bool = False
    host: str = "127.0.0.1"

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://{self.host}:{self.server.server_port}"

    @property
    def database(self) -> Database:
        """The site's database."""
        return self.app.extensions["suara"].database

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        """Notes the request, then lets the site answer; or nobody, while the site is down."""
        path = environ.get("PATH_INFO", "")
        cookie, referrer = environ.get("HTTP_COOKIE", ""), environ.get("HTTP_REFERER", "")
        self.arrived.append(Arrived(environ["REQUEST_METHOD"], path, cookie, referrer))
        if self.is_down:
            raise ConnectionResetError

        def noting(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            found = [value for name, value in headers if name.lower() == "set-cookie"]
            self.sent_cookies.extend((path, value) for value in found)
            return start(status, headers, *fault)

        return self.app.wsgi_app(environ, noting)


@contextmanager
def living(var: Path, clock: Clock, *, host: str = "127.0.0.1", **settings: Any) -> Iterator[Live]:
    """The site on what lies in `var`, answering until the end of the block."""
    site = Live(None, clock, None, host=host)
    site.server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Quiet)
    given = {"var": var, "environment": "development", "origin": site.origin} | settings
    site.app = create_app(read_settings(**given), clock=clock)
    site.database.create_tables()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()
    site.database.close()


@dataclass
class Device:
    """One person's browser: `page` is its open tab."""

    live: Live
    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, chromium: Browser, live: Live, **options: Any) -> Self:
        """A fresh browser; whatever goes wrong in its console is kept in `wrong`."""
        chosen = {"viewport": PHONE, "locale": "id-ID", "accept_downloads": True} | options
        context = chromium.new_context(base_url=live.origin, **chosen)
        context.set_default_timeout(PATIENCE)
        device = cls(live, context, context.new_page())
        device.page.on("console", device._note)
        device.page.on("pageerror", lambda error: device.wrong.append(str(error)))
        return device

    def sign_in(self, email: str, password: str = PASSWORD) -> Self:
        """Signs in by the sign-in page."""
        self.page.goto("/id/sign-in")
        self.page.locator("#email").fill(email)
        self.page.locator("#password").fill(password)
        self.page.locator("main button[type=submit]").first.click()
        self.page.wait_for_load_state()
        assert "/sign-in" not in self.page.url
        return self

    def press(self, words: str) -> Self:
        """Presses the visible button or link that says `words`."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        button.or_(link).locator("visible=true").first.click()
        return self

    def sees(self, heading: str) -> Self:
        """Waits until a heading says this."""
        self.page.get_by_role("heading", name=heading, exact=True).wait_for()
        return self

    def _note(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(message.text)
