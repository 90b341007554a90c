"""States of a vote, and the acts between them."""

from datetime import timedelta

import pytest

from participation.core.errors import Conflict
from participation.votes.proposal import Windows
from participation.votes.rules import (
    TRANSITIONS,
    Act,
    Situation,
    State,
    after,
    check_changeable,
    refusal,
)
from tests.participation.people import MORNING

WINDOWS = Windows(
    check_in_opens=MORNING,
    check_in_closes=MORNING + timedelta(days=2),
    voting_opens=MORNING + timedelta(days=1),
    voting_closes=MORNING + timedelta(days=3),
)
LONG_AFTER = MORNING + timedelta(days=9)
WAY = {
    State.DRAFTED: (Act.ANNOUNCE, MORNING),
    State.ANNOUNCED: (Act.FREEZE, MORNING),
    State.FROZEN: (Act.OPEN, WINDOWS.voting_opens),
    State.OPEN: (Act.CLOSE_CHECK_IN, WINDOWS.check_in_closes),
    State.CHECK_IN_CLOSED: (Act.CLOSE, WINDOWS.voting_closes),
    State.CLOSED: (Act.COUNT, LONG_AFTER),
}


def situation(state, now=MORNING, roll_size=12, min_group=10):
    return Situation(state, WINDOWS, now, roll_size, min_group)


def code(act, where):
    refused = refusal(act, where)
    return refused.code if refused else ""


def test_a_vote_goes_through_its_states_in_order():
    state, seen = State.DRAFTED, []
    while state is not State.COUNTED:
        seen.append(state)
        act, now = WAY[state]
        state = after(act, situation(state, now))
    assert seen == list(WAY)


def test_no_act_is_possible_outside_its_state():
    """Casting before opening, opening before the freeze, counting before the close: refused."""
    tried = 0
    for state in State:
        for act in set(Act) - set(TRANSITIONS[state]):
            tried += 1
            with pytest.raises(Conflict) as refused:
                after(act, situation(state, LONG_AFTER))
            assert refused.value.code == "wrong-state"
            assert str(refused.value.message)
    assert tried == len(State) * len(Act) - 7


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        (State.FROZEN, "voting-opens"),
        (State.OPEN, "check-in-closes"),
        (State.CHECK_IN_CLOSED, "voting-closes"),
    ],
)
def test_nothing_happens_before_its_promised_hour(state, rule):
    act, hour = WAY[state]
    assert code(act, situation(state, hour - timedelta(seconds=1))) == rule
    assert code(act, situation(state, hour)) == ""


def test_a_vote_without_a_roll_is_not_announced():
    assert code(Act.ANNOUNCE, situation(State.DRAFTED, roll_size=0)) == "roll-missing"


def test_a_roll_smaller_than_the_least_group_is_refused():
    """A19: a result of few tells who chose what."""
    assert code(Act.ANNOUNCE, situation(State.DRAFTED, roll_size=9)) == "min-group"
    assert code(Act.ANNOUNCE, situation(State.DRAFTED, roll_size=10)) == ""


def test_a_vote_whose_check_in_is_over_is_neither_announced_nor_frozen():
    late = WINDOWS.check_in_closes
    assert code(Act.ANNOUNCE, situation(State.DRAFTED, late)) == "check-in-closes"
    assert code(Act.FREEZE, situation(State.ANNOUNCED, late)) == "check-in-closes"


def test_an_announced_vote_can_be_withdrawn_and_a_frozen_one_cannot():
    assert after(Act.WITHDRAW, situation(State.ANNOUNCED)) is State.DRAFTED
    assert code(Act.WITHDRAW, situation(State.FROZEN)) == "wrong-state"


def test_only_what_is_still_drawn_up_changes():
    check_changeable(State.DRAFTED)
    with pytest.raises(Conflict) as refused:
        check_changeable(State.ANNOUNCED)
    assert refused.value.code == "announced"
    sealed = set(State) - {State.DRAFTED, State.ANNOUNCED}
    for state in sealed:
        with pytest.raises(Conflict) as refused:
            check_changeable(state)
        assert refused.value.code == "frozen"
