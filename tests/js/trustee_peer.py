"""The site and the other trustees, asked by the JavaScript tests: one JSON call a line.

The vote is a real one on a site in this process, whose pages and doors are asked as a browser
would ask them.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from ballots.errors import BallotError  # noqa: E402 - the path comes first
from ballots.trustee import steps  # noqa: E402
from ballots.trustee.keyfile import KeyFile  # noqa: E402
from ballots.trustee.keys import TrusteeKeys  # noqa: E402
from ballots.verifier.report import verdicts  # noqa: E402
from ballots.verifier.verification import verify  # noqa: E402
from crypto import hpke  # noqa: E402
from crypto.errors import CryptoError  # noqa: E402
from participation.app import create_app  # noqa: E402
from participation.settings import read_settings  # noqa: E402
from participation.votes import services  # noqa: E402
from tests.participation.people import Clock  # noqa: E402
from tests.participation.votes.guarded import Guarded  # noqa: E402
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, OPENS, Hall  # noqa: E402

FOLDER = Path(tempfile.mkdtemp(prefix="suara-trustees-"))
MADE: dict[str, Guarded] = {}


def vote(name, k):
    """A vote with three trustees; their links."""
    clock = Clock()
    app = create_app(read_settings(var=FOLDER / name, environment="development"), clock=clock)
    database = app.extensions["suara"].database
    database.create_tables()
    hall = Hall.of(database.session(), app.extensions["suara-ballots"], clock)
    made = MADE[name] = Guarded.draw_up(hall, k)
    made.client = app.test_client()
    return [f"/trustees/{each.token}" for each in made.links]


def request(name, method, path, body):
    """An answer of the site."""
    headers = {"Accept": "application/json"}
    made = MADE[name]
    said = made.client.open(path, method=method, data=bytes.fromhex(body), headers=headers)
    made.hall.session.rollback()
    made.hall.session.expire_all()
    return {"status": said.status_code, "kind": said.content_type, "body": said.data.hex()}


def do(name, *acts):
    """What the organiser does, each act in its hour."""
    hall = MADE[name].hall
    hours = {"open_voting": OPENS, "close_check_in": CHECK_IN_CLOSES, "close_voting": CLOSES}
    for act in acts:
        hall.clock.moment = max(hall.clock.moment, hours.get(act, hall.clock.moment))
        hall.do(getattr(services, act))
    return {"eid0": hall.vote.eid0, "eid": hall.vote.eid}


def others(name, act, *numbers):
    """What trustees do who are played here: `register`, `step`, `acknowledge`, `release`."""
    getattr(MADE[name], act)(*numbers)


def deal_badly(name, dealer, receiver):
    MADE[name].deal_badly(dealer, receiver)


def cast(name, choices):
    """People check in and vote."""
    MADE[name].hall.vote_all(**choices)


def check(name):
    """The verifier's codes by outcome, over the record as it is now."""
    found = verdicts(verify(str(MADE[name].record(FOLDER))))
    return {each.code: each.ok for each in found if each.ok is not True}


def blamed(name):
    return MADE[name].setup().blamed


def open_file(octets, passphrase):
    """What a key file holds, as its inner bytes."""
    return KeyFile.parse(bytes.fromhex(octets)).open(passphrase).write().hex()


def seal_file(inner, passphrase, title):
    keys = TrusteeKeys.parse(bytes.fromhex(inner))
    return KeyFile.seal(keys, passphrase, title=title).write().hex()


def keys_of(name, number):
    """The inner bytes of the keys of a trustee who is played here."""
    return MADE[name].keys[number].write().hex()


def step_with(name, inner):
    """What Python would say next with these keys; nothing is handed in."""
    step = steps.advance(TrusteeKeys.parse(bytes.fromhex(inner)), MADE[name].setup())
    return {"keys": step.keys.write().hex(), "to_say": [each.hex() for each in step.to_say]}


def x25519(secret, info, text):
    """A sealed text for a secret key, and the public key."""
    public = hpke.x25519_public(bytes.fromhex(secret))
    sealed = hpke.seal_x25519(public, bytes.fromhex(info), bytes.fromhex(text))
    return {"key": public.hex(), "sealed": sealed.hex()}


def open_x25519(secret, sealed, info):
    return hpke.open_x25519(*map(bytes.fromhex, (secret, sealed, info))).hex()


CALLS = {each.__name__: each for each in (
    vote, request, do, others, deal_badly, cast, check, blamed, open_file, seal_file, keys_of,
    step_with, x25519, open_x25519,
)}  # fmt: skip


def main():
    """Answer calls until the caller hangs up."""
    for line in sys.stdin:
        name, *given = json.loads(line)
        try:
            answer = {"answer": CALLS[name](*given)}
        except (BallotError, CryptoError) as error:
            code = getattr(error, "code", type(error).__name__)
            answer = {"refused": code, "why": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
