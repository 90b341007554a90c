"""An empty database with the tables of elections."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlmodel import SQLModel

from ballots.store.tables import TABLES


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of an empty database, on SQLite and on PostgreSQL."""
    made = create_engine(database_url)
    SQLModel.metadata.create_all(made, tables=TABLES)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """The engine of an empty SQLite database, for what is the same on both."""
    made = create_engine(sqlite_url)
    SQLModel.metadata.create_all(made, tables=TABLES)
    yield made
    made.dispose()
