"""The pages for everybody: the list of votes, one vote, its result."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from participation.votes.pages.parts import Asked, HolderView, LabelView, Stage
from participation.web.page import Page


class Scene(StrEnum):
    """What can be done with a vote now: one clear action each."""

    ROLL_IS_OUT = "roll-is-out"
    CHECK_IN = "check-in"
    CHECK_IN_AND_VOTE = "check-in-and-vote"
    VOTE = "vote"
    WAIT = "wait"
    COUNTING = "counting"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote in a list. `headline` is the result in a sentence, once there is one."""

    slug: str
    kind: str
    title: str
    lang: str
    electorate: str
    state: str
    is_open: bool
    checked_in: int
    roll_size: int
    headline: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a list, and the cursor of the next one (empty at the end)."""

    rows: tuple[VoteRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class VotesPage(Page):
    """All announced votes: current and counted ones; one section alone when it goes on."""

    template: ClassVar[str] = "votes/list.html"
    current: Section | None
    counted: Section | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who took part, as far as it is published."""

    roll_size: int
    checked_in: int
    voted: int


@dataclass(frozen=True, slots=True)
class WatcherView:
    """A witness of the ballot box: how many entries it has confirmed last, and when (None: none).

    `is_current`: that is all there is.
    """

    name: str
    size: int
    seen_at: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class VotePage(Page):
    """One vote; `eid` and `booth` are empty before the freeze.

    `booth`, where ballots are cast, names the reader's language in its address: it has no cookie.
    """

    template: ClassVar[str] = "votes/show.html"
    id: UUID
    slug: str
    eid: str
    eid0: str
    asked: Asked
    stages: tuple[Stage, ...]
    scene: Scene
    booth: str
    turnout: Turnout
    headline: str
    label: LabelView
    holders: tuple[HolderView, ...]
    watchers: tuple[WatcherView, ...]
