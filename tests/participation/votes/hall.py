"""A vote of the demonstration city, its organiser, and voters' devices, for tests of the site."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from ballots.services import box, registrar, roll
from ballots.services.context import Context
from ballots.services.names import read_name
from ballots.store import logs
from participation.core.access import Actor, Role
from participation.simulation.voter import Device, read_registrar_keys
from participation.votes import services
from participation.votes.models import Vote
from participation.votes.platform import Platform
from participation.votes.proposal import Counting, Measures, Proposal, Rule, Windows, Wording
from participation.votes.roll_file import ListedVoter
from tests.participation.people import MORNING, Clock, make_person

MASTER = b"a secret of the settings, for tests"
ORIGIN = "http://127.0.0.1:8000"
NAMES = ("ani", "budi", "citra", "dewi", "eko")
YES, NO = 0, 1
BLANK = None

OPENS = MORNING + timedelta(days=1)
CHECK_IN_CLOSES = MORNING + timedelta(days=6)
CLOSES = MORNING + timedelta(days=7)

WORDING = Wording(
    languages=("id", "en"),
    title={"id": "Jalan Kenanga tanpa kendaraan", "en": "Jalan Kenanga without cars"},
    about={"id": "Setiap Minggu pagi.", "en": "Every *Sunday* morning."},
    electorate={"id": "Warga Kelurahan Kenanga", "en": "Residents of Kelurahan Kenanga"},
    question={"id": "Ditutup setiap Minggu?", "en": "Close the street every Sunday?"},
    options=(
        {"id": "Ya, ditutup\nMulai Januari", "en": "Yes, close it\nFrom January"},
        {"id": "Tidak", "en": "No"},
    ),
)
PROPOSAL = Proposal(
    organiser="Kelurahan Kenanga",
    wording=WORDING,
    counting=Counting(Rule.YES_NO, quorum_percent=25),
    windows=Windows(OPENS, CHECK_IN_CLOSES, OPENS, CLOSES),
    measures=Measures(epoch_seconds=60, batch_min=2, max_revisions=3, min_group=2),
)
PARKS = replace(
    PROPOSAL,
    wording=replace(
        WORDING,
        title={"id": "Nama taman baru", "en": "The name of the new park"},
        question={"id": "Nama mana?", "en": "Which name?"},
        options=tuple({"id": name, "en": name} for name in ("Melati", "Kenanga", "Cempaka")),
    ),
)
"""Three names to choose from; give it a counting."""


def address(name: str) -> str:
    """The address under which somebody stands on the roll."""
    return f"{name}@example.id"


def listed(*names: str) -> list[ListedVoter]:
    """People for a roll; their names are too long to turn up in base64 by chance."""
    return [ListedVoter(address(name), f"{name.title()} Warga Kenanga") for name in names or NAMES]


@dataclass
class Hall:
    """One vote and everybody's part in it. Every step is committed."""

    session: Any
    platform: Platform
    clock: Clock
    organiser: Actor
    vote: Vote | None = None
    devices: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, session, context: Context, clock: Clock) -> "Hall":
        """A hall with an organiser and no vote yet."""
        organiser = make_person(session, "Ratna Wulandari", Role.ORGANISER)
        session.commit()
        platform = Platform(context, ORIGIN, "Suara Lembayung", bytes(32))
        return cls(session, platform, clock, organiser)

    def draw_up(self, proposal: Proposal = PROPOSAL, *names: str) -> "Hall":
        """Draw up a vote and hand in its roll."""
        self.vote = services.draw_up(self.session, self.organiser, proposal, self.clock())
        people = listed(*names)
        services.set_roll(self.session, self.organiser, self.vote, people, self.clock())
        self.session.commit()
        return self

    def do(self, *acts) -> "Hall":
        """Acts of the organiser, one after the other."""
        for act in acts:
            act(self.session, self.platform, self.organiser, self.vote, self.clock())
            self.session.commit()
        return self

    def freeze(self, proposal: Proposal = PROPOSAL, *names: str) -> "Hall":
        """Draw up, announce and freeze."""
        return self.draw_up(proposal, *names).do(services.announce, services.freeze)

    def open(self, proposal: Proposal = PROPOSAL, *names: str) -> "Hall":
        """Everything until ballots are taken."""
        self.freeze(proposal, *names)
        self.clock.moment = OPENS
        return self.do(services.open_voting)

    def finish(self) -> "Hall":
        """Close and count."""
        self.clock.moment = CHECK_IN_CLOSES
        self.do(services.close_check_in)
        self.clock.moment = CLOSES
        return self.do(services.close_voting, services.count_and_publish)

    def check_in(self, name: str) -> None:
        """A voter checks in with a fresh device."""
        context, eid = self.platform.context, read_name(self.vote.eid)
        own = roll.row_of(context, read_name(self.vote.eid0), address(name))
        election = context.election(eid)
        with context.store.reading() as connection:
            key = (election.number, "setup")
            entries = list(logs.entries(connection, key, 0, logs.head(connection, key).size))
        keys = read_registrar_keys(election.manifest, entries)
        device = Device(election.manifest, keys, own.row.style, address(name).encode().ljust(32))
        ask = registrar.Ask(own.index, own.row.style, device.blinded())
        answer = registrar.check_in(context, eid, address(name), ask)
        signatures = {each.registrar: each.blind_signature for each in answer.signatures}
        self.devices[name] = (device, device.credentials(signatures), None)

    def cast(self, name: str, *choices: Any) -> None:
        """A voter votes, once more if they did before."""
        device, credentials, last = self.devices[name]
        made = device.cast(choices, credentials, last)
        box.cast(self.platform.context, read_name(self.vote.eid), made.payload)
        self.devices[name] = (device, credentials, made)

    def vote_all(self, **choices: Any) -> "Hall":
        """These people check in and vote: `vote_all(ani=YES, budi=NO)`."""
        for name, choice in choices.items():
            self.check_in(name)
            self.cast(name, choice)
        return self
