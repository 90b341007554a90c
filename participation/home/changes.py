"""Reads: what changed because of people's comments, the latest first. Two queries a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from participation.comments.models import Answer, Comment
from participation.comments.queries import is_first
from participation.comments.rules import ADOPTED, Reason
from participation.comments.standing.queries import is_shown
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import SUBJECT_KIND


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """Where a page of changes ended."""

    written_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that adopted something, and how many comments it answers.

    `place` is the clause that changed, or the one that was spoken about where none is named;
    `then` is the version in which people read it, 0 where it did not stand in that one or where
    no later version is published.
    """

    id: UUID
    body: str
    name: str
    office: str
    reason: Reason
    written_at: datetime
    slug: str
    title: str
    comments: int
    place: str
    citation: str
    then: int


_Versions = dict[tuple[UUID, str], dict[int, str]]


def changes(session: Session, *, after: ChangePlace | None = None, limit: int) -> list[Change]:
    """One page of the answers that adopted something: of comments that are shown."""
    rows = session.execute(_adopted(after).limit(limit)).all()
    versions = _versions(session, rows)
    return [_change(row, versions) for row in rows]


def _adopted(after: ChangePlace | None) -> Select[*tuple[Any, ...]]:
    at, answer_id = col(Answer.written_at), col(Answer.id)
    query: Select[*tuple[Any, ...]] = (
        select(
            Answer,
            col(Consultation.id).label("consultation_id"),
            col(Consultation.slug).label("slug"),
            col(Consultation.title).label("title"),
            func.count(col(Comment.id)).label("comments"),
            func.min(col(Comment.edition)).label("edition"),
            func.min(col(Comment.place)).label("place"),
        )
        .join(Comment, col(Comment.answer_id) == answer_id)
        .join(Consultation, col(Consultation.id) == col(Comment.subject_id))
        .where(
            col(Answer.reason).in_([reason.value for reason in ADOPTED]),
            col(Comment.subject_kind) == SUBJECT_KIND,
            is_first(),
            is_shown(),
        )
        .group_by(answer_id, col(Consultation.id))
        .order_by(at.desc(), answer_id.desc())
    )
    if after is None:
        return query
    return query.where(
        (at < after.written_at) | ((at == after.written_at) & (answer_id < after.id))
    )


def _versions(session: Session, rows: Sequence[Any]) -> _Versions:
    """How each clause of these answers is cited in each published version that has it."""
    found: _Versions = {}
    cited = session.execute(
        select(
            col(DraftVersion.consultation_id),
            col(DraftClause.clause_id),
            col(DraftVersion.number),
            col(DraftClause.citation),
        )
        .join(DraftClause, col(DraftClause.version_id) == col(DraftVersion.id))
        .where(
            col(DraftVersion.consultation_id).in_({row.consultation_id for row in rows}),
            col(DraftVersion.published_at).is_not(None),
            col(DraftClause.clause_id).in_({_place(row) for row in rows}),
        )
    )
    for consultation_id, clause_id, number, citation in cited:
        found.setdefault((consultation_id, clause_id), {})[number] = citation
    return found


def _place(row: Any) -> str:
    return str(row.Answer.place or row.place)


def _change(row: Any, versions: _Versions) -> Change:
    answer: Answer = row.Answer
    known = versions.get((row.consultation_id, _place(row)), {})
    has_moved_on = row.edition in known and max(known) > row.edition
    return Change(
        id=answer.id,
        body=answer.body,
        name=answer.name,
        office=answer.office,
        reason=Reason(answer.reason or ""),
        written_at=answer.written_at,
        slug=row.slug,
        title=row.title,
        comments=row.comments,
        place=_place(row),
        citation=answer.citation or (known[max(known)] if known else ""),
        then=row.edition if answer.place and has_moved_on else 0,
    )
