"""From a vote as it was drawn up to the plan of its election: the light kind.

One registrar and one trustee, both held by this site, and no witness. The label says so.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from ballots.draft import (
    Method,
    Option,
    Organiser,
    Passkeys,
    Question,
    Registrar,
    Registrars,
    Rule,
    Schedule,
    Style,
    Trustee,
    Trustees,
    Witnesses,
)
from ballots.services.plan import HERE, Plan
from participation.votes.models import Vote
from participation.votes.proposal import MAJORITIES
from participation.votes.proposal import Rule as RuleName

STYLE = 1
QUESTION = "question-1"
CLOSE_GRACE_SECONDS = 3600


def plan_of(vote: Vote, *, origin: str, site_name: str) -> Plan:
    """The plan of a vote's election on the site that answers at `origin`."""
    address = urlsplit(origin.lower())
    return Plan(
        languages=tuple(vote.languages),
        title=vote.title,
        about=vote.about,
        authority=address.netloc,
        organiser=Organiser(vote.organiser, HERE),
        questions=(_question(vote),),
        styles=(Style(STYLE, vote.electorate, (QUESTION,)),),
        schedule=_schedule(vote),
        registrars=Registrars(1, 0, (Registrar(site_name, HERE, address.geturl()),)),
        trustees=Trustees(1, (Trustee(site_name, HERE, "server"),)),
        witnesses=Witnesses(0, 0, ()),
        passkeys=Passkeys(address.hostname or "", (address.geturl(),)),
        epoch_seconds=vote.epoch_seconds,
        batch_min=vote.batch_min,
        merge_delay_epochs=vote.merge_delay_epochs,
        max_revisions=vote.max_revisions,
        min_group=vote.min_group,
    )


def _question(vote: Vote) -> Question:
    options = tuple(Option(each["id"], each["text"]) for each in vote.options)
    is_ranked = vote.rule == RuleName.INSTANT_RUNOFF
    return Question(
        id=QUESTION,
        text=vote.question,
        method=_METHODS[RuleName(vote.rule)],
        options=options,
        min=0,
        max=_most_marks(vote),
        rule=_rule(vote),
        equal=True if is_ranked else None,  # a shared rank costs nobody their ballot
    )


def _most_marks(vote: Vote) -> int:
    if vote.rule == RuleName.APPROVAL:
        return vote.most_marks or len(vote.options)
    return len(vote.options) if vote.rule == RuleName.INSTANT_RUNOFF else 1


def _rule(vote: Vote) -> Rule:
    if vote.rule == RuleName.YES_NO:
        majority = MAJORITIES[vote.majority]
        percent = vote.quorum_percent
        return Rule(
            vote.rule,
            quorum=(percent, 100) if percent else None,
            majority=(majority.part, majority.whole),
            strict=majority.is_strict,
        )
    if vote.rule == RuleName.INSTANT_RUNOFF:
        return Rule(vote.rule)
    return Rule(vote.rule, seats=vote.seats)


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


_METHODS: Mapping[RuleName, Method] = {
    RuleName.YES_NO: "single",
    RuleName.PLURALITY: "single",
    RuleName.APPROVAL: "approval",
    RuleName.INSTANT_RUNOFF: "ranked",
}
