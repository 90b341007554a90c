"""How votes are marked and counted, in words."""

from collections.abc import Callable
from types import MappingProxyType

from participation.core.words import Words, plural_words, words
from participation.votes.models import Vote
from participation.votes.proposal import BUDGETS, Rule
from participation.votes.terms import Terms

MAJORITY_NAMES = MappingProxyType(
    {
        "1/2": words("More than half"),
        "3/5": words("At least 60 per cent"),
        "2/3": words("At least two thirds"),
        "3/4": words("At least three quarters"),
    }
)
"""The majorities that a yes can need, by their names in `proposal.MAJORITIES`."""

RULE_NAMES = MappingProxyType(
    {
        Rule.YES_NO: words("Yes or no"),
        Rule.PLURALITY: words("One mark"),
        Rule.APPROVAL: words("Several marks"),
        Rule.SCORE: words("Marks by number (score)"),
        Rule.STAR: words("Marks by number, then a run-off (STAR)"),
        Rule.INSTANT_RUNOFF: words("Ranking, round by round (instant run-off)"),
        Rule.STV_SCOTTISH: words("Ranking for several seats (Scottish STV)"),
        Rule.SCHULZE: words("Ranking, each against each (Schulze)"),
        Rule.GREEDY: words("A budget by most votes"),
        Rule.EQUAL_SHARES: words("A budget in equal shares"),
    }
)
"""The rules by their names for people."""

RULE_PURPOSES = MappingProxyType(
    {
        Rule.YES_NO: words("For a referendum: accepted or not, with quorum and majority."),
        Rule.PLURALITY: words("The simplest way to choose; with many alike options votes split."),
        Rule.APPROVAL: words(
            "For what most can live with: everybody marks whatever is fine with them."
        ),
        Rule.SCORE: words("For how good options are found, not only which: the highest sum wins."),
        Rule.STAR: words(
            "For the same, but between the two best it counts whom more people prefer."
        ),
        Rule.INSTANT_RUNOFF: words(
            "For one winner with more than half at the end: the weakest is excluded round by round."
        ),
        Rule.STV_SCOTTISH: words(
            "For a council or committee: groups get seats in proportion to their size."
        ),
        Rule.SCHULZE: words(
            "For the option that would win against each other one alone, where there is one."
        ),
        Rule.GREEDY: words(
            "For projects that cost money: the most wanted first, as long as money lasts."
        ),
        Rule.EQUAL_SHARES: words(
            "For projects that cost money, fair to minorities: everybody decides on an equal part."
        ),
    }
)
"""What each rule is good for, in one sentence."""

_MAJORITIES = MappingProxyType(
    {
        "1/2": words("Yes wins with more than half of all votes for yes or no."),
        "3/5": words("Yes wins with at least 60 per cent of all votes for yes or no."),
        "2/3": words("Yes wins with at least two thirds of all votes for yes or no."),
        "3/4": words("Yes wins with at least three quarters of all votes for yes or no."),
    }
)


def kind_words(vote: Vote) -> Words:
    """What kind of vote it is."""
    if vote.rule == Rule.YES_NO:
        return words("Referendum")
    return words("Participatory budget") if vote.rule in BUDGETS else words("Election")


def rule_words(terms: Terms) -> tuple[Words, ...]:
    """How a vote is marked and decided, sentence by sentence."""
    return (*_RULES[terms.rule](terms), _lots(terms))


def _yes_no(terms: Terms) -> tuple[Words, ...]:
    majority, percent = _MAJORITIES[terms.counting.majority], terms.counting.quorum_percent
    if not percent:
        return (majority, words("It counts however many take part."))
    quorum = words(
        "It counts only if at least %(percent)s per cent of the people on the roll vote; blank"
        " votes count as taking part.",
        percent=percent,
    )
    return (majority, quorum)


def _plurality(terms: Terms) -> tuple[Words, ...]:
    return (words("Each voter marks one option."), _highest(terms))


def _approval(terms: Terms) -> tuple[Words, ...]:
    most = terms.counting.most_marks
    if most is None or most >= len(terms.names):
        return (words("Each voter marks as many options as they like."), _highest(terms))
    marks = plural_words(
        "Each voter marks one option at most.", "Each voter marks up to %(count)s options.", most
    )
    return (marks, _highest(terms))


def _marking(terms: Terms) -> Words:
    return words(
        "Each voter gives every option a mark from 0 to %(most)s.", most=terms.counting.max_score
    )


def _score(terms: Terms) -> tuple[Words, ...]:
    highest = plural_words(
        "The marks are added up, and the option with the highest sum wins.",
        "The marks are added up, and the %(count)s options with the highest sums win.",
        terms.counting.seats,
    )
    return (_marking(terms), highest)


def _star(terms: Terms) -> tuple[Words, ...]:
    runoff = words(
        "The two options with the highest sums go into a run-off, without another vote: the one"
        " that more ballots mark higher wins."
    )
    return (_marking(terms), runoff)


_RANKING = words("Each voter ranks the options, as many as they like.")


def _instant_runoff(_terms: Terms) -> tuple[Words, ...]:
    return (
        _RANKING,
        words(
            "The option with the fewest first places is excluded and its votes pass to the next"
            " choice on each ballot, round by round, until one option has more than half."
        ),
    )


def _stv(terms: Terms) -> tuple[Words, ...]:
    return (
        _RANKING,
        plural_words(
            "One option wins. Whoever reaches the quota is elected, and what they have above it"
            " passes on to the next choice on their ballots; if nobody does, the weakest is"
            " excluded and all its votes pass on.",
            "%(count)s options win. Whoever reaches the quota is elected, and what they have above"
            " it passes on to the next choice on their ballots; if nobody does, the weakest is"
            " excluded and all its votes pass on.",
            terms.counting.seats,
        ),
    )


def _schulze(terms: Terms) -> tuple[Words, ...]:
    several = plural_words(
        "One option wins.", "%(count)s options win, the strongest first.", terms.counting.seats
    )
    duels = words(
        "Each option is compared with each other: whom more ballots rank higher wins that duel."
        " Where the duels go round in a circle, the strongest chain of won duels decides."
    )
    return (_RANKING, duels, several)


def _greedy(terms: Terms) -> tuple[Words, ...]:
    points = terms.spending.points
    marking = (
        words("Each voter marks every project they want.")
        if points is None
        else plural_words(
            "Each voter gives one point.", "Each voter shares out up to %(count)s points.", points
        )
    )
    buying = words(
        "The projects are chosen from the most wanted down, skipping what no longer fits the money"
        " that is left."
    )
    return (marking, _money(terms), buying)


def _equal_shares(terms: Terms) -> tuple[Words, ...]:
    spending = terms.spending
    shares = words(
        "Every voter decides on an equal part of the money, and pays only for projects that they"
        " marked. Again and again that project is chosen whose supporters have to give the smallest"
        " part for what it is worth to them."
    )
    worth = (
        words("A project is worth to its supporters what it costs.")
        if spending.utility == "cost"
        else words("Every project is worth the same to its supporters.")
    )
    after = words("What no supporters can pay for stays unspent.")
    if spending.step:
        after = words(
            "So that little stays unspent, everybody's part is raised by %(currency)s %(step)s at a"
            " time, for the calculation only, as long as the outcome fits the budget. What is then"
            " left goes to the most wanted projects that fit.",
            currency=spending.currency,
            step=spending.step,
        )
    marking = words("Each voter marks every project they want.")
    return (marking, _money(terms), shares, worth, after)


def _money(terms: Terms) -> Words:
    return words(
        "There are %(currency)s %(budget)s to spend.",
        currency=terms.spending.currency,
        budget=terms.spending.budget,
    )


def _highest(terms: Terms) -> Words:
    return plural_words(
        "The option with the most votes wins.",
        "The %(count)s options with the most votes win.",
        terms.counting.seats,
    )


def _lots(terms: Terms) -> Words:
    if terms.rule is Rule.YES_NO:
        return words("A tie is no majority, so nothing is ever drawn by lot.")
    return words(
        "Equal numbers are decided by lot. The lots follow from the opening key and from the last"
        " state of the ballot box, so everybody can redo them."
    )


_RULES: MappingProxyType[Rule, Callable[[Terms], tuple[Words, ...]]] = MappingProxyType(
    {
        Rule.YES_NO: _yes_no,
        Rule.PLURALITY: _plurality,
        Rule.APPROVAL: _approval,
        Rule.SCORE: _score,
        Rule.STAR: _star,
        Rule.INSTANT_RUNOFF: _instant_runoff,
        Rule.STV_SCOTTISH: _stv,
        Rule.SCHULZE: _schulze,
        Rule.GREEDY: _greedy,
        Rule.EQUAL_SHARES: _equal_shares,
    }
)
