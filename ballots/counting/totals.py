"""Adding up marks and taking the highest totals: shared by all rules that add."""

from ballots.counting.rule import Contest, Decision, Details


def totals(contest: Contest) -> list[int]:
    """The sum of all marks of each option."""
    sums = [0] * len(contest.options)
    for marks, number in contest.papers.items():
        for option, mark in enumerate(marks):
            if mark:
                sums[option] += mark * number
    return sums


def by_total(sums: list[int], order: tuple[int, ...]) -> list[int]:
    """The options from the highest total to the lowest, equal ones in tie order."""
    return sorted(order, key=lambda option: -sums[option])


def is_drawn(sums: list[int], winners: list[int]) -> bool:
    """Whether a winner and a loser have equal totals, so that only the lot told them apart."""
    losers = set(range(len(sums))).difference(winners)
    return not {sums[option] for option in losers}.isdisjoint(sums[option] for option in winners)


def count_highest(contest: Contest) -> Decision:
    """The `seats` options of highest total: plurality, approval and score."""
    sums = totals(contest)
    winners = by_total(sums, contest.tie_order)[: contest.question.rule.seats]
    return Decision.of(winners, is_drawn(sums, winners), totals=sums)


def no_totals(contest: Contest) -> Details:
    """The details without ballots: every total 0."""
    return {"totals": [0] * len(contest.options)}
