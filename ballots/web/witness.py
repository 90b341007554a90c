"""A witness over HTTP: C2SP tlog-witness, who it is, and what it caught.

`POST /add-checkpoint` answers a cosignature; `GET /<hex SHA-256 of an origin>/checkpoint` the
newest note of a log with the witness's line, for whoever wants to compare; `GET /witness` who it
is; `GET /alarms` the evidence of logs that said two things.
"""

from typing import Any

from flask import Blueprint, Response, json, request

from ballots.services import alarms, witness
from ballots.services.witness import MOST_REQUEST_BYTES, PATH, Declined, Post
from ballots.store import watching
from ballots.web.answers import Provide, cookieless, octets, route

_TEXT = "text/plain; charset=utf-8"


def witness_blueprint(provide: Provide, post: Post) -> Blueprint:
    """The witness's routes; `provide` gives the context of the running process."""

    def add_checkpoint() -> Response:
        """A cosignature under the checkpoint in the body."""
        request.max_content_length = MOST_REQUEST_BYTES
        line = witness.add_checkpoint(provide(), post, request.get_data(cache=False))
        return octets(line, kind=_TEXT)

    def latest(origin_sha256: str) -> Response:
        """The newest cosigned note of a log."""
        return octets(witness.latest(provide(), origin_sha256), kind=_TEXT)

    def about() -> Response:
        """Who this is, and what it watches."""
        with provide().store.reading() as connection:
            watched = watching.origins(connection)
        key = post.signer.verifier
        said = {"kind": "witness", "name": key.name, "key": key.vkey, "logs": watched}
        return _json(said | {"alarms": len(alarms.alarms(post.alarms))})

    def caught() -> Response:
        """The evidence that is kept."""
        found = alarms.alarms(post.alarms)
        return _json({"alarms": [{"name": e.name, "notes": _texts(e.notes)} for e in found]})

    blueprint = cookieless("witness")
    blueprint.register_error_handler(Declined, _declined)
    route(blueprint, "POST", PATH, add_checkpoint)
    route(blueprint, "GET", "/<origin_sha256>/checkpoint", latest)
    route(blueprint, "GET", "/witness", about)
    route(blueprint, "GET", "/alarms", caught)
    return blueprint


def _declined(declined: Declined) -> Response:
    response = octets(declined.body, kind=declined.kind)
    response.status_code = declined.status
    return response


def _texts(notes: tuple[bytes, ...]) -> list[str]:
    return [each.decode(errors="replace") for each in notes]


def _json(said: dict[str, Any]) -> Response:
    return octets(json.dumps(said).encode(), kind="application/json")
