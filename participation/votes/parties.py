"""Who takes part in a vote besides this site: registrars, witnesses, trustees, a ballot box.

Kept with the vote as JSON (`Vote.parties`), empty for a vote that this site holds alone. Keys are
kept as they were when the organiser chose: a partner whose key changes later is another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ballots.services.names import read_name, write_name
from participation.core.errors import Invalid
from participation.core.words import words

MOST_REGISTRARS = 8
MOST_WITNESSES = 16
MOST_TRUSTEES = 32


@dataclass(frozen=True, slots=True)
class RegistrarElsewhere:
    """A body that signs credentials at its own origin: Ed25519 identity (32 bytes)."""

    name: str
    key: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class WitnessElsewhere:
    """A body that cosigns checkpoints: its C2SP verifier key, and where it answers."""

    name: str
    vkey: str
    address: str


@dataclass(frozen=True, slots=True)
class BoxElsewhere:
    """A ballot box apart: where it answers, and its log's Ed25519 key (32 bytes)."""

    name: str
    key: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class OfficerAtDesk:
    """An officer who checks voters in at a desk: the passkey's COSE key (77 bytes)."""

    name: str
    cose: bytes


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of a body must agree (`k`), and how many of it may be dishonest (`faulty`)."""

    k: int
    faulty: int = 0


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part. This site is always the first registrar; `trustees` are names.

    Without trustees this site holds the opening key itself.
    """

    registrars: tuple[RegistrarElsewhere, ...] = ()
    registrar_quorum: Quorum = Quorum(1)
    witnesses: tuple[WitnessElsewhere, ...] = ()
    witness_quorum: Quorum = Quorum(0)
    trustees: tuple[str, ...] = ()
    trustees_needed: int = 1
    box: BoxElsewhere | None = None
    officers: tuple[OfficerAtDesk, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether this site holds every role."""
        return not (self.registrars or self.witnesses or self.trustees or self.box)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """The parties that `write` wrote; the empty value is a vote that this site holds alone."""
        registrars, witnesses = kept.get("registrars", {}), kept.get("witnesses", {})
        trustees, box = kept.get("trustees", {}), kept.get("box")
        return cls(
            registrars=tuple(
                RegistrarElsewhere(each["name"], read_name(each["key"]), each["origin"])
                for each in registrars.get("list", ())
            ),
            registrar_quorum=_quorum(registrars, Quorum(1)),
            witnesses=tuple(WitnessElsewhere(**each) for each in witnesses.get("list", ())),
            witness_quorum=_quorum(witnesses, Quorum(0)),
            trustees=tuple(trustees.get("names", ())),
            trustees_needed=trustees.get("k", 1),
            box=BoxElsewhere(box["name"], read_name(box["key"]), box["origin"]) if box else None,
            officers=tuple(
                OfficerAtDesk(each["name"], bytes.fromhex(each["cose"]))
                for each in kept.get("officers", ())
            ),
        )

    def write(self) -> dict[str, Any]:
        """The value that is kept with the vote; nothing for what is usual."""
        kept: dict[str, Any] = {}
        if self.registrars:
            these = [
                {"name": each.name, "key": write_name(each.key), "origin": each.origin}
                for each in self.registrars
            ]
            kept["registrars"] = _body(self.registrar_quorum, these)
        if self.witnesses:
            watching = [
                {"name": each.name, "vkey": each.vkey, "address": each.address}
                for each in self.witnesses
            ]
            kept["witnesses"] = _body(self.witness_quorum, watching)
        if self.trustees:
            kept["trustees"] = {"k": self.trustees_needed, "names": list(self.trustees)}
        if self.box:
            box = self.box
            kept["box"] = {"name": box.name, "key": write_name(box.key), "origin": box.origin}
        if self.officers:
            kept["officers"] = [
                {"name": each.name, "cose": each.cose.hex()} for each in self.officers
            ]
        return kept


def least_registrars(n: int, faulty: int) -> int:
    """How many of `n` registrars must sign if `faulty` may lie: the least safe k."""
    return max(faulty + 1, (n + faulty) // 2 + 1)


def least_witnesses(n: int, faulty: int) -> int:
    """How many of `n` witnesses must confirm if `faulty` may lie: the least safe k."""
    return (n + faulty) // 2 + 1


def safe_registrars(n: int, faulty: int = 1) -> Quorum:
    """The usual choice for `n` registrars, this site among them."""
    return Quorum(1) if n == 1 else Quorum(least_registrars(n, faulty), faulty)


def safe_witnesses(n: int, faulty: int | None = None) -> Quorum:
    """The usual choice for `n` witnesses: of two or more, one may lie."""
    may_lie = (1 if n > 1 else 0) if faulty is None else faulty
    return Quorum(least_witnesses(n, may_lie), may_lie) if n else Quorum(0)


def safe_trustees(n: int) -> int:
    """The usual choice for `n` trustees: more than half must come together."""
    return n // 2 + 1


def check_parties(parties: Parties) -> None:
    """Pass for numbers that are safe; raises `Invalid` naming the field, and why not.

    The same as "Safe parameters" of the protocol (section 3), in words.
    """
    _check_registrars(len(parties.registrars) + 1, parties.registrar_quorum)
    _check_witnesses(len(parties.witnesses), parties.witness_quorum)
    n, k = len(parties.trustees), parties.trustees_needed
    if n and not 1 <= k <= n:
        message = words("Between 1 and %(n)s of them can be needed.", n=n)
        raise Invalid(message, field="trustees_needed")


def _check_registrars(n: int, quorum: Quorum) -> None:
    k, faulty = quorum.k, quorum.faulty
    if n == 1:
        return
    if faulty < 1:
        message = words("With several registrars the vote must stand one of them lying.")
        raise Invalid(message, field="registrars_faulty")
    least = least_registrars(n, faulty)
    if least > n:
        message = words(
            "%(n)s registrars cannot stand %(faulty)s of them lying.", n=n, faulty=faulty
        )
        raise Invalid(message, field="registrars_faulty")
    if k > n:
        raise Invalid(words("There are only %(n)s registrars.", n=n), field="registrars_needed")
    if k < least:
        message = words(
            "%(k)s of %(n)s is too few: if %(faulty)s of them lie, two devices of one voter"
            " could each find %(k)s signatures, and one person would vote twice. At least"
            " %(least)s are needed.",
            k=k,
            n=n,
            faulty=faulty,
            least=least,
        )
        raise Invalid(message, field="registrars_needed")


def _check_witnesses(n: int, quorum: Quorum) -> None:
    k, faulty = quorum.k, quorum.faulty
    if n == 0:
        return
    least = least_witnesses(n, faulty)
    if least > n:
        message = words(
            "%(n)s witnesses cannot stand %(faulty)s of them lying.", n=n, faulty=faulty
        )
        raise Invalid(message, field="witnesses_faulty")
    if k > n:
        raise Invalid(words("There are only %(n)s witnesses.", n=n), field="witnesses_needed")
    if k < least:
        message = words(
            "%(k)s of %(n)s is too few: two halves of the witnesses could confirm two different"
            " ballot boxes. At least %(least)s are needed.",
            k=k,
            n=n,
            least=least,
        )
        raise Invalid(message, field="witnesses_needed")


def _quorum(kept: Mapping[str, Any], usual: Quorum) -> Quorum:
    return Quorum(kept["k"], kept["faulty"]) if kept else usual


def _body(quorum: Quorum, these: list[dict[str, str]]) -> dict[str, Any]:
    return {"k": quorum.k, "faulty": quorum.faulty, "list": these}
