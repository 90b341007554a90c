"""Pages for reading: the list, a consultation, a chapter."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from participation.comments.rules import Coverage
from participation.consultations.pages.parts import ClauseView, Head, OutlineEntry, SaidView
from participation.web.page import Page
from participation.web.site import Beside


@dataclass(frozen=True, slots=True)
class ListRow:
    """One consultation in the list."""

    slug: str
    title: str
    document: str
    office: str
    phase: str
    is_open: bool
    closes_on: date
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list."""

    value: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """All announced consultations, or those of one kind; `after` is the cursor of the rest."""

    template: ClassVar[str] = "consultations/list.html"
    rows: tuple[ListRow, ...]
    filters: tuple[Filter, ...]
    shown: str
    after: str

    @property
    def heading(self) -> str:
        """The choice that is shown."""
        return next(choice.label for choice in self.filters if choice.is_here)


@dataclass(frozen=True, slots=True)
class Reading:
    """A chapter with what stands around it."""

    here: OutlineEntry
    outline: tuple[OutlineEntry, ...]
    clauses: tuple[ClauseView, ...]
    before: OutlineEntry | None
    next: OutlineEntry | None
    opening: str
    closing: str
    latest: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class ConsultationPage(Page):
    """A consultation from above: where it stands, what it is about, its first chapter."""

    template: ClassVar[str] = "consultations/show.html"
    head: Head
    summary: str
    decider: str
    opens_on: date
    outcome: str
    coverage: Coverage
    edition: int
    beside: tuple[Beside, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class ChapterPage(Page):
    """One chapter of the draft."""

    template: ClassVar[str] = "consultations/chapter.html"
    head: Head
    reading: Reading
