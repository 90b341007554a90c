"""Reads of what may be handed out, by key, so that no list is ever held whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, col

from participation.comments.models import Answer, Comment
from participation.comments.standing.queries import is_shown
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import SUBJECT_KIND
from participation.core.events import Event, EventTag
from participation.votes.models import Vote

_MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the moment by which it is ordered, and the row."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Revised:
    """How often what a calendar says was changed, and when last."""

    times: int
    at: datetime


def is_public() -> ColumnElement[bool]:
    """The condition that a comment may be handed out, as pages show it to everybody."""
    return and_(col(Comment.subject_kind) == SUBJECT_KIND, is_shown())


def consultations(
    session: Session, *, after: Place | None = None, limit: int
) -> list[Consultation]:
    """A page of the announced consultations, the latest announced first."""
    at, row_id = col(Consultation.announced_at), col(Consultation.id)
    query = select(Consultation).where(at.is_not(None), *_before(at, row_id, after))
    return list(session.scalars(query.order_by(at.desc(), row_id.desc()).limit(limit)))


def votes(session: Session, *, after: Place | None = None, limit: int) -> list[Vote]:
    """A page of the announced votes, the latest announced first."""
    at, row_id = col(Vote.announced_at), col(Vote.id)
    query = select(Vote).where(at.is_not(None), *_before(at, row_id, after))
    return list(session.scalars(query.order_by(at.desc(), row_id.desc()).limit(limit)))


def clauses(
    session: Session, version_id: UUID, *, after: int = -1, limit: int
) -> list[DraftClause]:
    """A page of the clauses of a version, in reading order."""
    position = col(DraftClause.position)
    query = select(DraftClause).where(col(DraftClause.version_id) == version_id, position > after)
    return list(session.scalars(query.order_by(position).limit(limit)))


def comments(
    session: Session, consultation_id: UUID, *, after: Place | None = None, limit: int
) -> list[Row[*tuple[Any, ...]]]:
    """A page of public comments and replies, the oldest first: rows as `_comments` names them."""
    at, row_id = col(Comment.written_at), col(Comment.id)
    query = _comments(consultation_id)
    if after is not None:
        # The first condition says nothing new, but lets the index begin where the page begins.
        later = or_(at > after.at, and_(at == after.at, row_id > after.id))
        query = query.where(at >= after.at, later)
    return list(session.execute(query.order_by(at, row_id).limit(limit)))


def happened(session: Session, consultation_id: UUID) -> list[Event]:
    """What was done with a consultation in public: published, moved on; the latest first."""
    told = (EventTag.CONSULTATIONS_DRAFT_PUBLISH, EventTag.CONSULTATIONS_PHASE_CHANGE)
    query = select(Event).where(
        col(Event.subject_id) == str(consultation_id), col(Event.tag).in_(told)
    )
    return list(session.scalars(query.order_by(col(Event.at).desc(), col(Event.id))))


def answers(session: Session, consultation_id: UUID) -> list[Answer]:
    """The newest answers to public comments on a consultation."""
    answered = select(col(Comment.answer_id)).where(
        is_public(), col(Comment.subject_id) == consultation_id
    )
    query = select(Answer).where(col(Answer.id).in_(answered))
    newest = query.order_by(col(Answer.written_at).desc(), col(Answer.id)).limit(_MOST_ANSWERS)
    return list(session.scalars(newest))


def revised(session: Session, subject_ids: list[UUID]) -> dict[UUID, Revised]:
    """How often and when last each of these subjects was changed; those never changed are out."""
    if not subject_ids:
        return {}
    named = {str(each): each for each in subject_ids}
    counted = session.execute(
        select(col(Event.subject_id), func.count(), func.max(col(Event.at)))
        .where(col(Event.subject_id).in_(named))
        .group_by(col(Event.subject_id))
    )
    return {named[name]: Revised(times, at) for name, times, at in counted}


def _before(
    at: Any, row_id: InstrumentedAttribute[UUID] | Any, after: Place | None
) -> tuple[ColumnElement[bool], ...]:
    if after is None:
        return ()
    return (or_(at < after.at, and_(at == after.at, row_id < after.id)),)


def _comments(consultation_id: UUID) -> Select[*tuple[Any, ...]]:
    own = [
        col(each)
        for each in (
            Comment.id,
            Comment.place,
            Comment.edition,
            Comment.thread_id,
            Comment.stance,
            Comment.body,
            Comment.written_at,
            Comment.edited_at,
            Comment.source,
            Comment.received_on,
        )
    ]
    citation = func.coalesce(col(DraftClause.citation), "").label("citation")
    return (
        select(*own, citation, Answer)
        .select_from(Comment)
        .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
        .outerjoin(
            DraftVersion,
            (col(DraftVersion.consultation_id) == col(Comment.subject_id))
            & (col(DraftVersion.number) == col(Comment.edition)),
        )
        .outerjoin(
            DraftClause,
            (col(DraftClause.version_id) == col(DraftVersion.id))
            & (col(DraftClause.clause_id) == col(Comment.place)),
        )
        .where(is_public(), col(Comment.subject_id) == consultation_id)
    )
