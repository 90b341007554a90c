"""Reads: who takes part in a thread, whom replies address, where somebody is addressed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.mentions.models import Mention
from participation.comments.mentions.rules import Participant
from participation.comments.models import Comment
from participation.comments.quoting import first_words
from participation.comments.standing.queries import is_shown

_BEGINNING = 400


@dataclass(frozen=True, slots=True)
class Addressed:
    """Somebody whom a reply addresses, and what they said in its thread."""

    account_id: UUID
    name: str
    said_id: UUID


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A reply that addresses somebody."""

    comment_id: UUID
    subject_kind: str
    subject_id: UUID
    place: str
    author_id: UUID
    author: str
    written_at: datetime


def participants(
    session: Session, thread_id: UUID, *, but: UUID | None = None, limit: int
) -> list[Participant]:
    """Who takes part in a thread except `but`, the latest to speak first: one query."""
    latest_first = (col(Comment.written_at).desc(), col(Comment.id))
    spoke = (
        select(
            col(Comment.id),
            col(Comment.author_id),
            func.substr(col(Comment.body), 1, _BEGINNING).label("body"),
            col(Comment.written_at),
            func.row_number()
            .over(partition_by=col(Comment.author_id), order_by=latest_first)
            .label("number"),
        )
        .where(
            or_(col(Comment.id) == thread_id, col(Comment.thread_id) == thread_id),
            is_shown(),
            *([col(Comment.author_id) != but] if but is not None else []),
        )
        .subquery()
    )
    rows = session.execute(
        select(spoke.c.author_id, col(Account.name), spoke.c.id, spoke.c.body)
        .join(Account, col(Account.id) == spoke.c.author_id)
        .where(spoke.c.number == 1)
        .order_by(spoke.c.written_at.desc(), spoke.c.id)
        .limit(limit)
    )
    return [Participant(who, name, said, first_words(body)) for who, name, said, body in rows]


def addressed(session: Session, comment_ids: Collection[UUID]) -> dict[UUID, tuple[Addressed, ...]]:
    """Whom each of these replies addresses, by name; none is a key that addresses nobody."""
    rows = session.execute(
        select(
            col(Mention.comment_id),
            col(Mention.account_id),
            col(Account.name),
            col(Mention.said_id),
        )
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(col(Mention.comment_id).in_(comment_ids))
        .order_by(col(Account.name), col(Mention.said_id))
    )
    found: dict[UUID, tuple[Addressed, ...]] = defaultdict(tuple)
    for comment_id, *told in rows:
        found[comment_id] += (Addressed(*told),)
    return dict(found)


def mentions_of(
    session: Session, account_id: UUID, *, since: datetime, limit: int
) -> list[Mentioned]:
    """The replies since a moment that address somebody and are shown, the earliest first."""
    rows = session.execute(
        select(
            col(Comment.id),
            col(Comment.subject_kind),
            col(Comment.subject_id),
            col(Comment.place),
            col(Comment.author_id),
            col(Account.name),
            col(Comment.written_at),
        )
        .join(Mention, col(Mention.comment_id) == col(Comment.id))
        .join(Account, col(Account.id) == col(Comment.author_id))
        .where(col(Mention.account_id) == account_id, col(Comment.written_at) >= since, is_shown())
        .order_by(col(Comment.written_at), col(Comment.id))
        .limit(limit)
    )
    return [Mentioned(*row) for row in rows]
