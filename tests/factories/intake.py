"""Builders of batches and entries, and of the two officers who type and check."""

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from participation.comments.models import Comment
from participation.comments.rules import Source, Stance
from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.intake import services
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.services import NewBatch, NewEntry
from tests.factories.consultations import NOW, TODAY, City

MOMENT = Moment(NOW, TODAY)
RECEIVED = date(2026, 11, 18)


@dataclass
class Counter:
    """An office that takes papers in: Ratna types, Bambang compares."""

    session: Session
    city: City | None = None
    found: Consultation | None = None
    typist: Actor = field(init=False)
    checker: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.city = self.city or City(self.session)
        self.typist = self.city.officer
        self.checker = self.city.person("Bambang Sutejo", Role.OFFICER)
        self.found = self.found or self.city.opened()

    def batch(
        self, source: Source = Source.PAPER, title: str = "Balai RW 03", moment: Moment = MOMENT
    ) -> IntakeBatch:
        new = NewBatch(source, RECEIVED, title)
        return services.open_batch(self.session, self.typist, self.found, new, moment)

    def entry(
        self, batch: IntakeBatch, body: str = "Sumur kami kering.", **more: object
    ) -> IntakeEntry:
        values = {"clause": "Pasal 2 ayat (1)", "stance": Stance.CONCERN, "name": "Mbah Karto"}
        new = NewEntry(body=body, **(values | more))
        return services.add_entries(self.session, self.typist, batch, [new], MOMENT)[0]

    def waiting(
        self, body: str = "Sumur kami kering.", source: Source = Source.PAPER, **more: object
    ) -> tuple[IntakeBatch, IntakeEntry]:
        """A batch with one entry, handed over."""
        batch = self.batch(source)
        entry = self.entry(batch, body, **more)
        services.hand_over(self.session, self.typist, batch, MOMENT)
        return batch, entry

    def confirm(
        self,
        batch: IntakeBatch,
        entry: IntakeEntry,
        *,
        by: Actor | None = None,
        seen: int | None = None,
        moment: Moment = MOMENT,
    ) -> Comment:
        return services.confirm_entry(
            self.session,
            by or self.checker,
            batch,
            entry,
            seen=entry.revision if seen is None else seen,
            moment=moment,
        )

    def published(
        self, body: str = "Sumur kami kering.", source: Source = Source.PAPER, **more: object
    ) -> Comment:
        """A comment that came so, checked by two."""
        return self.confirm(*self.waiting(body, source, **more))

    def returned(
        self, reason: str = "Di kertas tertulis Pasal 3."
    ) -> tuple[IntakeBatch, IntakeEntry]:
        """A batch with one entry that the second person sent back."""
        batch, entry = self.waiting()
        services.return_entry(
            self.session, self.checker, entry, reason, seen=entry.revision, moment=MOMENT
        )
        return batch, entry
