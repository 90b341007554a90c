"""The ballot box over HTTP (sections 7 and 8): bytes in, bytes out, no cookie, no name.

`POST /box/<eid>/ballots` takes a payload and answers the file `*.promise`;
`GET /box/<eid>/keys/<bk>` the last payload of a ballot key, `/ballots/<hash>` the payload of a
hash, `/receipts/<hash>` the file `*.tlog-proof`. Names are 43 letters of base64url.
"""

from flask import Blueprint, Response, request

from ballots.payload import MOST_PAYLOAD_BYTES
from ballots.services import box, sequencing
from ballots.services.names import read_name
from ballots.web.answers import Provide, cookieless, octets, route


def box_blueprint(provide: Provide) -> Blueprint:
    """The box's routes; `provide` gives the context of the running process."""

    def cast(eid: str) -> Response:
        """A ballot, as the body's bytes; answered with its promise once it is durable."""
        request.max_content_length = MOST_PAYLOAD_BYTES
        return octets(box.cast(provide(), read_name(eid), request.get_data(cache=False)))

    def last_of(eid: str, bk: str) -> Response:
        """The last payload of a ballot key."""
        return octets(box.last_of(provide(), read_name(eid), read_name(bk)))

    def payload(eid: str, payload_hash: str) -> Response:
        """The payload of a hash, for a second device."""
        return octets(box.payload(provide(), read_name(eid), read_name(payload_hash)))

    def receipt(eid: str, payload_hash: str) -> Response:
        """The receipt of a ballot whose epoch has ended; asking ends an epoch that is due."""
        sequencing.end_due_epochs_of(provide(), read_name(eid))
        found = box.receipt(provide(), read_name(eid), read_name(payload_hash))
        return octets(found, kind="text/plain; charset=utf-8")

    blueprint = cookieless("box")
    route(blueprint, "POST", "/box/<eid>/ballots", cast)
    route(blueprint, "GET", "/box/<eid>/keys/<bk>", last_of)
    route(blueprint, "GET", "/box/<eid>/ballots/<payload_hash>", payload)
    route(blueprint, "GET", "/box/<eid>/receipts/<payload_hash>", receipt)
    return blueprint
