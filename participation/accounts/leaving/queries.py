"""Reads: what the accounts feature itself knows about a person."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session, col, select

from participation.accounts import queries
from participation.accounts.models import LoginSession, Passkey
from participation.core.events import Event


def remember(session: Session, account_id: UUID) -> Iterator[dict[str, object]]:
    """The account, its roles, browsers and passkeys, and the trace of every act, row by row."""
    found = queries.account(session, account_id)
    roles = sorted(role.value for role in queries.roles_of(session, account_id))
    yield {
        "kind": "account",
        "email": found.email,
        "name": found.name,
        "language": found.language,
        "roles": roles,
        "created_at": found.created_at,
        "confirmed_at": found.confirmed_at,
    }
    for each in session.exec(select(LoginSession).where(LoginSession.account_id == account_id)):
        yield {"kind": "browser", "device": each.device, "since": each.created_at}
    for key in session.exec(select(Passkey).where(Passkey.account_id == account_id)):
        yield {"kind": "passkey", "name": key.name, "since": key.created_at}
    acts = select(Event).where(Event.actor_id == account_id).order_by(col(Event.at))
    for act in session.exec(acts.execution_options(yield_per=500)):
        yield {"kind": "act", "at": act.at, "tag": act.tag, "subject": act.subject_id}
