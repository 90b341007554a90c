"""Acts: a browser is told from now on, or no more; news is claimed for telling. None commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.core.access import Actor
from participation.core.errors import Invalid
from participation.core.words import words
from participation.notices.models import Notice
from participation.notices.push.models import PushSubscription
from participation.notices.push.rules import MOST_DEVICES, Device, from_b64, to_b64
from participation.notices.stories import stories_of

MOST_PEOPLE = 100
"""More wait for the next minute."""


@dataclass(frozen=True, slots=True)
class Due:
    """A browser whose owner has news, and their language."""

    id: UUID
    device: Device
    language: str


def add_device(session: Session, actor: Actor, device: Device, name: str, now: datetime) -> None:
    """Tells this browser from now on, and nobody who used it before; raises `Invalid`.

    Older news is not told again.
    """
    same = col(PushSubscription.endpoint) == device.endpoint
    session.execute(delete(PushSubscription).where(same))
    mine = col(PushSubscription.account_id) == actor.id
    number = session.scalars(select(func.count()).select_from(PushSubscription).where(mine)).one()
    if number >= MOST_DEVICES:
        message = words(
            "%(most)s devices show your news already. Remove one first.", most=MOST_DEVICES
        )
        raise Invalid(message)
    row = PushSubscription(
        account_id=actor.id,
        endpoint=device.endpoint,
        p256dh=to_b64(device.p256dh),
        auth=to_b64(device.auth),
        name=name,
        created_at=now,
    )
    session.add(row)
    old = (col(Notice.account_id) == actor.id, ~col(Notice.is_pushed))
    session.execute(update(Notice).where(*old).values(is_pushed=True))
    session.flush()


def remove_device(session: Session, actor: Actor, device_id: UUID) -> None:
    """Tells this browser no more, if it is the actor's; a second time changes nothing."""
    row = (col(PushSubscription.id) == device_id, col(PushSubscription.account_id) == actor.id)
    session.execute(delete(PushSubscription).where(*row))


def drop_gone(session: Session, device_ids: Sequence[UUID]) -> None:
    """Forgets browsers whose service says that they are gone."""
    session.execute(delete(PushSubscription).where(col(PushSubscription.id).in_(device_ids)))


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Erases the devices of somebody who leaves."""
    session.execute(delete(PushSubscription).where(col(PushSubscription.account_id) == actor.id))


def claim(session: Session) -> list[Due]:
    """The browsers of people with unread news that no device was told of; claimed once.

    What was withheld meanwhile is no news.
    """
    is_new = (~col(Notice.is_pushed), ~col(Notice.is_read))
    people = session.scalars(
        select(col(Notice.account_id))
        .where(*is_new, col(Notice.account_id).in_(select(col(PushSubscription.account_id))))
        .distinct()
        .limit(MOST_PEOPLE)
    ).all()
    if not people:
        return []
    claimed = session.scalars(
        update(Notice)
        .where(col(Notice.account_id).in_(people), *is_new)
        .values(is_pushed=True)
        .returning(Notice)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).all()
    shown = (each for each in stories_of(session, claimed) if not each.is_hidden)
    return _devices(session, {each.notice.account_id for each in shown})


def _devices(session: Session, account_ids: set[UUID]) -> list[Due]:
    rows = session.execute(
        select(PushSubscription, col(Account.language))
        .join(Account, col(Account.id) == col(PushSubscription.account_id))
        .where(col(PushSubscription.account_id).in_(account_ids))
        .order_by(col(Account.language), func.random())  # nobody is always the last in line
    )
    return [
        Due(row.id, Device(row.endpoint, from_b64(row.p256dh), from_b64(row.auth)), language)
        for row, language in rows
    ]
