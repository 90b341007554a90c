"""Acts: a reply addresses people; somebody who leaves is addressed no more."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.comments.mentions.models import Mention
from participation.comments.mentions.rules import Participant


def address(session: Session, comment_id: UUID, people: Iterable[Participant]) -> None:
    """Notes whom a new reply addresses: each person once, by the first that names them."""
    by_account: dict[UUID, Participant] = {}
    for each in people:
        by_account.setdefault(each.account_id, each)
    session.add_all(
        Mention(comment_id=comment_id, account_id=each.account_id, said_id=each.said_id)
        for each in by_account.values()
    )
    session.flush()


def forget_mentions(session: Session, account_id: UUID) -> None:
    """Leads nobody to somebody who has left."""
    session.execute(delete(Mention).where(col(Mention.account_id) == account_id))
