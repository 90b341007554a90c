"""Roles that sit elsewhere: each with a key of its own, speaking through the doors."""

from dataclasses import dataclass, field

from ballots.ceremony import Dealing, Table, scalar_bytes
from ballots.draft import Draft, Registrar, Registrars, Trustee, Trustees, Verifier
from ballots.entries import Ack, RegKey, Share, parse_payload, signed
from ballots.rounds import Rounds
from ballots.services import doors, setup
from ballots.services.ceremony import certificate_messages
from ballots.services.plan import HERE
from ballots.store import logs
from crypto import blind_rsa, ed25519
from crypto.encoding import sha256
from tests.ballots.town import Town, plan, voters

STYLE = 1
BLIND_KEY = blind_rsa.SecretKey.generate()
"""One for all tests that need no more: making one takes a fifth of a second."""


def identity(name):
    """The long-lived key of somebody."""
    return ed25519.SecretKey(sha256(f"identity of {name}".encode()))


def rounds_of(town):
    """The rounds as they stand in the set-up log."""
    entries = doors.setup_entries(town.context, town.eid0)
    return Rounds.of(draft_of(town), [parse_payload("setup", each[32:]) for each in entries])


def draft_of(town) -> Draft:
    """The draft that everybody reads in entry 0 of the set-up log."""
    return Draft.parse(
        parse_payload("setup", doors.setup_entries(town.context, town.eid0)[0][32:]).document
    )


@dataclass
class TrusteeElsewhere:
    """A trustee with a device of its own."""

    name: str
    number: int
    dealing: Dealing = field(init=False)
    x: int = 0

    def holder(self):
        return Trustee(self.name, identity(self.name).public32, "own")

    def signed(self, inner):
        return signed("trustee", self.number, inner, identity(self.name)).payload

    def commit(self, town):
        table = Table.of(draft_of(town), STYLE)
        self.dealing = Dealing.fresh(table.k)
        return self.signed(table.commit(self.number, self.dealing))

    def deal(self, town):
        table, rounds = Table.of(draft_of(town), STYLE), rounds_of(town)
        return self.signed(table.deal(self.number, self.dealing, rounds.firsts(STYLE)))

    def confirm(self, town):
        table, rounds = Table.of(draft_of(town), STYLE), rounds_of(town)
        heard = rounds.firsts(STYLE), rounds.seconds(STYLE)
        self.x = table.receive(self.number, self.dealing, *heard)
        return self.signed(table.confirm(self.number, self.x, *heard))

    def acknowledge(self, town):
        return self.signed(Ack(town.eid))

    def share(self, town, **changes):
        seen = changes["close_hash"] if "close_hash" in changes else close_hash(town)
        x = scalar_bytes(changes.get("x", self.x))
        return self.signed(Share(town.eid, changes.get("style", STYLE), seen, x))


@dataclass
class RegistrarElsewhere:
    """A registrar that is run by another body."""

    name: str
    number: int
    key: blind_rsa.SecretKey = field(default=BLIND_KEY, repr=False)

    def holder(self):
        public = identity(self.name).public32
        return Registrar(self.name, public, f"https://{self.name.lower()}.example")

    def signed(self, inner):
        return signed("registrar", self.number, inner, identity(self.name)).payload

    def show_key(self, town, key=None, style=STYLE):
        key = key or self.key
        spki = key.public.spki
        messages = certificate_messages(town.eid0, (self.number, style), spki)
        certificate = blind_rsa.certify(key, messages)
        return self.signed(RegKey(town.eid0, self.number, style, spki, certificate))

    def acknowledge(self, town):
        return self.signed(Ack(town.eid))


def close_hash(town):
    """What a share names: the hash of the text of the checkpoint directly after close."""
    return town.context.close_of(town.election).checkpoint_hash


def trustees(*elsewhere, k, here=()):
    """The trustees of a plan: those here, by name, then those elsewhere."""
    named = tuple(Trustee(name, HERE, "server") for name in here)
    return Trustees(k, named + tuple(each.holder() for each in elsewhere))


def registrars(*elsewhere, k, faulty, here=()):
    """The registrars of a plan: those here, by name, then those elsewhere."""
    origin = "https://suara.example"
    named = tuple(Registrar(name, HERE, origin) for name in here)
    return Registrars(k, faulty, named + tuple(each.holder() for each in elsewhere))


def verifier(name):
    """A verifier of a plan."""
    return Verifier(name, identity(name).public32)


def ballot_log(town):
    """The payloads of the ballot log."""
    with town.context.store.reading() as connection:
        return list(logs.payloads(connection, town.election.log("ballots")))


def hold_ceremony(town, *elsewhere):
    """Let every trustee elsewhere say its three rounds, at the doors."""
    for step in ("commit", "deal", "confirm"):
        for each in elsewhere:
            doors.say_in_setup(town.context, town.eid0, getattr(each, step)(town))


def at_setup(town, payload):
    """Hand a payload in at the door of the set-up log."""
    return doors.say_in_setup(town.context, town.eid0, payload)


def at_box(town, payload):
    """Hand a payload in at the door of the ballot log."""
    return doors.say_in_box(town.context, town.eid, payload)


def setup_log(town):
    """The payloads of the set-up log."""
    return [each[32:] for each in doors.setup_entries(town.context, town.eid0)]


def prepared(engine, *elsewhere, k=2, here=("Wali",), **changes):
    """A town with trustees elsewhere, before the freeze."""
    town = Town.of(engine)
    changed = plan(trustees=trustees(*elsewhere, k=k, here=here), **changes)
    town.eid0 = setup.prepare(town.context, changed, voters("ani", "budi", "citra"))
    setup.advance(town.context, town.eid0)
    return town
