"""A registrar elsewhere over HTTP: what a site asks it, bytes in, bytes out, no cookie.

`GET /registrar` says who it is. `POST /registrar/<eid0>/keys` takes a draft and answers the signed
`reg-key` payloads; `POST /registrar/<eid>/ack` takes a manifest and answers the signed `ack`;
`POST /registrar/<eid>/issues` takes a relayed check-in and answers the `issue`. Names are 43
letters of base64url.
"""

from flask import Blueprint, Response, json, request

from ballots.draft import MOST_BYTES
from ballots.services import registrar_apart, registrar_issuing, relayed
from ballots.services.names import read_name, write_name
from ballots.services.registrar_apart import Office
from ballots.services.relayed import Relayed, write_payloads
from ballots.web.answers import Provide, cookieless, octets, route

_JSON = "application/json"


def registrar_blueprint(provide: Provide, office: Office) -> Blueprint:
    """The registrar's routes; `provide` gives the context of the running process."""

    def about() -> Response:
        """Who this registrar is, and whom it serves."""
        said = {
            "kind": "registrar",
            "name": office.name,
            "key": write_name(registrar_apart.identity(provide())),
            "serves": sorted(office.serves),
        }
        return octets(json.dumps(said).encode(), kind=_JSON)

    def keys(eid0: str) -> Response:
        """This registrar's keys for a draft."""
        said = registrar_apart.make_keys(provide(), office, read_name(eid0), _body(MOST_BYTES))
        return octets(write_payloads(said), kind=_JSON)

    def ack(eid: str) -> Response:
        """This registrar's acknowledgement of a manifest."""
        return octets(registrar_apart.acknowledge(provide(), read_name(eid), _body(MOST_BYTES)))

    def issues(eid: str) -> Response:
        """A blind signature for a check-in; durable once it is answered."""
        asked = Relayed.parse(_body(relayed.MOST_BYTES))
        return octets(registrar_issuing.issue(provide(), read_name(eid), asked))

    blueprint = cookieless("registrar")
    route(blueprint, "GET", "/registrar", about)
    route(blueprint, "POST", "/registrar/<eid0>/keys", keys)
    route(blueprint, "POST", "/registrar/<eid>/ack", ack)
    route(blueprint, "POST", "/registrar/<eid>/issues", issues)
    return blueprint


def _body(most_bytes: int) -> bytes:
    request.max_content_length = most_bytes
    return request.get_data(cache=False)
