"""What simulated voters do: checking in, casting (sections 6 and 7). Runs in worker processes.

Every voter goes the whole way: proves their row against the manifest, blinds, checks in,
finalises, seals, signs, casts, and holds each promise against the log's key. Whoever is refused
is reported, and hinders nobody else.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Generic, TypeVar

from ballots.ballot import Cast
from ballots.credential import Credential
from ballots.entries import CheckIn, Issue
from ballots.errors import BallotError, Refused
from ballots.manifest import Manifest
from ballots.plaintext import Choice
from ballots.receipt import Promised, check_promise, check_receipt
from ballots.roll import Row, voter_commitment
from ballots.services.names import write_name
from crypto import merkle
from crypto.encoding import b64url, from_b64url
from crypto.errors import CryptoError
from participation.simulation.sessions import SignedIn
from participation.simulation.voter import Device, RegistrarKeys, read_registrar_keys
from participation.simulation.wire import Unexpected, Wire

LANES = 4
"""Voters who are served at the same time, in each process."""

ASKS_FOR_RECEIPT = 50
"""Every so-manieth voter asks for the receipt at once, as waiting people do."""

_SEED_BYTES = 32
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}
_BYTES = {"Content-Type": "application/octet-stream"}

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Hall:
    """What every voter knows: where the site is, the vote's address, the published documents."""

    origin: str
    slug: str
    manifest: bytes = field(repr=False)
    setup: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Elector:
    """One voter before check-in; of several `choices` each is cast, and the last counts."""

    number: int
    person: SignedIn
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """One voter after check-in; `promise` is the file of the check-in log's promise."""

    number: int
    style: int
    choices: tuple[Choice, ...]
    seed: bytes = field(repr=False)
    credentials: tuple[Credential, ...] = field(repr=False)
    promises: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Voted:
    """One voter after casting: the files of the ballot log's promises."""

    number: int
    promises: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report(Generic[Result]):
    """What came of some voters: results, and in words why others have none."""

    done: list[Result] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Facts:
    """A hall with its documents parsed."""

    hall: Hall
    manifest: Manifest
    keys: RegistrarKeys

    @property
    def box(self) -> str:
        return f"/box/{write_name(self.manifest.eid)}"

    def device(self, style: int, seed: bytes) -> Device:
        return Device(self.manifest, self.keys, style, seed)


def check_in(hall: Hall, electors: Sequence[Elector]) -> Report[Ready]:
    """Checks some voters in."""
    return _in_lanes(hall, _check_in, electors)


def cast(hall: Hall, ready: Sequence[Ready]) -> Report[Voted]:
    """Lets some voters cast."""
    return _in_lanes(hall, _cast, ready)


_Act = Callable[[_Facts, Wire, Item], Result]


def _in_lanes(hall: Hall, act: _Act[Item, Result], items: Sequence[Item]) -> Report[Result]:
    lanes = [items[lane::LANES] for lane in range(LANES)]
    with ThreadPoolExecutor(LANES) as threads:
        reports = threads.map(partial(_lane, hall, act), lanes)
        whole: Report[Result] = Report()
        for report in reports:
            whole.done.extend(report.done)
            whole.failed.extend(report.failed)
    return whole


def _lane(hall: Hall, act: _Act[Item, Result], items: Sequence[Item]) -> Report[Result]:
    """One after the other, over one connection."""
    report: Report[Result] = Report()
    facts = _facts(hall)
    with Wire(hall.origin) as wire:
        for item in items:
            try:
                report.done.append(act(facts, wire, item))
            except (Unexpected, BallotError, CryptoError) as error:
                report.failed.append(f"{act.__name__.strip('_')}: {error}")
    return report


@lru_cache(maxsize=2)
def _facts(hall: Hall) -> _Facts:
    manifest = Manifest.parse(hall.manifest)
    return _Facts(hall, manifest, read_registrar_keys(manifest, hall.setup))


def _check_in(facts: _Facts, wire: Wire, elector: Elector) -> Ready:
    index, style = _own_row(facts, wire, elector.person)
    device = facts.device(style, secrets.token_bytes(_SEED_BYTES))
    blinded = device.blinded()
    ask = {"row": index, "style": style, "blinded": [*map(b64url, blinded)], "kind": 0}
    body = json.dumps({**ask, "evidence": ""}).encode()
    answer = wire.ask(
        "POST",
        f"/votes/{facts.hall.slug}/check-in",
        body=body,
        headers=_JSON | elector.person.headers,
    ).json()
    signed = {r: from_b64url(each) for r, each in enumerate(answer["blind_signatures"], start=1)}
    credentials = device.credentials(signed)
    promises = tuple(map(from_b64url, answer["promises"]))
    asked = CheckIn(facts.manifest.eid, index, style, blinded, 0, b"").hash
    for (registrar, signature), promise in zip(signed.items(), promises, strict=True):
        issue = Issue(facts.manifest.eid, registrar, asked, signature)
        _check_promise(facts, promise, issue.hash)
    return Ready(elector.number, style, elector.choices, device.seed, tuple(credentials), promises)


def _own_row(facts: _Facts, wire: Wire, person: SignedIn) -> tuple[int, int]:
    """Index and style of the voter's row, which is theirs and on the roll of the manifest."""
    path = f"/votes/{facts.hall.slug}/roll-row"
    said = wire.ask("GET", path, headers=_JSON | person.headers).json()
    leaf, roll = from_b64url(said["leaf"]), facts.manifest.roll
    row = Row.parse(leaf)
    if row.commitment != voter_commitment(person.voter_id, from_b64url(said["salt"])):
        raise Refused("wrong-row", "the row does not hide this voter")
    proof = [from_b64url(each) for each in said["proof"]]
    merkle.verify_inclusion(said["row"], roll.size, merkle.leaf_hash(leaf), proof, roll.root)
    return int(said["row"]), row.style


def _cast(facts: _Facts, wire: Wire, ready: Ready) -> Voted:
    device = facts.device(ready.style, ready.seed)
    last: Cast | None = None
    promises = []
    for choice in ready.choices:
        last = device.cast([choice], ready.credentials, last)
        answer = wire.ask("POST", f"{facts.box}/ballots", body=last.payload, headers=_BYTES)
        promises.append(answer.good())
        _check_promise(facts, promises[-1], last.hash)
    if last is not None and ready.number % ASKS_FOR_RECEIPT == 0:
        _ask_for_receipt(facts, wire, last.hash)
    return Voted(ready.number, tuple(promises))


def _ask_for_receipt(facts: _Facts, wire: Wire, payload_hash: bytes) -> None:
    """A receipt proves the ballot, or the epoch has not ended."""
    answer = wire.ask("GET", f"{facts.box}/receipts/{write_name(payload_hash)}")
    try:
        receipt = answer.good()
    except Unexpected as error:
        if error.code != "not-published":
            raise
        return
    check_receipt(receipt, facts.manifest.draft, "ballots", payload_hash)


def _check_promise(facts: _Facts, promise: bytes, payload_hash: bytes) -> None:
    manifest = facts.manifest
    check_promise(Promised.parse(promise), manifest.draft, manifest.eid, payload_hash)
