"""A voter's browser without scripts, and their device in Python, for tests of checking in."""

import base64
import json

from ballots.services import roll
from ballots.services.names import read_name
from ballots.store import check_ins, logs
from participation.simulation.voter import Device, read_registrar_keys
from tests.participation.votes.hall import NAMES, address


def octets(text):
    """The bytes behind base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(value):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def page_of(hall):
    """The address of the check-in page."""
    return f"/votes/{hall.vote.slug}/check-in"


def device_of(hall, name="ani", seed=bytes(32)):
    """The voter's device in Python, and what it asks the registrars."""
    context, eid0 = hall.platform.context, read_name(hall.vote.eid0)
    election = context.election(read_name(hall.vote.eid))
    with context.store.reading() as connection:
        key = (election.number, "setup")
        entries = list(logs.entries(connection, key, 0, logs.head(connection, key).size))
    own = roll.row_of(context, eid0, address(name))
    keys = read_registrar_keys(election.manifest, entries)
    device = Device(election.manifest, keys, own.row.style, seed)
    blinded = [b64(each) for each in device.blinded()]
    ask = {"row": own.index, "style": own.row.style, "blinded": blinded, "kind": 0, "evidence": ""}
    return device, ask


def post(voter, hall, ask, **headers):
    """What the voting client sends, with the token that its page carries."""
    page = voter.visit(page_of(hall))
    token = page.one("div", id="booth").attributes["data-csrf"]
    sent = {"Accept": "application/json", "X-CSRFToken": token} | headers
    body = ask if isinstance(ask, (bytes, str)) else json.dumps(ask)
    return voter.client.post(
        page_of(hall), data=body, content_type="application/json", headers=sent
    )


def code_of(response):
    """The stable code of a problem document."""
    assert response.mimetype == "application/problem+json"
    return response.json["type"].rpartition("/")[2]


def rows_checked_in(hall):
    """The rows of the roll that have checked in."""
    context = hall.platform.context
    election = context.election(read_name(hall.vote.eid))
    with context.store.reading() as connection:
        return set(check_ins.of_rows(connection, election.number, range(len(NAMES))))
