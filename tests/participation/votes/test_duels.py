"""A count by duels in words."""

from participation.votes.duels import readings
from participation.votes.outcome import outcome_of
from participation.votes.proposal import Counting, Rule
from participation.votes.terms import Terms


def told(pairs, *winners):
    names = tuple("ABCDE"[: len(pairs)])
    terms = Terms(Counting(Rule.SCHULZE, seats=len(winners)), names, names)
    said = {"valid": 9, "blank": 0, "winners": winners, "drawn": False, "pairs": pairs}
    return [str(each) for each in readings(terms, outcome_of(terms, said))]


def test_who_wins_every_duel_needs_no_more_words():
    assert told([[0, 5, 6], [4, 0, 5], [3, 4, 0]], "A") == [
        "A wins its duel against each of the others."
    ]


def test_in_a_circle_the_stronger_chain_is_named():
    coast, market, campus = [0, 4, 4], [3, 0, 7], [5, 2, 0]
    assert told([coast, market, campus], "B") == [
        "B does not win every duel, and is still unbeaten.",
        (
            "A wins the duel against B by 4 to 3. But the chain of won duels B → C → A is stronger:"
            " its weakest has 5 ballots, the strongest way back only 4."
        ),
    ]


def test_equal_duels_and_equal_chains_are_told():
    assert told([[0, 3], [3, 0]], "A")[1] == "Its duel with B is equal, with 3 ballots each."
    circle = [[0, 6, 3], [3, 0, 6], [6, 3, 0]]
    assert told(circle, "A")[1] == (
        "C wins the duel against A by 6 to 3. The chain of won duels A → B → C is as strong: both"
        " ways the weakest has 6 ballots."
    )
