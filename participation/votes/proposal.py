"""What an organiser proposes: words, rule, times, and the numbers that protect voters. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

ORGANISER_LENGTH = 120
TITLE_LENGTH = 120
QUESTION_LENGTH = 300
ELECTORATE_LENGTH = 160
ABOUT_LENGTH = 6000
OPTION_LENGTH = 300
MOST_OPTIONS = 60
LEAST_GROUP = 2
MOST_MARK = 255
MOST_MONEY = 10**15
MOST_STEPS = 10_000
CURRENCY_LENGTH = 12

Text = Mapping[str, str]
"""Words for voters: language → string."""


class Rule(StrEnum):
    """The ways of counting that an organiser can choose."""

    YES_NO = "yes-no"
    PLURALITY = "plurality"
    APPROVAL = "approval"
    SCORE = "score"
    STAR = "star"
    INSTANT_RUNOFF = "instant-runoff"
    STV_SCOTTISH = "stv-scottish"
    SCHULZE = "schulze"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"


SEATED = frozenset({Rule.PLURALITY, Rule.APPROVAL, Rule.SCORE, Rule.STV_SCOTTISH, Rule.SCHULZE})
"""The rules by which several options can win."""

SCORED = frozenset({Rule.SCORE, Rule.STAR})
"""The rules whose voters give every option a number."""

RANKED = frozenset({Rule.INSTANT_RUNOFF, Rule.STV_SCOTTISH, Rule.SCHULZE})
"""The rules whose voters rank the options."""

BUDGETS = frozenset({Rule.GREEDY, Rule.EQUAL_SHARES})
"""The rules that spend money on the options."""


@dataclass(frozen=True, slots=True)
class Majority:
    """The share `part` of `whole` of yes and no that a yes needs: more than it if `is_strict`."""

    part: int
    whole: int
    is_strict: bool


MAJORITIES = MappingProxyType(
    {
        "1/2": Majority(1, 2, is_strict=True),
        "3/5": Majority(3, 5, is_strict=False),
        "2/3": Majority(2, 3, is_strict=False),
        "3/4": Majority(3, 4, is_strict=False),
    }
)
"""The majorities that can be asked for, by name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What voters read, in every one of `languages`.

    An option's text is its name, then, on a second line, a remark if there is one. The options of
    a yes/no question are yes first, then no.
    """

    languages: tuple[str, ...]
    title: Text
    about: Text
    electorate: Text
    question: Text
    options: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """Money for the options: `budget` and `costs` (one per option) in whole units of `currency`.

    `points` are what a voter shares out by the greedy rule; absent, voters approve of options.
    For Equal Shares: what an option is worth to its supporters, `utility` "cost" or "cardinality"
    (each the same); and whether everybody's money is raised while the outcome still fits, by
    `completion_step` each time, the smallest that is safe when absent.
    """

    budget: int
    costs: tuple[int, ...]
    currency: str = "Rp"
    points: int | None = None
    utility: str = "cost"
    is_completed: bool = True
    completion_step: int | None = None

    @property
    def step(self) -> int | None:
        """What everybody's money is raised by each time; nothing where it is never raised."""
        if not self.is_completed:
            return None
        return self.completion_step or least_step(self.budget)


def least_step(budget: int) -> int:
    """The smallest step by which Equal Shares may be completed (protocol, section 3)."""
    return max(-(-budget // MOST_STEPS), 1)


@dataclass(frozen=True, slots=True)
class Counting:
    """How it is counted. Only what belongs to the rule is used.

    `quorum_percent` of the roll and `majority` (a key of MAJORITIES) for yes/no, `seats` for the
    rules of SEATED, `most_marks` (all options when absent) for approval, `max_score` for those of
    SCORED, `spending` for those of BUDGETS.
    """

    rule: Rule
    quorum_percent: int | None = None
    majority: str = "1/2"
    seats: int = 1
    most_marks: int | None = None
    max_score: int = 5
    spending: Spending | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    """The promised times (aware)."""

    check_in_opens: datetime
    check_in_closes: datetime
    voting_opens: datetime
    voting_closes: datetime


@dataclass(frozen=True, slots=True)
class Measures:
    """Numbers that protect voters (protocol, section 3).

    An epoch ends after `epoch_seconds` once `batch_min` ballots wait; a group of fewer than
    `min_group` voters is not opened; a ballot may be replaced `max_revisions` times.
    """

    epoch_seconds: int = 300
    batch_min: int = 5
    merge_delay_epochs: int = 1
    max_revisions: int = 9
    min_group: int = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """A vote as an organiser draws it up; `organiser` is the name people read."""

    organiser: str
    wording: Wording
    counting: Counting
    windows: Windows
    measures: Measures = Measures()


def option_name(text: str) -> str:
    """The name of an option: the first line of its text."""
    return text.partition("\n")[0]


def option_remark(text: str) -> str:
    """The remark under an option's name; empty when there is none."""
    return text.partition("\n")[2]


def in_language(text: Text, language: str) -> str:
    """`text` in this language, or in the first that it has."""
    return text[language] if language in text else next(iter(text.values()))
