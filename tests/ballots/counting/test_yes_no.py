from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests

YES, NO = 0, 1


def referendum(**fields):
    return question("yes-no", ["yes", "no"], **fields)


def test_more_yes_than_no_is_accepted():
    result = outcome(referendum(), {YES: 3, NO: 2, None: 4})
    assert (result.winners, result.valid, result.blank) == ((YES,), 5, 4)
    assert result.details == {"totals": [3, 2]}


@pytest.mark.parametrize(("strict", "winner"), [(True, NO), (False, YES)])
def test_exactly_the_majority_is_enough_only_where_it_need_not_be_exceeded(strict, winner):
    asked = referendum(majority=(2, 3), strict=strict)
    result = outcome(asked, {YES: 4, NO: 2})
    assert result.winners == (winner,)
    assert not result.drawn


@pytest.mark.parametrize(("roll_size", "winners"), [(20, (YES,)), (21, ())])
def test_the_quorum_counts_blank_ballots_and_the_whole_roll(roll_size, winners):
    asked = referendum(quorum=(1, 4))
    result = outcome(asked, {YES: 3, NO: 1, None: 1}, roll_size=roll_size)
    assert result.winners == winners
    assert result.details == {"totals": [3, 1]}


def test_blank_ballots_alone_decide_nothing():
    result = outcome(referendum(quorum=(1, 2)), {None: 10}, roll_size=10)
    assert (result.winners, result.drawn, result.details) == ((), False, {"totals": [0, 0]})


@given(contests("yes-no"), st.integers(0, 20))
def test_the_decision_is_that_of_exact_shares(drawn, more_on_the_roll):
    roll_size = len(drawn.ballots) + more_on_the_roll
    result = outcome(drawn.question, drawn.ballots, order=drawn.order, roll_size=roll_size)
    yes, no = drawn.ballots.count(YES), drawn.ballots.count(NO)
    rule = drawn.question.rule
    quorum = Fraction(*rule.quorum) if rule.quorum else Fraction(0)
    assert not result.drawn
    if yes + no == 0 or Fraction(len(drawn.ballots), roll_size) < quorum:
        assert result.winners == ()
        return
    share, majority = Fraction(yes, yes + no), Fraction(*rule.majority)
    accepted = share > majority or (share == majority and not rule.strict)
    assert result.winners == ((YES,) if accepted else (NO,))
