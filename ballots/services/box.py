"""The ballot box: takes ballots, promises, hands out receipts. It sees no name (section 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

from ballots.ballot import Cast, LastBallot, check_cast, check_sequence
from ballots.errors import BadEntry, Refused
from ballots.payload import MOST_PAYLOAD_BYTES
from ballots.receipt import Promise, Promised, write_receipt
from ballots.services import elections
from ballots.services.context import Context
from ballots.services.elections import Election, State
from ballots.store import boxes, logs
from ballots.store.boxes import LOG, Known, NewBallot
from ballots.store.commit import Waiting
from ballots.store.database import lock_logs


class NotYet(Refused):
    """The ballot waits to be published: ask again for the receipt."""

    def __init__(self, what: str = "the end of its epoch") -> None:
        super().__init__("not-published", f"the ballot waits for {what}")


_WITNESSES = "witnesses to confirm its epoch"


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A ballot that passed every check which needs no other ballot, and when it came."""

    election: Election
    cast: Cast
    now_seconds: int


_Waiting = Waiting[_Arrival, Known]


def cast(context: Context, eid: bytes, payload: bytes) -> bytes:
    """The file `*.promise` for a ballot; the ballot is durable.

    The checks and their order are those of section 7.4; each refusal (Refused) has a code of its
    own and leaves nothing stored. The same bytes again get the same answer, also after close.
    """
    if len(payload) > MOST_PAYLOAD_BYTES:
        raise Refused("too-large", "the ballot does not fit into a log entry")
    election = context.election(eid)
    secret = context.log_secret(election, LOG)  # before anything is stored: no promise, no ballot
    ballot = _parse(payload)
    check_cast(ballot, election.manifest, election.registrar_keys)
    arrival = _Arrival(election, ballot, context.now_seconds)
    known = context.arrivals.submit(_store, arrival)
    promise = Promise(eid, ballot.hash, known.epoch, election.draft.merge_delay_epochs)
    return Promised.sign(promise, secret).payload


def last_of(context: Context, eid: bytes, bk: bytes) -> bytes:
    """The last durable payload of a ballot key (32 bytes); raises Refused `not-found`."""
    number = context.election(eid).number
    with context.store.reading() as connection:
        return boxes.payload_of(connection, number, boxes.last_of_key(connection, number, bk))


def payload(context: Context, eid: bytes, payload_hash: bytes) -> bytes:
    """The payload of this hash, for a second device; waiting ones too.

    Raises Refused `not-found`.
    """
    number = context.election(eid).number
    with context.store.reading() as connection:
        return boxes.payload_of(connection, number, boxes.of_hash(connection, number, payload_hash))


def receipt(context: Context, eid: bytes, payload_hash: bytes) -> bytes:
    """The file `*.tlog-proof` of a ballot, under the newest published checkpoint.

    Raises Refused `not-found` for a ballot that the box does not hold, `NotYet` for one that waits
    for its epoch or for witnesses.
    """
    election = context.election(eid)
    with context.store.reading() as connection:
        known = boxes.of_hash(connection, election.number, payload_hash)
        if known.place is None:
            raise NotYet
        key = election.log(LOG)
        size, note = logs.latest_checkpoint(connection, key)
        if known.place >= size:
            raise NotYet(_WITNESSES)
        proof = logs.Tree(connection, key).inclusion(known.place, size)
        return write_receipt(known.place, proof, note, logs.entry_at(connection, key, known.place))


def _parse(payload: bytes) -> Cast:
    try:
        return Cast.parse(payload)
    except BadEntry as error:
        raise Refused("malformed", error.message) from error


def _store(connection: Connection, batch: Sequence[_Waiting]) -> None:
    """The writer of a group commit: what depends on other ballots, and on time."""
    in_order = sorted(batch, key=_number)
    lock_logs(connection, [each.item.election.log(LOG) for each in in_order])
    for number, group in groupby(in_order, key=_number):
        _store_election(connection, number, list(group))


def _store_election(connection: Connection, number: int, batch: list[_Waiting]) -> None:
    state = elections.progress(connection, number).state
    epoch = logs.head(connection, (number, LOG)).epochs
    found = boxes.of_keys(connection, number, (each.item.cast.bk for each in batch))
    new = []
    for each in batch:
        own, ballot = found[each.item.cast.bk], each.item.cast
        try:
            if not _is_repeated(own, ballot):
                check_sequence(ballot, _last(own), each.item.election.draft.max_revisions)
                _check_window(each.item, state)
                own[ballot.seq] = Known(ballot.hash, epoch, None)
                new.append(NewBallot(ballot.bk, ballot.seq, ballot.hash, ballot.payload, epoch))
            each.accept(own[ballot.seq])
        except Refused as refusal:
            each.refuse(refusal)
    if new:
        boxes.add(connection, number, new)


def _is_repeated(own: Mapping[int, Known], ballot: Cast) -> bool:
    """Whether the very same bytes are stored already."""
    return ballot.seq in own and own[ballot.seq].hash == ballot.hash


def _last(own: Mapping[int, Known]) -> LastBallot | None:
    return LastBallot(max(own), own[max(own)].hash) if own else None


def _number(waiting: _Waiting) -> int:
    return waiting.item.election.number


def _check_window(arrival: _Arrival, state: State) -> None:
    schedule = arrival.election.draft.schedule
    if state in {State.CLOSED, State.COUNTED} or arrival.now_seconds >= schedule.voting_closes:
        raise Refused("voting-closed", "voting has ended")
    if state != State.OPEN or arrival.now_seconds < schedule.voting_opens:
        raise Refused("voting-not-open", "voting has not begun")
