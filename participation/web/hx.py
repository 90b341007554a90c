"""The one module that knows htmx, through Flask-HTMX."""

import json
from typing import cast

from flask import Flask, Response, current_app
from flask_htmx import HTMX, make_response
from markupsafe import Markup

_KEY = "suara-htmx"

_HOW_TO_BEHAVE = {
    "includeIndicatorStyles": False,  # inline style is forbidden by the content policy
    "attributesToSettle": ["class"],  # settling "style" would write empty inline styles
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,  # no page is kept in the browser's storage
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "401|409|422|429", "swap": True},
        {"code": "[45]..", "swap": True, "error": True},
    ],
}
# Stands between single quotes in the page; our own constant, and JSON has no single quotes.
CONFIG = Markup(json.dumps(_HOW_TO_BEHAVE, separators=(",", ":")))  # noqa: S704


def init(app: Flask) -> None:
    """Teaches `app` to recognise requests for a fragment."""
    app.extensions[_KEY] = HTMX(app)


def wants_fragment() -> bool:
    """Whether the browser will put the answer into a page it already shows."""
    asked = cast("HTMX", current_app.extensions[_KEY])
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def replace_page(body: str) -> Response:
    """A whole page as the answer to a request for a fragment: it takes the place of the body."""
    return cast("Response", make_response(body, retarget="body", reswap="innerHTML"))


def visit(address: str) -> Response:
    """Tells htmx to go to another page, as a redirect tells a browser."""
    return cast("Response", make_response("", redirect=address))
