"""Why each project of a budget is chosen or not: from totals, costs and the money. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from participation.core.words import Words, plural_words, words
from participation.votes.outcome import Outcome
from participation.votes.proposal import Rule
from participation.votes.terms import Terms


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project, whether it is chosen, and why."""

    option: int
    is_chosen: bool
    why: Words


def purchases(terms: Terms, outcome: Outcome) -> tuple[Purchase, ...]:
    """Every project from the most wanted down; of equally wanted ones the chosen first."""
    why = _greedily if terms.rule is Rule.GREEDY else _in_shares
    return tuple(
        Purchase(option, option in outcome.winners, why(terms, outcome, option))
        for option in sorted(
            range(len(terms.names)),
            key=lambda each: (-outcome.totals[each], each not in outcome.winners, each),
        )
    )


def by_most_votes(terms: Terms, outcome: Outcome) -> frozenset[int] | None:
    """What the greedy rule would choose by the same votes; nothing where lots would decide."""
    left, chosen = terms.spending.budget, set[int]()
    for group in _equally_wanted(outcome):
        fitting = [option for option in group if terms.spending.costs[option] <= left]
        price = _cost(terms, fitting)
        if price > left:
            return None
        left -= price
        chosen.update(fitting)
    return frozenset(chosen)


def _equally_wanted(outcome: Outcome) -> Iterator[list[int]]:
    """The projects that somebody wants, in groups of equal totals, the most wanted first."""
    wanted = [option for option, total in enumerate(outcome.totals) if total]
    wanted.sort(key=lambda option: -outcome.totals[option])
    for _total, group in groupby(wanted, key=lambda option: outcome.totals[option]):
        yield list(group)


def _cost(terms: Terms, options: Iterable[int]) -> int:
    return sum(terms.spending.costs[option] for option in options)


def _never(terms: Terms, outcome: Outcome, option: int) -> Words | None:
    """Why a project could not be chosen whatever else was."""
    if not outcome.totals[option]:
        return words("Nobody wants it.")
    if terms.spending.costs[option] > terms.spending.budget:
        return words("It costs more than the whole budget.")
    return None


def _greedily(terms: Terms, outcome: Outcome, option: int) -> Words:
    totals, spending = outcome.totals, terms.spending
    never = _never(terms, outcome, option)
    if never is not None:
        return never
    before = [each for each in outcome.winners if totals[each] > totals[option]]
    equals = [each for each in outcome.winners if totals[each] == totals[option]]
    left = spending.budget - _cost(terms, before)
    money = {"currency": spending.currency, "left": left}
    if option in outcome.winners:
        if equals != [option]:
            return words("It fits into the money that was left when its turn came.")
        return words("It fits into the %(currency)s %(left)s that were left.", **money)
    if spending.costs[option] > left:
        return words("It costs more than the %(currency)s %(left)s that were left.", **money)
    return words(
        "As many want a project that the lots put before it, and too little was left then."
    )


def _in_shares(terms: Terms, outcome: Outcome, option: int) -> Words:
    spending, supporters = terms.spending, outcome.totals[option]
    never = _never(terms, outcome, option)
    if never is not None:
        return never
    parts = supporters * spending.budget // outcome.valid
    values = {"currency": spending.currency, "parts": parts}
    could_pay = supporters * spending.budget >= spending.costs[option] * outcome.valid
    if option in outcome.winners and could_pay:
        return plural_words(
            "The equal part of its %(count)s supporter, %(currency)s %(parts)s, can pay for it.",
            "The equal parts of its %(count)s supporters, %(currency)s %(parts)s together, can pay"
            " for it.",
            supporters,
            **values,
        )
    if option in outcome.winners:
        return plural_words(
            "The equal part of its %(count)s supporter, %(currency)s %(parts)s, is less than it"
            " costs; it is chosen because money would be left otherwise.",
            "The equal parts of its %(count)s supporters, %(currency)s %(parts)s together, are less"
            " than it costs; it is chosen because money would be left otherwise.",
            supporters,
            **values,
        )
    if could_pay:
        return words("Its supporters have spent too much of their parts on other projects.")
    return plural_words(
        "The equal part of its %(count)s supporter, %(currency)s %(parts)s, is less than it costs.",
        "The equal parts of its %(count)s supporters, %(currency)s %(parts)s together, are less"
        " than it costs.",
        supporters,
        **values,
    )
