"""The meetings of the demonstration: one held, with corrected minutes; one still to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from participation.comments.rules import Stance
from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission
from participation.demo import texts
from participation.demo.hours import Hours
from participation.intake import services as taking_in
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.meetings import queries, services
from participation.meetings.models import HandedLine, Meeting
from participation.meetings.rules import Facts, Span
from participation.meetings.services import Attendance, NewItem, Said

_ANNOUNCED_AT, _MINUTED_AT = "09:00", "10:00"

Words = Mapping[str, Any]
People = Mapping[str, Actor]


def hold(session: Session, people: People, found: Consultation, hours: Hours) -> None:
    """Announces both meetings, and writes down what was said at the one that was held."""
    officer = people[texts.table("consultation")["officer"]]
    desk = _Desk(session, people, officer, found, hours)
    for told in texts.table("meetings")["meetings"]:
        meeting = desk.announce(told)
        if "minutes" in told:
            desk.write(meeting, told)
    hours.set(hours.now)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who draws up and minutes the meetings of a consultation."""

    session: Session
    people: People
    officer: Actor
    found: Consultation
    hours: Hours

    def announce(self, told: Words) -> Meeting:
        """A meeting with its agenda, and those who want to come."""
        now = self.hours.set(self.hours.at(told["announced"], _ANNOUNCED_AT))
        meeting = services.draw_up(self.session, self.officer, self.found, self._facts(told), now)
        for each in told["agenda"]:
            new = NewItem(each["title"], each["minutes"], each.get("clause", ""))
            services.add_item(self.session, self.officer, meeting, new, now)
        services.announce(self.session, self.officer, meeting, self.found, now)
        for key in told["coming"]:
            services.come(self.session, self.people[key], meeting, now)
        return meeting

    def write(self, meeting: Meeting, told: Words) -> None:
        """The minutes, the contributions that they lead to, and their correction."""
        now = self.hours.set(self.hours.at(told["minutes"]["day"], _MINUTED_AT))
        self._attend(meeting, told, told["minutes"])
        for item, each in zip(
            queries.agenda(self.session, meeting.id), told["agenda"], strict=True
        ):
            for words in each.get("said", ()):
                clause, name = words.get("clause", ""), words.get("name", "")
                said = Said(Stance(words["stance"]), words["body"], clause, name)
                services.add_said(self.session, self.officer, meeting, item, said, now=now)
        self._publish(meeting, told, "")
        self._confirm(meeting)
        correction = told["correction"]
        self.hours.set(self.hours.at(correction["day"], _MINUTED_AT))
        self._attend(meeting, told, correction)
        self._publish(meeting, told, correction["reason"])

    def _facts(self, told: Words) -> Facts:
        begins, ends = (self.hours.at(told["day"], told[each]) for each in ("from", "to"))
        return Facts(
            title=told["title"],
            about=told["about"],
            place=told["place"],
            address=told["address"],
            link=told.get("link", ""),
            access=told["access"],
            span=Span(begins, ends),
        )

    def _attend(self, meeting: Meeting, told: Words, counted: Words) -> None:
        agenda = queries.agenda(self.session, meeting.id)
        summaries = {
            item.id: each["summary"] for item, each in zip(agenda, told["agenda"], strict=True)
        }
        attendance = Attendance(counted["came"], counted["groups"])
        services.write_minutes(
            self.session, self.officer, meeting, attendance, summaries, now=self.hours()
        )

    def _publish(self, meeting: Meeting, told: Words, reason: str) -> None:
        services.publish_minutes(
            self.session,
            self.officer,
            meeting,
            reason,
            self._moment(),
            held_on=self.hours.day(told["day"]),
        )

    def _confirm(self, meeting: Meeting) -> None:
        """Somebody else compares all but the last; without a colleague, all of them wait."""
        receives = Permission.COMMENTS_COMMENT_RECEIVE
        others = [each for each in self.people.values() if each.may(receives)]
        colleague = next((each for each in others if each.id != self.officer.id), None)
        if colleague is None:
            return
        for entry in self._entries(meeting)[:-1]:
            batch = self.session.get_one(IntakeBatch, entry.batch_id)
            taking_in.confirm_entry(
                self.session, colleague, batch, entry, seen=entry.revision, moment=self._moment()
            )

    def _entries(self, meeting: Meeting) -> list[IntakeEntry]:
        handed = self.session.exec(select(HandedLine).where(HandedLine.meeting_id == meeting.id))
        found = [self.session.get_one(IntakeEntry, each.entry_id) for each in handed]
        return sorted(found, key=lambda each: each.number)

    def _moment(self) -> Moment:
        return Moment(self.hours(), self.hours.today)
