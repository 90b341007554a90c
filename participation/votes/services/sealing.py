"""From the announcement to the freeze: the roll is laid out, the keys are made, all is sealed."""

from datetime import datetime

from sqlmodel import Session

from ballots.services import setup
from ballots.services.names import read_name, write_name
from ballots.services.plan import Voter
from ballots.store import elections, rolls
from participation.core.access import Actor, Permission, allows
from participation.core.events import EventTag
from participation.votes.models import Vote
from participation.votes.plan import STYLE, plan_of
from participation.votes.platform import Platform
from participation.votes.queries import listed_voters, passkeys_on_roll
from participation.votes.refusals import in_words
from participation.votes.rules import Act
from participation.votes.services.steps import check_act, move, record_act
from participation.votes.services.trustees import trustees_of


def announce(session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime) -> None:
    """Publishes the draft and lays out the roll: everybody can look up their own row.

    Raises `Conflict` naming the rule that forbids it, `Invalid` for what a draft cannot say.
    """
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    target = check_act(vote, Act.ANNOUNCE, now)
    keys = passkeys_on_roll(session, vote.id)
    listed = listed_voters(session, vote.id)
    voters = [Voter(each.voter_id, STYLE, keys.get(each.voter_id, ())) for each in listed]
    held = trustees_of(session, vote, platform.name)
    plan = plan_of(vote, origin=platform.origin, site_name=platform.name, trustees=held)
    with in_words():
        eid0 = setup.prepare(platform.within(session), plan, voters)
        if any(each.held == "own" for each in held.list):
            setup.advance(platform.within(session), eid0)  # so that they can begin
    vote.eid0 = write_name(eid0)
    with_passkey = sum(bool(each.passkeys) for each in voters)
    vote.label_counts = {"rows": len(voters), "rows_with_passkey": with_passkey}
    vote.announced_at = now
    session.add(vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_ANNOUNCE, actor, vote, now)


def withdraw(session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime) -> None:
    """Takes an announced vote back to the desk; the names behind its laid-out roll are erased.

    The draft that was published stays in its set-up log, for logs forget nothing; the next
    announcement begins a new one. Raises `Conflict`.
    """
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    target = check_act(vote, Act.WITHDRAW, now)
    with platform.within(session).store.writing() as connection:
        number = elections.by_eid0(connection, read_name(vote.eid0 or "")).id
        rolls.erase_names(connection, number)
    vote.eid0 = None
    vote.announced_at = None
    session.add(vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_WITHDRAW, actor, vote, now)


def freeze(session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime) -> None:
    """Makes the keys and seals the manifest: from now on nothing of the vote changes.

    Takes about a second, for the keys. Raises `Conflict` naming the rule that forbids it.
    """
    allows(actor, Permission.VOTES_VOTE_FREEZE)
    target = check_act(vote, Act.FREEZE, now)
    with in_words():
        eid0 = read_name(vote.eid0 or "")
        eid = setup.freeze(platform.within(session), eid0, platform.client_sha256)
    vote.eid = write_name(eid)
    vote.frozen_at = now
    session.add(vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_FREEZE, actor, vote, now)
