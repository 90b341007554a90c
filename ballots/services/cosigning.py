"""Asking witnesses to cosign checkpoints, and publishing what a quorum of them has (section 4).

Runs outside any transaction, after acts that made a checkpoint and each minute. Each witness is
asked in a thread of its own for one checkpoint after the other, smaller ones first; what it
answered is durable before it is asked for the next, so that it is never left ahead of what is
stored here. Arrivals never wait for it.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.draft import LOGS, Draft
from ballots.errors import BallotError, Refused
from ballots.services.context import Context
from ballots.services.wire import Answered
from ballots.store import elections as rows
from ballots.store import logs, witnessing
from ballots.store.database import LogKey, lock_logs
from ballots.witnesses import assemble_note, witness_keys
from crypto import witness
from crypto.encoding import number
from crypto.errors import CryptoError
from crypto.note import Note, SignatureLine, VerifierKey, verify_cosignature
from crypto.witness import AddCheckpoint

CLOCK_TOLERANCE_SECONDS = 900
"""A witness's clock may be so far from ours, unless an hour of the schedule lies between."""

_TIME_BYTES = 8
_OK, _CONFLICT = 200, 409
_line = logging.getLogger("suara.witnesses")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A witness of an election that did not cosign, by name and verifier key, and why."""

    eid0: bytes
    name: str
    vkey: str
    why: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """What a witness has last cosigned of the ballot log: size and time (0 and 0: nothing yet).

    `is_current`: it is the newest checkpoint that there is.
    """

    name: str
    size: int
    time_seconds: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class _Election:
    number: int
    draft: Draft


def ask_all(context: Context) -> tuple[Trouble, ...]:
    """Ask for every checkpoint that waits, in all elections; for a job that runs each minute."""
    with context.store.reading() as connection:
        waiting = witnessing.elections_waiting(connection)
    return tuple(each for eid0 in waiting for each in ask_witnesses(context, eid0))


def ask_witnesses(context: Context, eid0: bytes) -> tuple[Trouble, ...]:
    """Ask an election's witnesses for what waits, and publish what has its quorum.

    Takes as long as the slowest witness, and the wire's patience at most for each that is off.
    What went wrong is answered, never raised; asking again may help.
    """
    with context.store.reading() as connection:
        stored = rows.by_eid0(connection, eid0)
        election = _Election(stored.id, Draft.parse(stored.draft))
        waits = any(witnessing.unpublished(connection, (stored.id, log)) for log in LOGS)
    if not waits:
        return ()
    asked = range(1, len(election.draft.witnesses.list) + 1)
    with ThreadPoolExecutor(max_workers=len(asked)) as threads:
        heard = threads.map(lambda each: tuple(_ask_one(context, election, each)), asked)
        troubles = tuple(trouble for each in heard for trouble in each)
    _publish(context, election)
    for each in troubles:
        _line.warning("witness %s has not cosigned: %s", each.name, each.why)
    return troubles


def freshness(context: Context, eid: bytes) -> tuple[Freshness, ...]:
    """Who watches the ballot log, and how far each has come, in the draft's order."""
    election = context.election(eid)
    key = election.log("ballots")
    with context.store.reading() as connection:
        newest = witnessing.newest(connection, key)
        latest, _ = logs.latest_signed(connection, key)
    nothing = witnessing.Heard(0, b"")
    named = enumerate(election.draft.witnesses.list, start=1)
    heard = ((each.name, newest.get(place, nothing)) for place, each in named)
    return tuple(
        Freshness(name, each.size, _time(each.line), is_current=each.size == latest)
        for name, each in heard
    )


def _time(line: bytes) -> int:
    if not line:
        return 0
    return number(SignatureLine.parse(line.decode()).signature[:_TIME_BYTES])


def _ask_one(context: Context, election: _Election, place: int) -> Iterator[Trouble]:
    """Ask one witness for all that it has not cosigned; what it did not do."""
    named = election.draft.witnesses.list[place - 1]
    key = witness_keys(election.draft)[place - 1]
    try:
        address = context.witness_address(named.vkey).rstrip("/")
        for wanted in _missing(context, election, place):
            line = _cosigned(context, _Asking(address, key, wanted), election.draft)
            with context.store.writing() as connection:
                lock_logs(connection, [wanted.log], exclusive=True)
                witnessing.add_cosignature(connection, wanted.log, wanted.size, place, line)
    except (BallotError, CryptoError) as error:
        yield Trouble(election.draft.eid0, named.name, named.vkey, str(error))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A checkpoint to be cosigned, and the size up to which the witness is known to have come."""

    log: LogKey
    size: int
    note: bytes
    known: int


@dataclass(frozen=True, slots=True)
class _Asking:
    address: str
    key: VerifierKey
    wanted: _Wanted


def _missing(context: Context, election: _Election, place: int) -> Iterator[_Wanted]:
    """What a witness has not cosigned yet, log by log, ascending."""
    for key in ((election.number, log) for log in LOGS):
        with context.store.reading() as connection:
            waiting = witnessing.unpublished(connection, key)
            heard = witnessing.newest(connection, key).get(place)
        known = heard.size if heard else 0
        for size, note in waiting:
            if size > known:
                yield _Wanted(key, size, note, known)
                known = size


def _cosigned(context: Context, asking: _Asking, draft: Draft) -> bytes:
    """A witness's line under a checkpoint; raises BallotError or CryptoError saying why not."""
    asked_at = context.now_seconds
    answered = _ask(context, asking, asking.wanted.known)
    if answered.status == _CONFLICT and answered.kind == witness.SIZE_KIND:
        known = witness.read_size(answered.body)
        if known > asking.wanted.size:
            text = f"it has seen {known} entries of a log of {asking.wanted.size}: {_FORK}"
            raise Refused("not-allowed", text)
        answered = _ask(context, asking, known)
    if answered.status != _OK:
        raise Refused("not-allowed", f"it answered {answered.status}{_meaning(answered)}")
    note = Note.parse(asking.wanted.note)
    own = [each for each in witness.read_cosignatures(answered.body) if each.is_by(asking.key)]
    if not own:
        raise Refused("bad-signature", "it answered without a line by its key")
    time_seconds = verify_cosignature(own[0], asking.key, note.text)
    _check_clock(draft, asked_at, time_seconds)
    return own[0].line.encode()


_FORK = "this log was put back, or shown to it otherwise"


def _meaning(answered: Answered) -> str:
    meanings = {409: f": {_FORK}", 422: f": {_FORK}", 403: ": not a key it knows of this log"}
    return meanings.get(answered.status, "")


def _ask(context: Context, asking: _Asking, known: int) -> Answered:
    wanted = asking.wanted
    with context.store.reading() as connection:
        proof = logs.Tree(connection, wanted.log).consistency(known, wanted.size)
    body = AddCheckpoint(known, proof, wanted.note).write()
    kind = "text/plain; charset=utf-8"
    return context.wire.ask("POST", asking.address + witness.PATH, body, kind=kind)


def _check_clock(draft: Draft, ours: int, theirs: int) -> None:
    """Pass if a cosignature is dated so that the schedule's hours are not touched (V28).

    A wrong date, once in the record, would spoil the election: one witness whose clock is off, or
    who lies, must not be able to (A45).
    """
    times = draft.schedule
    grace = times.close_grace_seconds
    hours = (
        times.check_in_opens,
        times.voting_opens,
        times.check_in_closes,
        times.voting_closes,
        times.check_in_closes + grace + 1,
        times.voting_closes + grace + 1,
    )
    early, late = sorted((ours, theirs))
    if late - early > CLOCK_TOLERANCE_SECONDS or any(early < hour <= late for hour in hours):
        raise Refused("bad-signature", f"its clock says {theirs} where ours says {ours}")


def _publish(context: Context, election: _Election) -> None:
    """Publish, smaller ones first, the checkpoints that have their quorum."""
    keys = [(election.number, log) for log in LOGS]
    with context.store.writing() as connection:
        lock_logs(connection, keys, exclusive=True)
        for key in keys:
            _publish_log(connection, election.draft, key)


def _publish_log(connection: Connection, draft: Draft, key: LogKey) -> None:
    for size, note in witnessing.unpublished(connection, key):
        lines = witnessing.cosigned_by(connection, key, size)
        if len(lines) < draft.witnesses.k:
            return
        whole = Note.parse(note + b"".join(lines.values()))
        witnessing.publish(connection, key, size, assemble_note(draft, whole))
