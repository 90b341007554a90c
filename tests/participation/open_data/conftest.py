"""A town with consultations, and votes, on the site's own database."""

import pytest

from tests.factories.consultations import City
from tests.participation.votes.hall import Hall


@pytest.fixture
def town(session) -> City:
    """An officer, a resident and their acts; commit what pages shall show."""
    return City(session)


@pytest.fixture
def site_hall(app, session, clock) -> Hall:
    """A hall with votes on the site's own database."""
    return Hall.of(session, app.extensions["suara-ballots"], clock)
