"""Acts of readers: follow, stop, read, choose how often mail comes. Each flushes; none commits.

Following is nobody else's business: it leaves no event.
"""

from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy import case, delete, update
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.core.access import Actor
from participation.notices.models import Follow, Notice, NoticeSetting
from participation.notices.rules import TOLD_BY_LETTER, Followed, Kind, Wanted, due_at


def follow(session: Session, actor: Actor, thing: Followed, now: datetime) -> None:
    """Notes that the actor follows it; a second time changes nothing.

    One's own comment is followed without a note, so following it again takes the stop away.
    """
    found = _row(session, actor, thing)
    if thing.is_own and found is not None:
        session.delete(found)
    elif not thing.is_own:
        session.merge(found or _new(actor, thing, now))
    session.flush()


def stop_following(session: Session, actor: Actor, thing: Followed, now: datetime) -> None:
    """Follows it no more; of one's own comment this is noted, because it is followed by itself."""
    found = _row(session, actor, thing)
    if thing.is_own:
        row = found or _new(actor, thing, now)
        row.is_stopped = True
        session.add(row)
    elif found is not None:
        session.delete(found)
    session.flush()


def mark_read(session: Session, actor: Actor, cause_id: UUID | None = None) -> None:
    """Notes that one notice, or without `cause_id` every one, was read: no letter repeats it."""
    own = update(Notice).where(col(Notice.account_id) == actor.id, ~col(Notice.is_read))
    if cause_id is not None:
        own = own.where(col(Notice.cause_id) == cause_id)
    session.execute(own.values(is_read=True, mail_due_at=None))


def choose_mail(
    session: Session, account_id: UUID, wanted: Wanted, now: datetime, zone: tzinfo
) -> None:
    """Sets how often mail comes, for what waits already too."""
    session.merge(
        NoticeSetting(
            account_id=account_id,
            rhythm=wanted.rhythm.value,
            answers_at_once=wanted.answers_at_once,
        )
    )
    account = session.get_one(Account, account_id)
    due = due_at(wanted.rhythm, now, zone) if account.confirmed_at is not None else None
    waits = (
        col(Notice.account_id) == account_id,
        col(Notice.mail_due_at).is_not(None),
        col(Notice.kind).not_in([each.value for each in TOLD_BY_LETTER]),
    )
    answer_due = case((col(Notice.kind) == Kind.ANSWERED.value, col(Notice.mail_due_at)), else_=due)
    values = answer_due if wanted.answers_at_once else due
    session.execute(update(Notice).where(*waits).values(mail_due_at=values))
    session.flush()


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Erases what somebody who leaves follows and was told."""
    erase_notices(session, actor.id)


def erase_notices(session: Session, account_id: UUID) -> None:
    """Deletes everything that an account follows, was told and chose."""
    for table in (Follow, Notice, NoticeSetting):
        session.execute(delete(table).where(col(table.account_id) == account_id))


def _row(session: Session, actor: Actor, thing: Followed) -> Follow | None:
    return session.get(Follow, (actor.id, thing.kind, thing.subject_id, thing.place))


def _new(actor: Actor, thing: Followed, now: datetime) -> Follow:
    return Follow(
        account_id=actor.id,
        kind=thing.kind,
        subject_id=thing.subject_id,
        place=thing.place,
        since=now,
    )
