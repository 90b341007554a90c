"""How votes are marked and counted, in words."""

from collections.abc import Callable
from types import MappingProxyType

from participation.core.words import Words, plural_words, words
from participation.votes.models import Vote
from participation.votes.proposal import Rule

MAJORITY_NAMES = MappingProxyType(
    {
        "1/2": words("More than half"),
        "3/5": words("At least 60 per cent"),
        "2/3": words("At least two thirds"),
        "3/4": words("At least three quarters"),
    }
)
"""The majorities that a yes can need, by their names in `proposal.MAJORITIES`."""

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
    return words("Referendum") if vote.rule == Rule.YES_NO else words("Election")


def rule_words(vote: Vote) -> tuple[Words, ...]:
    """How a vote is marked and decided, sentence by sentence."""
    return (*_RULES[Rule(vote.rule)](vote), _lots(vote))


def _yes_no(vote: Vote) -> tuple[Words, ...]:
    if not vote.quorum_percent:
        return (_MAJORITIES[vote.majority], words("It counts however many take part."))
    quorum = words(
        "It counts only if at least %(percent)s per cent of the people on the roll vote; blank"
        " votes count as taking part.",
        percent=vote.quorum_percent,
    )
    return (_MAJORITIES[vote.majority], quorum)


def _plurality(vote: Vote) -> tuple[Words, ...]:
    return (words("Each voter marks one option."), _highest(vote))


def _approval(vote: Vote) -> tuple[Words, ...]:
    if vote.most_marks is None or vote.most_marks >= len(vote.options):
        return (words("Each voter marks as many options as they like."), _highest(vote))
    marks = plural_words(
        "Each voter marks one option at most.",
        "Each voter marks up to %(count)s options.",
        vote.most_marks,
    )
    return (marks, _highest(vote))


def _instant_runoff(_vote: Vote) -> tuple[Words, ...]:
    return (
        words("Each voter ranks the options, as many as they like."),
        words(
            "The option with the fewest first places is excluded and its votes pass to the next"
            " choice on each ballot, round by round, until one option has more than half."
        ),
    )


def _highest(vote: Vote) -> Words:
    return plural_words(
        "The option with the most votes wins.",
        "The %(count)s options with the most votes win.",
        vote.seats,
    )


def _lots(vote: Vote) -> Words:
    if vote.rule == Rule.YES_NO:
        return words("A tie is no majority, so nothing is ever drawn by lot.")
    return words(
        "Equal numbers are decided by lot. The lots follow from the opening key and from the last"
        " state of the ballot box, so everybody can redo them."
    )


_RULES: MappingProxyType[Rule, Callable[[Vote], tuple[Words, ...]]] = MappingProxyType(
    {
        Rule.YES_NO: _yes_no,
        Rule.PLURALITY: _plurality,
        Rule.APPROVAL: _approval,
        Rule.INSTANT_RUNOFF: _instant_runoff,
    }
)
