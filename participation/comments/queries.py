"""Reads: threads page by page, single comments, counts. Each function is one or two queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Answer, Comment
from participation.comments.rules import Coverage, Order, Stance, Subject
from participation.core.errors import NotFound
from participation.core.words import words

REPLIES_SHOWN = 3

_Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of comments ended: the moment and id of its last comment."""

    written_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """An answer as it is read."""

    name: str
    office: str
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or reply as it is read. A reply has a `thread_id` and no stance."""

    id: UUID
    place: str
    author_id: UUID
    author: str
    stance: Stance | None
    body: str
    written_at: datetime
    edited_at: datetime | None
    thread_id: UUID | None
    answer: OfficialAnswer | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A first comment with the earliest of its replies; `reply_count` counts them all."""

    first: Said
    replies: tuple[Said, ...] = ()
    reply_count: int = 0


def threads(
    session: Session,
    subject: Subject,
    place: str,
    *,
    order: Order,
    after: Place | None = None,
    limit: int,
) -> list[Thread]:
    """One page of the threads about a place, each with up to three replies: two queries."""
    firsts = _read(
        session,
        _page(_about(subject).where(_is_first(), col(Comment.place) == place), order, after, limit),
    )
    replies = _first_replies(session, [first.id for first in firsts])
    return [Thread(first, *replies.get(first.id, ((), 0))) for first in firsts]


def thread_of(session: Session, comment_id: UUID) -> Said:
    """The first comment of the thread that holds a comment or reply; raises `NotFound`."""
    asked = said(session, comment_id)
    return asked if asked.thread_id is None else said(session, asked.thread_id)


def replies(
    session: Session, thread_id: UUID, *, after: Place | None = None, limit: int
) -> list[Said]:
    """One page of the replies in a thread, the earliest first."""
    belongs = _said().where(col(Comment.thread_id) == thread_id)
    return _read(session, _page(belongs, Order.OLDEST, after, limit))


def said(session: Session, comment_id: UUID) -> Said:
    """One comment as it is read; raises `NotFound`."""
    found = _read(session, _said().where(col(Comment.id) == comment_id))
    if not found:
        raise NotFound(words("There is no such comment."))
    return found[0]


def comment(session: Session, comment_id: UUID) -> Comment:
    """The row of a comment, for a service to change; raises `NotFound`."""
    found = session.get(Comment, comment_id)
    if found is None:
        raise NotFound(words("There is no such comment."))
    return found


def comment_by_key(session: Session, author_id: UUID, form_key: str) -> Comment:
    """The comment that a form made before; raises `NotFound`."""
    found = session.scalars(
        select(Comment).where(
            col(Comment.author_id) == author_id, col(Comment.form_key) == form_key
        )
    ).one_or_none()
    if found is None:
        raise NotFound(words("There is no such comment."))
    return found


def latest(session: Session, subject: Subject, *, limit: int) -> list[Said]:
    """The newest first comments anywhere in a subject."""
    return _read(session, _page(_about(subject).where(_is_first()), Order.NEWEST, None, limit))


def waiting(
    session: Session, subject: Subject, *, after: Place | None = None, limit: int
) -> list[Said]:
    """One page of the first comments without an answer, the longest waiting first."""
    unanswered = _about(subject).where(_is_first(), col(Comment.answer_id).is_(None))
    return _read(session, _page(unanswered, Order.OLDEST, after, limit))


def coverages(session: Session, kind: str, ids: Collection[UUID]) -> dict[UUID, Coverage]:
    """The coverage of several subjects of one kind, in one query; all of `ids` are keys."""
    counted = session.execute(
        select(col(Comment.subject_id), func.count(), func.count(col(Comment.answer_id)))
        .where(col(Comment.subject_kind) == kind, col(Comment.subject_id).in_(ids), _is_first())
        .group_by(col(Comment.subject_id))
    )
    found = {subject_id: Coverage(total, answered) for subject_id, total, answered in counted}
    return {subject_id: found.get(subject_id, Coverage()) for subject_id in ids}


def coverage(session: Session, subject: Subject) -> Coverage:
    """The coverage of one subject."""
    return coverages(session, subject.kind, [subject.id])[subject.id]


def counts_by_place(
    session: Session, subject: Subject, places: Collection[str]
) -> dict[str, Coverage]:
    """The coverage of each of `places` that has comments, in one query."""
    counted = session.execute(
        select(col(Comment.place), func.count(), func.count(col(Comment.answer_id)))
        .where(*_of(subject), col(Comment.place).in_(places), _is_first())
        .group_by(col(Comment.place))
    )
    return {place: Coverage(total, answered) for place, total, answered in counted}


def stances_at(session: Session, subject: Subject, place: str) -> dict[Stance, int]:
    """How many first comments of each stance a place has; every stance is a key."""
    counted = session.execute(
        select(col(Comment.stance), func.count())
        .where(*_of(subject), col(Comment.place) == place, _is_first())
        .group_by(col(Comment.stance))
    )
    found = dict(counted.all())
    return {stance: found.get(stance.value, 0) for stance in Stance}


def _of(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return col(Comment.subject_kind) == subject.kind, col(Comment.subject_id) == subject.id


def _is_first() -> ColumnElement[bool]:
    return col(Comment.thread_id).is_(None)


def _said() -> _Query:
    return (
        select(Comment, col(Account.name), Answer)
        .join(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
    )


def _about(subject: Subject) -> _Query:
    return _said().where(*_of(subject))


def _page(query: _Query, order: Order, after: Place | None, limit: int) -> _Query:
    """Cuts one page by key: the moment, and the id where moments are equal."""
    at, comment_id = col(Comment.written_at), col(Comment.id)
    if order is Order.NEWEST:
        if after is not None:
            same = and_(at == after.written_at, comment_id < after.id)
            query = query.where(or_(at < after.written_at, same))
        return query.order_by(at.desc(), comment_id.desc()).limit(limit)
    if after is not None:
        same = and_(at == after.written_at, comment_id > after.id)
        query = query.where(or_(at > after.written_at, same))
    return query.order_by(at, comment_id).limit(limit)


def _first_replies(
    session: Session, thread_ids: Sequence[UUID]
) -> dict[UUID, tuple[tuple[Said, ...], int]]:
    """The first replies of each thread and how many it has, in one query."""
    if not thread_ids:
        return {}
    thread = col(Comment.thread_id)
    order = (col(Comment.written_at), col(Comment.id))
    numbered = (
        select(
            col(Comment.id),
            func.row_number().over(partition_by=thread, order_by=order).label("number"),
            func.count().over(partition_by=thread).label("count"),
        )
        .where(thread.in_(thread_ids))
        .subquery()
    )
    rows = session.execute(
        _said()
        .add_columns(numbered.c.count)
        .join(numbered, numbered.c.id == col(Comment.id))
        .where(numbered.c.number <= REPLIES_SHOWN)
        .order_by(numbered.c.number)
    )
    found: dict[UUID, tuple[tuple[Said, ...], int]] = {}
    for row, author, answer, count in rows:
        earlier, _ = found.get(row.thread_id, ((), 0))
        found[row.thread_id] = ((*earlier, _to_said(row, author, answer)), count)
    return found


def _read(session: Session, query: _Query) -> list[Said]:
    return [_to_said(*row) for row in session.execute(query)]


def _to_said(row: Comment, author: str, answer: Answer | None) -> Said:
    return Said(
        id=row.id,
        place=row.place,
        author_id=row.author_id,
        author=author,
        stance=Stance(row.stance) if row.stance else None,
        body=row.body,
        written_at=row.written_at,
        edited_at=row.edited_at,
        thread_id=row.thread_id,
        answer=_to_answer(answer) if answer else None,
    )


def _to_answer(row: Answer) -> OfficialAnswer:
    return OfficialAnswer(row.name, row.office, row.body, row.written_at)
