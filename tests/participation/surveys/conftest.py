"""A city with surveys, on both databases and on the site's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.surveys import queries, services
from participation.surveys.asked import Asked, Condition, Kind, points
from participation.surveys.models import Survey, SurveyQuestion
from participation.surveys.rules import Days, Step
from participation.surveys.services import Details, NewQuestion, Sent, Taken
from tests.factories.consultations import NOW, TODAY, City
from tests.participation.browser import Browser
from tests.participation.people import sign_in

DAYS = Days(date(2026, 11, 1), date(2026, 12, 2))
AFTER = datetime(2026, 12, 10, 3, 0, tzinfo=UTC)
AFTERWARDS = Moment(AFTER, date(2026, 12, 10))
FULL = {
    "q1": ["0"],
    "q2": ["2"],
    "q3": ["0", "1"],
    "q4_0": ["1"],
    "q4_1": ["0"],
    "q5": ["4"],
    "q6": ["Jemput sampah lebih pagi."],
}
"""A sheet that answers every question of `Hall.six`."""


@dataclass
class Hall:
    """A survey in a city, and the acts that tests begin from."""

    city: City
    people: list[Actor] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.city.session

    def survey(self, title: str = "Sampah di rumah", **changes: object) -> Survey:
        values = {"about": "Kami ingin tahu.", "office": "Dinas Kebersihan", "days": DAYS} | changes
        details = Details(title=title, **values)
        return services.create_survey(self.session, self.city.officer, details, NOW)

    def ask(self, found: Survey, kind: Kind, **changes: object) -> SurveyQuestion:
        usual = {
            Kind.SINGLE: {"choices": ("Ya", "Tidak", "Kadang")},
            Kind.MULTIPLE: {"choices": ("Plastik", "Kertas", "Kaca"), "most": 2},
            Kind.SCALE: {"choices": points(5), "low": "buruk", "high": "baik"},
            Kind.MATRIX: {"rows": ("Pasar", "Sekolah"), "choices": ("Puas", "Tidak puas")},
            Kind.TEXT: {},
        }
        values = {"wording": f"Pertanyaan {kind}?"} | usual[kind] | changes
        new = NewQuestion(kind=kind, **values)
        return services.add_question(self.session, self.city.officer, found, new, NOW)

    def six(self, **changes: object) -> Survey:
        """Six questions: the second only after “Ya”, the last in own words and not required."""
        found = self.survey(**changes)
        first = self.ask(found, Kind.SINGLE, wording="Apakah Anda memilah?")
        self.ask(found, Kind.SINGLE, wording="Seberapa sering?", choices=("Jarang", "Sering",
                 "Selalu"), only_if=Condition(first.id, 0))  # fmt: skip
        self.ask(found, Kind.MULTIPLE, wording="Apa yang dipilah?")
        self.ask(found, Kind.MATRIX, wording="Seberapa puas?")
        self.ask(found, Kind.SCALE, wording="Bagaimana penjemputan?")
        self.ask(found, Kind.TEXT, wording="Apa lagi?", is_required=False)
        return found

    def opened(self, found: Survey | None = None, **changes: object) -> Survey:
        found = found or self.six(**changes)
        self.step(found, Step.OPEN, Moment(NOW, TODAY))
        return found

    def step(self, found: Survey, step: Step, moment: Moment = AFTERWARDS) -> None:
        services.take_step(self.session, self.city.officer, found, step, moment)

    def person(self, number: int = 0) -> Actor:
        while len(self.people) <= number:
            self.people.append(self.city.person(f"Warga {len(self.people)}", Role.RESIDENT))
        return self.people[number]

    def send(
        self, found: Survey, fields=FULL, *, by: int = 0, token: str = "t", day=TODAY
    ) -> Taken:
        """Somebody, numbered from 0, sends a sheet."""
        sent, moment = Sent(fields, token), Moment(NOW, day)
        return services.send_sheet(self.session, self.person(by), found, sent, moment)

    def asked(self, found: Survey) -> tuple[Asked, ...]:
        return queries.questions(self.session, found.id)

    def finished(self, sheets: int = 12) -> Survey:
        """Answered by so many people, then closed, counted and published."""
        found = self.opened()
        for number in range(sheets):
            self.send(found, FULL | {"q5": [str(number % 2)]}, by=number)
        self.step(found, Step.CLOSE)
        self.step(found, Step.PUBLISH)
        return found


@pytest.fixture
def hall(database: Database) -> Iterator[Hall]:
    """A city on SQLite, then on PostgreSQL."""
    with database.transaction() as opened:
        yield Hall(City(opened))


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


@pytest.fixture
def found(place) -> Survey:
    """An open survey of six questions."""
    made = place.opened()
    place.person()
    place.session.commit()
    return made
