"""A city whose people flag and whose moderators decide, on both databases and on the site's."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlmodel import Session

from participation.comments.models import Comment
from participation.comments.standing.rules import Rule
from participation.consultations.models import Consultation
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.moderation import queries, services
from participation.moderation.models import ModerationAct
from participation.moderation.queries import Case
from participation.moderation.services import Ruling
from tests.factories.consultations import NOW, City

REASON = "Ejekan terhadap seseorang, bukan pendapat."


@dataclass
class Square:
    """An open consultation with two moderators, and their acts."""

    city: City
    found: Consultation = field(init=False)
    moderator: Actor = field(init=False)
    other: Actor = field(init=False)
    neighbour: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.found = self.city.opened()
        self.moderator = self.city.person("Bagas Nugroho", Role.MODERATOR)
        self.other = self.city.person("Wati Kurniasih", Role.MODERATOR)
        self.neighbour = self.city.person("Yoga Pratama", Role.RESIDENT)

    @property
    def session(self) -> Session:
        return self.city.session

    def said(self, body: str = "Dasar bodoh!") -> Comment:
        return self.city.comment(self.found, body)

    def case(self, comment: Comment) -> Case:
        return queries.case(self.session, comment.id)

    def flag(self, comment: Comment, by: Actor | None = None, now=NOW) -> None:
        ruling = Ruling(Rule.INSULT, "Kasar.")
        services.flag(self.session, by or self.neighbour, self.case(comment), ruling, now)

    def remove(self, comment: Comment, now=NOW) -> ModerationAct:
        ruling = Ruling(Rule.INSULT, REASON)
        return services.remove(self.session, self.moderator, self.case(comment), ruling, now)


@pytest.fixture
def store(database: Database) -> Iterator[Session]:
    """A transaction on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def square(store: Session) -> Square:
    """A consultation with moderators, on both databases."""
    return Square(City(store))


@pytest.fixture
def place(session: Session) -> Square:
    """The same in the site's own database; commit what pages shall show."""
    made = Square(City(session))
    session.commit()
    return made
