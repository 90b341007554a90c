"""Instant-runoff: exclude the lowest until one option holds more than half of the live ballots.

A ballot is live while it ranks a continuing option. Where a question allows equal ranks, a ballot
whose best continuing options share a rank waits, counted for none, until one of them is left.
"""

from dataclasses import dataclass, field

from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.counting.ties import excluded
from ballots.plaintext import Marks


@dataclass(frozen=True, slots=True)
class _Papers:
    """Equal ballots: the options at each rank, from the best; and how many ballots."""

    ranking: tuple[tuple[int, ...], ...]
    number: int

    def best(self, continuing: set[int]) -> list[int]:
        """The continuing options of the best rank that has any; none of an exhausted ballot."""
        for rank in self.ranking:
            if standing := [option for option in rank if option in continuing]:
                return standing
        return []


@dataclass(slots=True)
class _Table:
    """The papers laid out: one heap per option, and those that wait between several."""

    heaps: list[list[_Papers]]
    waiting: list[_Papers] = field(default_factory=list)

    def lay_out(self, papers: list[_Papers], continuing: set[int]) -> None:
        """Put each where it counts now; exhausted ones leave the table."""
        for each in papers:
            best = each.best(continuing)
            if len(best) == 1:
                self.heaps[best[0]].append(each)
            elif best:
                self.waiting.append(each)

    def exclude(self, loser: int, continuing: set[int]) -> None:
        """Pass on the papers of an option that no longer continues."""
        freed = self.heaps[loser] + self.waiting
        self.heaps[loser], self.waiting = [], []
        self.lay_out(freed, continuing)

    def tally(self) -> list[int]:
        """The votes of each option now."""
        return [_number(heap) for heap in self.heaps]

    def live(self) -> int:
        """The ballots that still rank a continuing option."""
        return sum(self.tally()) + _number(self.waiting)


def _count(contest: Contest) -> Decision:
    continuing = set(contest.options)
    table = _Table([[] for _ in contest.options])
    table.lay_out(
        [_Papers(_ranking(ranks), number) for ranks, number in contest.papers.items()], continuing
    )
    rounds = [table.tally()]
    drawn = False
    # Ends: the last option to continue would hold every live ballot, and there always is one.
    while max(rounds[-1]) * 2 <= table.live():
        lowest = _lowest(rounds[-1], continuing)
        drawn = drawn or len(lowest) > 1
        loser = excluded(lowest, contest.tie_order)
        continuing.remove(loser)
        table.exclude(loser, continuing)
        rounds.append(table.tally())
    return Decision.of((rounds[-1].index(max(rounds[-1])),), drawn, rounds=rounds)


def _ranking(ranks: Marks) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(option for option, given in enumerate(ranks) if given == rank)
        for rank in range(1, max(ranks) + 1)
    )


def _lowest(tally: list[int], continuing: set[int]) -> list[int]:
    least = min(tally[option] for option in continuing)
    return [option for option in continuing if tally[option] == least]


def _number(papers: list[_Papers]) -> int:
    return sum(each.number for each in papers)


def _unvoted(contest: Contest) -> Details:  # noqa: ARG001 - no round without ballots
    return {"rounds": []}


RULE = CountingRule("instant-runoff", "ranked", _count, _unvoted)
