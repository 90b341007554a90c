"""What all acts share: the step from state to state, and the event that tells of it."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from participation.core.access import Actor
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words
from participation.votes.models import Vote
from participation.votes.queries import situation
from participation.votes.rules import Act, State, after

_EVENT_SUBJECT = "vote"


def check_act(vote: Vote, act: Act, now: datetime) -> State:
    """The state that `act` leads to; raises `Conflict` naming the rule that forbids it."""
    return after(act, situation(vote, now))


def move(session: Session, vote: Vote, target: State) -> None:
    """Changes the state unless somebody else has changed it since it was read (`Conflict`)."""
    session.flush()
    changed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(Vote)
            .where(col(Vote.id) == vote.id, col(Vote.state) == vote.state)
            .values(state=target.value)
            .execution_options(synchronize_session=False)
        ),
    )
    if changed.rowcount != 1:
        message = words("Somebody else moved this vote on. Please open the page again.")
        raise Conflict("moved-meanwhile", message)
    session.refresh(vote, ["state"])


def record_act(session: Session, tag: EventTag, actor: Actor, vote: Vote, now: datetime) -> None:
    """Records one act on a vote with the state it led to."""
    subject = (_EVENT_SUBJECT, vote.id)
    record(session, tag, at=now, actor=actor, subject=subject, details={"state": vote.state})
