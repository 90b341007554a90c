"""From a vote as it was drawn up to the plan of its election.

One registrar, held by this site, and no witness. The label says so.
"""

from datetime import datetime
from urllib.parse import urlsplit

from ballots.draft import (
    Officer,
    Organiser,
    Passkeys,
    Registrar,
    Registrars,
    Schedule,
    Style,
    Trustees,
    Witnesses,
)
from ballots.services.plan import HERE, Plan
from participation.votes.asking import QUESTION, question_of
from participation.votes.models import Vote
from participation.votes.parties import Parties

STYLE = 1
CLOSE_GRACE_SECONDS = 3600


def plan_of(vote: Vote, *, origin: str, site_name: str, trustees: Trustees) -> Plan:
    """The plan of a vote's election on the site that answers at `origin`."""
    address = urlsplit(origin.lower())
    return Plan(
        languages=tuple(vote.languages),
        title=vote.title,
        about=vote.about,
        authority=address.netloc,
        organiser=Organiser(vote.organiser, HERE),
        questions=(question_of(vote),),
        styles=(Style(STYLE, vote.electorate, (QUESTION,)),),
        schedule=_schedule(vote),
        registrars=Registrars(1, 0, (Registrar(site_name, HERE, address.geturl()),)),
        trustees=trustees,
        witnesses=Witnesses(0, 0, ()),
        passkeys=Passkeys(address.hostname or "", (address.geturl(),)),
        epoch_seconds=vote.epoch_seconds,
        batch_min=vote.batch_min,
        merge_delay_epochs=vote.merge_delay_epochs,
        max_revisions=vote.max_revisions,
        min_group=vote.min_group,
        officers=tuple(
            Officer(each.name, each.cose) for each in Parties.read(vote.parties).officers
        ),
    )


def _schedule(vote: Vote) -> Schedule:
    return Schedule(
        check_in_opens=_seconds(vote.check_in_opens_at),
        check_in_closes=_seconds(vote.check_in_closes_at),
        voting_opens=_seconds(vote.voting_opens_at),
        voting_closes=_seconds(vote.voting_closes_at),
        close_grace_seconds=CLOSE_GRACE_SECONDS,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
