"""A published result: what was counted, by which the pages draw it and say it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ballots.opening import Status
from participation.core.words import Words, words
from participation.votes.terms import Terms

UNIT = 100_000
"""A vote, in the units in which papers of the Scottish rule are passed on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one question of a vote, counted. Options are numbered from 0.

    `valid` ballots say something, `blank` ones nothing; `totals` per option (of the last round
    where there are `rounds`: the votes of every option in each, by the Scottish rule in units).
    `is_shut`: so few people voted that their ballots are never opened. The rest is empty where it
    is not of the rule: `quota` in units; `pairs`, row by row the ballots that rank the row's option
    above the column's; two `finalists` and the ballots that prefer each in the `runoff`; the money
    `spent`.
    """

    valid: int
    blank: int
    winners: tuple[int, ...]
    drawn: bool
    totals: tuple[int, ...]
    rounds: tuple[tuple[int, ...], ...] = ()
    quota: int = 0
    pairs: tuple[tuple[int, ...], ...] = ()
    finalists: tuple[int, ...] = ()
    runoff: tuple[int, ...] = ()
    spent: int = 0
    is_shut: bool = False

    @property
    def ballots(self) -> int:
        """The counted ballots, blank ones included."""
        return self.valid + self.blank


def read_outcome(terms: Terms, result: bytes) -> Outcome:
    """The outcome in the published file `result.json`."""
    return outcome_of(terms, json.loads(result)["questions"][0])


def outcome_of(terms: Terms, question: Mapping[str, Any]) -> Outcome:
    """The outcome in a question's entry of `result.json`."""
    places = {name: place for place, name in enumerate(terms.ids)}
    rounds = _rows(question.get("rounds", ()))
    last = rounds[-1] if rounds else (0,) * len(terms.ids)
    return Outcome(
        valid=question["valid"],
        blank=question["blank"],
        winners=tuple(places[winner] for winner in question["winners"]),
        drawn=question["drawn"],
        totals=tuple(question.get("totals", last)),
        rounds=rounds,
        quota=question.get("quota", 0),
        pairs=_rows(question.get("pairs", ())),
        finalists=tuple(question.get("finalists", ())),
        runoff=tuple(question.get("runoff", ())),
        spent=question.get("spent", 0),
        is_shut=0 < terms.voted < terms.min_group,
    )


def _rows(lists: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(each) for each in lists)


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
