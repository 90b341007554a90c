"""How these services answer: bytes or problem documents (RFC 9457), and to whom."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, json
from werkzeug.exceptions import HTTPException

from ballots.errors import BallotError, Incomplete, Refused
from ballots.services.context import Context

Provide = Callable[[], Context]
"""Gives the context of the running process."""

View = Callable[..., Response]

FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"

_CODES = {400: "malformed", 404: "not-found", 413: "too-large"}
"""Faults that HTTP knows as well as we do, by status."""

_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "content-type",
    "X-Content-Type-Options": "nosniff",
}


def cookieless(name: str) -> Blueprint:
    """A blueprint whose answers any page may read, and whose failures are problem documents.

    A client from elsewhere, a second device's page, an observer's script: all may ask, because
    nobody is told apart here and nothing is answered that is not for everybody.
    """
    blueprint = Blueprint(name, __name__)
    blueprint.register_error_handler(BallotError, _ballot_error)
    blueprint.register_error_handler(HTTPException, http_problem)
    blueprint.after_request(_allow_anywhere)
    return blueprint


def route(blueprint: Blueprint, method: str, rule: str, view: View) -> None:
    """Answer `method` at `rule` with a view, marked as one that knows no visitor."""
    view.guard = "cookieless"  # type: ignore[attr-defined]  # functions carry attributes
    blueprint.add_url_rule(rule, view_func=view, methods=[method])


def octets(
    content: bytes, *, cache: str = NEVER, kind: str = "application/octet-stream"
) -> Response:
    """An answer of bytes."""
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = cache
    return response


def problem(status: int, code: str, detail: str) -> Response:
    """A problem document; `type` is `/problems/<code>`, stable."""
    title = code.replace("-", " ").capitalize()
    said: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    response = Response(json.dumps(said), status, content_type="application/problem+json")
    response.headers["Cache-Control"] = NEVER
    return response


def _ballot_error(error: BallotError) -> Response:
    if isinstance(error, Refused):
        return problem(error.status, error.code, error.message)
    return problem(409 if isinstance(error, Incomplete) else 400, error.code, error.message)


def http_problem(error: HTTPException) -> Response:
    """The problem document of a fault that HTTP knows, such as an address where nothing is."""
    usual = error.name.lower().replace(" ", "-")
    status = error.code or 500
    return problem(status, _CODES.get(status, usual), error.description or error.name)


def _allow_anywhere(response: Response) -> Response:
    response.headers.update(_ANYWHERE)
    return response
