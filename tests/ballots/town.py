"""A town that holds elections, for tests: its plan, its clock, its voters' devices."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Engine

from ballots.draft import (
    Option,
    Organiser,
    Passkeys,
    Question,
    Registrar,
    Registrars,
    Rule,
    Schedule,
    Style,
    Trustee,
    Trustees,
    Witnesses,
)
from ballots.entries import Cast
from ballots.services import box, closing, counting, registrar, roll, setup
from ballots.services.context import Context
from ballots.services.plan import HERE, Plan, Voter
from ballots.store import logs
from crypto.encoding import sha256
from participation.simulation.voter import Device, read_registrar_keys

MASTER = b"a secret of the settings, for tests"
CLIENT = sha256(b"the client's files")
NOON = 1_800_000_000
CHECK_IN_OPENS, VOTING_OPENS, CHECK_IN_CLOSES, VOTING_CLOSES = (
    NOON + hours * 3600 for hours in (0, 1, 5, 6)
)


def words(text: str) -> dict[str, str]:
    """The same text in both languages."""
    return {"id": text, "en": text}


def yes_no(quorum: tuple[int, int] | None = None) -> Question:
    """A referendum's question."""
    options = tuple(Option(each, words(each)) for each in ("yes", "no"))
    rule = Rule("yes-no", quorum=quorum)
    return Question("taman", words("Taman di tepi sungai?"), "single", options, 0, 1, rule)


def plan(**changes: Any) -> Plan:
    """A light set-up: one registrar, one trustee, both held by the server, no witness."""
    usual = Plan(
        languages=("id", "en"),
        title=words("Taman kota"),
        about=words("Kota Lembayung"),
        authority="suara.example",
        organiser=Organiser("Panitia", HERE),
        questions=(yes_no(),),
        styles=(Style(1, words("Warga"), ("taman",)),),
        schedule=Schedule(CHECK_IN_OPENS, CHECK_IN_CLOSES, VOTING_OPENS, VOTING_CLOSES, 600),
        registrars=Registrars(1, 0, (Registrar("Panitera", HERE, "https://suara.example"),)),
        trustees=Trustees(1, (Trustee("Wali", HERE, "server"),)),
        witnesses=Witnesses(0, 0, ()),
        passkeys=Passkeys("suara.example", ("https://suara.example",)),
        epoch_seconds=600,
        batch_min=2,
        merge_delay_epochs=1,
        max_revisions=3,
        min_group=2,
    )
    return replace(usual, **changes)


def voters(*names: str, style: int = 1) -> list[Voter]:
    """Voters without passkeys."""
    return [Voter(name, style) for name in names]


@dataclass
class Clock:
    """A clock that tests set: seconds since 1970."""

    seconds: int = NOON

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


@dataclass
class Town:
    """One election in a database, and everybody's part in it."""

    context: Context
    clock: Clock
    eid0: bytes = b""
    eid: bytes = b""
    seeds: Any = field(default_factory=lambda: count(1))

    @classmethod
    def of(cls, engine: Engine) -> "Town":
        """A town without an election."""
        clock = Clock()
        return cls(Context.of(engine, clock, MASTER), clock)

    def freeze(self, *names: str, **changes: Any) -> "Town":
        """Hold the ceremony for these voters."""
        return self.freeze_for(voters(*(names or ("ani", "budi", "citra"))), **changes)

    def freeze_for(self, these: list[Voter], **changes: Any) -> "Town":
        """Hold the ceremony for voters with styles and passkeys."""
        self.eid0 = setup.prepare(self.context, plan(**changes), these)
        self.eid = setup.freeze(self.context, self.eid0, CLIENT)
        return self

    def open(self) -> "Town":
        """Wait for the hour and open."""
        self.clock.seconds = VOTING_OPENS
        closing.open_voting(self.context, self.eid)
        return self

    @property
    def election(self):
        """The election as the acts see it."""
        return self.context.election(self.eid)

    def device(self, voter: str, seed: bytes | None = None) -> Device:
        """A device of this voter, with a seed of its own."""
        row = roll.row_of(self.context, self.eid0, voter).row
        with self.context.store.reading() as connection:
            key = (self.election.number, "setup")
            entries = list(logs.entries(connection, key, 0, logs.head(connection, key).size))
        keys = read_registrar_keys(self.election.manifest, entries)
        made = seed or sha256(f"seed {next(self.seeds)}".encode())
        return Device(self.election.manifest, keys, row.style, made)

    def ask(self, voter: str, device: Device, **changes: Any) -> registrar.Ask:
        """What a device asks the registrars for this voter."""
        own = roll.row_of(self.context, self.eid0, voter)
        return replace(registrar.Ask(own.index, own.row.style, device.blinded()), **changes)

    def check_in(self, voter: str, device: Device | None = None) -> "Ready":
        """Check in and finalise."""
        used = device or self.device(voter)
        answer = registrar.check_in(self.context, self.eid, voter, self.ask(voter, used))
        signatures = {each.registrar: each.blind_signature for each in answer.signatures}
        return Ready(self, used, used.credentials(signatures))

    def finish(self) -> bytes:
        """Close, open and count; the result's bytes."""
        self.clock.seconds = max(self.clock.seconds, CHECK_IN_CLOSES)
        closing.close_check_in(self.context, self.eid)
        self.clock.seconds = max(self.clock.seconds, VOTING_CLOSES)
        closing.close(self.context, self.eid)
        counting.release_shares(self.context, self.eid)
        return counting.count_and_publish(self.context, self.eid)


@dataclass
class Ready:
    """A voter who has checked in."""

    town: Town
    device: Device
    credentials: list[Any]
    last: Cast | None = None

    def cast(self, *choices: Any) -> bytes:
        """Vote (again); the promise."""
        made = self.device.cast(choices, self.credentials, self.last)
        promise = box.cast(self.town.context, self.town.eid, made.payload)
        self.last = made
        return promise
