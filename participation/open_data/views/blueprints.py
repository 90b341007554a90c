"""The two groups of routes: files below /data, the interface below /api. Anybody may read both."""

from flask import Blueprint, Response, request

data_pages = Blueprint("open_data", __name__)
interface = Blueprint("interface", __name__)


def open_to_all(response: Response, *, seconds: int) -> Response:
    """The answer, for pages of other sites too, and good for so long."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def kept(response: Response, *, seconds: int) -> Response:
    """The same for an answer that is whole: whoever has it already gets 304 in its place."""
    response.add_etag(weak=True)
    open_to_all(response, seconds=seconds).make_conditional(request)
    return response
