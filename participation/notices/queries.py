"""Reads: what somebody follows and was told, how they want mail, what stands behind a notice."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.areas.models import Area
from participation.areas.rules import id_of
from participation.comments.models import Comment
from participation.consultations.history import wordings
from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import NotFound
from participation.core.words import words
from participation.meetings.models import Meeting
from participation.notices.models import Follow, Notice, NoticeSetting
from participation.notices.rules import (
    AREA,
    COMMENT,
    MEETING,
    ORGANISATION,
    SURVEY,
    TOPIC,
    VOTE,
    Followed,
    Rhythm,
    Wanted,
)
from participation.organisations.models import Organisation
from participation.surveys.models import Survey
from participation.topics.models import Topic
from participation.votes.models import Vote

MOST_COUNTED = 100
"""The header says no more than 99+."""


@dataclass(frozen=True, slots=True)
class NewsPlace:
    """Where a page of news ended."""

    is_read: bool
    at: datetime
    cause_id: UUID


@dataclass(frozen=True, slots=True)
class FollowPlace:
    """Where a page of what somebody follows ended."""

    since: datetime
    kind: str
    subject_id: UUID
    place: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom a letter goes."""

    id: UUID
    name: str
    email: str
    language: str


def number_unread(session: Session, account_id: UUID) -> int:
    """How many notices wait for an account, at most 100: one look into an index."""
    some = (
        select(col(Notice.cause_id))
        .where(col(Notice.account_id) == account_id, col(Notice.is_read).is_(False))
        .limit(MOST_COUNTED)
        .subquery()
    )
    return session.scalars(select(func.count()).select_from(some)).one()


def news(
    session: Session, account_id: UUID, *, after: NewsPlace | None = None, limit: int
) -> list[Notice]:
    """One page of what an account was told: the unread first, then the latest."""
    is_read, at, cause = col(Notice.is_read), col(Notice.at), col(Notice.cause_id)
    query = select(Notice).where(col(Notice.account_id) == account_id)
    if after is not None:
        later = or_(at < after.at, (at == after.at) & (cause < after.cause_id))
        same_part = (is_read == after.is_read) & later
        query = query.where(same_part if after.is_read else or_(is_read.is_(True), same_part))
    return list(session.scalars(query.order_by(is_read, at.desc(), cause.desc()).limit(limit)))


def notice(session: Session, account_id: UUID, cause_id: UUID) -> Notice:
    """One notice of an account; raises `NotFound`."""
    found = session.get(Notice, (account_id, cause_id))
    if found is None:
        raise NotFound(words("This news is too old, or it was somebody else's."))
    return found


def wanted(session: Session, account_id: UUID) -> Wanted:
    """How an account wants mail."""
    row = session.get(NoticeSetting, account_id)
    return Wanted() if row is None else Wanted(Rhythm(row.rhythm), row.answers_at_once)


def wanted_by(session: Session, account_ids: Collection[UUID]) -> dict[UUID, Wanted]:
    """How those of these accounts who chose want mail."""
    rows = session.scalars(
        select(NoticeSetting).where(col(NoticeSetting.account_id).in_(account_ids))
    )
    return {row.account_id: Wanted(Rhythm(row.rhythm), row.answers_at_once) for row in rows}


def is_followed(session: Session, account_id: UUID, thing: Followed) -> bool:
    """Whether an account hears of this; of its own comments it does unless it stopped."""
    row = session.get(Follow, (account_id, thing.kind, thing.subject_id, thing.place))
    return row is None if thing.is_own else row is not None and not row.is_stopped


def follows(
    session: Session, account_id: UUID, *, after: FollowPlace | None = None, limit: int
) -> list[Follow]:
    """One page of what somebody follows, the latest first."""
    key = (col(Follow.since), col(Follow.kind), col(Follow.subject_id), col(Follow.place))
    query = select(Follow).where(
        col(Follow.account_id) == account_id, col(Follow.is_stopped).is_(False)
    )
    if after is not None:
        ended = (after.since, after.kind, after.subject_id, after.place)
        query = query.where(tuple_(*key) < tuple_(*ended))
    return list(session.scalars(query.order_by(*(each.desc() for each in key)).limit(limit)))


def number_followed(session: Session, account_id: UUID) -> int:
    """How many things somebody follows."""
    mine = (col(Follow.account_id) == account_id, col(Follow.is_stopped).is_(False))
    return session.scalars(select(func.count()).select_from(Follow).where(*mine)).one()


def check_followable(session: Session, thing: Followed) -> None:
    """Nothing for something public that can be followed; raises `NotFound` for all else."""
    found = session.get(_TABLES[thing.kind], thing.subject_id) if thing.kind in _TABLES else None
    is_there = found is not None and _IS_PUBLIC.get(thing.kind, _always)(found)
    if thing.kind == AREA:
        is_there = _area_id(session, thing.subject_id) is not None
    if not is_there or (thing.place and thing.kind != SUBJECT_KIND):
        raise NotFound(words("There is nothing here that could be followed."))
    if thing.place:
        wordings(session, thing.subject_id, thing.place)


def id_by_name(session: Session, kind: str, name: str) -> UUID:
    """The id of an area by its code, of anything else by its slug; raises `NotFound`."""
    if kind == AREA:
        return id_of(name)
    table = _TABLES[kind]
    found: UUID | None = session.scalars(select(table.id).where(table.slug == name)).one_or_none()
    if found is None:
        raise NotFound(words("There is nothing here that could be followed."))
    return found


def _area_id(session: Session, area_id: UUID) -> UUID | None:
    return session.scalars(select(col(Area.id)).where(col(Area.id) == area_id)).one_or_none()


def _always(_row: Any) -> bool:
    return True


_TABLES: dict[str, Any] = {
    COMMENT: Comment,
    MEETING: Meeting,
    ORGANISATION: Organisation,
    SUBJECT_KIND: Consultation,
    SURVEY: Survey,
    TOPIC: Topic,
    VOTE: Vote,
}
_IS_PUBLIC: dict[str, Callable[[Any], bool]] = {
    COMMENT: lambda row: row.thread_id is None,
    MEETING: lambda row: row.announced_at is not None,
    SUBJECT_KIND: lambda row: row.announced_at is not None,
    SURVEY: lambda row: row.opened_at is not None,
    VOTE: lambda row: row.announced_at is not None,
}
"""What makes a row public; topics and organisations always are."""


def is_author(session: Session, account_id: UUID, thing: Followed) -> bool:
    """Whether it is a comment that this account wrote."""
    found = session.get(Comment, thing.subject_id) if thing.kind == COMMENT else None
    return found is not None and found.author_id == account_id


def recipients(session: Session, account_ids: Collection[UUID]) -> list[Recipient]:
    """Who has a confirmed address among these accounts, by language."""
    rows = session.execute(
        select(col(Account.id), col(Account.name), col(Account.email), col(Account.language))
        .where(col(Account.id).in_(account_ids), col(Account.confirmed_at).is_not(None))
        .order_by(col(Account.language), col(Account.id))
    )
    return [Recipient(*row) for row in rows]


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """What somebody follows, was told and chose, row by row, for its owner."""
    for each in session.scalars(select(Follow).where(col(Follow.account_id) == account_id)):
        yield {
            "kind": "stopped following" if each.is_stopped else "follows",
            "at": each.since,
            "about": f"{each.kind}/{each.subject_id}/{each.place}".rstrip("/"),
        }
    told = select(Notice).where(col(Notice.account_id) == account_id)
    for row in session.scalars(told.order_by(col(Notice.at))):
        yield {"kind": "notice", "at": row.at, "told": row.kind, "is read": row.is_read}
    chosen = session.get(NoticeSetting, account_id)
    if chosen is not None:
        yield {
            "kind": "mail",
            "rhythm": chosen.rhythm,
            "answers at once": chosen.answers_at_once,
        }
