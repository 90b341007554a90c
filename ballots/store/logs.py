"""Logs in tables: entries, tile hashes, checkpoints.

Appending is one transaction with whatever it makes true elsewhere. Whoever appends holds the
log's exclusive lock (`database.lock_logs`); should two ever do, the primary key refuses one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    insert,
    select,
    update,
)

from ballots.entries import split_entry
from ballots.errors import BallotError, Refused
from ballots.log import TILE_WIDTH, chain, tile_hash
from ballots.store.database import LogKey
from ballots.store.tables import checkpoint, log_entry, log_head, tree_hash
from crypto import merkle

TILE_BITS = 8
MOST_ENTRIES = 2**31 - 1
"""More than any log of ours has: sizes are stored in 32 bits."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands: entries, ended epochs, when the last one ended (seconds since 1970)."""

    size: int
    epochs: int
    epoch_began: int


# Asked at each arrival: written once, so that only the asking costs.
_HEAD = select(log_head.c.size, log_head.c.epochs, log_head.c.epoch_began).where(
    log_head.c.election == bindparam("number"), log_head.c.log == bindparam("log")
)


def start(connection: Connection, key: LogKey, now_seconds: int) -> None:
    """Make an empty log."""
    values = {"size": 0, "epochs": 0, "epoch_began": now_seconds}
    connection.execute(insert(log_head).values(election=key[0], log=key[1], **values))


def head(connection: Connection, key: LogKey) -> Head:
    """Where the log stands; raises Refused `not-found` before it was started."""
    row = connection.execute(_HEAD, {"number": key[0], "log": key[1]}).one_or_none()
    if row is None:
        raise Refused("not-found", f"there is no {key[1]} log yet")
    return Head(*row)


def append(connection: Connection, key: LogKey, payloads: Sequence[bytes], *, seed: bytes) -> int:
    """Put payloads at the end, chained; the index of the first.

    `seed`: the 32 bytes before entry 0 (protocol, section 4). No checkpoint is made.
    """
    begin = head(connection, key).size
    prev = _leaf(connection, key, begin - 1) if begin else seed
    rows = [
        {"election": key[0], "log": key[1], "place": place, "leaf_hash": leaf, "entry": entry}
        for place, (entry, leaf) in enumerate(chain(prev, payloads), begin)
    ]
    end = begin + len(rows)
    connection.execute(insert(log_entry), rows)
    _extend_tree(connection, key, begin, end)
    moved = update(log_head).where(_of(log_head, key), log_head.c.size == begin).values(size=end)
    if connection.execute(moved).rowcount != 1:
        raise BallotError("not-durable", f"two writers met at entry {begin} of {key[1]}")
    return begin


def restart_epoch(connection: Connection, key: LogKey, now_seconds: int) -> None:
    """Let the current epoch begin now: what came before was not waiting for it."""
    begun = update(log_head).where(_of(log_head, key)).values(epoch_began=now_seconds)
    connection.execute(begun)


def end_epoch(connection: Connection, key: LogKey, now_seconds: int) -> None:
    """Count one more ended epoch; the journals have something to forget."""
    values = {
        "epochs": log_head.c.epochs + 1,
        "epoch_began": now_seconds,
        "unscrubbed": True,
    }
    connection.execute(update(log_head).where(_of(log_head, key)).values(**values))


def has_unscrubbed(connection: Connection) -> bool:
    """Whether an epoch of any election ended whose arrivals the journals still know."""
    wanted = select(log_head.c.election).where(log_head.c.unscrubbed).limit(1)
    return connection.execute(wanted).first() is not None


def mark_scrubbed(connection: Connection) -> None:
    """The journals know no arrivals of ended epochs."""
    done = update(log_head).where(log_head.c.unscrubbed).values(unscrubbed=False)
    connection.execute(done)


def entry_at(connection: Connection, key: LogKey, place: int) -> bytes:
    """The bytes of an entry; raises Refused `not-found` outside the log."""
    wanted = select(log_entry.c.entry).where(_of(log_entry, key), log_entry.c.place == place)
    found = connection.execute(wanted).scalar_one_or_none()
    if found is None:
        raise Refused("not-found", f"the {key[1]} log has no entry {place}")
    return bytes(found)


def payload_at(connection: Connection, key: LogKey, place: int) -> bytes:
    """What an entry says, without the hash of the one before."""
    return split_entry(entry_at(connection, key, place))[1]


def entries(connection: Connection, key: LogKey, begin: int, end: int) -> Iterator[bytes]:
    """Entries begin .. end-1, read a tile at a time."""
    for first in range(begin, end, TILE_WIDTH):
        last = min(first + TILE_WIDTH, end)
        wanted = _range(log_entry, "entry", key, range(first, last))
        yield from connection.execute(wanted).scalars()


def payloads(connection: Connection, key: LogKey, begin: int = 0) -> Iterator[bytes]:
    """All payloads from index `begin` on."""
    size = head(connection, key).size
    return (split_entry(each)[1] for each in entries(connection, key, begin, size))


def hashes(
    connection: Connection, key: LogKey, level: int, begin: int, end: int
) -> Sequence[bytes]:
    """Hashes begin .. end-1 of a tile level; fewer where the log ends sooner."""
    if level == 0:
        wanted = _range(log_entry, "leaf_hash", key, range(begin, end))
    else:
        wanted = _range(tree_hash, "hash", key, range(begin, end))
        wanted = wanted.where(tree_hash.c.level == level)
    return connection.execute(wanted).scalars().all()


class Tree:
    """The tree of a log, read a tile at a time, as `crypto.merkle` asks for it."""

    def __init__(self, connection: Connection, key: LogKey) -> None:
        self._connection = connection
        self._key = key
        self._tiles: dict[tuple[int, int], Sequence[bytes]] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        return merkle.root_from_subtrees(size, self._subtree)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that entry `index` is in the tree of the first `size` entries."""
        return merkle.inclusion_from_subtrees(index, size, self._subtree)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The proof that the first `old` entries begin the tree of the first `new`."""
        return merkle.consistency_from_subtrees(old, new, self._subtree)

    def _subtree(self, level: int, place: int) -> bytes:
        tile_level, inner = divmod(level, TILE_BITS)
        tile, offset = divmod(place << inner, TILE_WIDTH)
        return merkle.root(self._tile(tile_level, tile)[offset : offset + (1 << inner)])

    def _tile(self, level: int, tile: int) -> Sequence[bytes]:
        if (level, tile) not in self._tiles:
            begin = tile * TILE_WIDTH
            found = hashes(self._connection, self._key, level, begin, begin + TILE_WIDTH)
            self._tiles[level, tile] = found
        return self._tiles[level, tile]


def add_checkpoint(
    connection: Connection, key: LogKey, size: int, note: bytes, *, is_published: bool = True
) -> None:
    """Keep a signed checkpoint; a second one of the same size is refused by its key.

    One that is not published yet waits for witnesses (`ballots.store.witnessing`).
    """
    row = {"election": key[0], "log": key[1], "size": size, "note": note}
    connection.execute(insert(checkpoint).values(**row, is_published=is_published))


def checkpoint_sizes(connection: Connection, key: LogKey) -> Sequence[int]:
    """The sizes of all published checkpoints, ascending."""
    wanted = select(checkpoint.c.size).where(_of(checkpoint, key), checkpoint.c.is_published)
    wanted = wanted.order_by(checkpoint.c.size)
    return connection.execute(wanted).scalars().all()


def checkpoint_note(connection: Connection, key: LogKey, size: int) -> bytes:
    """The note of the published checkpoint of this size.

    Raises Refused `not-published` for one that waits for witnesses, `not-found` where none is.
    """
    columns = (checkpoint.c.note, checkpoint.c.is_published)
    wanted = select(*columns).where(_of(checkpoint, key), checkpoint.c.size == size)
    found = connection.execute(wanted).one_or_none()
    if found is None:
        raise Refused("not-found", f"the {key[1]} log has no checkpoint of size {size}")
    if not found.is_published:
        text = f"the checkpoint of size {size} of the {key[1]} log waits for witnesses"
        raise Refused("not-published", text)
    return bytes(found.note)


def latest_checkpoint(connection: Connection, key: LogKey) -> tuple[int, bytes]:
    """Size and note of the largest published checkpoint; raises Refused `not-found`."""
    return _largest(connection, key, checkpoint.c.is_published)


def latest_signed(
    connection: Connection, key: LogKey, not_above: int = MOST_ENTRIES
) -> tuple[int, bytes]:
    """Size and note of the largest checkpoint of size `not_above` at most, published or not.

    Raises Refused `not-found` where there is none.
    """
    return _largest(connection, key, checkpoint.c.size <= not_above)


def _largest(
    connection: Connection, key: LogKey, condition: ColumnElement[bool]
) -> tuple[int, bytes]:
    wanted = select(checkpoint.c.size, checkpoint.c.note).where(_of(checkpoint, key), condition)
    row = connection.execute(wanted.order_by(checkpoint.c.size.desc()).limit(1)).first()
    if row is None:
        raise Refused("not-found", f"the {key[1]} log has no checkpoint yet")
    return row[0], bytes(row[1])


def _leaf(connection: Connection, key: LogKey, place: int) -> bytes:
    return bytes(hashes(connection, key, 0, place, place + 1)[0])


def _extend_tree(connection: Connection, key: LogKey, begin: int, end: int) -> None:
    """Store the hash of every tile that became full, level by level."""
    level = 1
    while begin >> TILE_BITS != end >> TILE_BITS:
        begin, end = begin >> TILE_BITS, end >> TILE_BITS
        rows = [
            {"election": key[0], "log": key[1], "level": level, "place": place,
             "hash": tile_hash(_full_tile(connection, key, level - 1, place))}
            for place in range(begin, end)
        ]  # fmt: skip
        connection.execute(insert(tree_hash), rows)
        level += 1


def _full_tile(connection: Connection, key: LogKey, level: int, tile: int) -> Sequence[bytes]:
    return hashes(connection, key, level, tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH)


def _of(table: Table, key: LogKey) -> ColumnElement[bool]:
    return and_(table.c.election == key[0], table.c.log == key[1])


def _range(table: Table, wanted: str, key: LogKey, places: range) -> Select[Any]:
    place = table.c.place
    column: ColumnElement[Any] = table.c[wanted]
    within = (place >= places.start, place < places.stop)
    return select(column).where(_of(table, key), *within).order_by(place)
