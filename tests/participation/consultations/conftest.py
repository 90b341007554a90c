"""A city with a consultation in it: on both databases for acts, on the site's for pages."""

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
    """An officer, a resident, and acts of theirs, on both databases."""
    return City(store)


@pytest.fixture
def town(session: Session) -> City:
    """The same in the site's own database; commit what pages shall show."""
    return City(session)
