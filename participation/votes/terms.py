"""The terms under which a vote is counted, in one language: for its rule, its result, its booth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from participation.votes.models import Vote
from participation.votes.proposal import (
    BUDGETS,
    SCORED,
    Counting,
    Rule,
    Spending,
    in_language,
    option_name,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a vote is counted, and the names of its options.

    `ids` are the options' names in the record. `roll_size`, `min_group` and `voted` decide whether
    there is a quorum, and whether ballots are opened at all.
    """

    counting: Counting
    ids: tuple[str, ...]
    names: tuple[str, ...]
    roll_size: int = 0
    min_group: int = 0
    voted: int = 0

    @property
    def rule(self) -> Rule:
        """How it is counted."""
        return self.counting.rule

    @property
    def spending(self) -> Spending:
        """The money to spend; raises ValueError for a rule that spends none."""
        if self.counting.spending is None:
            raise ValueError(f"{self.rule} spends no money")
        return self.counting.spending


def terms_of(vote: Vote, language: str) -> Terms:
    """The terms of a vote; names of options in `language`, or the first that the vote has."""
    return Terms(
        counting=counting_of(vote),
        ids=tuple(each["id"] for each in vote.options),
        names=tuple(option_name(in_language(each["text"], language)) for each in vote.options),
        roll_size=vote.roll_size,
        min_group=vote.min_group,
        voted=vote.voted,
    )


def counting_of(vote: Vote) -> Counting:
    """How a vote is counted, from its row."""
    rule = Rule(vote.rule)
    details = vote.rule_details
    return Counting(
        rule,
        quorum_percent=vote.quorum_percent,
        majority=vote.majority,
        seats=vote.seats,
        most_marks=vote.most_marks,
        max_score=details.get("max_score", Counting(rule).max_score),
        spending=_spending(details, vote.options) if rule in BUDGETS else None,
    )


def details_of(counting: Counting) -> dict[str, Any]:
    """What a row keeps of a rule's own numbers, besides the costs; nothing of other rules'."""
    if counting.spending is not None and counting.rule in BUDGETS:
        kept = ("budget", "currency", "points", "utility", "is_completed", "completion_step")
        return {name: getattr(counting.spending, name) for name in kept}
    return {"max_score": counting.max_score} if counting.rule in SCORED else {}


def _spending(details: Mapping[str, Any], options: list[dict[str, Any]]) -> Spending:
    return Spending(costs=tuple(each["cost"] for each in options), **details)
