"""A city whose people follow things: on both databases for acts, on the site's for pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.consultations.models import Consultation
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.notices import services
from participation.notices.models import Notice
from participation.notices.rules import Followed
from participation.notices.stories import stories_of
from tests.factories.consultations import NOW, City

ZONE = ZoneInfo("Asia/Jakarta")
SOON = NOW + timedelta(minutes=30)


@dataclass
class Ears:
    """An open consultation, its author and a follower, and what they are told."""

    city: City
    found: Consultation = field(init=False)
    follower: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.found = self.city.opened()
        self.follower = self.person("Yoga Pratama")
        self.confirm(self.city.resident)

    @property
    def session(self) -> Session:
        return self.city.session

    @property
    def author(self) -> Actor:
        return self.city.resident

    def person(self, name: str, *, is_confirmed: bool = True) -> Actor:
        made = self.city.person(name, Role.RESIDENT)
        if is_confirmed:
            self.confirm(made)
        return made

    def confirm(self, actor: Actor) -> None:
        self.session.get_one(Account, actor.id).confirmed_at = NOW
        self.session.flush()

    def follow(self, kind: str, subject_id, place: str = "", *, by: Actor | None = None) -> None:
        thing = Followed(kind, subject_id, place)
        services.follow(self.session, by or self.follower, thing, NOW)

    def hear(self, now: datetime = SOON) -> int:
        return services.hear(self.session, now, ZONE)

    def notices(self, who: Actor) -> list[Notice]:
        rows = select(Notice).where(col(Notice.account_id) == who.id).order_by(col(Notice.at))
        return list(self.session.scalars(rows))

    def told(self, who: Actor) -> list[str]:
        """The sentences that somebody reads, in English, by their moment."""
        return [str(story.said) for story in stories_of(self.session, self.notices(who))]


@pytest.fixture
def counted(database: Database):
    """Lists the statements that run within a block."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        yield seen
        event.remove(database.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A transaction on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def ears(store: Session) -> Ears:
    """Somebody who follows, on both databases."""
    made = Ears(City(store))
    made.hear()
    store.execute(Notice.__table__.delete())
    return made


@pytest.fixture
def town(session: Session) -> Ears:
    """The same in the site's own database; commit what pages shall show."""
    made = Ears(City(session))
    made.hear()
    session.execute(Notice.__table__.delete())
    session.commit()
    return made
