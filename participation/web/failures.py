"""Failures as answers: one table from errors to pages in words, or problem documents for JSON.

A page says what happened and what to do next. The problem document follows RFC 9457 with a
stable `type`; it is given where the request speaks JSON.
"""

from dataclasses import dataclass
from typing import ClassVar

import structlog
from flask import Flask, Response, g, jsonify, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from participation.core.errors import SiteError, TooMany
from participation.core.words import Words, words
from participation.web.database import commit_anyway, session
from participation.web.kept import address_with, sent_form
from participation.web.language import _, say
from participation.web.page import Page, go_to, show_instead
from participation.web.session import actor
from participation.web.site import now, site

_log = structlog.get_logger()

_PROGRAMS = "/api/"
"""Below it only programs ask, whatever they say they accept."""

_MEANINGS: dict[int, tuple[Words, Words]] = {
    400: (
        words("This request could not be understood"),
        words("The address or the form is incomplete. Please go back and try again."),
    ),
    403: (
        words("This is not open to you"),
        words("This page belongs to people with another role. You lost nothing."),
    ),
    404: (
        words("This page is not here"),
        words("The address may be mistyped, or what stood here was moved."),
    ),
    405: (
        words("This does not work here"),
        words("Please open the page again and use its own buttons."),
    ),
    409: (
        words("This cannot be done now"),
        words("Something changed in the meantime. Please open the page again."),
    ),
    413: (
        words("That is too large"),
        words("Please send a smaller file or a shorter text."),
    ),
    422: (
        words("Something in the form needs another look"),
        words("Please go back, correct it and send it again."),
    ),
    429: (
        words("Too many tries"),
        words("Please wait a little and try again."),
    ),
    500: (
        words("Something broke on our side"),
        words("It is not your fault, and it has been noted. Please try again in a few minutes."),
    ),
}


@dataclass(frozen=True, slots=True)
class FailurePage(Page):
    """What happened, what to do, and the number people can quote."""

    template: ClassVar[str] = "errors/failure.html"
    status: int
    title: str
    advice: str


def init(app: Flask) -> None:
    """Answers every failure of `app` in words."""
    app.register_error_handler(SiteError, _site_error)
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)


def answer(status: int, code: str, message: Words | str | None = None) -> Response:
    """The page or problem document for a failure; `message` replaces the usual advice."""
    title, advice = _MEANINGS.get(status, _MEANINGS[500 if status >= 500 else 400])  # noqa: PLR2004 - server errors begin there
    said = say(message or advice)
    if _speaks_json():
        return _problem(status, code, say(title), said)
    return show_instead(FailurePage(status=status, title=say(title), advice=said), status)


def _site_error(error: SiteError) -> Response:
    if error.status >= 500:  # noqa: PLR2004 - server errors begin there
        return _broken(error)
    response = answer(error.status, error.code, error.message)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait_seconds)
    return response


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # a foreign host name: no address can be made for it
        return Response("This site does not answer to that name.", 400, mimetype="text/plain")
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    response = answer(status, (error.name or "error").lower().replace(" ", "-"))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _old_page(_error: CSRFError) -> Response:
    """A form whose token has gone stale: shown again, filled in, to be sent once more."""
    kept, who = sent_form(), actor()
    if kept is None or not who.is_signed_in or _speaks_json():
        return answer(400, "stale-form", words("This page had been open for too long."))
    token = site().loaders.keep_form(session(), kept.fields, who.id, now())
    commit_anyway()
    return go_to(
        address_with(kept.page, token),
        notice=_("This page had been open for too long. Your text is here: send it again."),
    )


def _broken(error: Exception) -> Response:
    _log.error("broken", endpoint=request.endpoint, method=request.method, exc_info=error)
    g.unread = 0  # this page asks nothing of a database that may be what broke
    return answer(500, "broken")


def _speaks_json() -> bool:
    if request.path.startswith(_PROGRAMS):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return request.is_json or best == "application/json"


def _problem(status: int, code: str, title: str, detail: str) -> Response:
    response = jsonify(
        type=f"{site().origin}/problems/{code}", title=title, status=status, detail=detail
    )
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
