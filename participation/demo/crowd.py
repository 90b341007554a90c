"""Made-up voters, who check in and vote through the same acts as everybody else."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from ballots.draft import Question
from ballots.plaintext import Choice
from ballots.services import box, registrar, roll, sequencing
from ballots.services.context import Context
from ballots.store import logs
from participation.demo.hours import Hours
from participation.simulation.voter import Device, RegistrarKeys, read_registrar_keys

_SEED_BYTES = 32
_AT_ONCE = 9
_PACE = timedelta(hours=7)
"""So much later the next few come; in between their epoch ends."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The made-up voters of one election."""

    context: Context
    eid: bytes
    keys: RegistrarKeys

    @classmethod
    def of(cls, context: Context, eid: bytes) -> Self:
        """The crowd of a frozen election."""
        election = context.election(eid)
        with context.store.reading() as connection:
            key = election.log("setup")
            size = logs.head(connection, key).size
            entries = list(logs.entries(connection, key, 0, size))
        return cls(context, eid, read_registrar_keys(election.manifest, entries))

    def vote(self, voters: Sequence[str], choices: Sequence[Choice], hours: Hours) -> None:
        """Each of the first voters votes as chosen, a few at a time; those after stay away."""
        for begin in range(0, len(choices), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            for voter, choice in zip(voters[some], choices[some], strict=False):
                self._vote_once(voter, choice)
            hours.set(hours.moment + _PACE)
            if begin + _AT_ONCE < len(choices):
                sequencing.end_due_epochs_of(self.context, self.eid)

    def _vote_once(self, voter: str, choice: Choice) -> None:
        manifest = self.context.election(self.eid).manifest
        own = roll.row_of(self.context, manifest.eid0, voter)
        seed = secrets.token_bytes(_SEED_BYTES)
        device = Device(manifest, self.keys, own.row.style, seed)
        ask = registrar.Ask(own.index, own.row.style, device.blinded())
        answer = registrar.check_in(self.context, self.eid, voter, ask)
        signed = {each.registrar: each.blind_signature for each in answer.signatures}
        ballot = device.cast([choice], device.credentials(signed))
        box.cast(self.context, self.eid, ballot.payload)


def choices_of(question: Question, ballots: Sequence[Mapping[str, Any]]) -> list[Choice]:
    """What the crowd votes, from lines like `{count = 5, choice = "1>4"}`, mixed.

    Options are numbered from 1, the best first; an empty choice is a blank ballot.
    """
    every = [_choice(question, each["choice"]) for each in ballots for _ in range(each["count"])]
    return list(_mixed(every))


def _choice(question: Question, words: str) -> Choice:
    ranked = [int(each) - 1 for each in words.split(">") if each]
    if question.method == "single":
        return ranked[0] if ranked else None
    options = range(len(question.options))
    return tuple(ranked.index(option) + 1 if option in ranked else 0 for option in options)


def _mixed(choices: list[Choice]) -> Iterator[Choice]:
    """The choices in an order that no group of equal ones survives; the same every time."""
    step = next(each for each in (11, 13, 17) if len(choices) % each)
    return (choices[place * step % len(choices)] for place in range(len(choices)))
