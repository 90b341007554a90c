"""A result in one sentence: who or what has won, and with how many votes."""

from collections.abc import Callable, Mapping

from participation.core.words import Words, plural_words, words
from participation.votes.outcome import Outcome
from participation.votes.proposal import Rule
from participation.votes.terms import Terms


def headline(terms: Terms, outcome: Outcome) -> Words:
    """The result in one sentence."""
    if outcome.is_shut:
        return words("The votes stay shut: too few people voted to keep their choices secret.")
    if not outcome.valid:
        return words("Nobody chose any of the options.")
    if len(outcome.winners) == 1:
        return _ONE.get(terms.rule, _votes)(terms, outcome)
    return _SEVERAL.get(terms.rule, _several)(terms, outcome)


def _yes_no(_terms: Terms, outcome: Outcome) -> Words:
    yes, no = outcome.totals
    numbers = {"yes": yes, "no": no, "blank": outcome.blank}
    if not outcome.winners:
        return words(
            "Not decided, because too few took part: %(yes)s yes, %(no)s no, %(blank)s blank.",
            **numbers,
        )
    if outcome.winners[0] == 0:
        return words("Accepted: %(yes)s yes, %(no)s no, %(blank)s blank.", **numbers)
    return words("Rejected: %(yes)s yes, %(no)s no, %(blank)s blank.", **numbers)


def _winner(terms: Terms, outcome: Outcome) -> str:
    return terms.names[outcome.winners[0]]


def _votes(terms: Terms, outcome: Outcome) -> Words:
    return words(
        "%(name)s has won, with %(votes)s of %(all)s votes.",
        name=_winner(terms, outcome),
        votes=outcome.totals[outcome.winners[0]],
        all=sum(outcome.totals) if outcome.rounds else outcome.valid,
    )


def _points(terms: Terms, outcome: Outcome) -> Words:
    return words(
        "%(name)s has won, with a sum of %(sum)s out of %(most)s.",
        name=_winner(terms, outcome),
        sum=outcome.totals[outcome.winners[0]],
        most=outcome.valid * terms.counting.max_score,
    )


def _preferred(terms: Terms, outcome: Outcome) -> Words:
    preferring = dict(zip(outcome.finalists, outcome.runoff, strict=True))
    mine = preferring.pop(outcome.winners[0])
    return words(
        "%(name)s has won the run-off: %(mine)s ballots prefer it, %(theirs)s the other.",
        name=_winner(terms, outcome),
        mine=mine,
        theirs=sum(preferring.values()),
    )


def _plainly(terms: Terms, outcome: Outcome) -> Words:
    return words("%(name)s has won.", name=_winner(terms, outcome))


def _several(terms: Terms, outcome: Outcome) -> Words:
    names = ", ".join(terms.names[each] for each in outcome.winners)
    return words("%(names)s have won.", names=names)


def _spent(terms: Terms, outcome: Outcome) -> Words:
    if not outcome.winners:
        return words("None of the projects is chosen.")
    return plural_words(
        "%(count)s project of %(all)s is chosen, for %(currency)s %(spent)s.",
        "%(count)s projects of %(all)s are chosen, for %(currency)s %(spent)s.",
        len(outcome.winners),
        all=len(terms.names),
        currency=terms.spending.currency,
        spent=outcome.spent,
    )


_Verdict = Callable[[Terms, Outcome], Words]

_SEVERAL: Mapping[Rule, _Verdict] = {
    Rule.YES_NO: _yes_no,
    Rule.GREEDY: _spent,
    Rule.EQUAL_SHARES: _spent,
}
_ONE: Mapping[Rule, _Verdict] = {
    **_SEVERAL,
    Rule.SCORE: _points,
    Rule.STAR: _preferred,
    Rule.STV_SCOTTISH: _plainly,
    Rule.SCHULZE: _plainly,
}
