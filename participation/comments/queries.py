"""Reads: threads page by page, single comments, counts. Each function is one or two queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Answer, Comment
from participation.comments.rules import Coverage, Order, Reason, Source, Stance, Subject
from participation.comments.standing.models import Withholding
from participation.comments.standing.queries import is_shown
from participation.comments.standing.rules import Withheld
from participation.core.errors import NotFound
from participation.core.words import words

REPLIES_SHOWN = 3

_Query = Select[*tuple[Any, ...]]
_Officer = aliased(Account)
# Put together once: every page of comments begins with it.
_SAID: _Query = (
    select(Comment, col(Account.name), Answer, col(_Officer.name), Withholding)
    .join(Account, col(Account.id) == col(Comment.author_id))
    .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
    .outerjoin(_Officer, col(_Officer.id) == col(Comment.assignee_id))
    .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
    .options(defer(Withholding.body))  # type: ignore[arg-type]  # a column of the table
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of comments ended: the moment and id of its last comment.

    `rank` comes before them where an order has one: how many agree, or whether it is answered.
    """

    written_at: datetime
    id: UUID
    rank: int = 0


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """An answer as it is read."""

    name: str
    office: str
    body: str
    written_at: datetime
    reason: Reason | None = None
    place: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """Which officer considers a comment, and since when."""

    by: UUID
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """Why the words of a comment are not shown; rule, reason and days are of removals."""

    kind: Withheld
    at: datetime
    rule: str = ""
    reason: str = ""
    appeal_until: datetime | None = None
    decide_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or reply as it is read. A reply has a `thread_id` and no stance.

    `source` and `received_on` say how and when it came where not through the site.
    """

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
    considered: Considered | None = None
    agreements: int = 0
    gone: Gone | None = None
    source: Source | None = None
    received_on: date | None = None


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
    firsts = read(
        session,
        page(
            query_about(subject).where(is_first(), col(Comment.place) == place), order, after, limit
        ),
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
    belongs = _SAID.where(col(Comment.thread_id) == thread_id)
    return read(session, page(belongs, Order.OLDEST, after, limit))


def replies_from(session: Session, reply: Comment, *, limit: int) -> list[Said]:
    """One page of the replies in a thread that begins with this reply."""
    at, comment_id = col(Comment.written_at), col(Comment.id)
    same = and_(at == reply.written_at, comment_id >= reply.id)
    belongs = _SAID.where(
        col(Comment.thread_id) == reply.thread_id, or_(at > reply.written_at, same)
    )
    return read(session, page(belongs, Order.OLDEST, None, limit))


def said(session: Session, comment_id: UUID) -> Said:
    """One comment as it is read; raises `NotFound`."""
    found = read(session, _SAID.where(col(Comment.id) == comment_id))
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
    return read(
        session, page(query_about(subject).where(is_first(), is_shown()), Order.NEWEST, None, limit)
    )


def coverages(session: Session, kind: str, ids: Collection[UUID]) -> dict[UUID, Coverage]:
    """The coverage of several subjects of one kind, in one query; all of `ids` are keys."""
    counted = session.execute(
        select(col(Comment.subject_id), *_coverage())
        .where(
            col(Comment.subject_kind) == kind,
            col(Comment.subject_id).in_(ids),
            is_first(),
            is_shown(),
        )
        .group_by(col(Comment.subject_id))
    )
    found = {subject_id: Coverage(*counts) for subject_id, *counts in counted}
    return {subject_id: found.get(subject_id, Coverage()) for subject_id in ids}


def coverage(session: Session, subject: Subject) -> Coverage:
    """The coverage of one subject."""
    return coverages(session, subject.kind, [subject.id])[subject.id]


def counts_by_place(
    session: Session, subject: Subject, places: Collection[str]
) -> dict[str, Coverage]:
    """The coverage of each of `places` that has comments, in one query."""
    counted = session.execute(
        select(col(Comment.place), *_coverage())
        .where(*of(subject), col(Comment.place).in_(places), is_first(), is_shown())
        .group_by(col(Comment.place))
    )
    return {place: Coverage(*counts) for place, *counts in counted}


def stances_at(session: Session, subject: Subject, place: str) -> dict[Stance, int]:
    """How many first comments of each stance a place has; every stance is a key."""
    counted = session.execute(
        select(col(Comment.stance), func.count())
        .where(*of(subject), col(Comment.place) == place, is_first(), is_shown())
        .group_by(col(Comment.stance))
    )
    found = dict(counted.all())
    return {stance: found.get(stance.value, 0) for stance in Stance}


def of(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    """The condition that a comment or reply is about this subject."""
    return col(Comment.subject_kind) == subject.kind, col(Comment.subject_id) == subject.id


def is_first() -> ColumnElement[bool]:
    """The condition that it is a comment of its own, not a reply."""
    return col(Comment.thread_id).is_(None)


def query_about(subject: Subject) -> _Query:
    """Everything said about a subject, as `read` takes it."""
    return _SAID.where(*of(subject))


def read(session: Session, query: _Query) -> list[Said]:
    """What a query made of `query_about` finds."""
    return [_to_said(*row) for row in session.execute(query)]


def _coverage() -> tuple[ColumnElement[int], ...]:
    is_open = and_(col(Comment.answer_id).is_(None), col(Comment.considered_at).is_not(None))
    considered = func.count(case((is_open, col(Comment.id))))
    return func.count(), func.count(col(Comment.answer_id)), considered


def page(query: _Query, order: Order, after: Place | None, limit: int) -> _Query:
    """One page of a query, cut by key: the moment, and the id where moments are equal."""
    at, comment_id = col(Comment.written_at), col(Comment.id)
    if order in {Order.AGREED, Order.UNANSWERED}:
        return _ranked_page(query, order, after, limit)
    if order is Order.NEWEST:
        if after is not None:
            same = and_(at == after.written_at, comment_id < after.id)
            query = query.where(or_(at < after.written_at, same))
        return query.order_by(at.desc(), comment_id.desc()).limit(limit)
    if after is not None:
        same = and_(at == after.written_at, comment_id > after.id)
        query = query.where(or_(at > after.written_at, same))
    return query.order_by(at, comment_id).limit(limit)


def rank_of(said: Said, order: Order) -> int:
    """What an order looks at before the moment: the lower, the earlier."""
    if order is Order.AGREED:
        return -said.agreements
    return int(said.answer is not None) if order is Order.UNANSWERED else 0


def _ranked_page(query: _Query, order: Order, after: Place | None, limit: int) -> _Query:
    """The same with a rank first; where ranks are equal, the newest first."""
    at, comment_id = col(Comment.written_at), col(Comment.id)
    is_answered = case((col(Comment.answer_id).is_(None), 0), else_=1)
    rank = -col(Comment.agreements) if order is Order.AGREED else is_answered
    if after is not None:
        same = and_(at == after.written_at, comment_id < after.id)
        later = or_(at < after.written_at, same)
        query = query.where(or_(rank > after.rank, and_(rank == after.rank, later)))
    return query.order_by(rank, at.desc(), comment_id.desc()).limit(limit)


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
        _SAID.add_columns(numbered.c.count)
        .join(numbered, numbered.c.id == col(Comment.id))
        .where(numbered.c.number <= REPLIES_SHOWN)
        .order_by(numbered.c.number)
    )
    found: dict[UUID, tuple[tuple[Said, ...], int]] = {}
    for row, *told, count in rows:
        earlier, _ = found.get(row.thread_id, ((), 0))
        found[row.thread_id] = ((*earlier, _to_said(row, *told)), count)
    return found


def _to_said(
    row: Comment,
    author: str,
    answer: Answer | None,
    officer: str | None,
    withheld: Withholding | None,
) -> Said:
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
        considered=_to_considered(row, officer or ""),
        agreements=row.agreements,
        gone=_to_gone(withheld) if withheld else None,
        source=Source(row.source) if row.source else None,
        received_on=row.received_on,
    )


def _to_gone(row: Withholding) -> Gone:
    return Gone(Withheld(row.kind), row.at, row.rule, row.reason, row.appeal_until, row.decide_by)


def _to_considered(row: Comment, officer: str) -> Considered | None:
    if row.assignee_id is None or row.considered_at is None:
        return None
    return Considered(row.assignee_id, officer, row.considered_at)


def _to_answer(row: Answer) -> OfficialAnswer:
    return OfficialAnswer(
        name=row.name,
        office=row.office,
        body=row.body,
        written_at=row.written_at,
        reason=Reason(row.reason) if row.reason else None,
        place=row.place,
        citation=row.citation,
    )
