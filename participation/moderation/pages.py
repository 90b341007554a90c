"""The pages of moderation: the rules, the log, flags, the queue, a case, appeals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from participation.comments.standing.rules import Rule
from participation.moderation.forms import (
    RULES,
    AppealForm,
    FlagForm,
    KeepingForm,
    RedactionForm,
    RemovalForm,
    StepForm,
    VerdictForm,
)
from participation.moderation.models import Appeal, ModerationAct
from participation.moderation.queries import Case
from participation.moderation.queue import Held, OpenAppeal, Pile, Waiting
from participation.moderation.rules import Kind, median_hours
from participation.web.language import LazyString, _l
from participation.web.page import Page

KINDS = {
    Kind.REMOVED: _l("removed"),
    Kind.KEPT: _l("flagged, and stays"),
    Kind.REDACTED: _l("personal data taken out"),
    Kind.RELEASED: _l("held, then shown"),
    Kind.UPHELD: _l("appeal: stays removed"),
    Kind.RESTORED: _l("appeal: shown again"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the public log."""

    id: UUID
    at: datetime
    kind: LazyString
    rule: LazyString | None
    reason: str
    citation: str
    title: str
    slug: str
    comment_id: UUID

    @classmethod
    def of(cls, act: ModerationAct, slug: str, title: str) -> "Entry":
        """The line of an act."""
        return cls(
            id=act.id,
            at=act.at,
            kind=KINDS[Kind(act.kind)],
            rule=RULES[Rule(act.rule)][0] if act.rule else None,
            reason=act.reason,
            citation=act.citation,
            title=title,
            slug=slug,
            comment_id=act.comment_id,
        )


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month; `hours` is the median time until a decision, if there was one."""

    first: date
    flags: int
    removals: int
    appeals: int
    restored: int
    hours: float | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted for the figures: acts, flags and appeals, each with its moment."""

    acts: Sequence[tuple[datetime, Kind, int | None]]
    flags: Sequence[datetime]
    appeals: Sequence[datetime]


def months(counted: Counted, day_of: Callable[[datetime], date]) -> tuple[Month, ...]:
    """The figures of every month in which something happened, the latest first."""

    def month(moment: datetime) -> date:
        return day_of(moment).replace(day=1)

    flags, appeals = [month(at) for at in counted.flags], [month(at) for at in counted.appeals]
    acts = [(month(at), kind, waited) for at, kind, waited in counted.acts]
    firsts = sorted({*flags, *appeals, *(first for first, _kind, _waited in acts)}, reverse=True)
    return tuple(
        Month(
            first=first,
            flags=flags.count(first),
            removals=acts_of(acts, first, Kind.REMOVED),
            appeals=appeals.count(first),
            restored=acts_of(acts, first, Kind.RESTORED),
            hours=median_hours([w for at, _k, w in acts if at == first and w is not None]),
        )
        for first in firsts
    )


def acts_of(acts: Sequence[tuple[date, Kind, int | None]], first: date, wanted: Kind) -> int:
    """How many acts of a kind a month has."""
    return sum(1 for at, kind, _waited in acts if at == first and kind is wanted)


@dataclass(frozen=True, slots=True)
class RulesPage(Page):
    """The written rules, and how moderation works."""

    template: ClassVar[str] = "moderation/rules.html"
    rules: tuple[tuple[LazyString, LazyString], ...]
    appeal_days: int
    decide_days: int
    most_links: int
    per_hour: int


@dataclass(frozen=True, slots=True)
class LogPage(Page):
    """Every act, the newest first, and the figures of each month; `most` scales their picture."""

    template: ClassVar[str] = "moderation/log.html"
    entries: tuple[Entry, ...]
    months: tuple[Month, ...]
    after: str

    @property
    def most(self) -> int:
        """The highest figure of the picture."""
        return max((each.removals for each in self.months), default=0) or 1


@dataclass(frozen=True, slots=True)
class FlagPage(Page):
    """Flagging a comment."""

    template: ClassVar[str] = "moderation/flag.html"
    case: Case
    form: FlagForm
    is_flagged: bool

    @property
    def hints(self) -> dict[str, LazyString]:
        """The line under each rule."""
        return {rule.value: told for rule, (_name, told) in RULES.items()}


@dataclass(frozen=True, slots=True)
class AppealPage(Page):
    """The author's page of a removed comment: its words, why it went, the appeal."""

    template: ClassVar[str] = "moderation/appeal.html"
    case: Case
    rule: LazyString
    reason: str
    form: AppealForm
    decide_days: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of what is listed: how much there is of it, and whether it is this one."""

    label: str
    address: str
    number: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class QueuePage(Page):
    """One page of what waits for a moderator, the most urgent first.

    `now` tells what is overdue, `asker` whose removals; `shown` is the choice in the address.
    """

    template: ClassVar[str] = "moderation/desk/queue.html"
    choices: tuple[Choice, ...]
    shown: str | None
    waiting: tuple[Waiting, ...]
    now: datetime
    asker: UUID
    after: str

    @property
    def appeals(self) -> list[OpenAppeal]:
        """The appeals on this page."""
        return [each for each in self.waiting if isinstance(each, OpenAppeal)]

    @property
    def held(self) -> list[Held]:
        """The held comments on this page."""
        return [each for each in self.waiting if isinstance(each, Held)]

    @property
    def piles(self) -> list[Pile]:
        """The flagged comments on this page."""
        return [each for each in self.waiting if isinstance(each, Pile)]


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag as moderators read it: without who raised it."""

    rule: LazyString
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CasePage(Page):
    """One comment in its place, its flags, and what can be done."""

    template: ClassVar[str] = "moderation/desk/case.html"
    case: Case
    flags: tuple[FlagView, ...]
    removal: RemovalForm
    keeping: KeepingForm
    redaction: RedactionForm
    step: StepForm
    is_own: bool

    @property
    def hints(self) -> dict[str, LazyString]:
        """The line under each rule."""
        return {rule.value: told for rule, (_name, told) in RULES.items()}


@dataclass(frozen=True, slots=True)
class PreviewPage(Page):
    """What the public will see once a removal is confirmed."""

    template: ClassVar[str] = "moderation/desk/preview.html"
    case: Case
    rule: LazyString
    form: RemovalForm
    at: datetime
    appeal_until: datetime


@dataclass(frozen=True, slots=True)
class DecisionPage(Page):
    """An appeal with the comment and the reason of its removal; `refusal` says who may not."""

    template: ClassVar[str] = "moderation/desk/decision.html"
    case: Case
    appeal: Appeal
    rule: LazyString
    reason: str
    form: VerdictForm
    refusal: str
    is_overdue: bool
