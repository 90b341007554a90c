"""Builders of people for tests; their password costs no time to make."""

from datetime import UTC, datetime, timedelta

from participation.accounts import queries, services
from participation.accounts.models import Account, AccountRole
from participation.core.access import Actor, Role
from participation.core.passwords import hash_password

PASSWORD = "pisang goreng hangat"
PASSWORD_HASH = hash_password(PASSWORD)
MORNING = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that the test moves."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **span: float) -> datetime:
        """Moves on by a timedelta's words, such as `minutes=5`."""
        self.moment += timedelta(**span)
        return self.moment


def make_person(session, name="Sri Hartati", *roles: Role, email="") -> Actor:
    """A person with an account; a resident unless roles are given."""
    email = email or name.lower().replace(" ", ".") + "@example.id"
    account = Account(
        email=email, name=name, password_hash=PASSWORD_HASH, created_at=MORNING, language="en"
    )
    session.add(account)
    session.flush()
    for role in roles or (Role.RESIDENT,):
        session.add(AccountRole(account_id=account.id, role=role))
    session.flush()
    return queries.actor_of(session, account)


def sign_in(client, session, actor: Actor, at: datetime = MORNING) -> str:
    """Signs a client in as `actor` without the sign-in page; gives the login token."""
    token = services.start_session(session, actor, "test", at)
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return token
