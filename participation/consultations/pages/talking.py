"""Pages for talking: a clause with its thread, one thread, a correction."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from participation.consultations.drafting.comparing import Piece
from participation.consultations.forms import CommentForm, CorrectionForm, ReplyForm, WithdrawForm
from participation.consultations.pages.clause_notes import ClauseNotes
from participation.consultations.pages.parts import (
    ClauseView,
    Head,
    OutlineEntry,
    SaidView,
    ThreadView,
)
from participation.consultations.pages.versions import ChangeView
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class StanceCount:
    """How many comments of one stance a clause has."""

    label: str
    chip: str
    count: int


@dataclass(frozen=True, slots=True)
class Talk:
    """The thread of a clause: the form or why there is none, and one page of comments.

    `order` is the one shown now, `after` the cursor of the next page, `notice` what was just done
    when only this part of the page is sent. `meanwhile` is how the clause changed since the form
    was opened.
    """

    slug: str
    clause_id: str
    form: CommentForm | None
    closed: str
    total: int
    stances: tuple[StanceCount, ...]
    threads: tuple[ThreadView, ...]
    order: str
    after: str
    notice: str
    meanwhile: ChangeView | None = None

    @property
    def is_writing(self) -> bool:
        """Whether the form stands open: words are in it, or nobody has written yet."""
        form = self.form
        return form is not None and bool(form.errors or form.is_refilled or not self.total)


@dataclass(frozen=True, slots=True)
class ClauseContext:
    """The clause that is talked about: its chapter, its surroundings, itself marked."""

    citation: str
    clause_id: str
    chapter: OutlineEntry
    outline: tuple[OutlineEntry, ...]
    clauses: tuple[ClauseView, ...]
    notes: ClauseNotes


@dataclass(frozen=True, slots=True)
class ClausePage(Page):
    """A clause with its thread; the fragment is the thread."""

    template: ClassVar[str] = "consultations/clause.html"
    fragment: ClassVar[str] = "comments/_thread.html"
    head: Head
    context: ClauseContext
    talk: Talk


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who can be mentioned; `begins` tells people of the same name apart."""

    said_id: str
    name: str
    begins: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class ThreadPage(Page):
    """One comment with its replies: where its link leads, and where one replies.

    The form answers `answered`: the comment, or the reply at whose address the page stands.
    `is_later` where the page does not begin with the first reply.
    """

    template: ClassVar[str] = "consultations/thread.html"
    fragment: ClassVar[str] = "comments/_replies.html"
    head: Head
    context: ClauseContext
    first: SaidView
    replies: tuple[SaidView, ...]
    thread_id: UUID
    answered: SaidView
    people: tuple[PersonView, ...]
    form: ReplyForm | None
    closed: str
    is_later: bool
    after: str
    notice: str


@dataclass(frozen=True, slots=True)
class CorrectionPage(Page):
    """A correction of one's own comment, possible until `ends_at`."""

    template: ClassVar[str] = "consultations/correction.html"
    head: Head
    citation: str
    said: SaidView
    form: CorrectionForm
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WordingView:
    """What a comment said since a moment; `pieces` compare it with what it said before."""

    since: datetime
    body: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WordingsPage(Page):
    """All that a comment has said, the latest wording first."""

    template: ClassVar[str] = "consultations/wordings.html"
    head: Head
    citation: str
    said: SaidView
    wordings: tuple[WordingView, ...]


@dataclass(frozen=True, slots=True)
class WithdrawalPage(Page):
    """Before one's own words are deleted for good."""

    template: ClassVar[str] = "consultations/withdrawal.html"
    head: Head
    citation: str
    said: SaidView
    form: WithdrawForm
