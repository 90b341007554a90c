"""Why a result is as it is, sentence by sentence."""

from collections.abc import Callable, Mapping

from participation.core.words import Words, plural_words, words
from participation.votes.outcome import UNIT, Outcome
from participation.votes.proposal import MAJORITIES, Majority, Rule
from participation.votes.terms import Terms

_LOTS = words(
    "Equal numbers were decided by lot: the options were sorted by numbers that follow from the"
    " opening key and the last state of the ballot box. Nobody could choose them after the close,"
    " and everybody can redo them."
)


def reasons(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    """Why this is the result, sentence by sentence."""
    if outcome.is_shut:
        return (
            words(
                "Fewer than %(least)s people voted. Their ballots are not opened by anybody: with"
                " so few, the result would tell who chose what.",
                least=terms.min_group,
            ),
        )
    if not outcome.valid and terms.rule is not Rule.YES_NO:
        return ()
    own = _REASONS[terms.rule](terms, outcome) if terms.rule in _REASONS else ()
    return (*own, _LOTS) if outcome.drawn else own


def _yes_no(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    return (*_quorum(terms, outcome), *_majority(terms, outcome))


def _quorum(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    percent = terms.counting.quorum_percent
    if not percent:
        return ()
    needed = -(-percent * terms.roll_size // 100)
    numbers = {"needed": needed, "ballots": outcome.ballots, "roll": terms.roll_size}
    if outcome.ballots >= needed:
        return (
            words(
                "Enough took part: %(ballots)s of %(roll)s people on the roll, and at least"
                " %(needed)s were needed.",
                **numbers,
            ),
        )
    return (
        words(
            "Too few took part: %(ballots)s of %(roll)s people on the roll, but at least"
            " %(needed)s were needed.",
            **numbers,
        ),
    )


def _majority(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    yes, both = outcome.totals[0], sum(outcome.totals)
    if not both:
        return ()
    numbers = {
        "yes": yes,
        "both": both,
        "needed": _needed(MAJORITIES[terms.counting.majority], both),
    }
    if yes >= numbers["needed"]:
        return (
            words(
                "Of %(both)s votes for yes or no, %(needed)s had to be yes, and %(yes)s are.",
                **numbers,
            ),
        )
    return (
        words(
            "Of %(both)s votes for yes or no, %(needed)s had to be yes, but only %(yes)s are.",
            **numbers,
        ),
    )


def _needed(majority: Majority, both: int) -> int:
    """The fewest yes votes of `both` that are a majority."""
    threshold = majority.part * both
    if majority.is_strict:
        return threshold // majority.whole + 1
    return -(-threshold // majority.whole)


def _rounds(_terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    return (
        plural_words(
            "One option had more than half of the votes in the first round.",
            "After %(count)s rounds one option had more than half of the votes that still counted.",
            len(outcome.rounds),
        ),
    )


def _stages(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    quota = words(
        "An option needs %(quota)s of %(valid)s ballots to be elected, the quota: no more options"
        " can reach it than there are seats (%(seats)s).",
        quota=outcome.quota // UNIT,
        valid=outcome.valid,
        seats=terms.counting.seats,
    )
    without = [each for each in outcome.winners if outcome.totals[each] < outcome.quota]
    if not without:
        return (quota,)
    names = ", ".join(terms.names[each] for each in without)
    last = words(
        "%(names)s did not reach the quota, but at the end no more were left than seats.",
        names=names,
    )
    return (quota, last)


def _runoff(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    one, other = outcome.finalists
    finalists = words(
        "%(one)s and %(other)s have the highest sums and went into the run-off.",
        one=terms.names[one],
        other=terms.names[other],
    )
    if outcome.runoff[0] != outcome.runoff[1]:
        return (finalists,)
    return (finalists, words("As many ballots prefer the one as the other."))


def _money(terms: Terms, outcome: Outcome) -> tuple[Words, ...]:
    budget = terms.spending.budget
    return (
        words(
            "%(currency)s %(spent)s of %(currency)s %(budget)s are spent; %(currency)s %(left)s are"
            " left.",
            currency=terms.spending.currency,
            spent=outcome.spent,
            budget=budget,
            left=budget - outcome.spent,
        ),
    )


_REASONS: Mapping[Rule, Callable[[Terms, Outcome], tuple[Words, ...]]] = {
    Rule.YES_NO: _yes_no,
    Rule.INSTANT_RUNOFF: _rounds,
    Rule.STV_SCOTTISH: _stages,
    Rule.STAR: _runoff,
    Rule.GREEDY: _money,
    Rule.EQUAL_SHARES: _money,
}
