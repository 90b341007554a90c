"""A hall with meetings, on both databases and on the site's."""

from collections.abc import Callable, Iterator

import pytest
from sqlmodel import Session

from participation.core.access import Actor
from participation.core.db import Database
from tests.factories.consultations import City
from tests.factories.meetings import Hall
from tests.participation.browser import Browser
from tests.participation.people import sign_in


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A transaction on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def hall(store: Session) -> Hall:
    """An open consultation, on both databases."""
    return Hall(City(store))


@pytest.fixture
def place(session: Session) -> Hall:
    """The same in the site's own database; commit what pages shall show."""
    made = Hall(City(session))
    session.commit()
    return made


@pytest.fixture
def as_(app, place, clock) -> Callable[[Actor], Browser]:
    """The browser of one of the people who are there already."""

    def make(actor: Actor) -> Browser:
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        sign_in(client, place.session, actor, clock())
        return Browser(client)

    return make
