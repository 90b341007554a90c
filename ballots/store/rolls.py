"""Rows of the roll, with the names and salts that never leave the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, case, func, insert, select, update

from ballots.errors import Refused
from ballots.roll import Row
from ballots.store.tables import roll_row

_HASH_BYTES = 32
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row and, until they are erased, whose it is and the salt (32 bytes) that hides it."""

    row: int
    commitment: bytes
    style: int
    passkeys: bytes
    voter_id: str | None
    salt: bytes | None
    struck: bool

    @property
    def public(self) -> Row:
        """The row as the record shows it after close."""
        begins = range(0, len(self.passkeys), _HASH_BYTES)
        passkeys = tuple(bytes(self.passkeys[i : i + _HASH_BYTES]) for i in begins)
        return Row(bytes(self.commitment), self.style, passkeys)


_COLUMNS = tuple(roll_row.c[each.name] for each in fields(StoredRow))


def add(connection: Connection, election: int, rows: Sequence[StoredRow]) -> None:
    """Store the whole roll of an election."""
    values = [
        {"election": election, **{each.name: getattr(row, each.name) for each in fields(row)}}
        for row in rows
    ]
    connection.execute(insert(roll_row), values)


def row_of_voter(connection: Connection, election: int, voter_id: str) -> StoredRow:
    """A voter's row; raises Refused `unknown-row` for a stranger, or after erasure."""
    wanted = select(*_COLUMNS).where(
        roll_row.c.election == election, roll_row.c.voter_id == voter_id
    )
    found = connection.execute(wanted).one_or_none()
    if found is None:
        raise Refused("unknown-row", "this voter is not on the roll")
    return StoredRow(*found)


def count(connection: Connection, election: int) -> tuple[int, int]:
    """How many rows there are, and how many of them have a passkey."""
    has_passkey = case((func.length(roll_row.c.passkeys) > 0, 1), else_=0)
    wanted = select(func.count(), func.sum(has_passkey)).where(roll_row.c.election == election)
    every, some = connection.execute(wanted).one()
    return every, int(some or 0)


def rows(connection: Connection, election: int) -> Iterator[Row]:
    """All public rows in their order, read a thousand at a time."""
    begin = 0
    while True:
        wanted = select(*_COLUMNS).where(
            roll_row.c.election == election,
            roll_row.c.row >= begin,
            roll_row.c.row < begin + _AT_ONCE,
        )
        found = connection.execute(wanted.order_by(roll_row.c.row)).all()
        yield from (StoredRow(*each).public for each in found)
        if len(found) < _AT_ONCE:
            return
        begin += _AT_ONCE


def strike(connection: Connection, election: int, row: int) -> None:
    """Mark a row as wrong; raises Refused `unknown-row`."""
    if not 0 <= row < count(connection, election)[0]:
        raise Refused("unknown-row", f"the roll has no row {row}")
    of_row = (roll_row.c.election == election, roll_row.c.row == row)
    connection.execute(update(roll_row).where(*of_row).values(struck=True))


def erase_names(connection: Connection, election: int) -> None:
    """Forget who stands behind the rows: nobody can be told from the roll any more."""
    of_roll = update(roll_row).where(roll_row.c.election == election)
    connection.execute(of_roll.values(voter_id=None, salt=None))
