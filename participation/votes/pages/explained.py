"""The pages that explain how votes are counted: all rules, and one with its worked example."""

from dataclasses import dataclass
from typing import ClassVar

from participation.votes.pages.result import Figure
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in the list: its name in addresses, its name for people, what it is good for."""

    name: str
    title: str
    purpose: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules for one kind of decision."""

    title: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class RulesPage(Page):
    """Which rule for which purpose."""

    template: ClassVar[str] = "votes/rules.html"
    groups: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A worked example: what is asked, the ballots, the lots, what happens, the figures."""

    question: str
    terms: tuple[str, ...]
    ballots: tuple[tuple[int, str], ...]
    lots: str
    headline: str
    told: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class RulePage(Page):
    """One rule: how it counts, what speaks for and against it, ties, an example."""

    template: ClassVar[str] = "votes/rule.html"
    name: str
    title: str
    purpose: str
    definition: tuple[str, ...]
    for_and_against: str
    ties: str
    example: ExampleView
