"""What a vote asks and by which rule it is counted, as its draft says it."""

from collections.abc import Mapping

from ballots.draft import Method, Option, Question, Rule
from participation.votes.models import Vote
from participation.votes.proposal import MAJORITIES
from participation.votes.proposal import Rule as RuleName

QUESTION = "question-1"


_METHODS: Mapping[RuleName, Method] = {
    RuleName.YES_NO: "single",
    RuleName.PLURALITY: "single",
    RuleName.APPROVAL: "approval",
    RuleName.INSTANT_RUNOFF: "ranked",
}


def question_of(vote: Vote) -> Question:
    """The one question of a vote: what is marked, and by which rule it is counted."""
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
