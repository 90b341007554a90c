"""Acts: leaving. It flushes and never commits."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.accounts import queries
from participation.accounts.leaving.rules import FORMER_NAME, check_may_leave, nowhere
from participation.accounts.models import (
    Account,
    AccountRole,
    KeptForm,
    LoginSession,
    MailedLink,
    Passkey,
)
from participation.core.access import Actor
from participation.core.errors import Invalid
from participation.core.events import EventTag, record
from participation.core.mail import Letter
from participation.core.passwords import check_password
from participation.core.words import words

Forget = Callable[[Session, Actor, datetime], None]
"""Erases what a feature knows about somebody who leaves: `(session, actor, now)`."""

_NO_PASSWORD = "-"  # noqa: S105 - no hash: nothing that anybody types fits it
_OWN = (AccountRole, LoginSession, MailedLink, Passkey, KeptForm)


def leave(
    session: Session, actor: Actor, now: datetime, *, password: str, forget: Iterable[Forget]
) -> None:
    """Erases the actor's account; `forget` erases what is kept about them, and what they wrote.

    What refers to the account still does, and finds a former resident: no address, no password,
    no role. Raises `Invalid` for a wrong password, `Conflict` for those who work here.
    """
    account = queries.account(session, actor.id)
    check_may_leave(queries.roles_of(session, actor.id))
    _prove(account, password)
    for each in forget:
        each(session, actor, now)
    session.execute(delete(Letter).where(col(Letter.recipient) == account.email))
    for table in _OWN:
        session.execute(delete(table).where(col(table.account_id) == actor.id))
    account.email, account.name = nowhere(account.id), FORMER_NAME
    account.password_hash, account.confirmed_at = _NO_PASSWORD, None
    session.flush()
    record(session, EventTag.ACCOUNTS_ACCOUNT_LEAVE, at=now, actor=actor,
           subject=("account", account.id))  # fmt: skip


def _prove(account: Account, password: str) -> None:
    try:
        check_password(account.password_hash, password)
    except Invalid as error:
        raise Invalid(words("The password is not right."), field="password") from error
