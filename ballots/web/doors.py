"""The doors for roles elsewhere, over HTTP: payloads of signed entries in, their indexes out.

`POST /elections/<eid0>/setup/entries` takes `reg-key`, `dkg1`, `dkg2`, `dkg3`, `dkg-complaint`;
`GET` there answers all entries so far, as a bundle (`u16(len) ‖ entry`).
`POST /box/<eid>/entries` takes `ack`, `share`, `attest`. Both answer `{"index": n}`; the same
bytes again get the same answer. A signature is all that is asked for, so there is no cookie.
"""

from flask import Blueprint, Response, json, request

from ballots.log import bundle
from ballots.payload import MOST_PAYLOAD_BYTES
from ballots.services import doors
from ballots.services.names import read_name
from ballots.web.answers import NEVER, Provide, cookieless, octets, route


def doors_blueprint(provide: Provide) -> Blueprint:
    """The doors' routes; `provide` gives the context of the running process."""

    def say_in_setup(eid0: str) -> Response:
        """An entry of the set-up log, as the body's bytes."""
        return _index(doors.say_in_setup(provide(), read_name(eid0), _payload()))

    def setup_entries(eid0: str) -> Response:
        """The set-up log as it is now, for those who take part in it."""
        return octets(bundle(doors.setup_entries(provide(), read_name(eid0))))

    def say_in_box(eid: str) -> Response:
        """An entry of the ballot log, as the body's bytes."""
        return _index(doors.say_in_box(provide(), read_name(eid), _payload()))

    blueprint = cookieless("doors")
    route(blueprint, "POST", "/elections/<eid0>/setup/entries", say_in_setup)
    route(blueprint, "GET", "/elections/<eid0>/setup/entries", setup_entries)
    route(blueprint, "POST", "/box/<eid>/entries", say_in_box)
    return blueprint


def _payload() -> bytes:
    request.max_content_length = MOST_PAYLOAD_BYTES
    return request.get_data(cache=False)


def _index(index: int) -> Response:
    return octets(json.dumps({"index": index}).encode(), cache=NEVER, kind="application/json")
