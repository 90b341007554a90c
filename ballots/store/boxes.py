"""Ballots in the box: which key cast what, and the ones that wait. The box sees no name."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ballots.draft import Log
from ballots.errors import Refused
from ballots.store.logs import payload_at
from ballots.store.tables import ballot_key, waiting_ballot

LOG: Log = "ballots"


@dataclass(frozen=True, slots=True)
class Known:
    """A stored ballot: its payload's hash, the epoch promised, its index in the log if any."""

    hash: bytes
    epoch: int
    place: int | None


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A ballot to be stored: key (32 bytes), number, payload and hash, the epoch promised."""

    bk: bytes
    seq: int
    hash: bytes
    payload: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A ballot of another box's log: key (32 bytes), number, payload's hash, index in the log."""

    bk: bytes
    seq: int
    hash: bytes
    place: int


_KNOWN = (ballot_key.c.hash, ballot_key.c.epoch, ballot_key.c.place)
# Run at each arrival: written once, so that only the running costs.
_OF_KEYS = select(ballot_key.c.bk, ballot_key.c.seq, *_KNOWN).where(
    ballot_key.c.election == bindparam("election"),
    ballot_key.c.bk.in_(bindparam("keys", expanding=True)),
)
_ADD_KEY, _ADD_WAITING = insert(ballot_key), insert(waiting_ballot)


def of_keys(
    connection: Connection, election: int, keys: Iterable[bytes]
) -> dict[bytes, dict[int, Known]]:
    """All ballots of each of these ballot keys, by `seq`; none for a key that cast none."""
    asked = sorted(set(keys))
    found: dict[bytes, dict[int, Known]] = {key: {} for key in asked}
    rows = connection.execute(_OF_KEYS, {"election": election, "keys": asked})
    for bk, seq, *known in rows:
        found[bk][seq] = Known(*known)
    return found


def last_of_key(connection: Connection, election: int, bk: bytes) -> Known:
    """The ballot with the key's highest `seq`; raises Refused `not-found`."""
    wanted = select(*_KNOWN).where(ballot_key.c.election == election, ballot_key.c.bk == bk)
    newest = wanted.order_by(ballot_key.c.seq.desc()).limit(1)
    found = connection.execute(newest).one_or_none()
    if found is None:
        raise Refused("not-found", "this key has cast no ballot here")
    return Known(*found)


def of_hash(connection: Connection, election: int, payload_hash: bytes) -> Known:
    """The ballot whose payload has this hash; raises Refused `not-found`."""
    wanted = select(*_KNOWN).where(
        ballot_key.c.election == election, ballot_key.c.hash == payload_hash
    )
    found = connection.execute(wanted).one_or_none()
    if found is None:
        raise Refused("not-found", "the box holds no ballot with this hash")
    return Known(*found)


def payload_of(connection: Connection, election: int, known: Known) -> bytes:
    """A ballot's bytes, whether it waits or stands in the log."""
    if known.place is not None:
        return payload_at(connection, (election, LOG), known.place)
    wanted = select(waiting_ballot.c.payload).where(
        waiting_ballot.c.election == election, waiting_ballot.c.hash == known.hash
    )
    return bytes(connection.execute(wanted).scalar_one())


def add(connection: Connection, election: int, ballots: Sequence[NewBallot]) -> None:
    """Store new ballots; a second one of the same key and `seq` is refused by the table's key.

    Sorted, so that two processes never wait for each other, and the order tells nothing.
    """
    in_order = sorted(ballots, key=lambda each: (each.bk, each.seq))
    keys = [
        {"election": election, "bk": each.bk, "seq": each.seq, "hash": each.hash,
         "epoch": each.epoch, "place": None}
        for each in in_order
    ]  # fmt: skip
    payloads = [
        {"election": election, "hash": each.hash, "payload": each.payload}
        for each in sorted(ballots, key=lambda each: each.hash)
    ]
    connection.execute(_ADD_KEY, keys)
    connection.execute(_ADD_WAITING, payloads)


def add_placed(connection: Connection, election: int, ballots: Sequence[Placed]) -> None:
    """Note ballots that stand in the log already, which is a copy of another box's."""
    rows = [{"election": election, "epoch": 0, **asdict(each)} for each in ballots]
    if rows:
        connection.execute(_ADD_KEY, rows)


def count_voted(connection: Connection, election: int) -> int:
    """How many ballot keys have cast a ballot."""
    wanted = select(func.count(ballot_key.c.bk.distinct())).where(ballot_key.c.election == election)
    return int(connection.execute(wanted).scalar_one())


def count_waiting(connection: Connection, election: int) -> int:
    """How many ballots wait for the end of their epoch."""
    wanted = select(func.count()).where(waiting_ballot.c.election == election)
    return int(connection.execute(wanted).scalar_one())


def waiting(
    connection: Connection, election: int, above: bytes, most: int
) -> list[tuple[bytes, bytes]]:
    """Hash and payload of the next `most` waiting ballots above a hash, ascending."""
    wanted = select(waiting_ballot.c.hash, waiting_ballot.c.payload).where(
        waiting_ballot.c.election == election, waiting_ballot.c.hash > above
    )
    found = connection.execute(wanted.order_by(waiting_ballot.c.hash).limit(most))
    return [(bytes(row[0]), bytes(row[1])) for row in found]


def set_places(connection: Connection, election: int, hashes: Sequence[bytes], first: int) -> None:
    """Note that ballots stand in the log from index `first` on, in this order, and wait no more."""
    of_hash = (ballot_key.c.election == election, ballot_key.c.hash == bindparam("of_hash"))
    connection.execute(
        update(ballot_key).where(*of_hash).values(place=bindparam("at")),
        [{"of_hash": each, "at": place} for place, each in enumerate(hashes, first)],
    )


def clear_waiting(connection: Connection, election: int) -> None:
    """Delete the ballots that waited: they stand in the log."""
    connection.execute(delete(waiting_ballot).where(waiting_ballot.c.election == election))
