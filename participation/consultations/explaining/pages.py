"""Pages of the glossary and of plain words."""

from dataclasses import dataclass
from typing import ClassVar

from participation.consultations.explaining.forms import PlainForm, RemoveTermForm, TermForm
from participation.consultations.pages.parts import ClauseView, Head
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class TermView:
    """A term as it is shown; `citation` is empty where officers explain it, `id` then names it."""

    key: str
    name: str
    others: str
    meaning: str
    place: str
    citation: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryPage(Page):
    """Every term of the newest version, in alphabetical order."""

    template: ClassVar[str] = "consultations/glossary.html"
    head: Head
    edition: int
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class DeskGlossaryPage(Page):
    """The glossary on the desk: terms of the draft, and those that officers explain."""

    template: ClassVar[str] = "consultations/desk/glossary.html"
    head: Head
    own: tuple[TermView, ...]
    added: tuple[TermView, ...]
    form: TermForm
    remove: RemoveTermForm
    may_change: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A chapter or an article, and its plain words: "written", "stale" or nothing."""

    clause_id: str
    citation: str
    title: str
    is_chapter: bool
    state: str


@dataclass(frozen=True, slots=True)
class PlainListPage(Page):
    """What is explained in plain words, and what has to be looked at again."""

    template: ClassVar[str] = "consultations/desk/plain-list.html"
    head: Head
    rows: tuple[PlainRow, ...]
    stale: int
    done: str


@dataclass(frozen=True, slots=True)
class PlainPage(Page):
    """A chapter or an article beside the form for its plain words."""

    template: ClassVar[str] = "consultations/desk/plain.html"
    head: Head
    clause_id: str
    citation: str
    clauses: tuple[ClauseView, ...]
    form: PlainForm
    is_stale: bool
