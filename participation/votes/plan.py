"""From a vote as it was drawn up, and who takes part in it, to the plan of its election."""

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
    Witness,
    Witnesses,
)
from ballots.services.plan import BOX_HERE, HERE, Box, Plan
from participation.votes.asking import QUESTION, question_of
from participation.votes.models import Vote
from participation.votes.parties import Parties

STYLE = 1
CLOSE_GRACE_SECONDS = 3600


def plan_of(vote: Vote, *, origin: str, site_name: str, trustees: Trustees) -> Plan:
    """The plan of a vote's election on the site that answers at `origin`."""
    address, parties = urlsplit(origin.lower()), Parties.read(vote.parties)
    return Plan(
        languages=tuple(vote.languages),
        title=vote.title,
        about=vote.about,
        authority=address.netloc,
        organiser=Organiser(vote.organiser, HERE),
        questions=(question_of(vote),),
        styles=(Style(STYLE, vote.electorate, (QUESTION,)),),
        schedule=_schedule(vote),
        registrars=_registrars(parties, Registrar(site_name, HERE, address.geturl())),
        trustees=trustees,
        witnesses=_witnesses(parties),
        passkeys=Passkeys(address.hostname or "", (address.geturl(),)),
        epoch_seconds=vote.epoch_seconds,
        batch_min=vote.batch_min,
        merge_delay_epochs=vote.merge_delay_epochs,
        max_revisions=vote.max_revisions,
        min_group=vote.min_group,
        officers=tuple(Officer(each.name, each.cose) for each in parties.officers),
        box=Box(parties.box.key, parties.box.origin) if parties.box else BOX_HERE,
    )


def _registrars(parties: Parties, own: Registrar) -> Registrars:
    elsewhere = (Registrar(each.name, each.key, each.origin) for each in parties.registrars)
    quorum = parties.registrar_quorum
    return Registrars(quorum.k, quorum.faulty, (own, *elsewhere))


def _witnesses(parties: Parties) -> Witnesses:
    these = tuple(Witness(each.name, each.vkey) for each in parties.witnesses)
    return Witnesses(parties.witness_quorum.k, parties.witness_quorum.faulty, these)


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
