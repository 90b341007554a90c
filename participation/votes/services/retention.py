"""How long the names on a roll are kept: no longer than a count can be doubted.

Law 27/2022, article 16(2)(g): what is no longer needed is erased.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from ballots.services import roll
from ballots.services.context import Context
from ballots.services.names import read_name
from participation.core.access import READER
from participation.core.events import EventTag
from participation.votes import queries
from participation.votes.models import VoteVoter
from participation.votes.services.steps import record_act

NAMES_KEPT = timedelta(days=180)
"""After the result was published."""


def erase_old_names(session: Session, context: Context, now: datetime) -> int:
    """Of how many votes the names and salts behind the roll were erased now.

    The rows, which name nobody, stay in the record: it verifies as before.
    """
    due = queries.votes_with_names(session, published_before=now - NAMES_KEPT)
    for vote in due:
        roll.erase_names(context.within(session.connection()), read_name(vote.eid or ""))
        session.execute(delete(VoteVoter).where(col(VoteVoter.vote_id) == vote.id))
        record_act(session, EventTag.VOTES_ROLL_ERASE, READER, vote, now)
    return len(due)
