"""Pages for reading: a consultation, a chapter."""

from dataclasses import dataclass
from typing import ClassVar

from participation.comments.rules import Coverage
from participation.consultations.attachments.pages import FileView
from participation.consultations.extending.pages import ExtensionView
from participation.consultations.pages.finding import Chip
from participation.consultations.pages.parts import ClauseView, Head, OutlineEntry, SaidView
from participation.web.page import Page
from participation.web.site import Beside


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
class Gist:
    """What one screen tells: the summary's first paragraph and its rest, then the answers."""

    lead: str
    rest: str
    until: str
    decides: str
    then: str
    takes: str


@dataclass(frozen=True, slots=True)
class ConsultationPage(Page):
    """A consultation from above: where it stands, what it is about, its first chapter."""

    template: ClassVar[str] = "consultations/show.html"
    head: Head
    gist: Gist
    outcome: str
    coverage: Coverage
    edition: int
    belongs: tuple[Chip, ...]
    extensions: tuple[ExtensionView, ...]
    files: tuple[FileView, ...]
    beside: tuple[Beside, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class ChapterPage(Page):
    """One chapter of the draft."""

    template: ClassVar[str] = "consultations/chapter.html"
    head: Head
    reading: Reading
