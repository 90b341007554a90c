"""Reads: who holds which roles."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from participation.accounts.models import Account, AccountRole
from participation.core.access import Role


@dataclass(frozen=True, slots=True)
class Holder:
    """An account with a role besides a resident's."""

    account_id: UUID
    name: str
    email: str
    roles: tuple[Role, ...]


def holders(session: Session, *, limit: int) -> list[Holder]:
    """Everybody who works here, by name."""
    rows = session.execute(
        select(col(Account.id), col(Account.name), col(Account.email), col(AccountRole.role))
        .join(AccountRole, col(AccountRole.account_id) == col(Account.id))
        .where(col(AccountRole.role) != Role.RESIDENT.value)
        .order_by(func.lower(col(Account.name)), col(Account.id), col(AccountRole.role))
        .limit(limit)
    )
    found: dict[UUID, Holder] = {}
    for account_id, name, email, role in rows:
        before = found[account_id].roles if account_id in found else ()
        found[account_id] = Holder(account_id, name, email, (*before, Role(role)))
    return list(found.values())
