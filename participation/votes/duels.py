"""The duels of a Schulze count in words: whom the winner beats, and by which chain where not."""

from collections import deque

from ballots.counting.schulze import strongest_paths
from participation.core.words import Words, words
from participation.votes.outcome import Outcome
from participation.votes.terms import Terms

Matrix = list[list[int]]


def chains(outcome: Outcome) -> Matrix:
    """Row i, column j: the strength of the strongest chain of won duels from i to j."""
    return strongest_paths([list(row) for row in outcome.pairs])


def readings(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    """Why each winner stands above those who have not won."""
    paths = chains(outcome)
    return tuple(
        said for winner in outcome.winners for said in _reading(terms, outcome, paths, winner)
    )


def _reading(terms: Terms, outcome: Outcome, paths: Matrix, winner: int) -> list[Words]:
    pairs, name = outcome.pairs, terms.names[winner]
    others = [each for each in range(len(pairs)) if each not in outcome.winners]
    lost = [each for each in others if pairs[each][winner] > pairs[winner][each]]
    if all(pairs[winner][each] > pairs[each][winner] for each in others):
        return [words("%(name)s wins its duel against each of the others.", name=name)]
    said = [words("%(name)s does not win every duel, and is still unbeaten.", name=name)]
    equal = [each for each in others if pairs[each][winner] == pairs[winner][each]]
    said += [
        words(
            "Its duel with %(other)s is equal, with %(votes)s ballots each.",
            other=terms.names[each],
            votes=pairs[winner][each],
        )
        for each in equal
    ]
    return said + [_against(terms, outcome, paths, (winner, other)) for other in lost]


def _against(terms: Terms, outcome: Outcome, paths: Matrix, both: tuple[int, int]) -> Words:
    winner, other = both
    values = {
        "name": terms.names[winner],
        "other": terms.names[other],
        "theirs": outcome.pairs[other][winner],
        "mine": outcome.pairs[winner][other],
        "chain": " → ".join(terms.names[each] for each in _route(outcome, paths, both)),
        "strength": paths[winner][other],
        "back": paths[other][winner],
    }
    if values["strength"] == values["back"]:
        return words(
            "%(other)s wins the duel against %(name)s by %(theirs)s to %(mine)s. The chain of won"
            " duels %(chain)s is as strong: both ways the weakest has %(strength)s ballots.",
            **values,
        )
    return words(
        "%(other)s wins the duel against %(name)s by %(theirs)s to %(mine)s. But the chain of won"
        " duels %(chain)s is stronger: its weakest has %(strength)s ballots, the strongest way back"
        " only %(back)s.",
        **values,
    )


def _route(outcome: Outcome, paths: Matrix, both: tuple[int, int]) -> list[int]:
    """A shortest chain from one option to the other, none of whose duels is weaker than allowed."""
    start, end = both
    pairs, least = outcome.pairs, paths[start][end]
    reached = {start: start}
    waiting = deque([start])
    while waiting and end not in reached:
        here = waiting.popleft()
        for there, votes in enumerate(pairs[here]):
            if votes > pairs[there][here] and votes >= least and there not in reached:
                reached[there] = here
                waiting.append(there)
    route = [end]
    while route[-1] != start:
        route.append(reached[route[-1]])
    return route[::-1]
