"""STAR: score, then automatic run-off between the two highest sums."""

from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.counting.ties import preferred
from ballots.counting.totals import by_total, is_drawn, no_totals, totals

_FINALISTS = 2


def _count(contest: Contest) -> Decision:
    sums = totals(contest)
    finalists = sorted(by_total(sums, contest.tie_order)[:_FINALISTS])
    runoff = [_preferring(contest, one, finalists) for one in finalists]
    best = max(zip(runoff, (sums[one] for one in finalists), strict=True))
    leaders = [
        one for one, votes in zip(finalists, runoff, strict=True) if (votes, sums[one]) == best
    ]
    return Decision.of(
        (preferred(leaders, contest.tie_order),),
        is_drawn(sums, finalists) or len(leaders) > 1,
        totals=sums,
        finalists=finalists,
        runoff=runoff,
    )


def _preferring(contest: Contest, one: int, finalists: list[int]) -> int:
    """The number of ballots that score this finalist above every other."""
    others = [other for other in finalists if other != one]
    return sum(
        number
        for marks, number in contest.papers.items()
        if all(marks[one] > marks[other] for other in others)
    )


def _unvoted(contest: Contest) -> Details:
    return {**no_totals(contest), "finalists": [], "runoff": []}


RULE = CountingRule("star", "score", _count, _unvoted)
