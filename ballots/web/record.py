"""The public record over HTTP (section 12): the same files one by one and as one zip."""

import tempfile
from contextlib import ExitStack

from flask import Blueprint, Response, send_file

from ballots.errors import Refused
from ballots.services import record
from ballots.services.names import read_name
from ballots.services.record import Found
from ballots.web.answers import FOREVER, NEVER, Provide, cookieless, octets, route

MOST_IN_MEMORY = 8 * 1024 * 1024
_KINDS = {
    "json": "application/json",
    "checkpoint": "text/plain; charset=utf-8",
    "policy": "text/plain; charset=utf-8",
}


def record_blueprint(provide: Provide) -> Blueprint:
    """The record's routes; `provide` gives the context of the running process."""

    def file(eid: str, path: str) -> Response:
        """A file of an election's record."""
        return _answer(path, record.read(provide(), read_name(eid), path))

    def setup_file(eid0: str, path: str) -> Response:
        """A file of a draft's set-up log, which is public before there is an election."""
        return _answer(path, record.read_setup(provide(), read_name(eid0), path))

    def whole(eid: str, name: str) -> Response:
        """The whole record as one zip, named after its election."""
        if name != eid:
            raise Refused("not-found", "the record is named after its election")
        with ExitStack() as if_it_fails:
            output = if_it_fails.enter_context(tempfile.SpooledTemporaryFile(MOST_IN_MEMORY))
            record.write_zip(provide(), read_name(eid), output)
            output.seek(0)
            if_it_fails.pop_all()  # from here on the response closes it
        response = send_file(
            output, "application/zip", as_attachment=True, download_name=f"{eid}.suara"
        )
        response.headers["Cache-Control"] = NEVER
        return response

    blueprint = cookieless("record")
    route(blueprint, "GET", "/elections/<eid>/record/<path:path>", file)
    route(blueprint, "GET", "/elections/<eid>/<name>.suara", whole)
    route(blueprint, "GET", "/elections/<eid0>/setup/<path:path>", setup_file)
    return blueprint


def _answer(path: str, found: Found) -> Response:
    name = path.rpartition("/")[2]
    is_note = path.rpartition("/")[0].endswith("checkpoints")
    kind = _KINDS.get("checkpoint" if is_note else name.rpartition(".")[2])
    cache = FOREVER if found.is_final else NEVER
    return octets(found.content, cache=cache, kind=kind or "application/octet-stream")
