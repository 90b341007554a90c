"""What people of the demonstration said without internet: published, and still to be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from participation.comments.rules import Source, Stance
from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor
from participation.demo import texts
from participation.demo.hours import Hours
from participation.intake import queries, services
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.services import NewBatch, NewEntry

_PRINTED_AT, _TYPED_AT, _CHECKED_AT = "09:10", "13:20", "15:40"

Words = Mapping[str, Any]
People = Mapping[str, Actor]


def hold(session: Session, people: People, found: Consultation, hours: Hours) -> None:
    """Prints forms, types every pile, compares those that have somebody for it."""
    told = texts.table("intake")
    office = _Office(session, people, found, hours)
    codes = office.print_forms(told["forms"], people[told["piles"][0]["typist"]])
    for pile in told["piles"]:
        batch, entries = office.type_pile(pile, codes)
        if "checker" in pile:
            office.compare(pile, batch, entries)
    hours.set(hours.now)


@dataclass(frozen=True, slots=True)
class _Office:
    """Two officers who take in what is said about a consultation."""

    session: Session
    people: People
    found: Consultation
    hours: Hours

    def print_forms(self, told: Words, officer: Actor) -> list[str]:
        """The codes of forms that were given out."""
        moment = self._at(told["day"], _PRINTED_AT)
        series = services.make_codes(self.session, officer, self.found, told["count"], moment)
        return [each.code for each in queries.series(self.session, series)]

    def type_pile(self, pile: Words, codes: list[str]) -> tuple[IntakeBatch, list[IntakeEntry]]:
        """A pile, typed and handed over."""
        moment, typist = self._at(pile["typed"], _TYPED_AT), self.people[pile["typist"]]
        new = NewBatch(Source(pile["source"]), self.hours.day(pile["received"]), pile["title"])
        batch = services.open_batch(self.session, typist, self.found, new, moment)
        rows = [_entry(each, codes) for each in pile["entries"]]
        entries = services.add_entries(self.session, typist, batch, rows, moment)
        services.hand_over(self.session, typist, batch, moment)
        return batch, entries

    def compare(self, pile: Words, batch: IntakeBatch, entries: list[IntakeEntry]) -> None:
        """The second person finds every entry as it stands on the paper."""
        moment, checker = self._at(pile["typed"], _CHECKED_AT), self.people[pile["checker"]]
        for entry in entries:
            seen = entry.revision
            self.session.refresh(entry)
            services.confirm_entry(self.session, checker, batch, entry, seen=seen, moment=moment)

    def _at(self, day: int, clock_time: str) -> Moment:
        self.hours.set(self.hours.at(day, clock_time))
        return Moment(self.hours(), self.hours.today)


def _entry(told: Words, codes: list[str]) -> NewEntry:
    code = codes[told["form"]] if "form" in told else ""
    stance = Stance(told["stance"])
    return NewEntry(told["clause"], stance, told["body"].strip(), told["name"], code)
