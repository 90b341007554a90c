"""Rows of elections: documents, state, attachments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from ballots.errors import Refused
from ballots.store.tables import attachment, election


@dataclass(frozen=True, slots=True)
class Stored:
    """An election as it lies in its row; `manifest`, `result`, `statuses` when they exist."""

    id: int
    eid0: bytes
    eid: bytes | None
    state: str
    check_in_closed: bool
    draft: bytes
    manifest: bytes | None
    result: bytes | None
    statuses: bytes | None
    box_origin: str


_COLUMNS = tuple(election.c[each.name] for each in fields(Stored))
# Asked at each arrival: written once, so that only the asking costs.
_STATUS = select(election.c.state, election.c.check_in_closed).where(
    election.c.id == bindparam("number")
)


def add(connection: Connection, *, eid0: bytes, draft: bytes, state: str) -> int:
    """Store a draft; the number of its election."""
    values = {"eid0": eid0, "draft": draft, "state": state, "check_in_closed": False}
    added = connection.execute(insert(election).values(**values).returning(election.c.id))
    return int(added.scalar_one())


def has_eid0(connection: Connection, eid0: bytes) -> bool:
    """Whether the election of this draft is here."""
    wanted = select(election.c.id).where(election.c.eid0 == eid0)
    return connection.execute(wanted).first() is not None


def by_eid0(connection: Connection, eid0: bytes) -> Stored:
    """The election of this draft; raises Refused `unknown-election`."""
    wanted = select(*_COLUMNS).where(election.c.eid0 == eid0)
    return _one(connection.execute(wanted).one_or_none())


def by_eid(connection: Connection, eid: bytes) -> Stored:
    """The election of this manifest; raises Refused `unknown-election`."""
    wanted = select(*_COLUMNS).where(election.c.eid == eid)
    return _one(connection.execute(wanted).one_or_none())


def in_states(connection: Connection, states: Sequence[str]) -> list[Stored]:
    """All elections in one of these states, oldest first."""
    wanted = select(*_COLUMNS).where(election.c.state.in_(states)).order_by(election.c.id)
    return [_stored(row) for row in connection.execute(wanted)]


def status(connection: Connection, number: int) -> tuple[str, bool]:
    """An election's state, and whether check-in has ended."""
    row = connection.execute(_STATUS, {"number": number}).one()
    return row.state, row.check_in_closed


def change(connection: Connection, number: int, values: Mapping[str, Any]) -> None:
    """Set columns of an election's row."""
    connection.execute(update(election).where(election.c.id == number).values(**values))


def add_attachment(connection: Connection, number: int, name: str, content: bytes) -> None:
    """Store a text that the draft names."""
    row = {"election": number, "name": name, "content": content}
    connection.execute(insert(attachment).values(**row))


def attachment_content(connection: Connection, number: int, name: str) -> bytes:
    """The bytes of an attachment; raises Refused `not-found`."""
    wanted = select(attachment.c.content).where(
        attachment.c.election == number, attachment.c.name == name
    )
    found = connection.execute(wanted).scalar_one_or_none()
    if found is None:
        raise Refused("not-found", f"there is no attachment {name!r}")
    return bytes(found)


def _one(row: Row[Any] | None) -> Stored:
    if row is None:
        raise Refused("unknown-election", "there is no such election here")
    return _stored(row)


def _stored(row: Sequence[Any]) -> Stored:
    return Stored(*row)
