"""Opening, closing, counting: each act in its hour."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from ballots.errors import Refused
from ballots.services import closing, counting, roll
from ballots.services.names import read_name
from participation.core.access import Actor, Permission, allows
from participation.core.events import EventTag
from participation.votes.models import Vote
from participation.votes.platform import Platform
from participation.votes.refusals import in_words
from participation.votes.rules import Act
from participation.votes.services.figures import refresh_figures
from participation.votes.services.steps import check_act, move, record_act


def open_voting(
    session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime
) -> None:
    """Opens the ballot box; raises `Conflict` naming the rule that forbids it."""
    allows(actor, Permission.VOTES_VOTE_OPEN)
    target = check_act(vote, Act.OPEN, now)
    with in_words():
        closing.open_voting(platform.within(session), _eid(vote))
    vote.opened_at = now
    session.add(vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_OPEN, actor, vote, now)


def close_check_in(
    session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime
) -> None:
    """Ends check-in for good: the signing keys are deleted. Raises `Conflict`."""
    allows(actor, Permission.VOTES_VOTE_CLOSE)
    target = check_act(vote, Act.CLOSE_CHECK_IN, now)
    with in_words():
        closing.close_check_in(platform.within(session), _eid(vote))
    vote.check_in_closed_at = now
    session.add(vote)
    refresh_figures(session, vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_CHECK_IN_CLOSE, actor, vote, now)


def close_voting(
    session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime
) -> None:
    """Closes the ballot box; check-ins and roll become public, without names.

    Raises `Conflict` naming the rule that forbids it.
    """
    allows(actor, Permission.VOTES_VOTE_CLOSE)
    target = check_act(vote, Act.CLOSE, now)
    with in_words():
        closing.close(platform.within(session), _eid(vote))
        counts = roll.counts(platform.within(session), read_name(vote.eid0 or ""))
    vote.label_counts = {name: n for name, n in asdict(counts).items() if n is not None}
    vote.closed_at = now
    session.add(vote)
    refresh_figures(session, vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_CLOSE, actor, vote, now)


def reveal_keys(
    session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime
) -> None:
    """Publishes the opening keys held here; does nothing where that was done before.

    Worth a transaction of its own before `count`, so that counting holds no lock meanwhile.
    """
    allows(actor, Permission.VOTES_VOTE_PUBLISH)
    check_act(vote, Act.COUNT, now)
    with in_words():
        try:
            counting.release_shares(platform.within(session), _eid(vote))
        except Refused as refusal:
            if refusal.code != "already-done":
                raise


def count(session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime) -> None:
    """Opens and counts the ballots and publishes the result; raises `Conflict`."""
    allows(actor, Permission.VOTES_VOTE_PUBLISH)
    target = check_act(vote, Act.COUNT, now)
    with in_words():
        counting.count_and_publish(platform.within(session), _eid(vote))
    vote.published_at = now
    session.add(vote)
    move(session, vote, target)
    record_act(session, EventTag.VOTES_VOTE_PUBLISH, actor, vote, now)


def count_and_publish(
    session: Session, platform: Platform, actor: Actor, vote: Vote, now: datetime
) -> None:
    """`reveal_keys` and `count` in one transaction."""
    reveal_keys(session, platform, actor, vote, now)
    count(session, platform, actor, vote, now)


def _eid(vote: Vote) -> bytes:
    return read_name(vote.eid or "")
