"""Logs that a witness watches: of each the largest checkpoint that it has cosigned.

A change is one compare-and-set in one durable transaction, so that of two requests at once, in
whichever processes, one finds what the other has written.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from ballots.errors import Refused
from ballots.store.tables import watched_log
from crypto.merkle import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Watched:
    """A log by its origin: its verifier key, and the last cosigned checkpoint.

    `size` 0, the empty tree's root and an empty note before the first; `seen_at` in seconds.
    """

    origin: str
    vkey: str
    size: int
    root: bytes
    note: bytes
    seen_at: int


_COLUMNS = (
    watched_log.c.origin,
    watched_log.c.vkey,
    watched_log.c.size,
    watched_log.c.root,
    watched_log.c.note,
    watched_log.c.seen_at,
)


def watch(connection: Connection, origin: str, vkey: str) -> None:
    """Watch a log from now on; does nothing where it is watched."""
    values = {"size": 0, "root": EMPTY_ROOT, "note": b"", "seen_at": 0}
    try:
        with connection.begin_nested():
            added = insert(watched_log).values(origin=origin, vkey=vkey, **values)
            connection.execute(added)
    except IntegrityError:
        return  # another process was quicker


def find(connection: Connection, origin: str, *, locked: bool = False) -> Watched:
    """The log of this origin, kept as it is until the transaction ends if `locked`.

    Raises Refused `not-found` for one that is not watched.
    """
    wanted = select(*_COLUMNS).where(watched_log.c.origin == origin)
    row = connection.execute(wanted.with_for_update() if locked else wanted).one_or_none()
    if row is None:
        raise Refused("not-found", f"the log {origin[:100]} is not watched here")
    origin_, vkey, size, root, note, seen_at = row
    return Watched(origin_, vkey, size, bytes(root), bytes(note), seen_at)


def is_watched(connection: Connection, origin: str) -> bool:
    """Whether the log of this origin is watched."""
    wanted = select(watched_log.c.origin).where(watched_log.c.origin == origin)
    return connection.execute(wanted).first() is not None


def origins(connection: Connection) -> list[str]:
    """The origins of all logs that are watched, sorted."""
    wanted = select(watched_log.c.origin).order_by(watched_log.c.origin)
    return list(connection.execute(wanted).scalars())


def advance(connection: Connection, before: Watched, after: Watched) -> None:
    """Replace what was cosigned last; raises Refused `not-durable` if it is another by now."""
    changed = connection.execute(
        update(watched_log)
        .where(
            watched_log.c.origin == before.origin,
            watched_log.c.size == before.size,
            watched_log.c.root == before.root,
        )
        .values(size=after.size, root=after.root, note=after.note, seen_at=after.seen_at)
    )
    if changed.rowcount != 1:
        raise Refused("not-durable", "two requests met; please ask again")
