"""The database: engine, naming of constraints, sessions.

Imported before any table is declared, because the naming convention must stand first. One
request has one session and one transaction; `participation.web.database` keeps that promise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlmodel import Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a committed row survives a power cut
    "PRAGMA busy_timeout=8000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # erased text leaves no trace in the file
    "PRAGMA temp_store=MEMORY",
)


class Row(SQLModel):
    """The base of every table of the site: declares nothing, but stands after the convention."""


class Database:
    """One engine and the sessions it gives.

    SQLite reads outside a transaction and takes the write lock at its first change (`BEGIN
    IMMEDIATE`), PostgreSQL reads committed rows: in both, what a service checked before its
    first write may have changed, so uniqueness is a constraint and never only a look.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = make_url(url)
        self.engine = _sqlite(url, pool_size) if self.is_sqlite else _server(url, pool_size)

    @property
    def is_sqlite(self) -> bool:
        """Whether the rows live in one file beside the site."""
        return self.url.get_backend_name() == "sqlite"

    def session(self) -> Session:
        """A new session; whoever opens it closes it."""
        return Session(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end of the block and rolls back on any error."""
        with self.session() as session, session.begin():
            yield session

    def create_tables(self) -> None:
        """Every declared table, without migrations: for tests."""
        SQLModel.metadata.create_all(self.engine)

    def check(self) -> None:
        """Nothing when the database answers; SQLAlchemy's error otherwise."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def dispose(self) -> None:
        """Closes the pool; needed after a fork."""
        self.engine.dispose(close=False)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def _sqlite(url: str, pool_size: int) -> Engine:
    place = make_url(url).database
    if place and place != ":memory:":
        Path(place).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args={"isolation_level": "IMMEDIATE", "check_same_thread": False, "timeout": 8},
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _server(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=utc -c lock_timeout=8000"},
    )


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
