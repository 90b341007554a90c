"""The pages of meetings: the list, one meeting, versions of its minutes, and the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from participation.consultations.drafting.comparing import Piece
from participation.meetings.forms import (
    CancelForm,
    ComingForm,
    FactsForm,
    ItemForm,
    MinutesForm,
    PublishForm,
    SaidForm,
    StepForm,
)
from participation.meetings.rules import Stage
from participation.web.language import LazyString, _l
from participation.web.page import Page

STAGES: dict[Stage, LazyString] = {
    Stage.DRAFT: _l("in preparation"),
    Stage.COMING: _l("coming"),
    Stage.RUNNING: _l("under way"),
    Stage.HELD: _l("minutes follow"),
    Stage.MINUTED: _l("minutes published"),
    Stage.CANCELLED: _l("cancelled"),
}
CHIPS = {Stage.RUNNING: "now", Stage.MINUTED: "for", Stage.CANCELLED: "concern"}
"""The style of some stages; the word always stands beside it."""


@dataclass(frozen=True, slots=True)
class When:
    """From when until when, as people say it; `zone` names the city's time."""

    begins_at: datetime
    day: str
    hours: str
    zone: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list."""

    slug: str
    title: str
    when: When
    place: str
    stage: str
    chip: str
    draft_slug: str
    draft_title: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every page of one meeting; `number` is how often it changed."""

    slug: str
    title: str
    when: When
    stage: Stage
    word: str
    chip: str
    draft_slug: str
    draft_title: str
    reason: str
    changes: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the agenda with its time; `place` and `citation` are empty without a clause."""

    id: UUID
    title: str
    hours: str
    minutes: int
    place: str
    citation: str


@dataclass(frozen=True, slots=True)
class FateView:
    """What became of something said: the words for it and, once it is one, the contribution."""

    words: str
    comment_id: UUID | None = None
    chip: str = ""


@dataclass(frozen=True, slots=True)
class SaidView:
    """One thing said; `body` is empty where its words are not shown any more."""

    line_id: UUID
    name: str
    stance: str
    chip: str
    body: str
    place: str
    citation: str
    fate: FateView


@dataclass(frozen=True, slots=True)
class MinutedItem:
    """One item of the agenda with its summary and what was said on it."""

    item: ItemView
    summary: str
    said: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class MinutesView:
    """One version of the minutes."""

    number: int
    came: int | None
    groups: str
    reason: str
    published_at: datetime | None
    items: tuple[MinutedItem, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version in the list below the minutes."""

    number: int
    published_at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """Meetings that come, then those that are over; `after` is the cursor of the rest."""

    template: ClassVar[str] = "meetings/list.html"
    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    after: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class MeetingPage(Page):
    """One meeting: when, where, what about, who comes, and afterwards its minutes.

    `promised_by` is the day of the minutes while they are missing.
    """

    template: ClassVar[str] = "meetings/show.html"
    head: Head
    about: str
    place: str
    address: str
    link: str
    access: str
    agenda: tuple[ItemView, ...]
    coming: int
    is_coming: bool
    form: ComingForm
    minutes: MinutesView | None
    versions: tuple[VersionRow, ...]
    promised_by: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one line between two versions, under the title of its item."""

    title: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class VersionPage(Page):
    """One version of the minutes, and what changed with it."""

    template: ClassVar[str] = "meetings/version.html"
    head: Head
    row: VersionRow
    minutes: MinutesView
    changed: tuple[Difference, ...]
    is_latest: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One meeting on the desk; `waits` says in words what is to be done, empty for nothing."""

    row: MeetingRow
    waits: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DeskListPage(Page):
    """All meetings, or those whose minutes are outstanding."""

    template: ClassVar[str] = "meetings/desk/list.html"
    rows: tuple[DeskRow, ...]
    outstanding: int
    is_outstanding: bool


@dataclass(frozen=True, slots=True)
class FactsPage(Page):
    """Drawing up a meeting, or changing what people are told; `slug` is empty for a new one."""

    template: ClassVar[str] = "meetings/desk/facts.html"
    form: FactsForm
    slug: str
    is_announced: bool
    zone: str


@dataclass(frozen=True, slots=True)
class ManagePage(Page):
    """One meeting at the desk: its facts, agenda and next step; `refusal` says what is missing."""

    template: ClassVar[str] = "meetings/desk/manage.html"
    head: Head
    place: str
    address: str
    agenda: tuple[ItemView, ...]
    spare: int
    coming: int
    refusal: str
    may_change: bool
    may_cancel: bool
    may_minute: bool
    form: ItemForm
    step: StepForm


@dataclass(frozen=True, slots=True)
class ItemPage(Page):
    """Changing one item of the agenda."""

    template: ClassVar[str] = "meetings/desk/item.html"
    head: Head
    item_id: UUID
    form: ItemForm


@dataclass(frozen=True, slots=True)
class CancelPage(Page):
    """Cancelling a meeting."""

    template: ClassVar[str] = "meetings/desk/cancel.html"
    head: Head
    coming: int
    form: CancelForm


@dataclass(frozen=True, slots=True)
class MinutesPage(Page):
    """Writing minutes: attendance, a summary of each item, what was said on it.

    `is_fixed` while the published version stands and no correction was begun.
    """

    template: ClassVar[str] = "meetings/desk/minutes.html"
    head: Head
    items: tuple[MinutedItem, ...]
    number: int
    is_fixed: bool
    is_over: bool
    is_written: bool
    form: MinutesForm
    step: StepForm
    fixed_lines: frozenset[UUID]
    saved: str

    @property
    def keep(self) -> str:
        """The name under which the browser keeps half-typed minutes."""
        return f"minutes/{self.head.slug}/{self.number}"

    @property
    def done(self) -> str:
        """The kept words that have arrived with the last request; empty for none."""
        if self.saved == "minutes":
            return self.keep
        return f"said/{self.saved}" if self.saved else ""


@dataclass(frozen=True, slots=True)
class SaidPage(Page):
    """Writing down what one person said; `line_id` is set where it is being corrected."""

    template: ClassVar[str] = "meetings/desk/said.html"
    head: Head
    item: ItemView
    line_id: UUID | None
    form: SaidForm


@dataclass(frozen=True, slots=True)
class PublishPage(Page):
    """The minutes as everybody will read them, and the button that publishes them."""

    template: ClassVar[str] = "meetings/desk/publish.html"
    head: Head
    minutes: MinutesView
    changed: tuple[Difference, ...]
    form: PublishForm
