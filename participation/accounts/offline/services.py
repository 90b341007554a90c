"""Acts: an author who cannot sign in. It flushes and never commits."""

from datetime import datetime

from sqlmodel import Session

from participation.accounts.models import Account
from participation.accounts.offline.rules import NO_PASSWORD, UNNAMED, nowhere
from participation.core.ids import new_id


def make_author(session: Session, name: str, at: datetime) -> Account:
    """An account for somebody without one: no address, no password, no role.

    `name` as signed; empty for somebody who does not want to be named.
    """
    account_id = new_id()
    author = Account(
        id=account_id,
        email=nowhere(account_id),
        name=name or UNNAMED,
        password_hash=NO_PASSWORD,
        created_at=at,
    )
    session.add(author)
    session.flush()
    return author
