"""Greedy budgeting: from the best supported project on, whatever still fits."""

from collections.abc import Iterable

from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.counting.totals import by_total, is_drawn, no_totals, totals


def _count(contest: Contest) -> Decision:
    sums = totals(contest)
    bought = buy(contest, sums, already=())
    return Decision.of(bought, is_drawn(sums, bought), totals=sums, spent=cost(contest, bought))


def buy(contest: Contest, sums: list[int], *, already: Iterable[int]) -> list[int]:
    """The projects bought after `already` with what these leave, in the order of buying.

    From the highest total down, equal ones in tie order, skipping what does not fit; never a
    project without support.
    """
    taken = set(already)
    left = budget(contest) - cost(contest, taken)
    bought = []
    for project in by_total(sums, contest.tie_order):
        price = contest.question.rule.costs[project]
        if project not in taken and sums[project] and price <= left:
            bought.append(project)
            left -= price
    return bought


def budget(contest: Contest) -> int:
    """The money to spend, in minor units; nothing where the draft names no budget."""
    return contest.question.rule.budget or 0


def cost(contest: Contest, projects: Iterable[int]) -> int:
    """What these projects cost together, in minor units."""
    return sum(contest.question.rule.costs[project] for project in projects)


def unspent(contest: Contest) -> Details:
    """The details without ballots: nothing supported, nothing spent."""
    return {**no_totals(contest), "spent": 0}


RULE = CountingRule("greedy", "budget", _count, unspent)
