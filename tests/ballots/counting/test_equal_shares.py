from fractions import Fraction

from hypothesis import given, settings

from tests.ballots.counting.contests import outcome, question
from tests.ballots.counting.drawn import contests
from tests.ballots.counting.elections import wieliczka


def shares(costs, budget, **fields):
    fields = {"utility": "cost"} | fields
    return question("equal-shares", len(costs), costs=costs, budget=budget, **fields)


def completed(costs, budget, **fields):
    return shares(costs, budget, completion="add1u-greedy", completion_step=1, **fields)


def test_a_minority_gets_what_its_share_pays_for():
    # Ten voters with 10 each: seven can pay for 60 or 40, not both; three have 30.
    asked = shares((60, 30, 40), 100)
    result = outcome(asked, {frozenset({0, 2}): 7, frozenset({1}): 3})
    assert result.winners == (0, 1)
    assert result.details == {"totals": [7, 3, 7], "spent": 90}


def test_those_who_cannot_pay_a_full_share_give_all_they_have():
    # Four voters with 5 each. a costs 8, 4 each of two; then one of them has 1 left and b's other
    # supporter 5: together they pay 6.
    asked = shares((8, 6), 20)
    choices = {frozenset({0, 1}): 1, frozenset({0}): 1, frozenset({1}): 1, frozenset(): 3}
    result = outcome(asked, choices)
    # Blank ballots have no share: three voters have 20/3 each, and both projects are paid for.
    assert (result.winners, result.valid, result.blank) == ((0, 1), 3, 3)


def test_cost_as_utility_prefers_the_project_of_more_supporters_not_the_cheaper_one():
    choices = {frozenset({0, 1}): 1, frozenset({0}): 1}
    assert outcome(shares((10, 2), 10), choices).winners == (0,)
    # With every project worth the same, the cheap one comes first and leaves too little.
    assert outcome(shares((10, 2), 10, utility="cardinality"), choices).winners == (1,)


def test_equally_good_projects_are_drawn_from_the_order():
    asked = shares((4, 4), 4)
    choices = {frozenset({0, 1}): 2}
    assert outcome(asked, choices, order=(1, 0)).winners == (1,)
    assert outcome(asked, choices, order=(0, 1)).winners == (0,)
    assert outcome(asked, choices).drawn


def test_without_completion_money_may_stay():
    choices = {frozenset({0}): 1, frozenset({1}): 1}
    assert outcome(shares((6, 3), 10), choices).winners == (1,)


def test_completion_raises_everybodys_money_while_the_outcome_fits():
    choices = {frozenset({0}): 1, frozenset({1}): 1}
    result = outcome(completed((6, 3), 10), choices)
    assert (result.winners, result.details["spent"]) == ((0, 1), 9)


def test_completion_does_not_stop_when_nothing_more_would_fit():
    # Wieliczka 2023, the first binding use: who stops there gets another list, of 31 projects.
    data = wieliczka()
    asked = completed(data.costs, data.budget)
    result = outcome(asked, data.choices)
    assert {data.projects[each] for each in result.winners} == set(data.official_winners)
    assert len(result.winners) == 30
    assert result.details["spent"] == data.official_cost == 995_079
    assert (result.valid, result.drawn) == (6586, False)


def test_what_raising_leaves_is_spent_greedily():
    # With 5 or 6 each only b is bought. With 7 each a and c would be too, for 14 in all: too much.
    # So b stays, and the 7 that are left go by votes, here equal, in the order of the lots.
    choices = {frozenset({0}): 1, frozenset({1, 2}): 1}
    asked = completed((7, 3, 4), 10, utility="cardinality")
    assert outcome(asked, choices, order=(0, 1, 2)).winners == (0, 1)
    assert outcome(asked, choices, order=(2, 1, 0)).winners == (1, 2)
    assert outcome(asked, choices, order=(2, 1, 0)).details["spent"] == 7


def test_raising_stops_once_all_that_can_be_bought_is_bought():
    # With 5/4 each the three are bought one after another, each the best value of its turn. Richer
    # voters would find the second and the third equally good, but the first such run is kept.
    voters = [frozenset({0, 1}), frozenset({0, 2}), frozenset({0, 1}), frozenset({2})]
    result = outcome(completed((1, 1, 2), 5), voters)
    assert (result.winners, result.drawn) == ((0, 1, 2), False)


def test_a_project_without_support_is_never_bought():
    result = outcome(completed((1, 5), 10), {frozenset({1}): 1})
    assert (result.winners, result.details["spent"]) == ((1,), 5)


def test_a_project_beyond_the_budget_is_never_bought():
    result = outcome(completed((11, 5), 10), {frozenset({0, 1}): 2})
    assert result.winners == (1,)


def test_without_a_valid_ballot_nothing_is_spent():
    result = outcome(completed((5, 5), 10), {frozenset(): 2})
    assert (result.winners, result.drawn) == ((), False)
    assert result.details == {"totals": [0, 0], "spent": 0}


def test_a_budget_of_nothing_buys_nothing():
    result = outcome(completed((5, 5), 0), {frozenset({0}): 2})
    assert (result.winners, result.details) == ((), {"totals": [2, 0], "spent": 0})


def test_a_cost_of_nothing_in_an_unsafe_draft_does_not_stop_the_count():
    assert outcome(shares((0, 5), 10), {frozenset({0, 1}): 2}).winners == (1,)


def test_a_step_too_small_for_its_budget_ends_all_the_same():
    # An unsafe draft: 10^12 steps would be allowed by the formula. The costly project is never
    # affordable, so that only the limit of safe parameters ends the raising.
    asked = completed((10**12, 1), 10**12, utility="cardinality")
    result = outcome(asked, {frozenset({0}): 1, frozenset({1}): 1})
    assert result.details["spent"] <= 10**12


@settings(max_examples=60)
@given(contests("equal-shares"))
def test_voter_by_voter_in_fractions_gives_the_same(drawn):
    result = outcome(drawn.question, drawn.ballots, order=drawn.order)
    voters = [ballot for ballot in drawn.ballots if ballot]
    if not voters:
        assert result.winners == ()
        return
    bought, several = Completed(drawn.question.rule, voters, drawn.order).outcome()
    assert set(result.winners) == bought
    assert result.drawn == several


class Completed:
    """The rule once more, each voter alone, by the text of section 11."""

    def __init__(self, rule, voters, order):
        self.rule, self.voters, self.order = rule, voters, order
        self.projects = range(len(rule.costs))
        self.support = [sum(p in voter for voter in voters) for p in self.projects]

    def cost(self, bought):
        return sum(self.rule.costs[p] for p in bought)

    def outcome(self):
        rule = self.rule
        each = Fraction(rule.budget, len(self.voters))
        kept = self.run(each)
        if rule.completion is None:
            return kept
        possible = {p for p in self.projects if self.support[p] and rule.costs[p] <= rule.budget}
        for _ in range(rule.budget // rule.completion_step):
            if possible <= kept[0]:
                break
            each += rule.completion_step
            richer = self.run(each)
            if self.cost(richer[0]) > rule.budget:
                break
            kept = richer
        bought = set(kept[0])
        for p in sorted(self.projects, key=lambda p: (-self.support[p], self.order.index(p))):
            if p not in bought and self.support[p] and self.cost({*bought, p}) <= rule.budget:
                bought.add(p)
        return bought, kept[1]

    def run(self, each):
        money = dict.fromkeys(range(len(self.voters)), each)
        bought, several = set(), False
        while True:
            rhos = {p: self.rho(p, money) for p in self.projects if p not in bought}
            rhos = {p: rho for p, rho in rhos.items() if rho is not None}
            if not rhos:
                return bought, several
            best = [p for p in rhos if rhos[p] == min(rhos.values())]
            several |= len(best) > 1
            project = min(best, key=self.order.index)
            for voter, approved in enumerate(self.voters):
                if project in approved:
                    money[voter] -= min(money[voter], rhos[project] * self.utility(project))
            bought.add(project)

    def utility(self, project):
        return self.rule.costs[project] if self.rule.utility == "cost" else 1

    def rho(self, project, money):
        """The smallest rate that pays the cost: a guess for each number of paupers, tried."""
        purses = sorted(money[v] for v, approved in enumerate(self.voters) if project in approved)
        utility, cost = self.utility(project), self.rule.costs[project]
        guesses = [
            (cost - sum(purses[:poor], Fraction(0))) / (len(purses) - poor) / utility
            for poor in range(len(purses))
        ]
        right = [
            rho for rho in guesses
            if rho > 0 and sum(min(purse, rho * utility) for purse in purses) == cost
        ]  # fmt: skip
        return min(right, default=None)
