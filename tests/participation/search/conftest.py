"""A city on both databases, and the same on the site's own."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from participation.core.db import Database
from tests.factories.consultations import City


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A transaction on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def city(store: Session) -> City:
    """An officer, a resident and their acts, on both databases."""
    return City(store)


@pytest.fixture
def town(session: Session) -> City:
    """The same in the site's own database; commit what pages shall show."""
    return City(session)
