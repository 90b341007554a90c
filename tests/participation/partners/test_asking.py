"""Asking over the real network of this machine: what an address may not do to the server."""

import threading
import time
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from participation.partners.asking import MOST_BYTES, HttpAsker, Silent


@Request.application
def strange(request: Request) -> Response:
    """A service with several faces."""
    if request.path == "/redirect":
        return Response(status=302, headers={"Location": "/registrar"})
    if request.path == "/long":
        return Response(b"x" * (MOST_BYTES + 1))
    if request.path == "/registrar":
        return Response(request.headers["Host"])
    return Response(status=404)


@pytest.fixture
def origin() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, strange, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_good_answer_is_given(origin):
    body = HttpAsker(may_be_private=True).ask(f"{origin}/registrar")
    assert f"http://{body.decode()}" == origin


@pytest.mark.parametrize("path", ["/redirect", "/long", "/missing"])
def test_redirects_long_answers_and_failures_are_silence(origin, path):
    with pytest.raises(Silent):
        HttpAsker(may_be_private=True).ask(f"{origin}{path}")


def test_a_private_place_is_not_asked_unless_the_settings_allow_it(origin):
    with pytest.raises(Silent, match="private"):
        HttpAsker(may_be_private=False).ask(f"{origin}/registrar")


def test_nobody_there_is_said_at_once():
    began = time.monotonic()
    with pytest.raises(Silent):
        HttpAsker(may_be_private=True).ask("http://127.0.0.1:9/registrar")
    assert time.monotonic() - began < 5
