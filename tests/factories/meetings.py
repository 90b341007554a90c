"""Builders of meetings about a consultation, in a real database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from participation.comments.models import Comment
from participation.comments.rules import Stance
from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.intake import services as taking_in
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.meetings import queries, services
from participation.meetings.models import AgendaItem, Meeting, MinutesLine
from participation.meetings.rules import Facts, Span
from participation.meetings.services import Attendance, NewItem, Said
from tests.factories.consultations import NOW, City

BEGINS = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=2)
HELD_ON = date(2026, 11, 25)
AFTER = ENDS + timedelta(hours=1)


@dataclass
class Hall:
    """A consultation open for comments, an officer, residents, and meetings about it."""

    city: City
    found: Consultation = field(init=False)

    def __post_init__(self) -> None:
        self.found = self.city.opened()

    @property
    def session(self) -> Session:
        return self.city.session

    @property
    def officer(self) -> Actor:
        return self.city.officer

    def facts(self, **changes: object) -> Facts:
        values = {
            "title": "Rembuk sumur",
            "about": "Bawa **timba**.",
            "place": "Balai RW 3",
            "address": "Jalan Melati 7",
            "link": "",
            "access": "Tanpa tangga.",
            "span": Span(BEGINS, ENDS),
        }
        return Facts(**(values | changes))

    def drawn_up(self, now: datetime = NOW, **changes: object) -> Meeting:
        facts = self.facts(**changes)
        return services.draw_up(self.session, self.officer, self.found, facts, now)

    def item(self, meeting: Meeting, title: str = "Waktu buka", **more: object) -> AgendaItem:
        values = {"title": title, "minutes": 30, "place": "pasal-2-ayat-1"} | more
        return services.add_item(self.session, self.officer, meeting, NewItem(**values), NOW)

    def announced(self, **changes: object) -> Meeting:
        meeting = self.drawn_up(**changes)
        self.item(meeting)
        services.announce(self.session, self.officer, meeting, self.found, NOW)
        return meeting

    def coming(self, meeting: Meeting, *people: Actor) -> None:
        for each in people:
            services.come(self.session, each, meeting, NOW)

    def write(self, meeting: Meeting, came: int | None = 12, summary: str = "Disepakati.") -> None:
        agenda = queries.agenda(self.session, meeting.id)
        services.write_minutes(
            self.session,
            self.officer,
            meeting,
            Attendance(came, "warga RT 1"),
            {each.id: summary for each in agenda},
            now=AFTER,
        )

    def said(self, meeting: Meeting, body: str = "Bukalah sampai malam.", **more) -> MinutesLine:
        values = {"stance": Stance.IDEA, "place": "pasal-2-ayat-1", "name": "Pak Joko"} | more
        item = queries.agenda(self.session, meeting.id)[0]
        said = Said(body=body, **values)
        return services.add_said(self.session, self.officer, meeting, item, said, now=AFTER)

    def publish(self, meeting: Meeting, reason: str = "", now: datetime = AFTER) -> int:
        moment = Moment(now, now.date())
        return services.publish_minutes(
            self.session, self.officer, meeting, reason, moment, held_on=HELD_ON
        )


def entries(hall: Hall) -> list[IntakeEntry]:
    """What was handed over to a second person, in the order of typing."""
    return list(hall.session.scalars(select(IntakeEntry).order_by(IntakeEntry.number)))


def confirm(hall: Hall, entry: IntakeEntry, by: Actor | None = None) -> Comment:
    """The contribution that somebody else makes of an entry."""
    second = by or hall.city.person("Wulan", Role.OFFICER)
    batch = hall.session.get(IntakeBatch, entry.batch_id)
    moment = Moment(AFTER, AFTER.date())
    return taking_in.confirm_entry(
        hall.session, second, batch, entry, seen=entry.revision, moment=moment
    )


def refused(kind, act, *arguments, **more) -> str:
    """The field, or else the code, of the refusal that an act meets."""
    with pytest.raises(kind) as error:
        act(*arguments, **more)
    return getattr(error.value, "field", None) or error.value.code
