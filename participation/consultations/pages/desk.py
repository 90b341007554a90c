"""The officers' pages."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from participation.comments.rules import Coverage
from participation.consultations.forms import DetailsForm, DraftTextForm, StepForm
from participation.consultations.pages.parts import ClauseView, Head
from participation.consultations.pages.standing import Standing
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One consultation in the officers' list."""

    slug: str
    title: str
    phase: str
    closes_on: date
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class DeskListPage(Page):
    """All consultations, drafts too."""

    template: ClassVar[str] = "consultations/desk/list.html"
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True)
class DetailsPage(Page):
    """What people are told: of a new consultation, or of one that exists (`slug`)."""

    template: ClassVar[str] = "consultations/desk/details.html"
    form: DetailsForm
    slug: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step out of the present phase; `refusal` says why it cannot be taken yet."""

    value: str
    label: str
    explanation: str
    refusal: str
    has_outcome: bool


@dataclass(frozen=True, slots=True)
class ManagePage(Page):
    """One consultation on the desk: where it stands and what comes next.

    `done` names the half-typed words that have arrived by now.
    """

    template: ClassVar[str] = "consultations/desk/manage.html"
    head: Head
    is_announced: bool
    articles: int
    coverage: Coverage
    standing: Standing
    step: NextStep | None
    form: StepForm
    may_change_text: bool
    may_have_new_version: bool
    may_extend: bool
    stale: int
    done: str


@dataclass(frozen=True, slots=True)
class DoubtView:
    """One doubtful line: its number, its words, what was expected there."""

    line: int
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class ChapterPreview:
    """One page of the draft as residents will see it."""

    name: str
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class DraftTextPage(Page):
    """The draft text with what the importer made of it."""

    template: ClassVar[str] = "consultations/desk/text.html"
    head: Head
    form: DraftTextForm
    is_imported: bool
    is_new_version: bool
    articles: int
    doubts: tuple[DoubtView, ...]
    chapters: tuple[ChapterPreview, ...]
