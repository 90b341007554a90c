"""A hall: a vote with its organiser, on either database or on the site."""

import pytest

from ballots.services.context import Context
from participation.accounts.queries import account
from tests.participation.people import MORNING
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


@pytest.fixture
def voter_of(browser_of, session):
    """Makes voters, signed in, their addresses confirmed: `voter_of("ani")` is a browser."""

    def make(name="ani"):
        made, actor = browser_of(name.title())
        account(session, actor.id).confirmed_at = MORNING
        session.commit()
        return made

    return make
