from hypothesis import given

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests


def stars(options, **fields):
    return question("star", options, max_score=5, **fields)


def test_the_finalist_preferred_on_more_ballots_beats_the_higher_total():
    result = outcome(stars(3), {(5, 0, 1): 2, (3, 4, 0): 3})
    assert result.details == {"totals": [19, 12, 2], "finalists": [0, 1], "runoff": [2, 3]}
    assert (result.winners, result.drawn) == ((1,), False)


def test_equally_preferred_finalists_are_told_apart_by_their_totals():
    result = outcome(stars(2), {(5, 0): 1, (0, 4): 1})
    assert (result.winners, result.drawn) == ((0,), False)


def test_a_draw_of_finalists_is_reported():
    choices = {(5, 3, 3): 1}
    first = outcome(stars(3), choices, order=(0, 1, 2))
    second = outcome(stars(3), choices, order=(2, 1, 0))
    assert first.details["finalists"] == [0, 1]
    assert second.details["finalists"] == [0, 2]
    assert first.drawn
    assert second.drawn
    assert first.winners == second.winners == (0,)


def test_finalists_equal_in_everything_are_drawn_from_the_order():
    choices = {(5, 0): 1, (0, 5): 1}
    assert outcome(stars(2), choices, order=(1, 0)).winners == (1,)
    assert outcome(stars(2), choices, order=(0, 1)).winners == (0,)
    assert outcome(stars(2), choices).drawn


def test_without_a_valid_ballot_there_is_no_final():
    result = outcome(stars(2), {(0, 0): 3})
    assert (result.winners, result.drawn) == ((), False)
    assert result.details == {"totals": [0, 0], "finalists": [], "runoff": []}


def test_an_unsafe_draft_with_one_option_does_not_stop_the_count():
    assert outcome(stars(1), {(4,): 1}).winners == (0,)


@given(contests("star"))
def test_the_winner_is_the_finalist_of_the_better_key(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    ballots = [ballot for ballot in drawn.ballots if any(ballot)]
    if not ballots:
        assert result.winners == ()
        return
    totals = [sum(column) for column in zip(*ballots, strict=True)]
    lot = drawn.order.index
    ranking = sorted(range(len(totals)), key=lambda option: (-totals[option], lot(option)))
    one, other = ranking[:2]
    balance = sum((b[one] > b[other]) - (b[one] < b[other]) for b in ballots)
    key = (balance, totals[one] - totals[other], lot(other) - lot(one))
    assert result.winners == ((one,) if key > (0, 0, 0) else (other,))
    shared = len(ranking) > 2 and totals[ranking[1]] == totals[ranking[2]]
    assert result.drawn == (shared or key[:2] == (0, 0))
