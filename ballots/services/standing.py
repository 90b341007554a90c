"""Who has said what in an election's set-up and at its end, by name: what pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ballots.draft import Draft
from ballots.entries import Ack, Dkg1, Dkg2, Dkg3, DkgComplaint, RegKey, Signed
from ballots.services.rounds import Rounds

ROUNDS = (Dkg1.tag, Dkg2.tag, Dkg3.tag)


@dataclass(frozen=True, slots=True)
class RegistrarStanding:
    """A registrar by its number and name: whether its keys for all styles stand, and its ack.

    `is_here`: this server holds its key and speaks for it.
    """

    number: int
    name: str
    is_here: bool
    has_keys: bool
    has_acked: bool


@dataclass(frozen=True, slots=True)
class TrusteeStanding:
    """A trustee by its number and name: how many of the three rounds it has said for all styles.

    `is_here`: this server holds its key and speaks for it.
    """

    number: int
    name: str
    is_here: bool
    rounds: int
    has_acked: bool


@dataclass(frozen=True, slots=True)
class Blame:
    """How a complaint ended the draft: whose share was bad, and who received it."""

    style: int
    accused: int
    accused_name: str
    receiver: int
    receiver_name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a set-up is.

    `round` is the one that is being said: 0 registrars' keys, 1 to 3 the trustees', 4 all said.
    `blame` is empty, or has the one complaint.
    """

    registrars: tuple[RegistrarStanding, ...]
    trustees: tuple[TrusteeStanding, ...]
    round: int
    blame: tuple[Blame, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether everybody has said their part, so that the freeze can follow."""
        return self.round > len(ROUNDS) and not self.blame


Here = frozenset[tuple[str, int]]
"""Roles and numbers whose keys are on this server."""


def standing_of(rounds: Rounds, acks: Iterable[Signed], here: Here) -> Standing:
    """The standing of a set-up: its rounds, the acks given so far, who is here."""
    acked = {(each.role, each.index) for each in acks if isinstance(each.said, Ack)}
    missing = [{number for number, _ in rounds.missing(tag)} for tag in (RegKey.tag, *ROUNDS)]
    registrars = tuple(
        RegistrarStanding(
            number,
            each.name,
            is_here=("registrar", number) in here,
            has_keys=number not in missing[0],
            has_acked=("registrar", number) in acked,
        )
        for number, each in enumerate(rounds.draft.registrars.list, start=1)
    )
    trustees = tuple(
        TrusteeStanding(
            number,
            each.name,
            is_here=("trustee", number) in here,
            rounds=_rounds_said(number, missing[1:]),
            has_acked=("trustee", number) in acked,
        )
        for number, each in enumerate(rounds.draft.trustees.list, start=1)
    )
    current = next((at for at, who in enumerate(missing) if who), len(missing))
    blame = tuple(_blame(rounds, each) for each in rounds.complaints)
    return Standing(registrars, trustees, current, blame)


def roles_of(draft: Draft) -> list[tuple[str, int]]:
    """Every registrar and trustee of a draft, as ("registrar", 1), ("trustee", 1) .."""
    registrars = range(1, len(draft.registrars.list) + 1)
    trustees = range(1, len(draft.trustees.list) + 1)
    every = [("registrar", number) for number in registrars]
    return every + [("trustee", number) for number in trustees]


def _rounds_said(number: int, missing: Sequence[set[int]]) -> int:
    return next((at for at, who in enumerate(missing) if number in who), len(missing))


def _blame(rounds: Rounds, complaint: DkgComplaint) -> Blame:
    names = [each.name for each in rounds.draft.trustees.list]
    accused = rounds.blame(complaint)
    receiver = complaint.receiver
    return Blame(complaint.style, accused, names[accused - 1], receiver, names[receiver - 1])
