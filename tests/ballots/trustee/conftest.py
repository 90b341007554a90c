"""A table at which three trustees sit, each with keys of its own."""

from dataclasses import dataclass, field

import pytest

from ballots.draft import Trustee, Trustees
from ballots.manifest import Manifest
from ballots.services import closing, doors, setup
from ballots.trustee import opening, steps
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.opening import Closed
from ballots.trustee.setup_log import SetupLog
from tests.ballots.town import CHECK_IN_CLOSES, CLIENT, VOTING_CLOSES, Town, plan, voters

NAMES = ("Ayu", "Bima", "Cahya")
VOTERS = ("ani", "budi", "citra", "dewi")


@dataclass
class Gathering:
    """An election whose trustees sit elsewhere, 2 of 3."""

    town: Town
    keys: dict[int, TrusteeKeys] = field(default_factory=dict)

    def prepare(self, **changes) -> "Gathering":
        """A draft with these trustees, and the registrar's key."""
        if not self.keys:
            self.keys = {i: TrusteeKeys.fresh(name) for i, name in enumerate(NAMES, 1)}
        seats = tuple(Trustee(each.name, each.public32, "own") for each in self.keys.values())
        people = changes.pop("people", voters(*VOTERS))
        named = {"trustees": Trustees(2, seats)} | changes
        self.town.eid0 = setup.prepare(self.town.context, plan(**named), people)
        setup.advance(self.town.context, self.town.eid0)
        return self

    @property
    def entries(self) -> list[bytes]:
        return doors.setup_entries(self.town.context, self.town.eid0)

    @property
    def setup(self) -> SetupLog:
        return SetupLog.read(self.entries)

    def step(self, *numbers: int) -> "Gathering":
        """These say what they can."""
        for number in numbers:
            self.take(number, steps.advance(self.keys[number], self.setup))
        return self

    def take(self, number: int, step: steps.Step) -> None:
        self.keys[number] = step.keys
        for payload in step.to_say:
            doors.say_in_setup(self.town.context, self.town.eid0, payload)

    def hold(self) -> "Gathering":
        for _ in steps.ROUNDS:
            self.step(*self.keys)
        return self

    def freeze(self) -> "Gathering":
        self.town.eid = setup.freeze(self.town.context, self.town.eid0, CLIENT)
        return self

    @property
    def manifest(self) -> Manifest:
        return self.town.election.manifest

    def acknowledge(self) -> "Gathering":
        for number, keys in self.keys.items():
            step = opening.acknowledge(keys, self.setup, self.manifest)
            self.keys[number] = step.keys
            for payload in step.to_say:
                doors.say_in_box(self.town.context, self.town.eid, payload)
        return self

    def vote_and_close(self, *names: str) -> "Gathering":
        town = self.town.open()
        for name in names:
            town.check_in(name).cast(0)
        town.clock.seconds = CHECK_IN_CLOSES
        closing.close_check_in(town.context, town.eid)
        town.clock.seconds = VOTING_CLOSES
        closing.close(town.context, town.eid)
        return self

    @property
    def closed(self) -> Closed:
        facts = self.town.context.close_of(self.town.election)
        return Closed(facts.checkpoint_hash, facts.small)


@pytest.fixture
def gathering(sqlite_engine):
    """Three trustees before a draft."""
    return Gathering(Town.of(sqlite_engine))
