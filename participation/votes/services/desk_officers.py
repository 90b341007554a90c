"""Officers at the desk of a vote: whom the organiser names, and which of their keys may sign."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from ballots.draft import Draft
from ballots.services.context import Context
from participation.accounts.models import Account, AccountRole, Passkey
from participation.accounts.passkeys.queries import passkeys_of
from participation.core.access import GRANTS, Actor, Permission, allows
from participation.core.errors import Invalid, NotAllowed
from participation.core.events import EventTag
from participation.core.words import words
from participation.votes.models import Vote
from participation.votes.parties import OfficerAtDesk, Parties
from participation.votes.queries import draft_of
from participation.votes.rules import State, check_changeable
from participation.votes.services.steps import record_act


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may be named: how many passkeys they have, and whether they are named already."""

    account_id: UUID
    name: str
    passkeys: int
    is_named: bool


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """One of an officer's passkeys in a draft: its number there, from 1, and its own name."""

    number: int
    credential_id: bytes


@dataclass(frozen=True, slots=True)
class OfficersDesk:
    """An officer's keys for one vote, and where passkeys are used."""

    keys: tuple[OfficerKey, ...]
    rp_id: str
    origins: tuple[str, ...]


def candidates(session: Session, vote: Vote) -> list[Candidate]:
    """Everybody whose role lets them sit at the desk, by name: two queries."""
    roles = [role for role in GRANTS if Permission.VOTES_DESK_CHECK_IN in GRANTS[role]]
    people = session.exec(
        select(Account)
        .where(
            col(Account.id).in_(
                select(AccountRole.account_id).where(col(AccountRole.role).in_(roles))
            )
        )
        .order_by(col(Account.name), col(Account.id))
    ).all()
    keys: dict[UUID, set[bytes]] = {each.id: set() for each in people}
    for passkey in session.exec(select(Passkey).where(col(Passkey.account_id).in_(keys))):
        keys[passkey.account_id].add(bytes(passkey.cose))
    named = {officer.cose for officer in Parties.read(vote.parties).officers}
    return [
        Candidate(each.id, each.name, len(keys[each.id]), bool(keys[each.id] & named))
        for each in people
    ]


def name_officers(
    session: Session, actor: Actor, vote: Vote, account_ids: Collection[UUID], now: datetime
) -> None:
    """These people, with the passkeys that they have now, sit at the desk of a vote.

    Raises `Invalid` for somebody without a passkey or without the role, `Conflict` once the vote
    is announced: who may sign stands in the draft.
    """
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    check_changeable(State(vote.state))
    known = {each.account_id: each for each in candidates(session, vote)}
    officers: list[OfficerAtDesk] = []
    for account_id in account_ids:
        if account_id not in known:
            message = words("Choose from the people who may sit at a desk.")
            raise Invalid(message, field="officers")
        person = known[account_id]
        if not person.passkeys:
            message = words(
                "%(name)s has no passkey yet. It is what an officer confirms with: it is added on"
                " their account page.",
                name=person.name,
            )
            raise Invalid(message, field="officers")
        own = passkeys_of(session, account_id)
        officers += [OfficerAtDesk(person.name, bytes(each.cose)) for each in own]
    vote.parties = replace(Parties.read(vote.parties), officers=tuple(officers)).write()
    session.add(vote)
    record_act(session, EventTag.VOTES_VOTE_EDIT, actor, vote, now)


def officers_desk(session: Session, context: Context, vote: Vote, actor: Actor) -> OfficersDesk:
    """The actor's own keys among those of the draft; `NotAllowed` for who sits at no desk of it."""
    allows(actor, Permission.VOTES_DESK_CHECK_IN)
    draft = draft_of(context, vote)
    keys = _keys(session, draft, actor)
    if not keys:
        message = words(
            "You do not sit at the desk of this vote: none of your passkeys stands in its draft."
        )
        raise NotAllowed(message, code="no-desk-of-yours")
    return OfficersDesk(keys, draft.passkeys.rp_id, draft.passkeys.origins)


def _keys(session: Session, draft: Draft, actor: Actor) -> tuple[OfficerKey, ...]:
    numbers = {each.cose: number for number, each in enumerate(draft.officers, start=1)}
    own = passkeys_of(session, actor.id)
    return tuple(
        OfficerKey(numbers[bytes(each.cose)], each.credential_id)
        for each in own
        if bytes(each.cose) in numbers
    )
