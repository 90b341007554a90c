from hypothesis import given

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests


def test_scores_are_added_up():
    result = outcome(question("score", 3, max_score=5), {(5, 0, 4): 2, (0, 3, 4): 1, (0, 0, 0): 2})
    assert result.details == {"totals": [10, 3, 12]}
    assert (result.winners, result.valid, result.blank) == ((2,), 3, 2)


def test_equal_sums_are_drawn_from_the_order():
    choices = {(2, 0): 1, (0, 2): 1}
    asked = question("score", 2, max_score=2)
    assert outcome(asked, choices, order=(1, 0)).winners == (1,)
    assert outcome(asked, choices, order=(0, 1)).drawn


def test_without_a_valid_ballot_nobody_wins():
    result = outcome(question("score", 2, max_score=2), {})
    assert (result.winners, result.drawn, result.details) == ((), False, {"totals": [0, 0]})


@given(contests("score"))
def test_totals_are_the_sums_of_the_columns(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    columns = zip(*drawn.ballots, strict=True) if drawn.ballots else []
    options = range(len(drawn.question.options))
    totals = [sum(column) for column in columns] or [0 for _ in options]
    assert result.details == {"totals": totals}
    best = sorted(options, key=lambda option: (-totals[option], drawn.order.index(option)))
    expected = best[: drawn.question.rule.seats] if any(totals) else []
    assert list(result.winners) == sorted(expected)
