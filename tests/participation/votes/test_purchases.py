"""Why a project is chosen or not."""

from hypothesis import given, settings

from participation.votes.outcome import outcome_of
from participation.votes.proposal import Counting, Rule, Spending
from participation.votes.purchases import by_most_votes, purchases
from participation.votes.terms import Terms
from tests.ballots.counting.contests import outcome
from tests.ballots.counting.drawn import contests


def bought(rule, costs, totals, winners, *, valid=10, budget=100):
    """Terms and outcome of a budget."""
    ids = tuple(str(number) for number in range(len(costs)))
    terms = Terms(Counting(rule, spending=Spending(budget, costs)), ids, ids)
    said = {"valid": valid, "blank": 0, "winners": winners, "drawn": False, "totals": totals}
    return terms, outcome_of(terms, said)


def told(*found, **more):
    """The reasons in the order of the table, in English."""
    return [(each.option, str(each.why)) for each in purchases(*bought(*found, **more))]


def test_most_wanted_first_tells_what_was_left():
    assert told(Rule.GREEDY, (60, 50, 30, 10, 101), [18, 22, 10, 0, 30], ["1", "2"]) == [
        (4, "It costs more than the whole budget."),
        (1, "It fits into the Rp 100 that were left."),
        (0, "It costs more than the Rp 50 that were left."),
        (2, "It fits into the Rp 50 that were left."),
        (3, "Nobody wants it."),
    ]


def test_where_lots_decided_the_reason_says_so():
    assert told(Rule.GREEDY, (60, 60), [5, 5], ["1"]) == [
        (1, "It fits into the Rp 100 that were left."),
        (0, "As many want a project that the lots put before it, and too little was left then."),
    ]
    assert told(Rule.GREEDY, (40, 40), [5, 5], ["0", "1"])[0][1] == (
        "It fits into the money that was left when its turn came."
    )


def test_equal_shares_tell_what_the_supporters_parts_come_to():
    found = told(Rule.EQUAL_SHARES, (50, 60, 40, 20, 30), [6, 6, 4, 1, 2], ["0", "2", "3"])
    assert found == [
        (0, "The equal parts of its 6 supporters, Rp 60 together, can pay for it."),
        (1, "Its supporters have spent too much of their parts on other projects."),
        (2, "The equal parts of its 4 supporters, Rp 40 together, can pay for it."),
        (4, "The equal parts of its 2 supporters, Rp 20 together, are less than it costs."),
        (3, ("The equal part of its 1 supporter, Rp 10, is less than it costs; it is chosen"
            " because money would be left otherwise.")),
    ]  # fmt: skip


def test_what_most_votes_alone_would_choose_is_told_unless_lots_decide():
    assert by_most_votes(*bought(Rule.EQUAL_SHARES, (50, 60, 40), [6, 5, 4], [])) == {0, 2}
    assert by_most_votes(*bought(Rule.EQUAL_SHARES, (60, 60), [6, 6], [])) is None
    assert by_most_votes(*bought(Rule.EQUAL_SHARES, (40, 60), [6, 6], [])) == {0, 1}


@settings(deadline=None)
@given(contests("greedy"))
def test_most_votes_alone_choose_what_the_rule_itself_chooses(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    rule = drawn.question.rule
    ids = tuple(str(number) for number in range(len(rule.costs)))
    spending = Spending(rule.budget, rule.costs)
    terms = Terms(Counting(Rule.GREEDY, spending=spending), ids, ids)
    said = {"valid": result.valid, "blank": result.blank, "drawn": result.drawn}
    winners = [ids[each] for each in result.winners]
    found = outcome_of(terms, said | result.details | {"winners": winners})
    assert by_most_votes(terms, found) in (None, set(result.winners))
    assert len(purchases(terms, found)) == len(ids)
