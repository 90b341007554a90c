"""Pieces that several pages share: stage bar, outline, clauses, comments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from participation.comments.mentions.queries import Addressed
from participation.comments.queries import Considered, Gone, OfficialAnswer, Said
from participation.comments.rules import SOURCE_NAMES, Stance
from participation.comments.standing.rules import RULE_NAMES, Rule
from participation.consultations.explaining.marking import Mark
from participation.consultations.explaining.terms import Term
from participation.consultations.forms import REASONS, STANCES
from participation.consultations.models import Consultation, DraftChapter
from participation.consultations.rules import Phase
from participation.web.language import LazyString, _, _l, day_words, say

PHASES: dict[Phase, LazyString] = {
    Phase.DRAFT: _l("in preparation"),
    Phase.ANNOUNCED: _l("announced"),
    Phase.OPEN: _l("open for comments"),
    Phase.ANSWERING: _l("being answered"),
    Phase.DECIDED: _l("decided"),
    Phase.ARCHIVED: _l("archived"),
}
CHIPS = {Stance.SUPPORT: "for", Stance.CONCERN: "concern", Stance.QUESTION: "ask",
         Stance.IDEA: "idea"}  # fmt: skip
"""The style of each stance; its word always stands beside it."""

_STAGE_OF = {
    Phase.DRAFT: -1,
    Phase.ANNOUNCED: 0,
    Phase.OPEN: 1,
    Phase.ANSWERING: 2,
    Phase.DECIDED: 3,
    Phase.ARCHIVED: 4,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the stage bar; `state` is "done", "now" or empty."""

    label: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every page of one consultation."""

    id: UUID
    slug: str
    title: str
    document: str
    office: str
    phase: str
    is_open: bool
    has_matrix: bool
    is_decided: bool
    closes_on: date
    answers_by: date
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One page of the draft in the outline."""

    number: int
    citation: str
    title: str
    articles: str
    comments: int
    is_here: bool

    @property
    def name(self) -> str:
        """The chapter as one says it: Bab II · Pemilahan."""
        return " · ".join(filter(None, (self.citation, self.title)))


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph; `term` is set where a glossary explains them."""

    text: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause as it is shown; `comments` counts those on this very clause.

    `doubtful_line` is the line of the imported text that needs a second look, 0 for none. `plain`
    says it in plain words, `marks` are where `terms` of the glossary, by key, stand in it.
    """

    id: str
    kind: str
    label: str
    citation: str
    title: str
    paragraphs: tuple[str, ...]
    indent: int
    comments: int
    is_here: bool = False
    doubtful_line: int = 0
    plain: str = ""
    marks: tuple[Mark, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)

    @property
    def pieces(self) -> tuple[tuple[Piece, ...], ...]:
        """Each paragraph, cut where terms stand."""
        if not self.marks:
            return tuple((Piece(words),) for words in self.paragraphs)
        return tuple(tuple(self._cut(place)) for place in range(len(self.paragraphs)))

    def _cut(self, place: int) -> Iterator[Piece]:
        words, at = self.paragraphs[place], 0
        for mark in self.marks:
            if mark.paragraph == place:
                yield Piece(words[at : mark.start])
                yield Piece(words[mark.start : mark.end], self.terms.get(mark.key))
                at = mark.end
        yield Piece(words[at:])


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An official answer as it is shown; `place` and `citation` name the clause that changed."""

    name: str
    office: str
    body: str
    written_at: datetime
    reason: str
    place: str
    citation: str


@dataclass(frozen=True, slots=True)
class GoneView:
    """Why the words of a comment are not shown, in the words of its place."""

    kind: str
    at: datetime
    rule: str
    reason: str
    appeal_until: datetime | None
    decide_by: datetime | None


@dataclass(frozen=True, slots=True)
class ReaderView:
    """What this reader has to do with a comment."""

    is_author: bool = False
    has_agreed: bool = False
    may_agree: bool = False


NOBODY = ReaderView()


@dataclass(frozen=True, slots=True)
class SaidView:
    """A comment or reply as it is shown; `chip` is the style of its stance.

    `to` are those whom a reply addresses, besides the author of the comment that began the thread.
    """

    id: str
    author: str
    stance: str
    chip: str
    body: str
    written_at: datetime
    is_edited: bool
    may_edit: bool
    answer: AnswerView | None
    considered: Considered | None
    place: str
    citation: str
    agreements: int = 0
    reader: ReaderView = NOBODY
    gone: GoneView | None = None
    source: str = ""
    received_on: date | None = None
    to: tuple[Addressed, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A first comment with replies; `hidden_replies` are on the thread's own page."""

    first: SaidView
    replies: tuple[SaidView, ...]
    hidden_replies: int


def head_of(found: Consultation, *, is_open: bool) -> Head:
    """The head of a consultation's pages."""
    phase = Phase(found.phase)
    is_ended = phase is Phase.OPEN and not is_open
    return Head(
        id=found.id,
        slug=found.slug,
        title=found.title,
        document=found.document,
        office=found.office,
        phase=_("comments closed") if is_ended else say(PHASES[phase]),
        is_open=is_open,
        has_matrix=_STAGE_OF[phase] >= _STAGE_OF[Phase.ANSWERING],
        is_decided=_STAGE_OF[phase] >= _STAGE_OF[Phase.DECIDED],
        closes_on=found.closes_on,
        answers_by=found.answers_by,
        stages=_stages(found, phase),
    )


def outline_entry(chapter: DraftChapter, comments: int, *, is_here: bool) -> OutlineEntry:
    """One line of the outline."""
    return OutlineEntry(
        number=chapter.number,
        citation=_chapter_citation(chapter),
        title=calm(chapter.title),
        articles=_articles(chapter),
        comments=comments,
        is_here=is_here,
    )


def said_view(
    said: Said,
    *,
    may_edit: bool = False,
    citation: str = "",
    reader: ReaderView = NOBODY,
    to: tuple[Addressed, ...] = (),
) -> SaidView:
    """A comment or reply for a template."""
    return SaidView(
        id=str(said.id),
        author=said.author,
        stance=say(STANCES[said.stance]) if said.stance else "",
        chip=CHIPS[said.stance] if said.stance else "",
        body=said.body,
        written_at=said.written_at,
        is_edited=said.edited_at is not None,
        may_edit=may_edit,
        answer=answer_view(said.answer) if said.answer else None,
        considered=said.considered,
        place=said.place,
        citation=citation,
        agreements=said.agreements,
        reader=reader,
        gone=_gone_view(said.gone) if said.gone else None,
        source=say(SOURCE_NAMES[said.source]) if said.source else "",
        received_on=said.received_on,
        to=to,
    )


def _gone_view(gone: Gone) -> GoneView:
    return GoneView(
        kind=gone.kind.value,
        at=gone.at,
        rule=say(RULE_NAMES[Rule(gone.rule)]) if gone.rule else "",
        reason=gone.reason,
        appeal_until=gone.appeal_until,
        decide_by=gone.decide_by,
    )


def answer_view(answer: OfficialAnswer) -> AnswerView:
    """An official answer for a template."""
    return AnswerView(
        name=answer.name,
        office=answer.office,
        body=answer.body,
        written_at=answer.written_at,
        reason=say(REASONS[answer.reason]) if answer.reason else "",
        place=answer.place,
        citation=answer.citation,
    )


def calm(title: str) -> str:
    """A title without shouting: KETENTUAN UMUM becomes Ketentuan umum."""
    return title.capitalize() if title.isupper() else title


def _stages(found: Consultation, phase: Phase) -> tuple[Stage, ...]:
    now = _STAGE_OF[phase]
    announced = found.announced_at
    told = (
        (_("Announced"), day_words(announced) if announced else ""),
        (_("Comments"), _("until %(day)s", day=day_words(found.closes_on))),
        (_("Answers"), _("until %(day)s", day=day_words(found.answers_by))),
        (_("Decision"), _decision_when(found)),
    )
    return tuple(Stage(label, when, _state(place, now)) for place, (label, when) in enumerate(told))


def _decision_when(found: Consultation) -> str:
    if found.decided_at:
        return day_words(found.decided_at)
    return str(_("until %(day)s", day=day_words(found.decides_by)))


def _state(place: int, now: int) -> str:
    if place == now:
        return "now"
    return "done" if place < now else ""


def _chapter_citation(chapter: DraftChapter) -> str:
    if chapter.number == 0:
        return str(_("Preamble"))
    if not chapter.citation:
        return _articles(chapter)
    piece = f" ({chapter.piece})" if chapter.piece else ""
    return f"{chapter.citation.replace('BAB', 'Bab')}{piece}"


def _articles(chapter: DraftChapter) -> str:
    first, last = chapter.first_article, chapter.last_article
    if not first:
        return ""
    return f"Pasal {first}" if first == last else f"Pasal {first}–{last}"  # noqa: RUF001 - a range
