"""Reads for the matrix and for answers: rows in the order of the draft, names of its clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, and_, func, literal, select, tuple_
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Answer, Comment
from participation.comments.queries import is_first, of
from participation.comments.rules import Reason, Source, Stance, State, Subject
from participation.comments.standing.queries import is_shown
from participation.consultations.models import DraftClause

_BEYOND = 10_000_000  # the place of comments whose clause is not in the newest version: the end
_BATCH = 500
_WRITTEN_AT = Comment.__table__.c.written_at.type  # type: ignore[attr-defined]  # added unseen


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page of the matrix ended: the clause's position, the moment, the comment's id."""

    position: int
    written_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the matrix. Answer, office and reason are empty until there is an answer."""

    key: Key
    place: str
    citation: str
    author: str
    stance: Stance
    body: str
    state: State
    reason: Reason | None = None
    answer: str = ""
    signed_by: str = ""
    answered_at: datetime | None = None
    changed_place: str = ""
    changed: str = ""
    source: Source | None = None


def entries(
    session: Session, subject: Subject, version_id: UUID, *, after: Key | None = None, limit: int
) -> list[Entry]:
    """One page of the matrix in the order of the draft, then of writing: one query."""
    position = func.coalesce(col(DraftClause.position), _BEYOND)
    at, comment_id = col(Comment.written_at), col(Comment.id)
    is_clause = and_(
        col(DraftClause.version_id) == version_id, col(DraftClause.clause_id) == col(Comment.place)
    )
    query = (
        select(Comment, col(Account.name), Answer, col(DraftClause.citation), position)
        .join(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(Answer, col(Answer.id) == col(Comment.answer_id))
        .outerjoin(DraftClause, is_clause)
        .where(*of(subject), is_first(), is_shown())
    )
    if after is not None:
        ended = tuple_(
            literal(after.position),
            literal(after.written_at, _WRITTEN_AT),
            literal(after.id, Uuid()),
        )
        query = query.where(tuple_(position, at, comment_id) > ended)
    return [
        _entry(*row)
        for row in session.execute(query.order_by(position, at, comment_id).limit(limit))
    ]


def all_entries(session: Session, subject: Subject, version_id: UUID) -> Iterator[Entry]:
    """The whole matrix, read in batches: memory stays the same however long it is."""
    after: Key | None = None
    while batch := entries(session, subject, version_id, after=after, limit=_BATCH):
        yield from batch
        after = batch[-1].key


def clause_names(session: Session, version_id: UUID) -> list[tuple[str, str]]:
    """Id and citation of every clause of a version, in reading order."""
    rows = session.execute(
        select(col(DraftClause.clause_id), col(DraftClause.citation))
        .where(col(DraftClause.version_id) == version_id, col(DraftClause.block) >= 0)
        .order_by(col(DraftClause.position))
    )
    return [(row.clause_id, row.citation) for row in rows]


def _entry(
    comment: Comment, author: str, answer: Answer | None, citation: str | None, position: int
) -> Entry:
    if comment.stance is None:  # replies are not in the matrix
        raise ValueError("a reply stands in the matrix")
    return Entry(
        key=Key(position, comment.written_at, comment.id),
        place=comment.place,
        citation=citation or comment.place,
        author=author,
        stance=Stance(comment.stance),
        body=comment.body,
        state=_state(comment),
        reason=Reason(answer.reason) if answer and answer.reason else None,
        answer=answer.body if answer else "",
        signed_by=f"{answer.name}, {answer.office}" if answer else "",
        answered_at=answer.written_at if answer else None,
        changed_place=answer.place if answer else "",
        changed=answer.citation if answer else "",
        source=Source(comment.source) if comment.source else None,
    )


def _state(comment: Comment) -> State:
    if comment.answer_id is not None:
        return State.ANSWERED
    return State.HEARD if comment.considered_at is None else State.CONSIDERED
