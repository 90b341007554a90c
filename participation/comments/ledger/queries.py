"""Reads: comments that wait, officers who may take them up, the figures of all answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from participation.accounts.models import Account, AccountRole
from participation.accounts.queries import account, actor_of
from participation.comments.models import Answer, Comment
from participation.comments.queries import Place, Said, is_first, of, page, query_about, read
from participation.comments.rules import Order, Reason, Source, Stance, Subject
from participation.comments.standing.queries import is_shown
from participation.core.access import GRANTS, Actor, Permission
from participation.core.errors import NotFound
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the waiting comments are asked for; what is `None` does not matter.

    `is_taken` false: only those that no officer considers yet.
    """

    place: str | None = None
    stance: Stance | None = None
    assignee_id: UUID | None = None
    is_taken: bool | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a waiting comment, for finding those alike."""

    id: UUID
    author_id: UUID
    place: str
    stance: Stance
    body: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that changed because of comments: how it was cited, how many asked for it."""

    place: str
    citation: str
    comments: int


def waiting(
    session: Session,
    subject: Subject,
    wanted: Wanted = EVERYTHING,
    *,
    after: Place | None = None,
    limit: int,
) -> list[Said]:
    """One page of the first comments without an answer, the longest waiting first: one query."""
    query = query_about(subject).where(*waits(), *matches(wanted))
    return read(session, page(query, Order.OLDEST, after, limit))


def waiting_at(session: Session, subject: Subject) -> dict[str, int]:
    """How many comments wait at each place where some do."""
    counted = session.execute(
        select(col(Comment.place), func.count())
        .where(*of(subject), *waits())
        .group_by(col(Comment.place))
    )
    return dict(counted.all())


def waiting_texts(session: Session, subject: Subject, *, limit: int) -> list[Text]:
    """The words of the comments that wait, the longest waiting first."""
    rows = session.execute(
        select(
            col(Comment.id),
            col(Comment.author_id),
            col(Comment.place),
            col(Comment.stance),
            col(Comment.body),
        )
        .where(*of(subject), *waits())
        .order_by(col(Comment.written_at), col(Comment.id))
        .limit(limit)
    )
    return [Text(row.id, row.author_id, row.place, Stance(row.stance), row.body) for row in rows]


def comments_of(session: Session, subject: Subject, ids: Sequence[UUID]) -> list[Comment]:
    """The rows of these comments on a subject, the oldest first; `NotFound` if one is missing."""
    found = list(
        session.scalars(
            select(Comment)
            .where(*of(subject), is_shown(), col(Comment.id).in_(ids))
            .order_by(col(Comment.written_at), col(Comment.id))
        )
    )
    if len(found) != len(set(ids)):
        raise NotFound(words("There is no such comment."))
    return found


def said_of(session: Session, subject: Subject, ids: Sequence[UUID], *, limit: int) -> list[Said]:
    """The first `limit` of these comments on a subject, the oldest first."""
    query = query_about(subject).where(*counts(), col(Comment.id).in_(ids))
    return read(session, page(query, Order.OLDEST, None, limit))


def officers(session: Session) -> list[tuple[UUID, str]]:
    """Id and name of everybody who may answer, by name."""
    roles = [
        role for role, granted in GRANTS.items() if Permission.COMMENTS_ANSWER_WRITE in granted
    ]
    rows = session.execute(
        select(col(Account.id), col(Account.name))
        .join(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(col(AccountRole.role).in_(roles))
        .distinct()
        .order_by(col(Account.name), col(Account.id))
    )
    return [(row.id, row.name) for row in rows]


def officer(session: Session, account_id: UUID) -> Actor:
    """The colleague to whom comments are given; raises `NotFound` for no such account."""
    return actor_of(session, account(session, account_id))


def number_of_authors(session: Session, subject: Subject) -> int:
    """How many people wrote comments of their own about a subject."""
    people = func.count(func.distinct(col(Comment.author_id)))
    number: int = session.execute(select(people).where(*of(subject), *counts())).scalar_one()
    return number


def stances(session: Session, subject: Subject) -> dict[Stance, int]:
    """How many first comments of each stance there are; every stance is a key."""
    counted = session.execute(
        select(col(Comment.stance), func.count())
        .where(*of(subject), *counts())
        .group_by(col(Comment.stance))
    )
    found = dict(counted.all())
    return {stance: found.get(stance.value, 0) for stance in Stance}


def sources(session: Session, subject: Subject) -> dict[Source | None, int]:
    """How many first comments came in each way that any came in; `None`: through the site."""
    counted = session.execute(
        select(col(Comment.source), func.count())
        .where(*of(subject), *counts())
        .group_by(col(Comment.source))
    )
    found = dict(counted.all())
    named = {source: found[source.value] for source in Source if source.value in found}
    return ({None: found[""]} if "" in found else {}) | named


def reasons(session: Session, subject: Subject) -> dict[Reason, int]:
    """How many comments were answered with each reason; every reason is a key."""
    counted = session.execute(
        select(col(Answer.reason), func.count())
        .join(Comment, col(Comment.answer_id) == col(Answer.id))
        .where(*of(subject), is_shown())
        .group_by(col(Answer.reason))
    )
    found = dict(counted.all())
    return {reason: found.get(reason.value, 0) for reason in Reason}


def changed(session: Session, subject: Subject) -> list[Changed]:
    """The clauses that changed because of comments, those most asked for first."""
    number = func.count().label("number")
    rows = session.execute(
        select(col(Answer.place), func.max(col(Answer.citation)).label("citation"), number)
        .join(Comment, col(Comment.answer_id) == col(Answer.id))
        .where(*of(subject), is_shown(), col(Answer.place) != "")
        .group_by(col(Answer.place))
        .order_by(number.desc(), col(Answer.place))
    )
    return [Changed(row.place, row.citation, row.number) for row in rows]


def is_answered(session: Session, subject: Subject, comment_id: UUID) -> bool:
    """Whether this comment on a subject has its answer."""
    has = select(col(Comment.id)).where(
        *of(subject), col(Comment.id) == comment_id, col(Comment.answer_id).is_not(None)
    )
    return session.scalars(has).first() is not None


def waits() -> tuple[ColumnElement[bool], ...]:
    """The condition that a comment is owed an answer and has none."""
    return *counts(), col(Comment.answer_id).is_(None)


def counts() -> tuple[ColumnElement[bool], ...]:
    """The condition that a comment is owed an answer: of its own, and not withheld."""
    return is_first(), is_shown()


def matches(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions that a comment is one of those asked for."""
    said: list[tuple[Any, ColumnElement[bool]]] = [
        (wanted.place, col(Comment.place) == wanted.place),
        (wanted.stance, col(Comment.stance) == wanted.stance),
        (wanted.assignee_id, col(Comment.assignee_id) == wanted.assignee_id),
        (wanted.is_taken, col(Comment.assignee_id).is_not(None) == wanted.is_taken),
    ]
    return [condition for value, condition in said if value is not None]
