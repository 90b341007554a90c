"""What holds for every rule of the table. Attacks: A61 (grinding a tie), A65 (inexact counts)."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.counting import RULES, count
from ballots.draft import RULES_OF
from ballots.plaintext import marks
from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests

EVERY_RULE = st.sampled_from(sorted(RULES)).flatmap(contests)
SAME_FOR_ALL_OPTIONS = [name for name in sorted(RULES) if name != "yes-no"]


def test_the_table_holds_exactly_the_rules_of_the_draft_with_their_methods():
    assert {(rule.method, name) for name, rule in RULES.items()} == {
        (method, name) for method, names in RULES_OF.items() for name in names
    }
    assert all(rule.name == name for name, rule in RULES.items())
    assert len(RULES) == 10


@given(EVERY_RULE, st.data())
def test_the_order_of_the_ballots_changes_nothing(drawn, data):
    # Test 68 of the research on voting: every permutation of the input, one result.
    first = outcome(drawn.question, drawn.ballots, order=drawn.order)
    shuffled = data.draw(st.permutations(drawn.ballots))
    assert outcome(drawn.question, shuffled, order=drawn.order) == first


@given(EVERY_RULE, st.integers(2, 1000))
def test_ballots_given_by_number_count_as_if_given_one_by_one(drawn, times):
    if drawn.question.rule.name in {"stv-scottish", "equal-shares"}:
        times = 2  # the quota and the shares of money do not grow in proportion
        many = Counter(drawn.ballots * times)
        one_by_one = outcome(drawn.question, drawn.ballots * times, order=drawn.order)
        assert outcome(drawn.question, many, order=drawn.order) == one_by_one
        return
    once = outcome(drawn.question, drawn.ballots, order=drawn.order)
    many = {choice: number * times for choice, number in Counter(drawn.ballots).items()}
    result = outcome(drawn.question, many, order=drawn.order)
    assert (result.winners, result.drawn) == (once.winners, once.drawn)
    assert (result.valid, result.blank) == (once.valid * times, once.blank * times)


@pytest.mark.parametrize("rule", SAME_FOR_ALL_OPTIONS)
@settings(max_examples=50)
@given(data=st.data())
def test_renaming_the_options_and_their_lots_renames_the_result(rule, data):
    drawn = data.draw(contests(rule))
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    new_place = data.draw(st.permutations(range(len(drawn.question.options))))

    def moved(values):
        """One value per option, each at its option's new place."""
        return [values[new_place.index(place)] for place in range(len(values))]

    renamed = replace(drawn.question, rule=replace(
        drawn.question.rule, costs=tuple(moved(drawn.question.rule.costs)),
    ))  # fmt: skip
    again = outcome(
        renamed,
        [_moved_choice(choice, new_place, moved) for choice in drawn.ballots],
        order=[new_place[option] for option in drawn.order],
    )
    assert again.winners == tuple(sorted(new_place[winner] for winner in result.winners))
    assert again.drawn == result.drawn
    assert again.details == _moved_details(result.details, new_place, moved)


def _moved_choice(choice, new_place, moved):
    if choice is None or isinstance(choice, int):
        return None if choice is None else new_place[choice]
    if isinstance(choice, frozenset):
        return frozenset(new_place[option] for option in choice)
    return tuple(moved(choice))


def _moved_details(details, new_place, moved):
    expected = dict(details)
    for key in ("totals", "rounds", "pairs"):
        if key in details:
            expected[key] = (
                moved(details[key]) if key == "totals" else [moved(r) for r in details[key]]
            )
    if "pairs" in expected:
        expected["pairs"] = moved(expected["pairs"])
    if "finalists" in details:
        places = [new_place[option] for option in details["finalists"]]
        both = sorted(zip(places, details["runoff"], strict=True))
        expected["finalists"] = [place for place, _ in both]
        expected["runoff"] = [votes for _, votes in both]
    return expected


@given(EVERY_RULE, st.data())
def test_lots_decide_nothing_that_is_not_reported_as_drawn(drawn, data):
    if drawn.question.rule.completion is not None:
        return  # section 9 reports only the lots of the run that is kept, not of its completion
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    other_order = data.draw(st.permutations(drawn.order))
    if not result.drawn:
        assert outcome(drawn.question, drawn.ballots, order=other_order) == result


@given(EVERY_RULE)
def test_every_result_is_whole_numbers_with_winners_in_option_order(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    assert list(result.winners) == sorted(set(result.winners))
    assert result.valid + result.blank == len(drawn.ballots)
    assert result.blank == sum(not any(marks(drawn.question, each)) for each in drawn.ballots)
    if not result.valid:
        assert (result.winners, result.drawn) == ((), False)
    assert all(type(number) is int for number in _numbers(list(result.details.values())))


def _numbers(value):
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    else:
        yield value


@pytest.mark.parametrize("order", [(0, 1), (0, 1, 1), (0, 1, 3)])
def test_lots_that_are_not_the_options_are_refused(order):
    with pytest.raises(ValueError, match="every option once"):
        count(question("plurality", 3), {0: 1}, tie_order=order, roll_size=1)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_million_ballots_of_few_patterns_are_counted_at_once(rule):
    choices = {
        "single": {0: 600_000, 1: 399_999, None: 1},
        "approval": {frozenset({0}): 600_000, frozenset({0, 1}): 399_999, frozenset(): 1},
        "score": {(1, 0): 600_000, (1, 1): 399_999, (0, 0): 1},
        "ranked": {(1, 0): 600_000, (2, 1): 399_999, (0, 0): 1},
    }
    method = RULES[rule].method
    budget = {"budget": 10, "costs": (10, 1), "utility": "cost"} if method == "budget" else {}
    result = outcome(
        question(rule, ["yes", "no"], **budget),
        choices["approval" if method == "budget" else method],
        roll_size=1_000_000,
    )
    assert (result.winners, result.valid, result.blank) == ((0,), 999_999, 1)
