"""A city that takes papers in: on both databases for acts, on the site's for pages."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from participation.core.db import Database
from tests.factories.intake import Counter


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A transaction on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def counter(store: Session) -> Counter:
    """Two officers and acts of theirs, on both databases."""
    return Counter(store)


@pytest.fixture
def desk(session: Session) -> Counter:
    """The same in the site's own database; commit what pages shall show."""
    return Counter(session)
