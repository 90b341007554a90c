"""Drawing up: texts, rule, times and roll, changed at will until the announcement."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag
from participation.core.ids import new_public_id, slug
from participation.core.words import words
from participation.votes.models import Vote, VoteVoter
from participation.votes.proposal import (
    BUDGETS,
    SEATED,
    Counting,
    Proposal,
    Rule,
    Text,
    Wording,
    option_name,
)
from participation.votes.queries import is_slug_taken
from participation.votes.roll_file import ListedVoter
from participation.votes.rules import State, check_changeable
from participation.votes.services.steps import record_act
from participation.votes.soundness import check_proposal
from participation.votes.terms import details_of

RULES_ADDRESS = "rules"
"""No vote has this address: the explanations of the rules stand there."""

_ID_LENGTH = 32
_AT_ONCE = 5000


def draw_up(session: Session, actor: Actor, proposal: Proposal, now: datetime) -> Vote:
    """A new vote, seen by the desk only; raises `Invalid` naming the field that is wrong."""
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    check_proposal(proposal, now)
    vote = Vote(
        slug=_free_slug(session, proposal.wording),
        state=State.DRAFTED.value,
        created_by=actor.id,
        created_at=now,
        **_columns(proposal),
    )
    session.add(vote)
    session.flush()
    record_act(session, EventTag.VOTES_VOTE_DRAFT, actor, vote, now)
    return vote


def redraw(session: Session, actor: Actor, vote: Vote, proposal: Proposal, now: datetime) -> None:
    """Changes what was drawn up; its address stays. Raises `Invalid`, `Conflict`."""
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    check_changeable(State(vote.state))
    check_proposal(proposal, now)
    for name, value in _columns(proposal).items():
        setattr(vote, name, value)
    session.add(vote)
    record_act(session, EventTag.VOTES_VOTE_EDIT, actor, vote, now)


def set_roll(
    session: Session, actor: Actor, vote: Vote, voters: Sequence[ListedVoter], now: datetime
) -> None:
    """The roll becomes these people, in place of those before.

    Raises `Invalid` for nobody or somebody twice, `Conflict` once the vote is announced.
    """
    allows(actor, Permission.VOTES_VOTE_DRAFT)
    check_changeable(State(vote.state))
    _check_voters(voters)
    session.execute(delete(VoteVoter).where(col(VoteVoter.vote_id) == vote.id))
    rows = [{"vote_id": vote.id, "voter_id": each.voter_id, "name": each.name} for each in voters]
    for begin in range(0, len(rows), _AT_ONCE):
        session.execute(insert(VoteVoter), rows[begin : begin + _AT_ONCE])
    vote.roll_size = len(rows)
    session.add(vote)
    record_act(session, EventTag.VOTES_ROLL_SET, actor, vote, now)


def _columns(proposal: Proposal) -> dict[str, Any]:
    wording, counting, windows = proposal.wording, proposal.counting, proposal.windows
    return {
        "organiser": proposal.organiser,
        "languages": list(wording.languages),
        "title": _words(wording, wording.title),
        "about": _words(wording, wording.about),
        "electorate": _words(wording, wording.electorate),
        "question": _words(wording, wording.question),
        "options": _options(wording, counting),
        "rule": counting.rule.value,
        "quorum_percent": counting.quorum_percent if counting.rule is Rule.YES_NO else None,
        "majority": counting.majority,
        "seats": counting.seats if counting.rule in SEATED else 1,
        "most_marks": counting.most_marks if counting.rule is Rule.APPROVAL else None,
        "rule_details": details_of(counting),
        "check_in_opens_at": windows.check_in_opens,
        "check_in_closes_at": windows.check_in_closes,
        "voting_opens_at": windows.voting_opens,
        "voting_closes_at": windows.voting_closes,
        **asdict(proposal.measures),
    }


def _options(wording: Wording, counting: Counting) -> list[dict[str, Any]]:
    """The options with their ids, by which the record names them, and what they cost, if money."""
    is_yes_no = counting.rule is Rule.YES_NO
    ids = ["yes", "no"] if is_yes_no else _ids(wording.options, wording.languages[0])
    options: list[dict[str, Any]] = [
        {"id": name, "text": _words(wording, text)}
        for name, text in zip(ids, wording.options, strict=True)
    ]
    if counting.rule not in BUDGETS or counting.spending is None:
        return options
    costs = counting.spending.costs
    return [each | {"cost": cost} for each, cost in zip(options, costs, strict=True)]


def _words(wording: Wording, text: Text) -> dict[str, str]:
    """A text in the languages of the vote, and in no other."""
    return {language: text[language] for language in wording.languages}


def _ids(options: Sequence[Text], language: str) -> list[str]:
    found: list[str] = []
    for number, option in enumerate(options, start=1):
        plain = slug(option_name(option[language]))[:_ID_LENGTH].strip("-")
        found.append(plain if plain not in found else f"option-{number}")
    return found


def _free_slug(session: Session, wording: Wording) -> str:
    plain = slug(wording.title[wording.languages[0]])
    is_taken = plain == RULES_ADDRESS or is_slug_taken(session, plain)
    return f"{plain}-{new_public_id(4)}" if is_taken else plain


def _check_voters(voters: Sequence[ListedVoter]) -> None:
    if not voters:
        raise Invalid(words("Nobody is on this list."), field="pasted")
    seen: set[str] = set()
    for each in voters:
        if each.voter_id in seen:
            message = words("%(voter)s stands on the list twice.", voter=each.voter_id)
            raise Invalid(message, field="pasted")
        seen.add(each.voter_id)
