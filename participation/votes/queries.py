"""Reads: votes, who stands on their rolls. Few queries each."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from ballots.draft import Draft
from ballots.label import Counts, Label, label
from ballots.opening import Status
from ballots.services.context import Context, no_witness
from ballots.services.cosigning import Freshness, freshness
from ballots.services.names import read_name
from ballots.store import elections
from ballots.store.tables import election
from participation.accounts.passkeys.queries import keys_by_address
from participation.accounts.queries import account
from participation.core.access import Actor
from participation.core.errors import NotAllowed, NotFound
from participation.core.words import words
from participation.votes.models import Vote, VoteVoter
from participation.votes.parties import Parties
from participation.votes.proposal import Windows
from participation.votes.rules import Situation, State


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a page of a list of votes ended: the moment it is ordered by, and the vote."""

    at: datetime
    id: UUID


def vote_of_slug(session: Session, slug: str) -> Vote:
    """The vote at an address, drafts too; raises `NotFound`."""
    found = session.exec(select(Vote).where(Vote.slug == slug)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such vote."))
    return found


def announced_vote(session: Session, slug: str) -> Vote:
    """The vote at an address once it is announced; raises `NotFound`, also for drafts."""
    found = vote_of_slug(session, slug)
    if found.announced_at is None:
        raise NotFound(words("There is no such vote."))
    return found


def vote_of_eid(session: Session, eid: str) -> Vote:
    """The frozen vote whose election has this name (base64url); raises `NotFound`."""
    found = session.exec(select(Vote).where(Vote.eid == eid)).one_or_none()
    if found is None:
        raise NotFound(words("There is no such vote."))
    return found


def is_slug_taken(session: Session, slug: str) -> bool:
    """Whether another vote has this address."""
    return session.exec(select(Vote.id).where(Vote.slug == slug)).first() is not None


def windows_of(vote: Vote) -> Windows:
    """The times that were promised."""
    return Windows(
        vote.check_in_opens_at,
        vote.check_in_closes_at,
        vote.voting_opens_at,
        vote.voting_closes_at,
    )


def situation(vote: Vote, now: datetime) -> Situation:
    """What decides about the next act on a vote."""
    return Situation(State(vote.state), windows_of(vote), now, vote.roll_size, vote.min_group)


def listed_voters(
    session: Session, vote_id: UUID, *, after: str = "", limit: int | None = None
) -> list[VoteVoter]:
    """People on the roll by address, from the one after `after` on."""
    query = select(VoteVoter).where(VoteVoter.vote_id == vote_id, VoteVoter.voter_id > after)
    return list(session.exec(query.order_by(col(VoteVoter.voter_id)).limit(limit)))


def passkeys_on_roll(session: Session, vote_id: UUID) -> dict[str, tuple[bytes, ...]]:
    """COSE keys of the people on the roll who have passkeys, by address: one query."""
    listed = select(VoteVoter.voter_id).where(VoteVoter.vote_id == vote_id)
    return keys_by_address(session, listed)


def draft_of(context: Context, vote: Vote) -> Draft:
    """The published draft of an announced vote; raises Refused `unknown-election`."""
    if vote.eid is not None:
        return context.election(read_name(vote.eid)).draft
    with context.store.reading() as connection:
        stored = elections.by_eid0(connection, read_name(vote.eid0 or ""))
    return Draft.parse(stored.draft)


def watchers_of(context: Context, vote: Vote) -> tuple[Freshness, ...]:
    """Who watches the ballot box of a frozen vote, and how far each has come."""
    return freshness(context, read_name(vote.eid or ""))


def label_of(draft: Draft, vote: Vote) -> Label:
    """The honest label of an announced vote, as far as it is known and public by now."""
    return label(draft, Counts(**vote.label_counts))


def result_of(session: Session, vote: Vote) -> bytes:
    """The bytes of `result.json` of a counted vote; raises `NotFound`."""
    found = results_of(session, [vote])
    if not found:
        raise NotFound(words("This vote has not been counted yet."))
    return found[vote.id]


def results_of(session: Session, votes: Collection[Vote]) -> dict[UUID, bytes]:
    """The bytes of `result.json` of those that are counted, by the vote's id: one query."""
    named = {read_name(vote.eid): vote.id for vote in votes if vote.eid is not None}
    if not named:
        return {}
    found = session.execute(
        rows(election.c.eid, election.c.result).where(
            election.c.eid.in_(named), election.c.result.is_not(None)
        )
    )
    return {named[bytes(eid)]: bytes(result) for eid, result in found}


def statuses_of(context: Context, vote: Vote) -> Mapping[Status, int]:
    """How many of a counted vote's ballots have which status."""
    with context.store.reading() as connection:
        stored = elections.by_eid(connection, read_name(vote.eid or ""))
    counted = Counter(stored.statuses or b"")
    return {Status(status): number for status, number in sorted(counted.items())}


def current_votes(
    session: Session, *, after: ListPlace | None = None, limit: int | None = None
) -> list[Vote]:
    """One page of the announced votes that are not counted yet, the first to end first."""
    at, row_id = col(Vote.voting_closes_at), col(Vote.id)
    is_current = col(Vote.announced_at).is_not(None) & (col(Vote.state) != State.COUNTED.value)
    query = select(Vote).where(is_current)
    if after is not None:
        query = query.where((at > after.at) | ((at == after.at) & (row_id > after.id)))
    return list(session.exec(query.order_by(at, row_id).limit(limit)))


def counted_votes(session: Session, *, after: ListPlace | None = None, limit: int) -> list[Vote]:
    """One page of the counted votes, the latest published first."""
    at, row_id = col(Vote.published_at), col(Vote.id)
    query = select(Vote).where(col(Vote.state) == State.COUNTED.value)
    if after is not None:
        query = query.where((at < after.at) | ((at == after.at) & (row_id < after.id)))
    return list(session.exec(query.order_by(at.desc(), row_id.desc()).limit(limit)))


def recent_votes(session: Session, *, limit: int) -> list[Vote]:
    """The latest votes of every state, drafts too: for the desk."""
    newest = col(Vote.created_at).desc()
    return list(session.exec(select(Vote).order_by(newest).limit(limit)))


def votes_with_names(session: Session, *, published_before: datetime) -> list[Vote]:
    """Votes whose result is older than this and whose roll still holds names."""
    named = select(VoteVoter.vote_id).where(VoteVoter.vote_id == Vote.id).exists()
    due = select(Vote).where(col(Vote.published_at) < published_before, named)
    return list(session.exec(due))


def unfinished_votes(session: Session) -> list[Vote]:
    """Every vote that is not counted yet, drafts too, the first to end first."""
    not_counted = col(Vote.state) != State.COUNTED.value
    by_end = (col(Vote.voting_closes_at), col(Vote.id))
    return list(session.exec(select(Vote).where(not_counted).order_by(*by_end)))


def voter_id(session: Session, actor: Actor) -> str:
    """The name under which the actor may stand on rolls: the confirmed e-mail address.

    Raises `NotAllowed` while the address is not confirmed: anybody can register with anybody's.
    """
    found = account(session, actor.id)
    if found.confirmed_at is None:
        message = words(
            "Please confirm your e-mail address first: it is how the roll knows you. You find"
            " the letter in your mailbox, or ask for a new one on your account page."
        )
        raise NotAllowed(message, code="confirm-address-first")
    return found.email


def told_address(session: Session, vkey: str) -> str:
    """Where a witness answers, as the newest vote that chose it was told.

    For a witness that is no partner any more; raises Refused `not-found`.
    """
    newest = col(Vote.created_at).desc()
    for vote in session.exec(select(Vote).order_by(newest)):
        for each in Parties.read(vote.parties).witnesses:
            if each.vkey == vkey:
                return each.address
    return no_witness(vkey)
