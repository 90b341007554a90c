"""What a vote asks and by which rule it is counted, as its draft says it."""

from collections.abc import Mapping
from typing import Any

from ballots.draft import Method, Option, Question, Rule
from participation.votes.models import Vote
from participation.votes.proposal import (
    MAJORITIES,
    SCORED,
    SEATED,
    Counting,
    Spending,
)
from participation.votes.proposal import Rule as RuleName
from participation.votes.terms import counting_of

QUESTION = "question-1"

_METHODS: Mapping[RuleName, Method] = {
    RuleName.YES_NO: "single",
    RuleName.PLURALITY: "single",
    RuleName.APPROVAL: "approval",
    RuleName.SCORE: "score",
    RuleName.STAR: "score",
    RuleName.INSTANT_RUNOFF: "ranked",
    RuleName.STV_SCOTTISH: "ranked",
    RuleName.SCHULZE: "ranked",
    RuleName.GREEDY: "budget",
    RuleName.EQUAL_SHARES: "budget",
}
_EQUAL = {
    # A shared rank costs nobody their ballot; by the Scottish rule a paper has one next option.
    RuleName.INSTANT_RUNOFF: True,
    RuleName.SCHULZE: True,
    RuleName.STV_SCOTTISH: False,
}


def question_of(vote: Vote) -> Question:
    """The one question of a vote: what is marked, and by which rule it is counted."""
    options = tuple(Option(each["id"], each["text"]) for each in vote.options)
    return asked(counting_of(vote), vote.question, options)


def asked(counting: Counting, text: Mapping[str, str], options: tuple[Option, ...]) -> Question:
    """The question with this text and these options under a rule."""
    method = _METHODS[counting.rule]
    return Question(
        id=QUESTION,
        text=text,
        method=method,
        options=options,
        min=0,
        max=_most_marks(counting, method, len(options)),
        rule=_rule(counting),
        equal=_EQUAL.get(counting.rule),
        max_score=counting.max_score if counting.rule in SCORED else None,
        **_budget_ballot(counting),
    )


def _most_marks(counting: Counting, method: Method, options: int) -> int:
    if method == "single":
        return 1
    return counting.most_marks or options if method == "approval" else options


def _budget_ballot(counting: Counting) -> dict[str, Any]:
    spending = counting.spending
    if spending is None:
        return {}
    if counting.rule is RuleName.GREEDY and spending.points is not None:
        return {"ballot": "points", "points": spending.points}
    return {"ballot": "approval"}


def _rule(counting: Counting) -> Rule:
    if counting.rule is RuleName.YES_NO:
        return _referendum(counting)
    if counting.spending is not None:
        return _spending(counting.rule, counting.spending)
    if counting.rule in SEATED:
        return Rule(counting.rule.value, seats=counting.seats)
    return Rule(counting.rule.value)


def _referendum(counting: Counting) -> Rule:
    majority, percent = MAJORITIES[counting.majority], counting.quorum_percent
    return Rule(
        counting.rule.value,
        quorum=(percent, 100) if percent else None,
        majority=(majority.part, majority.whole),
        strict=majority.is_strict,
    )


def _spending(rule: RuleName, spending: Spending) -> Rule:
    if rule is RuleName.GREEDY:
        return Rule(rule.value, budget=spending.budget, costs=spending.costs)
    return Rule(
        rule.value,
        budget=spending.budget,
        costs=spending.costs,
        utility=spending.utility,
        completion="add1u-greedy" if spending.step else None,
        completion_step=spending.step,
    )
