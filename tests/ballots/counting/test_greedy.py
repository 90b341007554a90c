from hypothesis import given

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import wieliczka


def test_what_does_not_fit_is_skipped():
    asked = question("greedy", 3, budget=100, costs=(60, 50, 40))
    result = outcome(asked, {frozenset({0, 1}): 2, frozenset({0, 2}): 1})
    assert result.winners == (0, 2)
    assert result.details == {"totals": [3, 2, 1], "spent": 100}
    assert not result.drawn


def test_points_are_added_up():
    asked = question("greedy", 2, points=10, budget=5, costs=(5, 5))
    result = outcome(asked, {(1, 9): 1, (6, 0): 1, (0, 0): 4})
    assert (result.winners, result.valid, result.blank) == ((1,), 2, 4)
    assert result.details == {"totals": [7, 9], "spent": 5}


def test_equal_totals_are_bought_in_the_order_of_the_lots():
    asked = question("greedy", 2, budget=5, costs=(5, 5))
    choices = {frozenset({0, 1}): 3}
    assert outcome(asked, choices, order=(1, 0)).winners == (1,)
    assert outcome(asked, choices, order=(0, 1)).winners == (0,)
    assert outcome(asked, choices).drawn


def test_a_project_without_support_is_never_bought():
    asked = question("greedy", 2, budget=10, costs=(5, 5))
    result = outcome(asked, {frozenset({1}): 1})
    assert (result.winners, result.details["spent"]) == ((1,), 5)


def test_without_a_valid_ballot_nothing_is_spent():
    result = outcome(question("greedy", 2, budget=10, costs=(5, 5)), {frozenset(): 2})
    assert (result.winners, result.drawn) == ((), False)
    assert result.details == {"totals": [0, 0], "spent": 0}


@given(contests("greedy"))
def test_each_project_is_bought_exactly_if_it_fits_behind_those_before_it(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    rule, totals = drawn.question.rule, result.details["totals"]

    def precedes(one, other):
        keys = [(-totals[each], drawn.order.index(each)) for each in (one, other)]
        return keys[0] < keys[1]

    for project in range(len(rule.costs)):
        spent = sum(rule.costs[other] for other in result.winners if precedes(other, project))
        fits = spent + rule.costs[project] <= rule.budget
        assert (project in result.winners) == (fits and totals[project] > 0)
    assert result.details["spent"] == sum(rule.costs[each] for each in result.winners)
    losers = set(range(len(rule.costs))) - set(result.winners)
    assert result.drawn == any(totals[w] == totals[o] for w in result.winners for o in losers)


def test_wieliczka_2023_by_votes_alone_buys_the_computed_list():
    data = wieliczka()
    asked = question("greedy", data.projects, budget=data.budget, costs=data.costs)
    result = outcome(asked, data.choices)
    assert {data.projects[each] for each in result.winners} == set(data.greedy_winners)
    assert result.details["spent"] == data.greedy_cost == 998_997
    assert result.valid == 6586
