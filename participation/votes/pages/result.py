"""The page of a result: what it says, its figures, how to check it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from participation.votes.pages.parts import Asked, LabelView
from participation.votes.pages.public import Turnout
from participation.votes.pages.rounds import RoundsPicture
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class Bar:
    """One option of the result, for the bars."""

    label: str
    count: int
    won: bool


@dataclass(frozen=True, slots=True)
class BarsView:
    """The votes of each option, of `whole`, with a line at the share `mark`."""

    kind: ClassVar[str] = "bars"
    caption: str
    rows: tuple[Bar, ...]
    whole: int
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class SumRow:
    """One option that was given marks: their sum and mean, and what became of it in a word."""

    name: str
    sum: int
    mean: Decimal
    state: str
    won: bool


@dataclass(frozen=True, slots=True)
class SumsView:
    """The sums of marks, of `whole` at most, the highest first."""

    kind: ClassVar[str] = "sums"
    rows: tuple[SumRow, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class RankedCell:
    """An option's votes in a round: empty once it is excluded."""

    votes: str
    is_elected: bool = False


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One option of a ranked count: its letter, its name, its votes in each round."""

    letter: str
    name: str
    cells: tuple[RankedCell, ...]
    won: bool


@dataclass(frozen=True, slots=True)
class RoundsView:
    """A ranked count: the picture, the table beside it, and what happened in each round.

    `unit` is a vote in the units of the picture; `lost` are the votes without a further choice in
    each round, where they are told.
    """

    kind: ClassVar[str] = "rounds"
    picture: RoundsPicture
    unit: int
    marks: str
    rows: tuple[RankedRow, ...]
    lost: tuple[str, ...]
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duel:
    """A duel: the ballots for the one, for the other, and for neither."""

    one: str
    other: str
    mine: int
    theirs: int
    neither: int


@dataclass(frozen=True, slots=True)
class DuelCell:
    """The ballots that rank the row's option above the column's, and how strong its chain is."""

    votes: int
    chain: int
    is_won: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class DuelRow:
    """One option against each other."""

    letter: str
    name: str
    cells: tuple[DuelCell, ...]
    won: bool


@dataclass(frozen=True, slots=True)
class DuelsView:
    """A count by duels: those of the winners as bars of `whole` ballots, then all as a table."""

    kind: ClassVar[str] = "duels"
    duels: tuple[Duel, ...]
    whole: int
    rows: tuple[DuelRow, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """A chosen project in the bar of the budget, in thousandths of it."""

    x: float
    width: float
    letter: str

    @property
    def middle(self) -> float:
        """Where its letter stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project: how wanted, what it costs, whether it is chosen and why.

    `by_votes`: whether most votes alone would have chosen it, where that is compared.
    """

    letter: str
    name: str
    votes: int
    cost: int
    won: bool
    why: str
    by_votes: bool | None


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget: the bar of what is spent on which project, then every project with its reason."""

    kind: ClassVar[str] = "budget"
    currency: str
    budget: int
    spent: int
    most: int
    counts_points: bool
    is_compared: bool
    parts: tuple[MoneyPart, ...]
    rows: tuple[ProjectRow, ...]


Figure = BarsView | SumsView | RoundsView | DuelsView | BudgetView


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result: its figures, why it is so. `fates`: what became of the ballots, with numbers."""

    headline: str
    reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    blank: int
    fates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ResultPage(Page):
    """The result of a counted vote, and how to check it. `record` is its full address."""

    template: ClassVar[str] = "votes/result.html"
    slug: str
    eid: str
    rule: str
    record: str
    asked: Asked
    published_at: datetime
    turnout: Turnout
    result: ResultView
    label: LabelView
