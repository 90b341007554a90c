"""The organiser's pages."""

from dataclasses import dataclass
from typing import ClassVar

from participation.votes.counting_words import RULE_NAMES, RULE_PURPOSES
from participation.votes.forms.proposal import MEASURES, VoteForm
from participation.votes.forms.roll import RollForm, StepForm
from participation.votes.pages.parts import Asked, HolderView, LabelView, Stage
from participation.votes.pages.public import Turnout
from participation.web.language import say
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One vote in the organiser's list; `next_step` says what comes next, if anything does."""

    slug: str
    title: str
    state: str
    is_running: bool
    roll_size: int
    next_step: str


@dataclass(frozen=True, slots=True)
class DeskListPage(Page):
    """All votes, drafts too, or those whose next step can be taken now."""

    template: ClassVar[str] = "votes/desk/list.html"
    rows: tuple[DeskRow, ...]
    only_ready: bool


@dataclass(frozen=True, slots=True)
class DrawingPage(Page):
    """Drawing up a vote: a new one, or one that exists (`slug`)."""

    template: ClassVar[str] = "votes/desk/drawing.html"
    form: VoteForm
    slug: str

    @property
    def rule_hints(self) -> dict[str, str]:
        """The line under each rule."""
        return {rule.value: say(purpose) for rule, purpose in RULE_PURPOSES.items()}

    @property
    def explained(self) -> tuple[tuple[str, str], ...]:
        """Each rule with its name, for the way to its explanation."""
        return tuple((rule.value, say(name)) for rule, name in RULE_NAMES.items())

    @property
    def has_odd_measures(self) -> bool:
        """Whether one of the folded-away numbers is wrong and must be seen."""
        return any(self.form[name].errors for name in MEASURES)


@dataclass(frozen=True, slots=True)
class NextStep:
    """An act out of the present state; `refusal` says why it cannot be done yet, `rule` which."""

    endpoint: str
    label: str
    explanation: str
    refusal: str
    rule: str
    is_back: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the numbers that protect voters, as it will be frozen."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class ManagePage(Page):
    """One vote on the desk: where it stands, what comes next, and what is or will be frozen."""

    template: ClassVar[str] = "votes/desk/manage.html"
    slug: str
    state: str
    is_draft: bool
    is_frozen: bool
    is_counted: bool
    asked: Asked
    stages: tuple[Stage, ...]
    steps: tuple[NextStep, ...]
    measures: tuple[Measure, ...]
    turnout: Turnout
    label: LabelView | None
    holders: tuple[HolderView, ...]
    missing: tuple[str, ...]
    form: StepForm


@dataclass(frozen=True, slots=True)
class FaultView:
    """One line of a roll that is not right."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ListedView:
    """One person on the roll, for the organiser's eyes only."""

    voter_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RollPage(Page):
    """The roll of a vote: who is on it, and, while it is drawn up, handing in another."""

    template: ClassVar[str] = "votes/desk/roll.html"
    slug: str
    title: str
    form: RollForm
    faults: tuple[FaultView, ...]
    fault_count: int
    voters: tuple[ListedView, ...]
    roll_size: int
    min_group: int
    may_change: bool
    after: str
