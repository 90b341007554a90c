"""Schulze: who beats whom along the strongest path of won duels, counted in winning votes."""

from ballots.counting.rule import Contest, CountingRule, Decision, Details
from ballots.counting.ties import preferred
from ballots.plaintext import Marks

Matrix = list[list[int]]


def _count(contest: Contest) -> Decision:
    duels = pairs(contest)
    paths = strongest_paths(duels)
    remaining = set(contest.options)
    winners: list[int] = []
    drawn = False
    while remaining and len(winners) < contest.question.rule.seats:
        unbeaten = _unbeaten(paths, remaining)
        drawn = drawn or len(unbeaten) > 1
        winners.append(preferred(unbeaten, contest.tie_order))
        remaining.remove(winners[-1])
    return Decision.of(winners, drawn, pairs=duels)


def pairs(contest: Contest) -> Matrix:
    """Row i, column j: the ballots that rank i above j; unranked options are last and equal."""
    duels = _zeros(contest)
    last = len(contest.options) + 1
    for ranks, number in contest.papers.items():
        places = tuple(rank or last for rank in ranks)
        for option, rank in enumerate(ranks):
            if rank:
                _add_wins(duels[option], places, rank, number)
    return duels


def _add_wins(wins: list[int], places: Marks, rank: int, number: int) -> None:
    for other, place in enumerate(places):
        if place > rank:
            wins[other] += number


def strongest_paths(duels: Matrix) -> Matrix:
    """Row i, column j: the strength of the strongest path from i to j, by its weakest link.

    A link is a won duel, its strength the winner's votes, whatever the loser's; an equal duel is
    no link. Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", with winning votes.
    """
    options = range(len(duels))
    paths = [[duels[i][j] if duels[i][j] > duels[j][i] else 0 for j in options] for i in options]
    for middle in options:
        onward = paths[middle]
        for start in options:
            reach = paths[start][middle]
            if reach and start != middle:
                paths[start] = [
                    max(direct, min(reach, further))
                    for direct, further in zip(paths[start], onward, strict=True)
                ]
    return paths


def _unbeaten(paths: Matrix, remaining: set[int]) -> set[int]:
    return {
        option
        for option in remaining
        if all(paths[option][other] >= paths[other][option] for other in remaining)
    }


def _zeros(contest: Contest) -> Matrix:
    return [[0] * len(contest.options) for _ in contest.options]


def _unvoted(contest: Contest) -> Details:
    return {"pairs": _zeros(contest)}


RULE = CountingRule("schulze", "ranked", _count, _unvoted)
