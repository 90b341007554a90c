"""A hall: a vote with its organiser, on either database or on the site."""

import pytest

from ballots.services.context import Context
from tests.participation.votes.hall import MASTER, Hall


@pytest.fixture
def hall(database, clock):
    """A hall without pages, on SQLite and on PostgreSQL."""
    with database.session() as opened:
        yield Hall.of(opened, Context.of(database.engine, clock, MASTER), clock)


@pytest.fixture
def site_hall(app, session, clock):
    """A hall on the site's own database, for tests that open pages."""
    return Hall.of(session, app.extensions["suara-ballots"], clock)
