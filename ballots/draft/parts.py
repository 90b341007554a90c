"""The parts of a draft: frozen types, with the names of protocol section 3.

They hold what was read and check nothing: a `Draft` made of them checks itself.
Numbers that a reader must trust are checked by `ballots.parameters` (V03).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Text = Mapping[str, str]
"""Words for voters: language → string, the keys exactly the draft's languages."""

Log = Literal["setup", "check-ins", "ballots"]
Held = Literal["own", "server"]
Method = Literal["single", "approval", "score", "ranked", "budget"]
Fraction = tuple[int, int]
"""An exact share [n, d]: n of d."""

LOGS: tuple[Log, ...] = ("setup", "check-ins", "ballots")

RULES_OF: Mapping[str, tuple[str, ...]] = {
    "single": ("plurality", "yes-no"),
    "approval": ("approval",),
    "score": ("score", "star"),
    "ranked": ("instant-runoff", "stv-scottish", "schulze"),
    "budget": ("greedy", "equal-shares"),
}
"""The rules that can count a method's ballots."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A longer text beside the manifest: its file name and SHA-256 (32 bytes)."""

    name: str
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who calls the election: Ed25519 public key (32 bytes)."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question."""

    id: str
    text: Text = field(hash=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a question is counted (section 11); what does not apply to the rule is as below.

    `costs` are minor units, one per option in option order, as are `budget` and
    `completion_step`. `stated` are the optional keys that were written out although they say
    what their absence says: they make writing give the very bytes that were read.
    """

    name: str
    seats: int = 1
    quorum: Fraction | None = None
    majority: Fraction = (1, 2)
    strict: bool = True
    budget: int | None = None
    costs: tuple[int, ...] = ()
    utility: str | None = None
    completion: str | None = None
    completion_step: int | None = None
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its options in order, how they are marked, how marks are counted."""

    id: str
    text: Text = field(hash=False)
    method: Method
    options: tuple[Option, ...]
    min: int
    max: int
    rule: Rule
    max_score: int | None = None
    equal: bool | None = None
    ballot: str | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A ballot style: the questions that one group of voters is asked, in order."""

    id: int
    name: Text = field(hash=False)
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When what begins and ends: seconds since 1970, UTC."""

    check_in_opens: int
    check_in_closes: int
    voting_opens: int
    voting_closes: int
    close_grace_seconds: int


@dataclass(frozen=True, slots=True)
class Registrar:
    """One who signs credentials: Ed25519 identity (32 bytes) and web origin."""

    name: str
    key: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class Registrars:
    """All registrars, numbered from 1; a ballot needs `k`, up to `faulty` may be dishonest."""

    k: int
    faulty: int
    list: tuple[Registrar, ...]


@dataclass(frozen=True, slots=True)
class Trustee:
    """One who holds a share of the opening keys: Ed25519 identity; `held` is own or server."""

    name: str
    key: bytes
    held: Held


@dataclass(frozen=True, slots=True)
class Trustees:
    """All trustees, numbered from 1; `k` of them can open."""

    k: int
    list: tuple[Trustee, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """One who cosigns checkpoints: a C2SP verifier key, as text."""

    name: str
    vkey: str


@dataclass(frozen=True, slots=True)
class Witnesses:
    """All witnesses; a checkpoint counts with `k` cosignatures, `faulty` may be dishonest."""

    k: int
    faulty: int
    list: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Officer:
    """One who may check voters in at a desk: a passkey as COSE key (77 bytes)."""

    name: str
    cose: bytes


@dataclass(frozen=True, slots=True)
class Verifier:
    """One who recounts and attests: Ed25519 public key (32 bytes)."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Passkeys:
    """Where voters' passkeys are used: relying party and web origins."""

    rp_id: str
    origins: tuple[str, ...]
