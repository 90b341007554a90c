"""Turnout as far as it is published: what stands in ended epochs, never what still waits.

The figures lie beside the vote, so that lists of votes cost no counting.
"""

from typing import Any

from sqlalchemy import Column, Table, func, select
from sqlmodel import Session, col

from ballots.services.names import read_name
from ballots.store.tables import ballot_key, check_in, election
from participation.votes.models import Vote
from participation.votes.rules import RUNNING


def refresh_running(session: Session) -> None:
    """Renews the figures of every vote between freeze and close."""
    running = col(Vote.state).in_([state.value for state in RUNNING])
    for vote in session.scalars(select(Vote).where(running)).all():
        refresh_figures(session, vote)


def refresh_figures(session: Session, vote: Vote) -> None:
    """Renews how many have checked in and how many ballot keys have voted."""
    vote.checked_in = _published(session, vote, check_in, check_in.c.row)
    vote.voted = _published(session, vote, ballot_key, ballot_key.c.bk)
    session.add(vote)
    session.flush()


def _published(session: Session, vote: Vote, table: Table, whose: Column[Any]) -> int:
    """How many different ones stand in the log of the vote's election."""
    of_election = select(election.c.id).where(election.c.eid == read_name(vote.eid or ""))
    counted = select(func.count(whose.distinct())).where(
        table.c.election == of_election.scalar_subquery(), table.c.place.is_not(None)
    )
    return int(session.execute(counted).scalar_one())
