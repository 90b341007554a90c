"""The response matrix and what became of it all, for everybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.comments.ledger.queries import Changed
from participation.comments.rules import Coverage
from participation.consultations.pages.parts import Head
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One line of the matrix, in words; `changed_place` is empty when no clause changed.

    `source` says how it came, empty for what was written on the site.
    """

    id: str
    place: str
    citation: str
    author: str
    stance: str
    chip: str
    body: str
    state: str
    reason: str
    answer: str
    signed_by: str
    answered_at: datetime | None
    changed_place: str
    changed: str
    source: str


@dataclass(frozen=True, slots=True)
class MatrixPage(Page):
    """Everything that was said with its answer, in the order of the draft."""

    template: ClassVar[str] = "consultations/matrix.html"
    head: Head
    coverage: Coverage
    rows: tuple[MatrixRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what is counted, how often."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class OutcomePage(Page):
    """What was asked, what people said, what was done: at the decision."""

    template: ClassVar[str] = "consultations/outcome.html"
    head: Head
    summary: str
    decider: str
    outcome: str
    people: int
    coverage: Coverage
    sources: tuple[Figure, ...]
    stances: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    adopted: int
    changed: tuple[Changed, ...]
