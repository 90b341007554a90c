"""Reads: accounts by id and address, the actor behind a login token, kept forms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy
from sqlmodel import Session, col, func, select

from participation.accounts.models import Account, AccountRole, KeptForm, LoginSession
from participation.core.access import Actor, Role
from participation.core.errors import NotFound
from participation.core.ids import token_hash
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class Login:
    """A living login session: who it is, and when it was last written that they came."""

    actor: Actor
    seen_at: datetime


def account(session: Session, account_id: UUID) -> Account:
    """The account; raises `NotFound`."""
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound(words("There is no such account."))
    return found


def account_by_email(session: Session, email: str) -> Account | None:
    """The account whose sign-in name is `email` (clean), if there is one."""
    return session.exec(select(Account).where(Account.email == email)).one_or_none()


def roles_of(session: Session, account_id: UUID) -> frozenset[Role]:
    """The roles of an account."""
    rows = session.exec(select(AccountRole.role).where(AccountRole.account_id == account_id))
    return frozenset(Role(role) for role in rows)


def holders_of(session: Session, role: Role) -> frozenset[UUID]:
    """The accounts with a role; on PostgreSQL others wait to change them until this one ends."""
    held = select(AccountRole.account_id).where(AccountRole.role == role.value)
    return frozenset(session.exec(held.with_for_update()))


def names_of(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The display names of several accounts, in one query."""
    if not account_ids:
        return {}
    rows = session.exec(
        select(Account.id, Account.name).where(col(Account.id).in_(set(account_ids)))
    )
    return dict(rows.all())


def actor_of(session: Session, found: Account) -> Actor:
    """The account as an actor, with its roles."""
    roles = roles_of(session, found.id)
    return Actor(found.id, found.name, roles, found.language)


def login(session: Session, token: str, at: datetime) -> Login | None:
    """The living login session behind a token: one query; nothing when unknown or expired."""
    rows = session.execute(
        sqlalchemy.select(
            col(Account.id),
            col(Account.name),
            col(Account.language),
            col(AccountRole.role),
            col(LoginSession.seen_at),
        )
        .select_from(LoginSession)
        .join(Account, col(LoginSession.account_id) == col(Account.id))
        .outerjoin(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(col(LoginSession.token_hash) == token_hash(token), col(LoginSession.expires_at) > at)
    ).all()
    if not rows:
        return None
    account_id, name, language, _role, seen_at = rows[0]
    roles = frozenset(Role(row[3]) for row in rows if row[3])
    return Login(Actor(account_id, name, roles, language), seen_at)


def sessions_of(session: Session, account_id: UUID, at: datetime) -> list[LoginSession]:
    """The browsers in which an account is signed in, the latest first."""
    found = session.exec(
        select(LoginSession)
        .where(LoginSession.account_id == account_id, col(LoginSession.expires_at) > at)
        .order_by(col(LoginSession.seen_at).desc())
    )
    return list(found)


def kept_form(session: Session, token: str, account_id: UUID, at: datetime) -> dict[str, list[str]]:
    """The fields of a kept form of this account; empty when there is none any more."""
    kept = session.exec(
        select(KeptForm).where(
            KeptForm.token_hash == token_hash(token),
            KeptForm.account_id == account_id,
            col(KeptForm.expires_at) > at,
        )
    ).one_or_none()
    return {} if kept is None else dict(kept.fields)


def number_of_accounts(session: Session) -> int:
    """How many people have an account."""
    return session.exec(select(func.count()).select_from(Account)).one()
