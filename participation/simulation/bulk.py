"""A large election without a site: the same acts, on many voters at a time, to make big records.

What voters and registrar compute is done by worker processes; what they store goes in through the
store's own functions, an epoch at a time. Nothing is left out of the record, and it is verified
like any other. Only here the registrar's key and the voters' secrets meet in one process; so the
registrar need not sign blindly, which on purpose is slow: it signs, and the signature is blinded.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_private_key

from ballots.credential import blinding_octets, check_in_ask, credential_message
from ballots.draft import (
    Log,
    Option,
    Organiser,
    Passkeys,
    Registrar,
    Registrars,
    Schedule,
    Style,
    Trustee,
    Trustees,
    Witnesses,
)
from ballots.entries import CheckIn
from ballots.manifest import Manifest
from ballots.plaintext import Choice
from ballots.services import closing, counting, record, setup
from ballots.services.context import Context
from ballots.services.plan import HERE, Plan, Voter
from ballots.services.sequencing import scrub, write_epoch
from ballots.store import boxes, check_ins, logs
from ballots.store.boxes import NewBallot
from ballots.store.check_ins import StoredCheckIn, StoredIssue
from ballots.store.database import lock_logs
from crypto import blind_rsa
from crypto.encoding import number, sha256
from participation import migrating
from participation.core.db import Database
from participation.simulation.choices import Poll
from participation.simulation.voter import Device, RegistrarKeys, read_registrar_keys
from participation.votes.asking import QUESTION, asked
from participation.votes.proposal import Rule

AN_EPOCH = 20_000
"""Voters in one epoch of each log."""

_AT_ONCE = 500
_STYLE = 1
_REGISTRAR = 1
_A_DAY = timedelta(days=1)
_ORIGIN = "https://simulation.test"
_YES_NO = ("yes", "no")
_PSS = PSS(MGF1(SHA384()), 0)

Tell = Callable[[str, int, int], None]


@dataclass
class Clock:
    """A clock that the simulation sets."""

    moment: datetime

    def __call__(self) -> datetime:
        """What it shows."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Voted:
    """What one voter leaves: check-in, its digest, the registrar's answer, the ballot."""

    row: int
    check_in: bytes
    ask: bytes
    blind_signature: bytes
    bk: bytes
    ballot: bytes


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a worker is told: the election, and the registrar's keys."""

    manifest: bytes
    setup_entries: tuple[bytes, ...]
    secret_der: bytes


def hold(
    plan: Plan,
    choices: Sequence[Choice],
    out: Path,
    *,
    workers: int = os.cpu_count() or 1,
    tell: Tell = lambda _what, _done, _of: None,
) -> None:
    """Holds a light election of one style and one question; the record is at `out`.

    `choices`: one for each voter, which must not break the question's rule.

    The plan's schedule is replaced: everything opens now and closes in a day.
    """
    clock = Clock(datetime.now(UTC).replace(microsecond=0))
    with TemporaryDirectory(prefix="suara-bulk-") as folder:
        url = f"sqlite:///{Path(folder) / 'suara.sqlite3'}"
        migrating.upgrade(url)
        database = Database(url)
        context = Context.of(database.engine, clock, os.urandom(32))
        eid = _open(context, clock, plan, len(choices))
        errand = _errand(context, eid)
        for done, epoch in _epochs(errand, choices, workers):
            _store(context, eid, epoch)
            tell("vote", done, len(choices))
        clock.moment += _A_DAY
        _finish(context, eid, out)
        database.close()


def plan_of(poll: Poll) -> Plan:
    """The plan of a light election over a made-up poll."""
    texts = [{"id": text} for text in poll.options]
    options = tuple(Option(f"option-{n}", text) for n, text in enumerate(texts, start=1))
    if poll.rule == Rule.YES_NO:
        options = tuple(replace(each, id=name) for each, name in zip(options, _YES_NO, strict=True))
    title = {"id": poll.title}
    return Plan(
        languages=("id",),
        title=title,
        about=title,
        authority="simulation.test",
        organiser=Organiser("Simulasi", HERE),
        questions=(asked(poll.counting, title, options),),
        styles=(Style(_STYLE, title, (QUESTION,)),),
        schedule=Schedule(0, 0, 0, 0, 3600),
        registrars=Registrars(1, 0, (Registrar("Simulasi", HERE, _ORIGIN),)),
        trustees=Trustees(1, (Trustee("Simulasi", HERE, "server"),)),
        witnesses=Witnesses(0, 0, ()),
        passkeys=Passkeys("simulation.test", (_ORIGIN,)),
        epoch_seconds=300,
        batch_min=2,
        merge_delay_epochs=1,
        max_revisions=9,
        min_group=2,
    )


def _open(context: Context, clock: Clock, plan: Plan, voters: int) -> bytes:
    begins, ends = (int(each.timestamp()) for each in (clock(), clock() + _A_DAY))
    schedule = replace(
        plan.schedule,
        check_in_opens=begins,
        check_in_closes=ends,
        voting_opens=begins,
        voting_closes=ends,
    )
    roll = (Voter(f"v{each}", _STYLE) for each in range(voters))
    eid0 = setup.prepare(context, replace(plan, schedule=schedule), roll)
    eid = setup.freeze(context, eid0, sha256(b"no client: held in bulk"))
    closing.open_voting(context, eid)
    return eid


def _errand(context: Context, eid: bytes) -> _Errand:
    election = context.election(eid)
    with context.store.reading() as connection:
        key = election.log("setup")
        entries = tuple(logs.entries(connection, key, 0, logs.head(connection, key).size))
        eid0 = election.draft.eid0
        secrets = context.keyring.blind_keys(connection, eid0, _STYLE, [_REGISTRAR])
    der = secrets[_REGISTRAR].to_der()
    return _Errand(election.manifest.document, entries, der)


def _epochs(
    errand: _Errand, choices: Sequence[Choice], workers: int
) -> Iterator[tuple[int, list[Voted]]]:
    """How many have voted, and those of the epoch that ends with them."""
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawning) as pool:
        for begin in range(0, len(choices), AN_EPOCH):
            end = min(begin + AN_EPOCH, len(choices))
            starts = range(begin, end, _AT_ONCE)
            chosen = (choices[start : min(start + _AT_ONCE, end)] for start in starts)
            voted = pool.map(partial(vote, errand), starts, chosen)
            yield end, [each for some in voted for each in some]


def vote(errand: _Errand, first: int, choices: Sequence[Choice]) -> list[Voted]:
    """What the voters of the rows from `first` on leave, each with a seed of its own."""
    manifest, keys, secret = _lay_out(errand)
    voted = []
    for row, choice in enumerate(choices, first):
        device = Device(manifest, keys, _STYLE, os.urandom(32))
        voted.append(_vote(device, secret, choice, row))
    return voted


@lru_cache(maxsize=1)
def _lay_out(errand: _Errand) -> tuple[Manifest, RegistrarKeys, RSAPrivateKey]:
    manifest = Manifest.parse(errand.manifest)
    secret = load_der_private_key(errand.secret_der, None)
    assert isinstance(secret, RSAPrivateKey)  # noqa: S101 - it was made as one
    return manifest, read_registrar_keys(manifest, errand.setup_entries), secret


def _vote(device: Device, secret: RSAPrivateKey, choice: Choice, row: int) -> Voted:
    eid, blinded = device.manifest.eid, device.blinded()
    blind_signature = _signed(device, secret)
    ballot = device.cast([choice], device.credentials({_REGISTRAR: blind_signature}))
    return Voted(
        row=row,
        check_in=CheckIn(eid, row, _STYLE, blinded, 0, b"").payload,
        ask=check_in_ask(eid, row, _STYLE, blinded),
        blind_signature=blind_signature,
        bk=ballot.bk,
        ballot=ballot.payload,
    )


def _signed(device: Device, secret: RSAPrivateKey) -> bytes:
    """What the registrar answers: `(m · r^e)^d = m^d · r`."""
    eid, public = device.manifest.eid, device.registrar_keys[_REGISTRAR, _STYLE]
    message = credential_message(eid, _REGISTRAR, _STYLE, device.ballot_key)
    factor = blind_rsa.blinding_factor(blinding_octets(device.seed, eid, _REGISTRAR), public)
    signature = number(secret.sign(message, _PSS, SHA384()))
    return (signature * factor % public.n).to_bytes(blind_rsa.OCTETS, "big")


def _store(context: Context, eid: bytes, voted: Sequence[Voted]) -> None:
    """One epoch of each log."""
    election = context.election(eid)
    both: tuple[Log, Log] = ("check-ins", "ballots")
    with context.store.writing() as connection:
        lock_logs(connection, [election.log(log) for log in both], exclusive=True)
        rows = election.number
        asked, given = both
        epoch = logs.head(connection, election.log(asked)).epochs
        check_ins.add(
            connection,
            rows,
            [StoredCheckIn(each.row, 0, each.ask, each.check_in, epoch) for each in voted],
            [StoredIssue(each.row, _REGISTRAR, each.blind_signature, epoch) for each in voted],
        )
        epoch = logs.head(connection, election.log(given)).epochs
        boxes.add(
            connection,
            rows,
            [NewBallot(each.bk, 0, sha256(each.ballot), each.ballot, epoch) for each in voted],
        )
        book = context.logbook(connection, election)
        for log in both:
            write_epoch(book, log, context.now_seconds, closing=True)
    scrub(context)


def _finish(context: Context, eid: bytes, out: Path) -> None:
    closing.close_check_in(context, eid)
    closing.close(context, eid)
    counting.release_shares(context, eid)
    counting.count_and_publish(context, eid)
    with out.open("wb") as output:
        record.write_zip(context, eid, output)
