"""A ballot box apart over HTTP, beside the box's own routes: elections and what roles say.

`GET /box` says who it is. `POST /box/elections` takes a manifest; `POST /box/<eid>/entries` the
payload of a signed entry and answers `{"index": n}`; `POST /box/<eid>/last-epoch` answers
`{"size": n, "root": ...}` once nothing waits any more. No cookie, no name.
"""

from collections.abc import Mapping

from flask import Blueprint, Response, json, request

from ballots.draft import MOST_BYTES
from ballots.payload import MOST_PAYLOAD_BYTES
from ballots.services import box_apart
from ballots.services.box_apart import BoxOffice
from ballots.services.box_wire import write_head
from ballots.services.names import read_name, write_name
from ballots.web.answers import Provide, cookieless, octets, route

_JSON = "application/json"


def box_apart_blueprint(provide: Provide, office: BoxOffice) -> Blueprint:
    """The routes; `provide` gives the context of the running process."""

    def about() -> Response:
        """Who this box is, and whom it serves."""
        said = {
            "kind": "box",
            "name": office.name,
            "key": write_name(box_apart.identity(provide())),
            "serves": sorted(office.serves),
        }
        return _json(said)

    def elections() -> Response:
        """An election whose ballots this box shall keep."""
        return _json({"eid": write_name(box_apart.take_election(provide(), office, _body()))})

    def entries(eid: str) -> Response:
        """What a role says, as the body's bytes."""
        request.max_content_length = MOST_PAYLOAD_BYTES
        payload = request.get_data(cache=False)
        return _json({"index": box_apart.say(provide(), read_name(eid), payload)})

    def last_epoch(eid: str) -> Response:
        """The head of the log after voting has closed."""
        head = box_apart.end_last_epoch(provide(), read_name(eid))
        return octets(write_head(head.size, head.root), kind=_JSON)

    blueprint = cookieless("box-apart")
    route(blueprint, "GET", "/box", about)
    route(blueprint, "POST", "/box/elections", elections)
    route(blueprint, "POST", "/box/<eid>/entries", entries)
    route(blueprint, "POST", "/box/<eid>/last-epoch", last_epoch)
    return blueprint


def _body() -> bytes:
    request.max_content_length = MOST_BYTES
    return request.get_data(cache=False)


def _json(said: Mapping[str, object]) -> Response:
    return octets(json.dumps(said).encode(), kind=_JSON)
