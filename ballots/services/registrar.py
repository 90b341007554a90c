"""The registrars: who may vote gets one blind signature each, once (section 6).

A registrar sees the voter's row and never a ballot. Every registrar whose blind key this server
holds signs in the transaction that stores the check-in; the others are asked afterwards, where
they are (`relay`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Connection

from ballots.credential import check_in_ask
from ballots.draft import Log
from ballots.entries import CheckIn, Issue
from ballots.errors import BadEntry, Refused
from ballots.evidence import check_evidence
from ballots.receipt import IssuePromise, Promised
from ballots.services import elections, relay
from ballots.services.context import Context
from ballots.services.elections import Election, Progress, State
from ballots.services.relay import Absent
from ballots.store import check_ins, logs, rolls
from ballots.store.check_ins import StoredCheckIn, StoredIssue
from ballots.store.commit import Waiting
from ballots.store.database import lock_logs
from ballots.store.rolls import StoredRow
from crypto import blind_rsa
from crypto.encoding import number, sha256

LOG: Log = "check-ins"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a voter's device asks for; field by field as in the entry `check-in`.

    `blinded`: 384 bytes for each registrar in the draft's order. `kind` and `evidence`: section
    6.4; a session (0) carries none.
    """

    row: int
    style: int
    blinded: tuple[bytes, ...]
    kind: int = 0
    evidence: bytes = b""


@dataclass(frozen=True, slots=True)
class Signature:
    """A registrar's blind signature (384 bytes), and the file `*.promise` of its `issue`."""

    registrar: int
    blind_signature: bytes
    promise: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check-in got: its payload as stored, the signatures given so far, who is missing."""

    check_in: bytes
    signatures: tuple[Signature, ...]
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A check-in that is authorised, and the signatures it is to get."""

    election: Election
    check_in: CheckIn
    ask: bytes
    issues: tuple[StoredIssue, ...]
    now_seconds: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What is stored for a row."""

    check_in: StoredCheckIn
    issues: tuple[StoredIssue, ...]


_Waiting = Waiting[_Arrival, _Held]


def check_in(context: Context, eid: bytes, voter_id: str, ask: Ask) -> Answer:
    """The blind signatures for a voter's row; check-in and signatures are durable.

    `voter_id` is who the session, or the officer at the desk, says it is. The same ask again gets
    the same answer, also after check-in has ended, with the signatures of registrars elsewhere
    that were missing before; another ask for the row is refused (Refused `already-checked-in`).
    Nothing that was refused is stored.
    """
    election = context.election(eid)
    with context.store.reading() as connection:
        row = rolls.row_of_voter(connection, election.number, voter_id)
        held = _held(connection, election.number, [row.row]).get(row.row)
    entry = _entry(election, ask)
    digest = check_in_ask(eid, entry.row, entry.style, entry.blinded)
    context.log_secret(election, LOG)  # before anything is stored: no promise, no check-in
    if held is None:
        issues = _sign(context, election, entry, row)
        arrival = _Arrival(election, entry, digest, issues, context.now_seconds)
        held = context.arrivals.submit(_store, arrival)
    if held.check_in.ask != digest:
        raise Refused("already-checked-in", "this row has checked in with another request")
    gathered = relay.gather(context, election, held.check_in, row.public)
    given = sorted((*held.issues, *gathered.issues), key=lambda each: each.registrar)
    whole = _answer(context, election, _Held(held.check_in, tuple(given)))
    return replace(whole, absent=gathered.absent)


def answer_of(context: Context, eid: bytes, voter_id: str) -> Answer:
    """What a voter's check-in got, for a device that lost the answer but not its seed.

    Raises Refused `not-found` for a voter who has not checked in.
    """
    election = context.election(eid)
    with context.store.reading() as connection:
        row = rolls.row_of_voter(connection, election.number, voter_id)
        held = _held(connection, election.number, [row.row]).get(row.row)
    if held is None:
        raise Refused("not-found", "this voter has not checked in")
    return _answer(context, election, held)


def _entry(election: Election, ask: Ask) -> CheckIn:
    """The ask as an entry: one blinded message for each registrar."""
    wanted = len(election.draft.registrars.list)
    if len(ask.blinded) != wanted:
        raise Refused("bad-blinded", f"a check-in has {wanted} blinded messages")
    try:
        return CheckIn(election.eid, ask.row, ask.style, ask.blinded, ask.kind, ask.evidence)
    except BadEntry as error:
        raise Refused("malformed", error.message) from error


def _sign(
    context: Context, election: Election, entry: CheckIn, row: StoredRow
) -> tuple[StoredIssue, ...]:
    """A signature of each registrar that is here, once row, evidence and window are checked.

    It leaves this module only if the group commit stores it, so that two asks at once cannot get
    two.
    """
    if entry.row != row.row:
        raise Refused("wrong-row", "the row is another voter's")
    if row.struck:
        raise Refused("row-struck", "this row of the roll was struck as wrong")
    check_evidence(entry, row.public, election.draft)
    _check_blinded(election, entry)
    registrars = range(1, len(entry.blinded) + 1)
    with context.store.reading() as connection:
        progress = elections.progress(connection, election.number)
        _check_window(election, progress, context.now_seconds)
        eid0 = election.draft.eid0
        keys = context.keyring.blind_keys(connection, eid0, entry.style, registrars)
    signed = ((r, blind_rsa.blind_sign(key, entry.blinded[r - 1])) for r, key in keys.items())
    return tuple(StoredIssue(entry.row, r, signature, 0) for r, signature in signed)


def _check_blinded(election: Election, entry: CheckIn) -> None:
    for registrar, blinded in enumerate(entry.blinded, start=1):
        n = election.registrar_keys[registrar, entry.style].n
        if not 2 <= number(blinded) <= n - 2:  # noqa: PLR2004 - 0, 1 and N - 1 blind nothing
            raise Refused("bad-blinded", f"the message for registrar {registrar} is out of range")


def _check_window(election: Election, progress: Progress, now_seconds: int) -> None:
    schedule = election.draft.schedule
    is_over = progress.check_in_closed or progress.state in {State.CLOSED, State.COUNTED}
    if is_over or now_seconds >= schedule.check_in_closes:
        raise Refused("check-in-closed", "check-in has ended")
    if now_seconds < schedule.check_in_opens:
        raise Refused("check-in-not-open", "check-in has not begun")


def _store(connection: Connection, batch: Sequence[_Waiting]) -> None:
    """The writer of a group commit: one check-in a row, inside the window."""
    in_order = sorted(batch, key=_number)
    lock_logs(connection, [each.item.election.log(LOG) for each in in_order])
    for number_, group in groupby(in_order, key=_number):
        _store_election(connection, number_, list(group))


def _store_election(connection: Connection, election: int, batch: list[_Waiting]) -> None:
    progress = elections.progress(connection, election)
    epoch = logs.head(connection, (election, LOG)).epochs
    held = _held(connection, election, {each.item.check_in.row for each in batch})
    new: list[_Held] = []
    for each in batch:
        arrival = each.item
        row = arrival.check_in.row
        try:
            if row not in held:
                _check_window(arrival.election, progress, arrival.now_seconds)
                held[row] = _new(arrival, epoch)
                new.append(held[row])
            each.accept(held[row])
        except Refused as refusal:
            each.refuse(refusal)
    issues = [issue for each in new for issue in each.issues]
    check_ins.add(connection, election, [each.check_in for each in new], issues)


def _new(arrival: _Arrival, epoch: int) -> _Held:
    entry = arrival.check_in
    stored = StoredCheckIn(entry.row, entry.kind, arrival.ask, entry.payload, epoch)
    return _Held(stored, tuple(replace(issue, epoch=epoch) for issue in arrival.issues))


def _held(connection: Connection, election: int, rows: Iterable[int]) -> dict[int, _Held]:
    asked = set(rows)
    found = check_ins.of_rows(connection, election, asked)
    issues: dict[int, list[StoredIssue]] = {row: [] for row in found}
    for each in check_ins.issues_of(connection, election, found):
        issues[each.row].append(each)
    return {row: _Held(each, tuple(issues[row])) for row, each in found.items()}


def _answer(context: Context, election: Election, held: _Held) -> Answer:
    secret = context.log_secret(election, LOG)
    delay = election.draft.merge_delay_epochs
    asked = sha256(held.check_in.payload)
    signatures = []
    for each in held.issues:
        issue = Issue(election.eid, each.registrar, asked, each.signature)
        promise = IssuePromise(election.eid, issue.hash, each.epoch, delay)
        promised = Promised.sign(promise, secret).payload
        signatures.append(Signature(each.registrar, each.signature, promised))
    return Answer(held.check_in.payload, tuple(signatures))


def _number(waiting: _Waiting) -> int:
    return waiting.item.election.number
