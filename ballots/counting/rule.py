"""What a counting rule is given, what it must give back, and what it must offer.

A rule sees equal ballots once, with their number, and never their order: a million ballots of few
patterns cost as much as the patterns, and no result can hang on who stood first in the log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ballots.draft import Question
from ballots.plaintext import Choice, Marks, marks

Details = Mapping[str, Any]
"""What a rule adds to a question's entry in `result.json`: integers, and lists of them."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One question and everything said to it.

    `papers` are the ballots that are not blank: one number per option (`ballots.plaintext.Marks`)
    → how many ballots are marked so, each at least 1. `valid` is their number, `blank` that of the
    others. `tie_order` holds every option, the preferred first. `roll_size` counts the rows of all
    styles with this question.
    """

    question: Question
    papers: Mapping[Marks, int]
    valid: int
    blank: int
    tie_order: tuple[int, ...]
    roll_size: int

    @classmethod
    def of(
        cls,
        question: Question,
        choices: Mapping[Choice, int],
        *,
        tie_order: tuple[int, ...],
        roll_size: int,
    ) -> "Contest":
        """The contest of these valid choices → number of equal ones.

        Raises ValueError for a tie order that is not one of this question's options.
        """
        if sorted(tie_order) != list(range(len(question.options))):
            raise ValueError("the tie order must hold every option once")
        papers: dict[Marks, int] = {}
        blank = 0
        for choice, number in choices.items():
            made = marks(question, choice)
            if not any(made):
                blank += number
            elif number:
                papers[made] = number
        return cls(question, papers, sum(papers.values()), blank, tie_order, roll_size)

    @property
    def options(self) -> range:
        """The numbers of the options."""
        return range(len(self.question.options))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decides: option numbers ascending, whether lots were drawn, its details."""

    winners: tuple[int, ...]
    drawn: bool
    details: Details

    @classmethod
    def of(cls, winners: tuple[int, ...] | list[int], drawn: bool, **details: Any) -> "Decision":
        """A decision whose winners may be given in any order."""
        return cls(tuple(sorted(winners)), drawn, details)


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A rule of section 11: its name and method in the draft, and how it counts.

    `count` is only asked about a contest with at least one ballot that is not blank; `unvoted`
    gives the details of a contest without any. Both are exact: integers and fractions only.
    """

    name: str
    method: str
    count: Callable[[Contest], Decision]
    unvoted: Callable[[Contest], Details]
