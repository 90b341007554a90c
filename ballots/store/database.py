"""Transactions on SQLite and PostgreSQL, and forgetting the order of arrival.

What a database remembers beyond its rows, and what is done about it when an epoch ends:

| where | SQLite | PostgreSQL |
|---|---|---|
| row numbers | none (`WITHOUT ROWID`) | `ctid`, `xmin`: rows are written anew, sorted |
| deleted rows | overwritten at once (`secure_delete`) | `VACUUM` of the tables of arrival |
| journal | truncated (`wal_checkpoint(TRUNCATE)`) | WAL segments are recycled by the server |

`VACUUM` frees the space of old rows; their bytes may stay in it until it is written over. An
operator who archives PostgreSQL's WAL, or takes snapshots of disks, keeps the order of arrival
(not who voted) for as long as the archive.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from ballots.errors import Incomplete, Refused

ARRIVAL_TABLES = ("check_in", "issue", "waiting_ballot", "ballot_key")
BUSY_SECONDS = 8
SCRUB_SECONDS = 1

LogKey = tuple[int, str]
"""A log by its election's number and its name."""


class Store(Protocol):
    """Where acts read and write: in transactions of their own, or in a request's one."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""

    def snapshot(self) -> AbstractContextManager[Connection]:
        """A connection to read with that sees one moment, however long it reads."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection whose writes take effect together, or not at all."""

    def scrub(self) -> None:
        """Make the journals forget the order of arrival; raises Incomplete if it must wait."""


class OwnTransactions:
    """Transactions that are durable when they end. One for an engine; it survives a fork.

    On SQLite every connection gets write-ahead journal, `synchronous=FULL` (what is committed
    survives a power cut) and `secure_delete`; writers of this process queue for one lock, because
    SQLite's own waiting is unfair.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._turn = threading.Lock()
        if self._is_sqlite and not event.contains(engine, "connect", _set_pragmas):
            event.listen(engine, "connect", _set_pragmas)
            engine.dispose()  # connections of the pool that were made without

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; nothing done with it is kept."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection to read with that sees one moment, however long it reads."""
        with self.engine.connect() as connection:
            if self._is_sqlite:
                connection.execute(_BEGIN_READING)
                yield connection
            else:
                yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose writes are durable when the block has ended without an error."""
        with self._one_at_a_time(), self.engine.begin() as connection:
            take_write_lock(connection)
            yield connection

    def scrub(self) -> None:
        """Make the journals forget the order of arrival; outside any transaction.

        Raises Incomplete while a reader still needs SQLite's journal.
        """
        with self._one_at_a_time(), self.engine.connect() as connection:
            if self._is_sqlite:
                _truncate_journal(connection)
                return
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in ARRIVAL_TABLES:
                alone.execute(text(f"VACUUM {table}"))

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """This thread's turn among SQLite's writers; raises Refused `not-durable` in a jam."""
        if not self._is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise Refused("not-durable", "the database is busy; please try again")
        try:
            yield
        finally:
            self._turn.release()


class JoinedTransaction:
    """A transaction that somebody else commits: a request's own.

    What an act promises as durable is durable when that transaction is committed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection."""
        yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """The connection."""
        yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The connection, holding the database's write lock."""
        take_write_lock(self._connection)
        yield self._connection

    def scrub(self) -> None:
        """Raises Incomplete: the rows are not committed yet; the minute's job scrubs."""
        raise Incomplete("the end of the request")


_BEGIN_READING = text("BEGIN")
_BEGIN = text("BEGIN IMMEDIATE")
_TOUCH = text("UPDATE log_head SET size = size WHERE election < 0")


def take_write_lock(connection: Connection) -> None:
    """Wait for SQLite's one write lock now; elsewhere `lock_logs` is what writers wait for.

    A transaction that reads first and locks later can fail with a stale snapshot.
    """
    if connection.dialect.name != "sqlite":
        return
    if getattr(connection.connection.dbapi_connection, "in_transaction", False):
        connection.execute(_TOUCH)
    else:
        connection.execute(_BEGIN)


def lock_logs(connection: Connection, logs: Iterable[LogKey], *, exclusive: bool = False) -> None:
    """Keep the logs' states as they are until this transaction ends.

    Shared by those who add to what waits, exclusive for the one who ends an epoch or changes the
    state. Always taken in one order, so that nobody waits for each other. On SQLite the write
    lock already says as much.
    """
    if connection.dialect.name != "postgresql":
        return
    kind = "" if exclusive else "_shared"
    statement = text(f"SELECT pg_advisory_xact_lock{kind}(:number)")
    for number in sorted({_lock_number(key) for key in logs}):
        connection.execute(statement, {"number": number})


def _truncate_journal(connection: Connection) -> None:
    """Empty SQLite's journal, outside a transaction: PRAGMAs begin none."""
    connection.execute(text(f"PRAGMA busy_timeout = {SCRUB_SECONDS * 1000}"))
    busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar_one()
    connection.execute(text(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}"))
    if busy:
        raise Incomplete("an empty journal: a reader is in the way")


def _lock_number(key: LogKey) -> int:
    named = f"suara log {key[0]} {key[1]}".encode()
    return int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()
