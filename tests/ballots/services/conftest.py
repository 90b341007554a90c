"""Towns for the tests of acts: on both databases, or on SQLite where that is enough."""

import pytest

from tests.ballots.town import Town


@pytest.fixture
def frozen(engine):
    """A town whose election is frozen, on SQLite and on PostgreSQL."""
    return Town.of(engine).freeze()


@pytest.fixture
def opened(engine):
    """A town that votes, on SQLite and on PostgreSQL."""
    return Town.of(engine).freeze().open()


@pytest.fixture
def town(sqlite_engine):
    """A town that votes, on SQLite."""
    return Town.of(sqlite_engine).freeze().open()
