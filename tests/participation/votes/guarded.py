"""A vote whose trustees keep their keys themselves, for tests of the site, of pages, of scripts."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from ballots.ceremony import Table, scalar_bytes
from ballots.entries import signed
from ballots.services import doors, record
from ballots.services.names import read_name
from ballots.trustee import opening, steps
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.opening import Closed
from ballots.trustee.setup_log import SetupLog
from crypto import hpke
from crypto.encoding import M, u16
from participation.votes.services import trustees as acts
from tests.participation.votes.hall import PROPOSAL, Hall

TRUSTEES = ("Ayu Lestari", "Bima Sakti", "Cahya Putri")
STYLE = 1


@dataclass
class Guarded:
    """A vote and the links of its trustees; `keys` are of those who are played here."""

    hall: Hall
    links: tuple[acts.TrusteeLink, ...] = ()
    keys: dict[int, TrusteeKeys] = field(default_factory=dict)

    @classmethod
    def draw_up(cls, hall: Hall, k: int = 2, names=TRUSTEES, proposal=PROPOSAL) -> "Guarded":
        """Draw up a vote and name its trustees."""
        hall.draw_up(proposal)
        hall.vote.parties = {"trustees": {"k": k, "names": list(names)}}
        links = acts.name_trustees(hall.session, hall.vote, names)
        hall.session.commit()
        return cls(hall, links)

    @property
    def context(self):
        return self.hall.platform.context

    @property
    def eid0(self) -> bytes:
        return read_name(self.hall.vote.eid0)

    @property
    def eid(self) -> bytes:
        return read_name(self.hall.vote.eid)

    def token(self, number: int) -> str:
        return self.links[number - 1].token

    def register(self, *numbers: int) -> "Guarded":
        """These trustees make their key."""
        for number in numbers:
            keys = self.keys[number] = TrusteeKeys.fresh(self.links[number - 1].name)
            seat = acts.seat_of(self.hall.session, self.token(number))
            acts.register_key(self.hall.session, seat, keys.public32)
        self.hall.session.commit()
        return self

    def setup(self) -> SetupLog:
        """The set-up log as everybody reads it."""
        return SetupLog.read(doors.setup_entries(self.context, self.eid0))

    def step(self, *numbers: int) -> "Guarded":
        """These trustees say what they can say now."""
        for number in numbers:
            self.say(number, steps.advance(self.keys[number], self.setup()))
        return self

    def say(self, number: int, step: steps.Step) -> None:
        """Keep, then hand in."""
        self.keys[number] = step.keys
        for payload in step.to_say:
            doors.say_in_setup(self.context, self.eid0, payload)

    def hold(self) -> "Guarded":
        """The whole ceremony among those who are played here."""
        for _ in steps.ROUNDS:
            self.step(*self.keys)
        return self

    def deal_badly(self, dealer: int, receiver: int) -> bytes:
        """Round 2 of a trustee who deals another share than it shows (A55); the payload."""
        setup, keys = self.setup(), self.keys[dealer]
        table = Table.of(setup.draft, STYLE)
        firsts = setup.rounds.firsts(STYLE)
        honest = table.deal(dealer, keys.dealings[STYLE], firsts)
        commit = firsts[dealer - 1].commit
        info = M("dkg-share", self.eid0, u16(STYLE), u16(dealer), u16(receiver), commit)
        to = firsts[receiver - 1].ceremony_key
        sealed = list(honest.sealed_shares)
        sealed[receiver - 1] = hpke.seal_x25519(to, info, scalar_bytes(4711))
        bad = replace(honest, sealed_shares=tuple(sealed))
        payload = signed("trustee", dealer, bad, keys.secret).payload
        self.keys[dealer] = keys.saying(payload)
        doors.say_in_setup(self.context, self.eid0, payload)
        return payload

    def complain(self, number: int) -> None:
        """This trustee publishes that a share is not right."""
        self.say(number, steps.complain(self.keys[number], self.setup()))

    def acknowledge(self, *numbers: int) -> "Guarded":
        """These trustees try their shares and sign their `ack`."""
        manifest = self.context.election(self.eid).manifest
        for number in numbers:
            step = opening.acknowledge(self.keys[number], self.setup(), manifest)
            self.keys[number] = step.keys
            for payload in step.to_say:
                doors.say_in_box(self.context, self.eid, payload)
        return self

    def release(self, *numbers: int) -> "Guarded":
        """These trustees release their shares."""
        manifest = self.context.election(self.eid).manifest
        for number in numbers:
            step = opening.release(self.keys[number], manifest, self.closed())
            self.keys[number] = step.keys
            for payload in step.to_say:
                doors.say_in_box(self.context, self.eid, payload)
        return self

    def closed(self) -> Closed:
        """How the box closed."""
        facts = self.context.close_of(self.context.election(self.eid))
        return Closed(facts.checkpoint_hash, facts.small)

    def record(self, folder: Path, name: str = "record.suara") -> Path:
        """The record as it is now, in one file."""
        path = folder / name
        with path.open("wb") as output:
            record.write_zip(self.context, self.eid, output)
        return path
