"""Asking registrars elsewhere for the signatures that a stored check-in still lacks (section 6).

Outside any transaction, all of them at once and with short patience. Whoever does not answer, or
answers with anything but a right signature, is named and may be asked again: the check-in stands
already, and the same request gets the same answer.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import groupby

from sqlalchemy import Connection

from ballots.draft import Log, Registrar
from ballots.entries import CheckIn, Issue
from ballots.errors import BadEntry, BallotError, Refused
from ballots.receipt import IssuePromise, Promised
from ballots.roll import Row
from ballots.services import elections
from ballots.services.context import Context
from ballots.services.elections import Election, Progress, State
from ballots.services.names import write_name
from ballots.services.relayed import Relayed
from ballots.store import check_ins, logs
from ballots.store.check_ins import StoredCheckIn, StoredIssue
from ballots.store.commit import Waiting
from ballots.store.database import lock_logs
from crypto import blind_rsa
from crypto.encoding import sha256
from crypto.errors import CryptoError

LOG: Log = "check-ins"
SLOW_SECONDS = 2
"""Who takes longer to fail than this is left in peace for a while, so that nobody waits in vain."""

PEACE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Absent:
    """A registrar that has not signed: number and name, and why, as the code of a refusal."""

    registrar: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The signatures that came, verified and durable, and who is missing."""

    issues: tuple[StoredIssue, ...] = ()
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Came:
    """Signatures for one check-in, to be stored."""

    election: Election
    row: int
    issues: tuple[StoredIssue, ...]


_Waiting = Waiting[_Came, tuple[StoredIssue, ...]]


def gather(context: Context, election: Election, check_in: StoredCheckIn, row: Row) -> Gathered:
    """What the registrars elsewhere sign for a check-in that is durable; theirs is durable too.

    Nobody is asked whose signature is stored, nor anybody once check-in has ended.
    """
    with context.store.reading() as connection:
        missing = _missing(context, connection, election, check_in.row)
        if not missing or _is_over(elections.progress(connection, election.number)):
            return Gathered(absent=_all_absent(missing, "check-in-closed"))
    relayed = _relayed(context, election, check_in, row)
    ask = partial(_ask, context, election, relayed)
    with ThreadPoolExecutor(len(missing)) as threads:
        found = list(threads.map(ask, missing.items()))
    came = tuple(each for each in found if isinstance(each, StoredIssue))
    absent = tuple(each for each in found if isinstance(each, Absent))
    if not came:
        return Gathered(absent=absent)
    try:
        stored = context.arrivals.submit(_store, _Came(election, check_in.row, came))
    except Refused as refusal:  # check-in was closed meanwhile: what came late is of no use
        return Gathered(absent=_all_absent(missing, refusal.code))
    return Gathered(stored, absent)


def _missing(
    context: Context, connection: Connection, election: Election, row: int
) -> dict[int, Registrar]:
    """The registrars elsewhere, by number, whose signature for a row is not stored."""
    given = {each.registrar for each in check_ins.issues_of(connection, election.number, [row])}
    return {
        number: each
        for number, each in enumerate(election.draft.registrars.list, start=1)
        if number not in given and not context.keyring.holds(connection, each.key)
    }


def _is_over(progress: Progress) -> bool:
    return progress.check_in_closed or progress.state in {State.CLOSED, State.COUNTED}


def _all_absent(missing: Mapping[int, Registrar], why: str) -> tuple[Absent, ...]:
    return tuple(Absent(number, each.name, why) for number, each in missing.items())


def _relayed(context: Context, election: Election, check_in: StoredCheckIn, row: Row) -> Relayed:
    """The check-in with what a registrar elsewhere trusts: the log's promise, the roll's proof."""
    delay = election.draft.merge_delay_epochs
    promise = IssuePromise(election.eid, sha256(check_in.payload), check_in.epoch, delay)
    secret = context.log_secret(election, LOG)
    return Relayed(
        check_in=check_in.payload,
        promise=Promised.sign(promise, secret).payload,
        leaf=row.leaf,
        proof=context.roll(election.draft.eid0).proof(check_in.row),
    )


def _ask(
    context: Context, election: Election, relayed: Relayed, which: tuple[int, Registrar]
) -> StoredIssue | Absent:
    """A registrar's signature, verified; or that it is absent, and why."""
    number, registrar = which
    began = context.clock()
    if context.slow.get(registrar.origin, began) > began:
        return Absent(number, registrar.name, "unreachable")
    place = f"{registrar.origin}/registrar/{write_name(election.eid)}/issues"
    try:
        answer = context.wire.ask("POST", place, relayed.write(), kind="application/json")
        if not answer.is_good:
            return Absent(number, registrar.name, "refused")
        return _verified(election, relayed, number, answer.body)
    except BallotError as error:
        ended = context.clock()
        if (ended - began).total_seconds() > SLOW_SECONDS:
            context.slow[registrar.origin] = ended + PEACE
        return Absent(number, registrar.name, error.code)


def _verified(election: Election, relayed: Relayed, number: int, body: bytes) -> StoredIssue:
    """The signature in an answer; raises Refused `bad-signature` for anything else (A6)."""
    check_in = CheckIn.parse(relayed.check_in)
    try:
        issue = Issue.parse(body)
        if (issue.eid, issue.registrar, issue.check_in_hash) != (
            election.eid,
            number,
            check_in.hash,
        ):
            raise Refused("bad-signature", "the answer is for another check-in")
        key = election.registrar_keys[number, check_in.style]
        blind_rsa.verify_raw(key, issue.blind_signature, check_in.blinded[number - 1])
    except (BadEntry, CryptoError) as error:
        raise Refused("bad-signature", f"registrar {number} did not sign: {error}") from error
    return StoredIssue(check_in.row, number, issue.blind_signature, 0)


def _store(connection: Connection, batch: Sequence[_Waiting]) -> None:
    """The writer of a group commit: signatures of registrars elsewhere, while check-in lasts."""
    in_order = sorted(batch, key=_number)
    lock_logs(connection, [each.item.election.log(LOG) for each in in_order])
    for number, group in groupby(in_order, key=_number):
        _store_election(connection, number, list(group))


def _store_election(connection: Connection, number: int, batch: list[_Waiting]) -> None:
    is_over = _is_over(elections.progress(connection, number))
    epoch = logs.head(connection, (number, LOG)).epochs
    rows = {each.item.row for each in batch}
    held = {
        (each.row, each.registrar): each for each in check_ins.issues_of(connection, number, rows)
    }
    new: list[StoredIssue] = []
    for each in batch:
        if is_over:
            each.refuse(Refused("check-in-closed", "check-in has ended"))
            continue
        for issue in each.item.issues:
            key = (issue.row, issue.registrar)
            if key not in held:
                held[key] = replace(issue, epoch=epoch)
                new.append(held[key])
        each.accept(tuple(held[issue.row, issue.registrar] for issue in each.item.issues))
    check_ins.add(connection, number, [], new)


def _number(waiting: _Waiting) -> int:
    return waiting.item.election.number
