"""WSGI layer: ballot box, record, casting page and interface never learn who is asking.

For their addresses the cookie, the credentials, the network address and the browser's name are
taken out of the request before the site sees it, and no cookie is set on the way out. What is
not there cannot be logged, correlated or handed over (A11 of the threat list).
"""

import re
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PLACES = ("/api/", "/box/", "/cast/", "/elections/", "/trustees/")
_RECORD = re.compile(r"/consultations/[^/]+/record/")
"""The files of a consultation's record; its page, without a slash behind, is one like any other."""

_TELLING = (
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_FORWARDED",
    "HTTP_FROM",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
    "werkzeug.proxy_fix.orig",
)
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - says "no address"; nothing is bound
Headers = list[tuple[str, str]]
_Fault = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


def is_cookieless(path: str, places: tuple[str, ...] = PLACES) -> bool:
    """Whether requests for `path` (without language prefix) arrive stripped."""
    return path.startswith(places) or _RECORD.match(path) is not None


class Cookieless:
    """Strips requests for the cookie-less addresses; stands right before the site.

    A service that runs by itself is stripped everywhere: its `places` are ("/",).
    """

    def __init__(self, app: WSGIApplication, *, places: tuple[str, ...] = PLACES) -> None:
        self._app = app
        self._places = places

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Passes the request on, stripped where its address asks for it."""
        if not is_cookieless(environ.get("PATH_INFO", ""), self._places):
            return self._app(environ, start)
        for name in _TELLING:
            environ.pop(name, None)
        environ["REMOTE_ADDR"] = _NO_ADDRESS
        return self._app(environ, _without_cookies(start))


def _without_cookies(start: StartResponse) -> StartResponse:
    def start_without(
        status: str, headers: Headers, fault: _Fault | None = None, /
    ) -> Callable[[bytes], Any]:
        kept = [pair for pair in map(_plain_vary, headers) if pair[0].lower() != "set-cookie"]
        return start(status, kept, fault) if fault else start(status, kept)

    return start_without


def _plain_vary(header: tuple[str, str]) -> tuple[str, str]:
    """`Vary` without `Cookie`: nothing here varies by it, and caches may share the answer."""
    name, value = header
    if name.lower() != "vary":
        return header
    kept = [part.strip() for part in value.split(",") if part.strip().lower() != "cookie"]
    return name, ", ".join(kept)
