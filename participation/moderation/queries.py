"""Reads: a comment in its place, the public log and its figures."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.comments.standing.models import Withholding
from participation.comments.standing.rules import Rule, Withheld
from participation.consultations.models import Consultation, DraftClause, DraftVersion
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import NotFound
from participation.core.words import words
from participation.moderation.models import Appeal, Flag, ModerationAct
from participation.moderation.rules import Kind


@dataclass(frozen=True, slots=True)
class Case:
    """A comment in its place, with its words even where these are withheld.

    `answers_to` are the words of the comment that a reply belongs to, empty for first comments.
    """

    comment: Comment
    author: str
    body: str
    withheld: Withheld | None
    withheld_at: datetime | None
    appeal_until: datetime | None
    slug: str
    title: str
    citation: str
    clause: str
    answers_to: str


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where a page of the log ended."""

    at: datetime
    id: UUID


def case(session: Session, comment_id: UUID) -> Case:
    """A comment in its place; raises `NotFound`. One query."""
    first, text = _first(), func.coalesce(Withholding.body, Comment.body)
    row = session.execute(
        select(
            Comment,
            col(Account.name),
            text,
            col(Withholding.kind),
            col(Withholding.at),
            col(Withholding.appeal_until),
            col(Consultation.slug),
            col(Consultation.title),
            func.coalesce(DraftClause.citation, Comment.place),
            func.coalesce(DraftClause.text, ""),
            func.coalesce(first.c.body, ""),
        )
        .join(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .join(Consultation, is_about())
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
        .outerjoin(first, first.c.id == col(Comment.thread_id))
        .where(col(Comment.id) == comment_id)
    ).one_or_none()
    if row is None:
        raise NotFound(words("There is no such comment."))
    comment, author, body, kind, *rest = row
    return Case(comment, author, body, Withheld(kind) if kind else None, *rest)


def open_flags(session: Session, comment_id: UUID) -> list[Flag]:
    """The flags of a comment that no moderator has settled, the earliest first."""
    found = select(Flag).where(col(Flag.comment_id) == comment_id, col(Flag.settled_at).is_(None))
    return list(session.scalars(found.order_by(col(Flag.at), col(Flag.id))))


def has_flagged(session: Session, comment_id: UUID, account_id: UUID) -> bool:
    """Whether somebody has flagged a comment before."""
    found = select(col(Flag.id)).where(
        col(Flag.comment_id) == comment_id, col(Flag.account_id) == account_id
    )
    return session.scalars(found).first() is not None


def appeal(session: Session, appeal_id: UUID) -> Appeal:
    """An appeal; raises `NotFound`."""
    found = session.get(Appeal, appeal_id)
    if found is None:
        raise NotFound(words("There is no such appeal."))
    return found


def act(session: Session, act_id: UUID) -> ModerationAct:
    """An act of the log; raises `NotFound`."""
    found = session.get(ModerationAct, act_id)
    if found is None:
        raise NotFound(words("There is no such act."))
    return found


def last_removal(session: Session, comment_id: UUID) -> ModerationAct:
    """The latest removal of a comment; raises `NotFound`."""
    found = session.scalars(
        select(ModerationAct)
        .where(
            col(ModerationAct.comment_id) == comment_id,
            col(ModerationAct.kind) == Kind.REMOVED.value,
        )
        .order_by(col(ModerationAct.at).desc(), col(ModerationAct.id))
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotFound(words("This comment is not removed."))
    return found


def appeal_against(session: Session, act_id: UUID) -> Appeal | None:
    """The appeal against a removal, if there is one."""
    return session.scalars(select(Appeal).where(col(Appeal.act_id) == act_id)).one_or_none()


def log(
    session: Session, *, after: LogPlace | None = None, limit: int
) -> Sequence[tuple[ModerationAct, str, str]]:
    """One page of the public log, the newest first: acts with slug and title. One query."""
    at, act_id = col(ModerationAct.at), col(ModerationAct.id)
    query: Select[*tuple[Any, ...]] = select(
        ModerationAct, col(Consultation.slug), col(Consultation.title)
    ).join(Consultation, col(Consultation.id) == col(ModerationAct.consultation_id))
    if after is not None:
        query = query.where((at < after.at) | ((at == after.at) & (act_id < after.id)))
    rows = session.execute(query.order_by(at.desc(), act_id.desc()).limit(limit))
    return [(found, slug, title) for found, slug, title in rows]


def acts_since(session: Session, since: datetime) -> list[tuple[datetime, Kind, int | None]]:
    """Moment, kind and waiting time of every act since a moment: one query."""
    rows = session.execute(
        select(
            col(ModerationAct.at), col(ModerationAct.kind), col(ModerationAct.waited_seconds)
        ).where(col(ModerationAct.at) >= since)
    )
    return [(at, Kind(kind), waited) for at, kind, waited in rows]


def flags_since(session: Session, since: datetime) -> Sequence[datetime]:
    """When flags were raised since a moment."""
    return session.scalars(select(col(Flag.at)).where(col(Flag.at) >= since)).all()


def appeals_since(session: Session, since: datetime) -> Sequence[datetime]:
    """When appeals were made since a moment."""
    made = col(Appeal.made_at)
    return session.scalars(select(made).where(made >= since)).all()


def rules_flagged(flags: Collection[Flag]) -> dict[Rule, int]:
    """How many flags name each rule."""
    named = [Rule(flag.rule) for flag in flags]
    return {rule: named.count(rule) for rule in Rule if rule in named}


def is_about() -> ColumnElement[bool]:
    """The condition that joins a comment with the consultation that it is about."""
    is_kind = col(Comment.subject_kind) == SUBJECT_KIND
    return is_kind & (col(Consultation.id) == col(Comment.subject_id))


def _first() -> Any:
    """First comments, as the ones that replies belong to."""
    table = Comment.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    return table.alias("first_comment")


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """What somebody flagged, and their appeals, row by row."""
    flags = select(Flag).where(col(Flag.account_id) == account_id).order_by(col(Flag.at))
    for each in session.scalars(flags):
        yield {"kind": "flag", "at": each.at, "comment": each.comment_id, "rule": each.rule,
               "text": each.body}  # fmt: skip
    own = select(col(Comment.id)).where(col(Comment.author_id) == account_id)
    appeals = select(Appeal).where(col(Appeal.comment_id).in_(own))
    for made in session.scalars(appeals.order_by(col(Appeal.made_at))):
        yield {"kind": "appeal", "at": made.made_at, "comment": made.comment_id,
               "text": made.body, "outcome": made.outcome}  # fmt: skip
