from hypothesis import given

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests


def test_every_mark_counts_and_the_highest_totals_win():
    choices = {frozenset({0, 1}): 3, frozenset({1, 2}): 2, frozenset({3}): 4, frozenset(): 1}
    result = outcome(question("approval", 4, seats=2), choices)
    assert result.details == {"totals": [3, 5, 2, 4]}
    assert result.winners == (1, 3)
    assert (result.valid, result.blank, result.drawn) == (9, 1, False)


def test_a_tie_for_the_last_seat_is_drawn():
    choices = {frozenset({0, 1, 2}): 1, frozenset({0}): 1}
    asked = question("approval", 3, seats=2)
    assert outcome(asked, choices, order=(2, 1, 0)).winners == (0, 2)
    assert outcome(asked, choices, order=(1, 2, 0)).winners == (0, 1)
    assert outcome(asked, choices).drawn


def test_without_a_valid_ballot_nobody_wins():
    result = outcome(question("approval", 2), {frozenset(): 5})
    assert (result.winners, result.drawn, result.details) == ((), False, {"totals": [0, 0]})


@given(contests("approval"))
def test_totals_are_the_ballots_that_hold_the_option(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    options = range(len(drawn.question.options))
    totals = [sum(option in ballot for ballot in drawn.ballots) for option in options]
    assert result.details == {"totals": totals}
    best = sorted(options, key=lambda option: (-totals[option], drawn.order.index(option)))
    expected = best[: drawn.question.rule.seats] if any(totals) else []
    assert list(result.winners) == sorted(expected)
