"""Finding a consultation: which ones somebody looks for, as conditions on the list."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col

from participation.consultations.belonging import concerns_area, is_about, is_held_by
from participation.consultations.models import Consultation
from participation.consultations.rules import Phase

WORDS_LENGTH = 80
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which consultations: in these phases, and about or near something where it is said."""

    phases: Collection[Phase]
    words: str = ""
    area: str = ""
    topic: UUID | None = None
    organisation: UUID | None = None

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What holds for each of them."""
        found = [col(Consultation.phase).in_(self.phases), *map(_says, _words(self.words))]
        if self.area:
            found.append(concerns_area(self.area))
        if self.topic is not None:
            found.append(is_about(self.topic))
        if self.organisation is not None:
            found.append(is_held_by(self.organisation))
        return tuple(found)


def _words(said: str) -> list[str]:
    return said.lower().split()[:_MOST_WORDS]


def _says(word: str) -> ColumnElement[bool]:
    """The condition that what people are told about a consultation holds a word."""
    told = (Consultation.title, Consultation.summary, Consultation.document, Consultation.office)
    return or_(*(func.lower(col(each)).contains(word, autoescape=True) for each in told))
