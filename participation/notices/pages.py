"""Pages: news, what is followed, settings, unsubscribing."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from participation.notices.forms import DeviceForm, FollowForm, MailForm, ReadForm
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One piece of news; `of` is the title of what it is about."""

    id: UUID
    said: str
    of: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class NewsPage(Page):
    """What somebody was told; `after` is the cursor of the rest."""

    template: ClassVar[str] = "notices/news.html"
    rows: tuple[NewsRow, ...]
    after: str
    form: ReadForm


@dataclass(frozen=True, slots=True)
class ThingView:
    """Something that is followed; `part` is empty for the whole."""

    kind: str
    subject_id: UUID
    place: str
    title: str
    part: str
    address: str

    @property
    def name(self) -> str:
        """The part if there is one, else the title."""
        return self.part or self.title


@dataclass(frozen=True, slots=True)
class FollowPage(Page):
    """Before one follows something: what that means."""

    template: ClassVar[str] = "notices/follow_this.html"
    thing: ThingView
    is_followed: bool
    form: FollowForm


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A browser that is told of news."""

    id: UUID
    name: str
    since: datetime
    endpoint: str


@dataclass(frozen=True, slots=True)
class SettingsPage(Page):
    """How news comes by mail and which devices show it; what is followed.

    `after` is the cursor of the rest, `push_key` what browsers know the site's messages by.
    """

    template: ClassVar[str] = "notices/settings.html"
    form: MailForm
    is_confirmed: bool
    followed: tuple[ThingView, ...]
    after: str
    devices: tuple[DeviceView, ...]
    device_form: DeviceForm
    push_key: str


@dataclass(frozen=True, slots=True)
class UnsubscribePage(Page):
    """Before and after news by mail is stopped."""

    template: ClassVar[str] = "notices/unsubscribe.html"
    is_done: bool
