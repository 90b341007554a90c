"""Reads: consultations, their published text, what is said about it. Few queries each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.queries import coverage
from participation.comments.rules import Subject
from participation.comments.standing.queries import is_shown
from participation.consultations.finding import Wanted
from participation.consultations.models import (
    Consultation,
    DraftChapter,
    DraftClause,
    DraftVersion,
)
from participation.consultations.rules import SUBJECT_KIND, Calendar, Phase, Situation
from participation.core.errors import NotFound
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version without its source, which no page needs."""

    id: UUID
    number: int
    published_at: datetime
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """One line of the outline: a page of the draft, and how many comments it has."""

    chapter: DraftChapter
    comments: int


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """Where a page of the list of consultations ended."""

    announced_at: datetime
    id: UUID


def subject_of(found: Consultation) -> Subject:
    """The consultation as the comments feature knows it."""
    return Subject(SUBJECT_KIND, found.id)


def announced(
    session: Session, wanted: Wanted, *, after: ListedPlace | None = None, limit: int
) -> list[Consultation]:
    """One page of the announced consultations that are wanted, the latest announced first."""
    at, row_id = col(Consultation.announced_at), col(Consultation.id)
    query = select(Consultation).where(at.is_not(None), *wanted.conditions())
    if after is not None:
        same = (at == after.announced_at) & (row_id < after.id)
        query = query.where((at < after.announced_at) | same)
    return list(session.scalars(query.order_by(at.desc(), row_id.desc()).limit(limit)))


def recent(session: Session, *, limit: int) -> list[Consultation]:
    """The latest consultations of every phase, drafts too: for the desk."""
    newest = col(Consultation.created_at).desc()
    return list(session.scalars(select(Consultation).order_by(newest).limit(limit)))


def consultation(session: Session, slug: str) -> Consultation:
    """The consultation at an address, drafts too; raises `NotFound`."""
    by_slug = select(Consultation).where(col(Consultation.slug) == slug)
    found = session.scalars(by_slug).one_or_none()
    if found is None:
        raise NotFound(words("There is no such consultation."))
    return found


def announced_consultation(session: Session, slug: str) -> Consultation:
    """The consultation at an address once it is announced; raises `NotFound`, also for drafts."""
    found = consultation(session, slug)
    if found.announced_at is None:
        raise NotFound(words("There is no such consultation."))
    return found


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether another consultation has this address."""
    found = select(col(Consultation.id)).where(col(Consultation.slug) == slug)
    return session.scalars(found).first() is not None


def edition(session: Session, consultation_id: UUID) -> Edition:
    """The latest published version; raises `NotFound` while there is none."""
    newest = editions(session, consultation_id, limit=1)
    if not newest:
        raise NotFound(words("This consultation has no published text yet."))
    return newest[0]


def editions(session: Session, consultation_id: UUID, *, limit: int | None = None) -> list[Edition]:
    """The published versions, the latest first."""
    rows = session.execute(
        select(
            col(DraftVersion.id),
            col(DraftVersion.number),
            col(DraftVersion.published_at),
            col(DraftVersion.opening),
            col(DraftVersion.closing),
        )
        .where(*_published(consultation_id))
        .order_by(col(DraftVersion.number).desc())
        .limit(limit)
    )
    return [Edition(*row) for row in rows]


def length_of(session: Session, version_id: UUID) -> int:
    """How many characters the text of a version has."""
    length = func.length(col(DraftVersion.source))
    return int(session.scalars(select(length).where(col(DraftVersion.id) == version_id)).one())


def published_source(session: Session, consultation_id: UUID, number: int | None = None) -> str:
    """The text of a published version, the latest without a number, as handed in; `NotFound`."""
    newest = col(DraftVersion.number).desc()
    query = select(col(DraftVersion.source)).where(*_published(consultation_id)).order_by(newest)
    if number is not None:
        query = query.where(col(DraftVersion.number) == number)
    source = session.scalars(query.limit(1)).one_or_none()
    if source is None:
        raise NotFound(words("This consultation has no published text yet."))
    return source


def unpublished(session: Session, consultation_id: UUID) -> DraftVersion | None:
    """The imported version that waits for publication, if there is one."""
    query = select(DraftVersion).where(
        col(DraftVersion.consultation_id) == consultation_id,
        col(DraftVersion.published_at).is_(None),
    )
    return session.scalars(query).one_or_none()


def calendar_of(found: Consultation) -> Calendar:
    """The days that were promised."""
    return Calendar(found.opens_on, found.closes_on, found.answers_by, found.decides_by)


def situation(
    session: Session, found: Consultation, today: date, *, outcome: str = ""
) -> Situation:
    """What decides about the next step of a consultation; `outcome` as the officer writes it."""
    waiting_text = unpublished(session, found.id)
    return Situation(
        phase=Phase(found.phase),
        calendar=calendar_of(found),
        today=today,
        article_count=waiting_text.article_count if waiting_text else 0,
        coverage=coverage(session, subject_of(found)),
        has_outcome=bool(outcome or found.outcome),
    )


def outline(session: Session, version_id: UUID, subject: Subject) -> list[ChapterEntry]:
    """The pages of a version in order with their comment counts: two queries."""
    by_number = col(DraftChapter.number)
    chapters = session.scalars(
        select(DraftChapter).where(col(DraftChapter.version_id) == version_id).order_by(by_number)
    ).all()
    counted = session.execute(
        select(col(DraftClause.chapter), func.count())
        .join(Comment, col(Comment.place) == col(DraftClause.clause_id))
        .where(
            col(DraftClause.version_id) == version_id,
            col(Comment.subject_kind) == subject.kind,
            col(Comment.subject_id) == subject.id,
            col(Comment.thread_id).is_(None),
            is_shown(),
        )
        .group_by(col(DraftClause.chapter))
    )
    counts = dict(counted.all())
    return [ChapterEntry(chapter, counts.get(chapter.number, 0)) for chapter in chapters]


def chapter_clauses(session: Session, version_id: UUID, number: int) -> list[DraftClause]:
    """The clauses on one page of a version, in reading order."""
    return _clauses(session, version_id, col(DraftClause.chapter) == number)


def clause(session: Session, version_id: UUID, clause_id: str) -> DraftClause:
    """One clause by its stable id; raises `NotFound`."""
    found = _clauses(session, version_id, col(DraftClause.clause_id) == clause_id)
    if not found:
        raise NotFound(words("This draft has no such clause."))
    return found[0]


def block_of(session: Session, found: DraftClause) -> list[DraftClause]:
    """The article or preamble section around a clause, whole; a heading stands alone."""
    if found.block < 0:
        return [found]
    return _clauses(session, found.version_id, col(DraftClause.block) == found.block)


def all_clauses(session: Session, version_id: UUID) -> list[DraftClause]:
    """Every clause of a version, in reading order: for matching it with the next."""
    return _clauses(session, version_id, true())


def citations(session: Session, version_id: UUID, clause_ids: Collection[str]) -> dict[str, str]:
    """How each clause is cited, by clause id; of removed ones as they were cited last."""
    here = select(col(DraftVersion.consultation_id)).where(col(DraftVersion.id) == version_id)
    named = session.execute(
        select(col(DraftClause.clause_id), col(DraftClause.citation))
        .join(DraftVersion, col(DraftVersion.id) == col(DraftClause.version_id))
        .where(
            col(DraftVersion.consultation_id) == here.scalar_subquery(),
            col(DraftClause.clause_id).in_(clause_ids),
        )
        .order_by(col(DraftVersion.number))
    )
    return dict(named.all())


def _published(consultation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        col(DraftVersion.consultation_id) == consultation_id,
        col(DraftVersion.published_at).is_not(None),
    )


def _clauses(session: Session, version_id: UUID, which: ColumnElement[bool]) -> list[DraftClause]:
    by_position = col(DraftClause.position)
    query = select(DraftClause).where(col(DraftClause.version_id) == version_id, which)
    return list(session.scalars(query.order_by(by_position)))
