"""Reads for the front page: a fixed number of queries, however much there is."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from participation.comments.models import Answer, Comment
from participation.comments.queries import coverages
from participation.comments.rules import Coverage
from participation.comments.standing.queries import is_shown
from participation.consultations.finding import Wanted
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.queries import announced
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.meetings.queries import Listed, coming
from participation.surveys.models import Survey
from participation.surveys.queries import answerable
from participation.votes.models import Vote
from participation.votes.queries import counted_votes, current_votes, vote_of_eid
from participation.votes.rules import State

_MOST = 5
_MOST_ANSWERS = 4
_MOST_BESIDE = 2
"""Surveys and meetings stand beside drafts; here are only the next."""
_CURRENT = (Phase.OPEN, Phase.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of people's words so far: four numbers."""

    comments: int
    answered: int
    decided: int
    recountable: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Where comments with the same answer stand: the consultation, the clause, how many."""

    slug: str
    title: str
    clause_id: str
    citation: str
    comments: int


@dataclass(frozen=True, slots=True)
class Answered:
    """An official answer and where the comments stand that it answers."""

    body: str
    name: str
    office: str
    written_at: datetime
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def comments(self) -> int:
        """How many comments it answers."""
        return sum(remark.comments for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Current:
    """What is going on: consultations with their coverage, surveys, meetings, votes, results."""

    consultations: tuple[tuple[Consultation, Coverage], ...]
    surveys: tuple[Survey, ...]
    meetings: tuple[Listed, ...]
    votes: tuple[Vote, ...]
    counted: tuple[Vote, ...]


def figures(session: Session, since: datetime) -> Figures:
    """Comments that are shown and answers since a moment; decisions and results of all time."""
    first = col(Comment.thread_id).is_(None) & (col(Comment.written_at) >= since) & is_shown()
    decided = col(Consultation.decided_at).is_not(None)
    row = session.execute(
        select(
            _count(col(Comment.id), first),
            _count(col(Comment.id), first & col(Comment.answer_id).is_not(None)),
            _count(col(Consultation.id), decided),
            _count(col(Vote.id), col(Vote.state) == State.COUNTED.value),
        )
    ).one()
    return Figures(*row)


def current(session: Session, now: datetime, today: date) -> Current:
    """What is announced, open or counted, the soonest to end first: six queries."""
    return Current(
        _covered(session, Wanted(_CURRENT)),
        tuple(answerable(session, today, limit=_MOST_BESIDE)),
        tuple(coming(session, now, limit=_MOST_BESIDE)),
        tuple(current_votes(session, limit=_MOST)),
        tuple(counted_votes(session, limit=_MOST)),
    )


def near(session: Session, code: str) -> tuple[tuple[Consultation, Coverage], ...]:
    """What is announced or open and concerns an area, the soonest to end first: two queries."""
    return _covered(session, Wanted(_CURRENT, area=code))


def _covered(session: Session, wanted: Wanted) -> tuple[tuple[Consultation, Coverage], ...]:
    found = announced(session, wanted, limit=_MOST)
    coverage = coverages(session, SUBJECT_KIND, [each.id for each in found])
    ordered = sorted(found, key=lambda each: (each.phase != Phase.OPEN, each.closes_on))
    return tuple((each, coverage[each.id]) for each in ordered)


def recorded(session: Session, eid: str, *, limit: int) -> list[Vote]:
    """Votes whose record is public: the one of this name first, counted ones, then the others.

    Two or three queries; raises `NotFound` for a name that no election here has.
    """
    chosen = [vote_of_eid(session, eid)] if eid else []
    known = [*counted_votes(session, limit=limit), *current_votes(session, limit=limit)]
    return [*chosen, *(vote for vote in known if vote.eid and vote.eid != eid)]


def latest_answers(session: Session) -> tuple[Answered, ...]:
    """The newest official answers with what they answer: two queries."""
    newest = select(Answer).order_by(col(Answer.written_at).desc(), col(Answer.id))
    answers = session.scalars(newest.limit(_MOST_ANSWERS)).all()
    remarks = _remarks(session, [answer.id for answer in answers])
    return tuple(
        Answered(each.body, each.name, each.office, each.written_at, tuple(remarks[each.id]))
        for each in answers
        if remarks[each.id]
    )


def _remarks(session: Session, answer_ids: Collection[UUID]) -> dict[UUID, list[Remark]]:
    found: dict[UUID, list[Remark]] = {answer_id: [] for answer_id in answer_ids}
    for answer_id, slug, title, clause_id, citation, number in session.execute(
        _remarks_of(answer_ids)
    ):
        if answer_id is not None:
            found[answer_id].append(Remark(slug, title, clause_id, citation, number))
    return found


def _remarks_of(answer_ids: Collection[UUID]) -> Select[UUID | None, str, str, str, str, int]:
    grouped = (
        col(Comment.answer_id),
        col(Consultation.slug),
        col(Consultation.title),
        col(Comment.place),
        func.coalesce(col(DraftClause.citation), ""),
    )
    number = func.count()
    return (
        select(*grouped, number)
        .select_from(Comment)
        .join(Consultation, col(Consultation.id) == col(Comment.subject_id))
        .join(
            DraftVersion,
            (col(DraftVersion.consultation_id) == col(Consultation.id))
            & (col(DraftVersion.number) == col(Comment.edition)),
        )
        .outerjoin(
            DraftClause,
            (col(DraftClause.version_id) == col(DraftVersion.id))
            & (col(DraftClause.clause_id) == col(Comment.place)),
        )
        .where(col(Comment.answer_id).in_(answer_ids), col(Comment.subject_kind) == SUBJECT_KIND)
        .group_by(*grouped)
        .order_by(number.desc())
    )


def _count(counted: Mapped[UUID], which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(counted)).where(which).scalar_subquery()
