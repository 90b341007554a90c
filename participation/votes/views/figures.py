"""From an outcome to its figures: bars, sums, rounds, duels, money."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from participation.votes.duels import chains, readings
from participation.votes.outcome import Outcome
from participation.votes.pages.result import (
    Bar,
    BarsView,
    BudgetView,
    Duel,
    DuelCell,
    DuelRow,
    DuelsView,
    Figure,
    MoneyPart,
    ProjectRow,
    SumRow,
    SumsView,
)
from participation.votes.pages.rounds import letters
from participation.votes.proposal import MAJORITIES, Rule
from participation.votes.purchases import by_most_votes, purchases
from participation.votes.terms import Terms
from participation.votes.views.ranked import runoff_view, stages_view
from participation.web.language import _, say

_THOUSAND = 1000
_LEAST_FOR_LETTER = 26


def figures_of(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    """What is drawn of a result; nothing where no ballot says anything."""
    if outcome.is_shut or not outcome.valid:
        return ()
    return _FIGURES[terms.rule](terms, outcome)


def _bars(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    """The options, the most votes first."""
    bars = [
        Bar(name, outcome.totals[place], place in outcome.winners)
        for place, name in enumerate(terms.names)
    ]
    rows = tuple(sorted(bars, key=lambda bar: -bar.count))
    return (BarsView(_("Votes for each option"), rows, outcome.valid),)


def _yes_no(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    """Yes before no, with the majority that is needed."""
    majority = MAJORITIES[terms.counting.majority]
    bars = (
        Bar(name, outcome.totals[place], place in outcome.winners)
        for place, name in enumerate(terms.names)
    )
    mark = majority.part / majority.whole
    return (BarsView(_("Votes for each option"), tuple(bars), sum(outcome.totals), mark),)


def _sums(terms: Terms, outcome: Outcome) -> SumsView:
    rows = [
        SumRow(
            name=name,
            sum=outcome.totals[place],
            mean=round(Decimal(outcome.totals[place]) / outcome.valid, 2),
            state=_state(outcome, place),
            won=place in outcome.winners,
        )
        for place, name in enumerate(terms.names)
    ]
    rows.sort(key=lambda row: -row.sum)
    return SumsView(tuple(rows), outcome.valid * terms.counting.max_score)


def _state(outcome: Outcome, option: int) -> str:
    if option in outcome.finalists:
        return str(_("in the run-off"))
    return str(_("chosen")) if option in outcome.winners else ""


def _score(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    return (_sums(terms, outcome),)


def _star(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    """The sums, then the run-off between the two highest."""
    finalists = [
        Bar(terms.names[option], votes, option in outcome.winners)
        for option, votes in zip(outcome.finalists, outcome.runoff, strict=True)
    ]
    finalists.sort(key=lambda bar: (not bar.won, -bar.count))
    neither = Bar(_("Prefer neither"), outcome.valid - sum(outcome.runoff), won=False)
    runoff = BarsView(
        _("The run-off: ballots that prefer each"), (*finalists, neither), outcome.valid
    )
    return (_sums(terms, outcome), runoff)


def _runoff(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    return (runoff_view(terms, outcome),)


def _stages(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    return (stages_view(terms, outcome),)


def _duels(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    names, pairs = letters(len(terms.names)), outcome.pairs
    paths = chains(outcome)
    options = range(len(pairs))
    rows = (
        DuelRow(
            letter=names[one],
            name=terms.names[one],
            cells=tuple(
                DuelCell(
                    votes=pairs[one][other],
                    chain=paths[one][other],
                    is_won=pairs[one][other] > pairs[other][one],
                    is_own=one == other,
                )
                for other in options
            ),
            won=one in outcome.winners,
        )
        for one in options
    )
    faced = (
        _duel(terms, outcome, (winner, other))
        for winner in outcome.winners
        for other in options
        if other not in outcome.winners
    )
    told = tuple(say(each) for each in readings(terms, outcome))
    return (DuelsView(tuple(faced), outcome.valid, tuple(rows), told),)


def _duel(terms: Terms, outcome: Outcome, both: tuple[int, int]) -> Duel:
    one, other = both
    mine, theirs = outcome.pairs[one][other], outcome.pairs[other][one]
    return Duel(terms.names[one], terms.names[other], mine, theirs, outcome.valid - mine - theirs)


def _budget(terms: Terms, outcome: Outcome) -> tuple[Figure, ...]:
    spending = terms.spending
    greedily = by_most_votes(terms, outcome) if terms.rule is Rule.EQUAL_SHARES else None
    listed = purchases(terms, outcome)
    names = letters(len(listed))
    rows = tuple(
        ProjectRow(
            letter=letter,
            name=terms.names[each.option],
            votes=outcome.totals[each.option],
            cost=spending.costs[each.option],
            won=each.is_chosen,
            why=say(each.why),
            by_votes=None if greedily is None else each.option in greedily,
        )
        for letter, each in zip(names, listed, strict=True)
    )
    return (
        BudgetView(
            currency=spending.currency,
            budget=spending.budget,
            spent=outcome.spent,
            most=max(outcome.totals),
            counts_points=spending.points is not None,
            is_compared=greedily is not None,
            parts=_parts(rows, spending.budget),
            rows=rows,
        ),
    )


def _parts(rows: tuple[ProjectRow, ...], budget: int) -> tuple[MoneyPart, ...]:
    """The chosen projects along the bar of the budget, as wide as they cost."""
    parts, x = [], 0.0
    for row in rows:
        if row.won:
            width = _THOUSAND * row.cost / budget
            letter = row.letter if width >= _LEAST_FOR_LETTER else ""
            parts.append(MoneyPart(round(x, 1), round(width, 1), letter))
            x += width
    return tuple(parts)


_FIGURES: Mapping[Rule, Callable[[Terms, Outcome], tuple[Figure, ...]]] = {
    Rule.YES_NO: _yes_no,
    Rule.PLURALITY: _bars,
    Rule.APPROVAL: _bars,
    Rule.SCORE: _score,
    Rule.STAR: _star,
    Rule.INSTANT_RUNOFF: _runoff,
    Rule.STV_SCOTTISH: _stages,
    Rule.SCHULZE: _duels,
    Rule.GREEDY: _budget,
    Rule.EQUAL_SHARES: _budget,
}
