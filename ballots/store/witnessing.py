"""Checkpoints on their way to being published: which wait, and who has cosigned them."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from ballots.store.database import LogKey
from ballots.store.tables import checkpoint, cosignature, election


class Heard(NamedTuple):
    """A witness's newest cosignature of a log: the checkpoint's size, and the line's bytes."""

    size: int
    line: bytes


def unpublished(connection: Connection, key: LogKey) -> list[tuple[int, bytes]]:
    """Size and note of every checkpoint of a log that waits for witnesses, ascending."""
    wanted = select(checkpoint.c.size, checkpoint.c.note).where(
        checkpoint.c.election == key[0],
        checkpoint.c.log == key[1],
        checkpoint.c.is_published.is_(False),
    )
    found = connection.execute(wanted.order_by(checkpoint.c.size))
    return [(row.size, bytes(row.note)) for row in found]


def elections_waiting(connection: Connection) -> list[bytes]:
    """`eid0` of every election of which a checkpoint waits for witnesses, oldest first."""
    of_election = checkpoint.c.election == election.c.id
    wanted = (
        select(election.c.eid0, election.c.id)
        .join(checkpoint, of_election)
        .where(checkpoint.c.is_published.is_(False))
        .distinct()
        .order_by(election.c.id)
    )
    return [bytes(row.eid0) for row in connection.execute(wanted)]


def publish(connection: Connection, key: LogKey, size: int, note: bytes) -> None:
    """Let a checkpoint be seen, with the cosignatures under it."""
    of_size = and_(
        checkpoint.c.election == key[0], checkpoint.c.log == key[1], checkpoint.c.size == size
    )
    connection.execute(update(checkpoint).where(of_size).values(note=note, is_published=True))


def add_cosignature(
    connection: Connection, key: LogKey, size: int, witness: int, line: bytes
) -> None:
    """Keep a witness's line; the first one stays, should two processes have asked."""
    if witness in cosigned_by(connection, key, size):
        return
    row = {"election": key[0], "log": key[1], "size": size, "witness": witness, "line": line}
    connection.execute(insert(cosignature).values(**row))


def cosigned_by(connection: Connection, key: LogKey, size: int) -> Mapping[int, bytes]:
    """The lines under the checkpoint of this size, by the witness's number, in their order."""
    wanted = select(cosignature.c.witness, cosignature.c.line).where(
        _of(key), cosignature.c.size == size
    )
    found = connection.execute(wanted.order_by(cosignature.c.witness))
    return {row.witness: bytes(row.line) for row in found}


def newest(connection: Connection, key: LogKey) -> Mapping[int, Heard]:
    """Each witness's newest cosignature of a log, by its number."""
    wanted = select(cosignature.c.witness, cosignature.c.size, cosignature.c.line).where(_of(key))
    found = connection.execute(wanted.order_by(cosignature.c.size))
    return {row.witness: Heard(row.size, bytes(row.line)) for row in found}


def _of(key: LogKey) -> ColumnElement[bool]:
    return and_(cosignature.c.election == key[0], cosignature.c.log == key[1])
