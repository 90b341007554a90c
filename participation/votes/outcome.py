"""A published result as people read it: who won, with how many votes, and why. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ballots.opening import Status
from participation.core.words import Words, plural_words, words
from participation.votes.models import Vote
from participation.votes.proposal import (
    MAJORITIES,
    Majority,
    Rule,
    in_language,
    option_name,
)

_LOTS = words(
    "Equal numbers were decided by lot: the options were sorted by numbers that follow from the"
    " opening key and the last state of the ballot box. Nobody could choose them after the close,"
    " and everybody can redo them."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one question of a vote, counted. Options are numbered from 0.

    `valid` ballots say something, `blank` ones nothing; `totals` per option (of the last round
    where there are `rounds`: the votes of every option in each). `is_shut`: so few people voted
    that their ballots are never opened.
    """

    valid: int
    blank: int
    winners: tuple[int, ...]
    drawn: bool
    totals: tuple[int, ...]
    rounds: tuple[tuple[int, ...], ...]
    is_shut: bool

    @property
    def ballots(self) -> int:
        """The counted ballots, blank ones included."""
        return self.valid + self.blank


def read_outcome(vote: Vote, result: bytes) -> Outcome:
    """The outcome in the published file `result.json`."""
    question = json.loads(result)["questions"][0]
    places = {option["id"]: place for place, option in enumerate(vote.options)}
    rounds = tuple(tuple(each) for each in question.get("rounds", ()))
    last = rounds[-1] if rounds else (0,) * len(vote.options)
    return Outcome(
        valid=question["valid"],
        blank=question["blank"],
        winners=tuple(places[winner] for winner in question["winners"]),
        drawn=question["drawn"],
        totals=tuple(question.get("totals", last)),
        rounds=rounds,
        is_shut=0 < vote.voted < vote.min_group,
    )


def headline(vote: Vote, outcome: Outcome, language: str) -> Words:
    """The result in one sentence; names of options in `language`."""
    if outcome.is_shut:
        return words("The votes stay shut: too few people voted to keep their choices secret.")
    if not outcome.valid:
        return words("Nobody chose any of the options.")
    if vote.rule == Rule.YES_NO:
        return _yes_no(outcome)
    return _winners(vote, outcome, language)


def reasons(vote: Vote, outcome: Outcome) -> tuple[Words, ...]:
    """Why this is the result, sentence by sentence."""
    if outcome.is_shut:
        return (
            words(
                "Fewer than %(least)s people voted. Their ballots are not opened by anybody: with"
                " so few, the result would tell who chose what.",
                least=vote.min_group,
            ),
        )
    if vote.rule == Rule.YES_NO:
        return (*_quorum(vote, outcome), *_majority(vote, outcome))
    lots = (_LOTS,) if outcome.drawn else ()
    return (_rounds(outcome), *lots) if outcome.rounds else lots


def fates(statuses: Mapping[Status, int]) -> tuple[tuple[Words, int], ...]:
    """What became of the ballots in the box, in words with their numbers."""
    return tuple((_FATES[status], number) for status, number in statuses.items())


_FATES = {
    Status.COUNTED: words("Counted"),
    Status.SUPERSEDED: words("Replaced by a later ballot of the same voter"),
    Status.CANNOT_OPEN: words("Could not be opened"),
    Status.BAD_ENCODING: words("Say nothing that can be read"),
    Status.BREAKS_RULE: words("Break the rule of the question"),
    Status.SMALL_STYLE: words("Stay shut, for too few people voted"),
}


def _yes_no(outcome: Outcome) -> Words:
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


def _winners(vote: Vote, outcome: Outcome, language: str) -> Words:
    texts = (in_language(vote.options[each]["text"], language) for each in outcome.winners)
    names = ", ".join(option_name(text) for text in texts)
    if len(outcome.winners) > 1:
        return words("%(names)s have won.", names=names)
    return words(
        "%(name)s has won, with %(votes)s of %(all)s votes.",
        name=names,
        votes=outcome.totals[outcome.winners[0]],
        all=sum(outcome.totals) if outcome.rounds else outcome.valid,
    )


def _quorum(vote: Vote, outcome: Outcome) -> tuple[Words, ...]:
    if not vote.quorum_percent:
        return ()
    needed = -(-vote.quorum_percent * vote.roll_size // 100)
    numbers = {"needed": needed, "ballots": outcome.ballots, "roll": vote.roll_size}
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


def _majority(vote: Vote, outcome: Outcome) -> tuple[Words, ...]:
    yes, both = outcome.totals[0], sum(outcome.totals)
    if not both:
        return ()
    numbers = {"yes": yes, "both": both, "needed": _needed(MAJORITIES[vote.majority], both)}
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


def _rounds(outcome: Outcome) -> Words:
    return plural_words(
        "One option had more than half of the votes in the first round.",
        "After %(count)s rounds one option had more than half of the votes that still counted.",
        len(outcome.rounds),
    )
