"""The officers' pages for answers: what waits, who says the same, the answer itself."""

from dataclasses import dataclass
from typing import ClassVar

from participation.comments.families import Addition
from participation.comments.rules import Coverage
from participation.consultations.forms import AnswerForm, TickedForm
from participation.consultations.pages.parts import ClauseView, Head, SaidView
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the waiting list: its name in the address, its words, its choices."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class WaitingPage(Page):
    """Comments without an answer, the longest waiting first.

    `chosen` are the filters as the address has them, `number` how many fit them; `done` names the
    kept words of an answer that has arrived.
    """

    template: ClassVar[str] = "consultations/desk/waiting.html"
    head: Head
    coverage: Coverage
    filters: tuple[Filter, ...]
    chosen: dict[str, str]
    number: int
    form: TickedForm
    waiting: tuple[SaidView, ...]
    after: str
    done: str


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Comments that say nearly the same: one that speaks for all, and what some add to it."""

    leader: SaidView
    comments: int
    people: int
    places: int
    additions: tuple[Addition, ...]
    hidden_additions: int


@dataclass(frozen=True, slots=True)
class FamiliesPage(Page):
    """One page of the families among the comments that wait, the largest first."""

    template: ClassVar[str] = "consultations/desk/families.html"
    head: Head
    coverage: Coverage
    families: tuple[FamilyView, ...]
    number: int
    after: str
    looked_at: int


@dataclass(frozen=True, slots=True)
class AnswerPage(Page):
    """One comment with its clause, or several, to be answered.

    `rest` are the ids of chosen comments beyond those shown; `keep` names the half-typed words.
    """

    template: ClassVar[str] = "consultations/desk/answer.html"
    head: Head
    clauses: tuple[ClauseView, ...]
    citation: str
    said: tuple[SaidView, ...]
    rest: tuple[str, ...]
    action: str
    keep: str
    form: AnswerForm

    @property
    def count(self) -> int:
        """How many comments the answer will stand under."""
        return len(self.said) + len(self.rest)
