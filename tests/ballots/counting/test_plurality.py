from collections import Counter

from hypothesis import given

from participation.ballot_files import read_abif
from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests
from tests.places import shared


def test_the_most_marked_option_wins():
    result = outcome(question("plurality", 3), {0: 4, 2: 5, None: 7})
    assert (result.winners, result.drawn) == ((2,), False)
    assert (result.valid, result.blank) == (9, 7)
    assert result.details == {"totals": [4, 0, 5]}


def test_burlington_2009_would_have_elected_wright():
    path = shared("elections/2009-burlington-mayor") / "ballots.abif"
    ballots = read_abif(path.read_text("utf-8"))
    keys = [option.key for option in ballots.options]
    firsts = Counter()
    for ranks, number in ballots.counts.items():
        firsts[ranks.index(1) if ranks.count(1) == 1 else None] += number
    result = outcome(question("plurality", [key.lower() for key in keys]), firsts)
    totals = dict(zip(keys, result.details["totals"], strict=True))
    assert [keys[each] for each in result.winners] == ["Wright"]
    assert (totals["Wright"], totals["Kiss"], totals["Montroll"]) == (2951, 2585, 2063)


def test_several_seats_go_to_the_highest_totals_in_option_order():
    result = outcome(question("plurality", 4, seats=2), {3: 9, 1: 3, 0: 2})
    assert result.winners == (1, 3)
    assert not result.drawn


def test_equal_totals_of_winner_and_loser_are_drawn_from_the_order():
    asked = question("plurality", 3)
    choices = {0: 2, 1: 2, 2: 1}
    assert outcome(asked, choices, order=(2, 1, 0)).winners == (1,)
    assert outcome(asked, choices, order=(2, 0, 1)).winners == (0,)
    assert outcome(asked, choices).drawn


def test_equal_totals_of_two_winners_are_not_drawn():
    result = outcome(question("plurality", 3, seats=2), {0: 2, 1: 2, 2: 1})
    assert (result.winners, result.drawn) == ((0, 1), False)


def test_without_a_valid_ballot_nobody_wins():
    result = outcome(question("plurality", 3), {None: 3})
    assert (result.winners, result.drawn) == ((), False)
    assert (result.valid, result.blank) == (0, 3)
    assert result.details == {"totals": [0, 0, 0]}


def test_a_million_ballots_of_few_patterns_cost_as_much_as_the_patterns():
    result = outcome(question("plurality", 2), {0: 600_000, 1: 400_000})
    assert result.valid == 1_000_000
    assert result.winners == (0,)


@given(contests("plurality"))
def test_winners_are_those_whom_fewer_than_seats_options_precede(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    votes = Counter(ballot for ballot in drawn.ballots if ballot is not None)
    if not votes:
        assert result.winners == ()
        return
    places = {
        option: (-votes[option], drawn.order.index(option))
        for option in range(len(drawn.question.options))
    }
    seats = drawn.question.rule.seats
    expected = {
        option
        for option in places
        if sum(other < places[option] for other in places.values()) < seats
    }
    assert set(result.winners) == expected
    losers = set(places) - expected
    assert result.drawn == any(votes[w] == votes[loser] for w in expected for loser in losers)
