"""What an organiser proposes: words, rule, times, and the numbers that protect voters. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from participation.core.errors import Invalid
from participation.core.words import words

ORGANISER_LENGTH = 120
TITLE_LENGTH = 120
QUESTION_LENGTH = 300
ELECTORATE_LENGTH = 160
ABOUT_LENGTH = 6000
OPTION_LENGTH = 300
MOST_OPTIONS = 60
LEAST_GROUP = 2

Text = Mapping[str, str]
"""Words for voters: language → string."""


class Rule(StrEnum):
    """The ways of counting that an organiser can choose."""

    YES_NO = "yes-no"
    PLURALITY = "plurality"
    APPROVAL = "approval"
    INSTANT_RUNOFF = "instant-runoff"


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
class Counting:
    """How it is counted. Only what belongs to the rule is used.

    `quorum_percent` of the roll and `majority` (a key of MAJORITIES) for yes/no, `seats` for
    plurality and approval, `most_marks` (all options when absent) for approval.
    """

    rule: Rule
    quorum_percent: int | None = None
    majority: str = "1/2"
    seats: int = 1
    most_marks: int | None = None


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


def check_proposal(proposal: Proposal, now: datetime) -> None:
    """Nothing for a proposal that can be held; raises `Invalid` naming the field."""
    _check_options(proposal.wording, proposal.counting)
    _check_counting(proposal.counting, len(proposal.wording.options))
    _check_windows(proposal.windows, now)
    _check_measures(proposal.measures)


def _check_options(wording: Wording, counting: Counting) -> None:
    number = len(wording.options)
    if counting.rule is Rule.YES_NO and number != len(("yes", "no")):
        message = words(
            "A yes/no question has exactly two options: the first line says yes, the second no."
        )
        raise Invalid(message, field="options_id")
    if not 2 <= number <= MOST_OPTIONS:  # noqa: PLR2004 - with one option there is no choice
        message = words("Between 2 and %(most)s options are needed.", most=MOST_OPTIONS)
        raise Invalid(message, field="options_id")
    for language in wording.languages:
        names = [option_name(option[language]).casefold() for option in wording.options]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            message = words("The option “%(name)s” stands here twice.", name=twice)
            raise Invalid(message, field=f"options_{language}")


def _check_counting(counting: Counting, options: int) -> None:
    quorum, marks = counting.quorum_percent, counting.most_marks
    if quorum is not None and not 1 <= quorum <= 100:  # noqa: PLR2004 - per cent
        raise Invalid(words("A quorum is 1 to 100 per cent."), field="quorum_percent")
    if counting.majority not in MAJORITIES:
        raise Invalid(words("Choose one of these."), field="majority")
    if not 1 <= counting.seats < options and counting.rule is not Rule.YES_NO:
        message = words("At least one, and fewer than there are options.")
        raise Invalid(message, field="seats")
    if marks is not None and not 1 <= marks <= options:
        message = words("At least one, and no more than there are options.")
        raise Invalid(message, field="most_marks")


def _check_windows(windows: Windows, now: datetime) -> None:
    if windows.check_in_closes <= windows.check_in_opens:
        message = words("Check-in must not end before it begins.")
        raise Invalid(message, field="check_in_closes")
    if windows.voting_closes <= windows.voting_opens:
        message = words("Voting must not end before it begins.")
        raise Invalid(message, field="voting_closes")
    if windows.voting_closes < windows.check_in_closes:
        message = words("Voting must not end before check-in: whoever checks in last votes too.")
        raise Invalid(message, field="voting_closes")
    if windows.check_in_closes <= now:
        raise Invalid(words("This moment has passed."), field="check_in_closes")


def _check_measures(measures: Measures) -> None:
    bounds = {
        "epoch_seconds": (1, 24 * 3600),
        "batch_min": (1, 10_000),
        "merge_delay_epochs": (0, 100),
        "max_revisions": (0, 1000),
        "min_group": (LEAST_GROUP, 1_000_000),
    }
    for field, (least, most) in bounds.items():
        if not least <= getattr(measures, field) <= most:
            message = words("From %(least)s to %(most)s.", least=least, most=most)
            raise Invalid(message, field=field)


def option_name(text: str) -> str:
    """The name of an option: the first line of its text."""
    return text.partition("\n")[0]


def option_remark(text: str) -> str:
    """The remark under an option's name; empty when there is none."""
    return text.partition("\n")[2]


def in_language(text: Text, language: str) -> str:
    """`text` in this language, or in the first that it has."""
    return text[language] if language in text else next(iter(text.values()))
