"""The Method of Equal Shares: everybody gets the same money and pays only for what they approve.

Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory budgeting with additive
utilities", section 3; completion "add1u" and greedy as at equalshares.net. Money is exact: whole
numbers of a unit that shrinks whenever a share does not come out even.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ballots.counting.greedy import budget, buy, cost, unspent
from ballots.counting.rule import Contest, CountingRule, Decision
from ballots.counting.ties import preferred
from ballots.counting.totals import totals

MOST_RAISES = 10_000
"""Safe parameters never ask for more (section 3); unsafe ones must not hold up a verifier."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one run buys, and whether a lot chose between projects that were equally good value."""

    bought: frozenset[int]
    drawn: bool


class _Run:
    """One run of the method: the voters' purses, and the projects they can still pay for.

    Voters with the same approvals pay the same, so they share one purse per head. `money` is in
    units of 1/`scale` minor unit; `bounds` holds each open project's rho as last computed, a lower
    bound for its rho now, because money only shrinks.
    """

    def __init__(self, contest: Contest, per_head: Fraction) -> None:
        self.contest = contest
        self.heads = list(contest.papers.values())
        self.scale = per_head.denominator
        self.money = [per_head.numerator] * len(self.heads)
        self.supporters = _supporters(contest)
        self.bounds = {
            project: Fraction(0) for project in contest.options if _utility(contest, project)
        }
        self.bought: set[int] = set()
        self.drawn = False

    def outcome(self) -> _Outcome:
        """Buy until nobody can pay for anything more."""
        while best := self._best_value():
            self.drawn = self.drawn or len(best) > 1
            self._buy(preferred(best, self.contest.tie_order))
        return _Outcome(frozenset(self.bought), self.drawn)

    def _best_value(self) -> list[int]:
        """The projects of smallest rho; empty when no supporters can pay for theirs."""
        best: list[int] = []
        smallest: Fraction | None = None
        for project in sorted(self.bounds, key=self.bounds.__getitem__):
            if smallest is not None and self.bounds[project] > smallest:
                break
            share = self._share(project)
            if share is None:
                del self.bounds[project]
                continue
            rho = self.bounds[project] = share / _utility(self.contest, project)
            if smallest is None or rho < smallest:
                best, smallest = [project], rho
            elif rho == smallest:
                best.append(project)
        return best

    def _share(self, project: int) -> Fraction | None:
        """What a supporter who can pays, in minor units, where others give all they have."""
        missing = self.contest.question.rule.costs[project] * self.scale
        payers = 0
        purses: Counter[int] = Counter()
        for group in self.supporters[project]:
            purses[self.money[group]] += self.heads[group]
            payers += self.heads[group]
        for money in sorted(purses):
            if missing <= money * payers:
                return Fraction(missing, payers * self.scale) if payers else None
            missing -= money * purses[money]
            payers -= purses[money]
        return None

    def _buy(self, project: int) -> None:
        share = self._share(project)
        if share is None:  # pragma: no cover - `_best_value` gives only what can be paid
            raise AssertionError
        self._refine((share * self.scale).denominator)
        price = int(share * self.scale)
        for group in self.supporters[project]:
            self.money[group] -= min(self.money[group], price)
        del self.bounds[project]
        self.bought.add(project)

    def _refine(self, factor: int) -> None:
        if factor > 1:
            self.scale *= factor
            self.money = [money * factor for money in self.money]


def _supporters(contest: Contest) -> list[list[int]]:
    """For each project the groups of voters who approve of it."""
    groups: list[list[int]] = [[] for _ in contest.options]
    for group, marks in enumerate(contest.papers):
        for project, mark in enumerate(marks):
            if mark:
                groups[project].append(group)
    return groups


def _utility(contest: Contest, project: int) -> int:
    """What an approved project is worth to a voter: its cost, or 1."""
    rule = contest.question.rule
    return rule.costs[project] if rule.utility == "cost" else 1


def _count(contest: Contest) -> Decision:
    sums = totals(contest)
    outcome = _complete(contest, sums)
    bought = list(outcome.bought)
    if contest.question.rule.completion is not None:
        bought += buy(contest, sums, already=bought)
    return Decision.of(bought, outcome.drawn, totals=sums, spent=cost(contest, bought))


def _complete(contest: Contest, sums: list[int]) -> _Outcome:
    """The last of the ever richer runs whose cost fits; the first where nothing is completed."""
    affordable = {
        project
        for project in contest.options
        if sums[project] and contest.question.rule.costs[project] <= budget(contest)
    }
    purses = _purses(contest)
    kept = _Run(contest, next(purses)).outcome()
    for per_head in purses:
        if kept.bought >= affordable:
            break
        richer = _Run(contest, per_head).outcome()
        if cost(contest, richer.bought) > budget(contest):
            break
        kept = richer
    return kept


def _purses(contest: Contest) -> Iterator[Fraction]:
    """The money per head of each run: an equal share of the budget, then raised step by step."""
    per_head = Fraction(budget(contest), contest.valid)
    yield per_head
    step = contest.question.rule.completion_step
    if step is not None:
        for raises in range(1, min(budget(contest) // step, MOST_RAISES) + 1):
            yield per_head + raises * step


RULE = CountingRule("equal-shares", "budget", _count, unspent)
