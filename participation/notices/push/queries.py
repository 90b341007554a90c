"""Reads: the browsers that are told of somebody's news."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from participation.notices.push.models import PushSubscription


def devices(session: Session, account_id: UUID) -> list[PushSubscription]:
    """An account's, the first one first."""
    query = select(PushSubscription).where(col(PushSubscription.account_id) == account_id)
    return list(session.scalars(query.order_by(col(PushSubscription.created_at))))


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """The devices that get somebody's news, for their owner."""
    for each in devices(session, account_id):
        yield {
            "kind": "device that gets news",
            "at": each.created_at,
            "name": each.name,
            "address": each.endpoint,
        }
