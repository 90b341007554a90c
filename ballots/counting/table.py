"""The rules that an election can be counted by, and the one way to ask for a count."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ballots.counting import (
    approval,
    equal_shares,
    greedy,
    instant_runoff,
    plurality,
    schulze,
    score,
    star,
    stv_scottish,
    yes_no,
)
from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.draft import Question
from ballots.plaintext import Choice

RULES: Mapping[str, CountingRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            plurality.RULE,
            yes_no.RULE,
            approval.RULE,
            score.RULE,
            star.RULE,
            instant_runoff.RULE,
            stv_scottish.RULE,
            schulze.RULE,
            greedy.RULE,
            equal_shares.RULE,
        )
    }
)
"""Every rule by its name in the draft."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question's result.

    `valid` ballots are counted and not blank, `blank` ones left the question empty; `winners` are
    option numbers, ascending; `drawn` says whether lots had a part in it (section 9); `details` are
    the rule's own fields of `result.json`.
    """

    valid: int
    blank: int
    winners: tuple[int, ...]
    drawn: bool
    details: Details


def count(
    question: Question,
    choices: Mapping[Choice, int],
    *,
    tie_order: tuple[int, ...],
    roll_size: int,
) -> Outcome:
    """The outcome of these choices → number of equal ones, blank ones included.

    The choices are those of ballots with status 0 in all styles with this question, `roll_size`
    the rows of these styles (for a quorum). `tie_order` is `ballots.counting.ties.tie_order`'s.
    Exact, and independent of the order of the choices.
    """
    contest = Contest.of(question, choices, tie_order=tie_order, roll_size=roll_size)
    decision = _decide(RULES[question.rule.name], contest)
    return Outcome(contest.valid, contest.blank, decision.winners, decision.drawn, decision.details)


def _decide(rule: CountingRule, contest: Contest) -> Decision:
    if contest.valid:
        return rule.count(contest)
    return Decision((), drawn=False, details=rule.unvoted(contest))
