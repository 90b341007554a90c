"""The pages of intake: the desk's piles, typing, comparing; forms and letters; a code's page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import segno
from flask import request, url_for

from participation.comments.models import Answer
from participation.comments.rules import SOURCE_NAMES, Reason, Source, Stance
from participation.consultations.models import Consultation
from participation.intake.codes import spaced
from participation.intake.forms import (
    SOURCES,
    STANCES,
    AsideForm,
    BatchForm,
    CheckForm,
    EntryForm,
    PrintForm,
)
from participation.intake.models import IntakeBatch
from participation.intake.queries import Counted, Fate, Typed
from participation.intake.rules import State, shortened
from participation.web.language import LazyString, _l, say
from participation.web.page import Page
from participation.web.site import site

STATES = {
    State.TYPED: _l("typed"),
    State.WAITING: _l("waits for a second person"),
    State.RETURNED: _l("sent back"),
    State.PUBLISHED: _l("published"),
    State.ASIDE: _l("not published"),
}
REASONS = {
    Reason.ADOPTED: _l("Adopted"),
    Reason.ADOPTED_IN_PART: _l("Adopted in part"),
    Reason.ALREADY_IN_DRAFT: _l("Already in the draft"),
    Reason.OUTSIDE_REACH: _l("Not adopted: outside the reach of this rule"),
    Reason.HIGHER_LAW: _l("Not adopted: conflicts with higher law"),
    Reason.OTHER_INTERESTS: _l("Not adopted: other interests weigh more"),
    Reason.COST: _l("Not adopted: cost"),
    Reason.EXPLAINED: _l("Misunderstanding explained"),
    Reason.QUESTION_ANSWERED: _l("Question answered"),
}
CHIPS = {State.WAITING: "now", State.RETURNED: "concern", State.PUBLISHED: "for"}
_PICTURE_SCALE = 3
_SUMMARY_SIGNS = 700


@dataclass(frozen=True, slots=True)
class Pile:
    """A batch in a list: its name, how it came, what waits in it."""

    id: UUID
    title: str
    source: LazyString
    opened_by: str
    opened_at: datetime
    total: int
    waiting: int
    returned: int
    is_handed: bool

    @classmethod
    def of(cls, counted: Counted) -> "Pile":
        """A batch as a line."""
        return cls(
            id=counted.batch.id,
            title=counted.batch.title,
            source=SOURCES[Source(counted.batch.source)],
            opened_by=counted.opened_by,
            opened_at=counted.batch.opened_at,
            total=counted.total,
            waiting=counted.counts.get(State.WAITING, 0),
            returned=counted.counts.get(State.RETURNED, 0),
            is_handed=counted.batch.handed_at is not None,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it was typed; nothing else stands beside it when it is compared."""

    id: UUID
    number: int
    code: str
    citation: str
    stance: LazyString
    body: str
    name: str
    received_on: date
    state: LazyString
    chip: str
    reason: str
    revision: int
    typist: str
    typed_by: UUID
    is_typed: bool
    is_returned: bool
    has_code_page: bool

    @classmethod
    def of(cls, typed: Typed) -> "Row":
        """An entry for a template."""
        entry, state = typed.entry, State(typed.entry.state)
        return cls(
            id=entry.id,
            number=entry.number,
            code=spaced(entry.code),
            citation=typed.citation,
            stance=STANCES[Stance(entry.stance)],
            body=entry.body,
            name=entry.name,
            received_on=entry.received_on,
            state=STATES[state],
            chip=CHIPS.get(state, ""),
            reason=entry.reason,
            revision=entry.revision,
            typist=typed.typist,
            typed_by=entry.typed_by,
            is_typed=state is State.TYPED,
            is_returned=state is State.RETURNED,
            has_code_page=state is State.PUBLISHED,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A consultation that takes papers in."""

    slug: str
    title: str
    closes_on: date
    until: date


@dataclass(frozen=True, slots=True)
class IndexPage(Page):
    """What is taken in now, and the newest piles."""

    template: ClassVar[str] = "intake/desk/index.html"
    drafts: tuple[Draft, ...]
    piles: tuple[Pile, ...]


@dataclass(frozen=True, slots=True)
class DraftPage(Page):
    """One consultation: begin a pile, print forms, its piles."""

    template: ClassVar[str] = "intake/desk/draft.html"
    draft: Draft
    closed: str
    begin: BatchForm
    forms: PrintForm
    piles: tuple[Pile, ...]


@dataclass(frozen=True, slots=True)
class TypingPage(Page):
    """One pile: the row to type, and what is typed, `total` entries; the newest alone at first."""

    template: ClassVar[str] = "intake/desk/typing.html"
    fragment: ClassVar[str] = "intake/desk/_typing.html"
    draft: Draft
    batch: IntakeBatch
    source: LazyString
    rows: tuple[Row, ...]
    total: int
    form: EntryForm | None
    to_check: int
    done: str
    notice: str


@dataclass(frozen=True, slots=True)
class CorrectPage(Page):
    """One entry, to be typed again; one that was sent back can be set aside."""

    template: ClassVar[str] = "intake/desk/correct.html"
    draft: Draft
    batch: IntakeBatch
    row: Row
    form: EntryForm
    aside: AsideForm | None


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    """Entries to compare with the paper, one page of them; `rest` wait behind it."""

    template: ClassVar[str] = "intake/desk/check.html"
    draft: Draft
    batch: IntakeBatch
    source: LazyString
    rows: tuple[Row, ...]
    form: CheckForm
    refused: UUID | None
    rest: int
    own: int


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code as it is printed: for people, and as a picture to scan."""

    written: str
    picture: str

    @classmethod
    def of(cls, code: str) -> "PrintedCode":
        """The code with the address of its page."""
        made = segno.make(_on_paper(url_for("intake.fate", code=spaced(code))), error="m")
        return cls(spaced(code), made.svg_data_uri(scale=_PICTURE_SCALE, light="#fff"))


@dataclass(frozen=True, slots=True)
class PrintedPage(Page):
    """Forms to print, one A4 page for each code."""

    template: ClassVar[str] = "intake/print/forms.html"
    slug: str
    title: str
    document: str
    office: str
    decider: str
    summary: str
    version: int
    opens_on: date
    closes_on: date
    answers_by: date
    stances: tuple[LazyString, ...]
    address: str
    codes: tuple[PrintedCode, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one thing that was said, without a name."""

    citation: str
    source: str
    received_on: date
    state: State
    reason: str
    comment_id: UUID | None
    answer: Answer | None
    answer_reason: str
    body: str
    name: str
    gone: str

    @classmethod
    def of(cls, fate: Fate, answer: Answer | None, answer_reason: str) -> "Told":
        """A fate for a template; words and name only for the letter that the desk prints."""
        comment = fate.comment
        return cls(
            citation=fate.citation,
            source=say(SOURCE_NAMES[Source(fate.source)]),
            received_on=fate.entry.received_on,
            state=State(fate.entry.state),
            reason=fate.entry.reason if fate.entry.state == State.ASIDE else "",
            comment_id=comment.id if comment else None,
            answer=answer,
            answer_reason=answer_reason,
            body=comment.body if comment else "",
            name=fate.name,
            gone=fate.gone.value if fate.gone else "",
        )


@dataclass(frozen=True, slots=True)
class LookupPage(Page):
    """Asks for a code; says how to take part without internet."""

    template: ClassVar[str] = "intake/lookup.html"
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class FatePage(Page):
    """What became of the form with a code."""

    template: ClassVar[str] = "intake/fate.html"
    code: str
    slug: str
    title: str
    closes_on: date
    answers_by: date
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class LetterPage(Page):
    """The answers to one form, to be printed and handed over."""

    template: ClassVar[str] = "intake/print/letter.html"
    code: PrintedCode
    slug: str
    title: str
    office: str
    name: str
    today: date
    address: str
    told: tuple[Told, ...]


def printed_page(found: Consultation, version: int, codes: list[str]) -> PrintedPage:
    """The forms of a consultation with these codes."""
    return PrintedPage(
        slug=found.slug,
        title=found.title,
        document=found.document,
        office=found.office,
        decider=found.decider,
        summary=shortened(found.summary, _SUMMARY_SIGNS),
        version=version,
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        answers_by=found.answers_by,
        stances=tuple(STANCES.values()),
        address=code_address(),
        codes=tuple(map(PrintedCode.of, codes)),
    )


def code_address() -> str:
    """Where codes are looked up, as people type it: without the scheme."""
    return _on_paper(url_for("intake.lookup")).partition("://")[2]


def _on_paper(path: str) -> str:
    """A whole address without a language: whoever opens it reads in their own."""
    return site().origin + path.removeprefix(request.script_root)
