"""Small contests drawn at random: a question under a rule, its ballots one by one, its lots."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ballots.draft import Question
from ballots.plaintext import Choice
from tests.ballots.counting.contests import question

MOST_OPTIONS = 5
MOST_BALLOTS = 9


@dataclass(frozen=True)
class Drawn:
    """A contest: `ballots` one by one, blank ones among them."""

    question: Question
    ballots: list[Choice]
    order: tuple[int, ...]


@st.composite
def contests(draw: st.DrawFn, rule: str, **fixed: Any) -> Drawn:
    """Contests under this rule; small numbers, so that ties are common."""
    options = 2 if rule == "yes-no" else draw(st.integers(2, MOST_OPTIONS))
    asked = draw(_questions(rule, options, fixed))
    ballots = draw(st.lists(choices(asked), max_size=MOST_BALLOTS))
    return Drawn(asked, ballots, tuple(draw(st.permutations(range(options)))))


@st.composite
def _questions(draw: st.DrawFn, rule: str, options: int, fixed: dict[str, Any]) -> Question:
    fields: dict[str, Any] = {}
    if rule in {"plurality", "approval", "score", "stv-scottish", "schulze"}:
        fields["seats"] = draw(st.integers(1, options))
    if rule in {"score", "star"}:
        fields["max_score"] = draw(st.integers(1, 4))
    if rule in {"instant-runoff", "schulze"}:
        fields["equal"] = draw(st.booleans())
    if rule == "yes-no":
        fields["quorum"] = draw(st.sampled_from([None, (1, 4), (1, 2)]))
        fields["majority"] = draw(st.sampled_from([(1, 2), (2, 3)]))
        fields["strict"] = draw(st.booleans())
    if rule in {"greedy", "equal-shares"}:
        fields |= draw(_budgets(rule, options))
    names = ["yes", "no"] if rule == "yes-no" else options
    return question(rule, names, **(fields | fixed))


@st.composite
def _budgets(draw: st.DrawFn, rule: str, options: int) -> dict[str, Any]:
    costs = st.lists(st.integers(1, 12), min_size=options, max_size=options)
    fields: dict[str, Any] = {"costs": tuple(draw(costs)), "budget": draw(st.integers(0, 30))}
    if rule == "greedy" and draw(st.booleans()):
        fields["points"] = draw(st.integers(1, 6))
    if rule == "equal-shares":
        fields["utility"] = draw(st.sampled_from(["cost", "cardinality"]))
        if draw(st.booleans()):
            fields |= {"completion": "add1u-greedy", "completion_step": draw(st.integers(1, 3))}
    return fields


def choices(asked: Question) -> st.SearchStrategy[Any]:
    """Choices that the question allows, blank ones among them."""
    options = range(len(asked.options))
    if asked.method == "single":
        return st.one_of(st.none(), st.sampled_from(options))
    if asked.method == "approval" or asked.ballot == "approval":
        return st.frozensets(st.sampled_from(options))
    if asked.method == "ranked":
        return _rankings(len(options), equal=bool(asked.equal))
    most = asked.max_score or 0
    if asked.method == "score":
        return st.tuples(*(st.integers(0, most) for _ in options))
    return st.lists(st.sampled_from(options), max_size=asked.points).map(
        lambda given: tuple(given.count(option) for option in options)
    )


@st.composite
def _rankings(draw: st.DrawFn, options: int, *, equal: bool) -> tuple[int, ...]:
    if equal:
        loose = draw(st.lists(st.integers(0, options), min_size=options, max_size=options))
        used = sorted({rank for rank in loose if rank})
        return tuple(used.index(rank) + 1 if rank else 0 for rank in loose)
    order = draw(st.permutations(range(options)))
    length = draw(st.integers(0, options))
    return tuple(
        order.index(option) + 1 if option in order[:length] else 0 for option in range(options)
    )
