"""The pages of the officer's desk."""

import json
from dataclasses import dataclass
from typing import ClassVar

import segno

from participation.votes.forms.desk_check_in import OfficersForm, VisitorForm
from participation.votes.pages.parts import Asked
from participation.votes.services.desk_officers import OfficersDesk
from participation.web.page import Page

_PICTURE_SCALE = 6


@dataclass(frozen=True, slots=True)
class DeskVote:
    """A vote at whose desk the officer sits."""

    slug: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class DeskVotesPage(Page):
    """The votes at whose desk the officer sits now."""

    template: ClassVar[str] = "votes/desk/check_in_votes.html"
    votes: tuple[DeskVote, ...]


@dataclass(frozen=True, slots=True)
class ReceivePage(Page):
    """Receiving a voter: finding their row."""

    template: ClassVar[str] = "votes/desk/check_in.html"
    slug: str
    asked: Asked
    form: VisitorForm


@dataclass(frozen=True, slots=True)
class VisitPage(Page):
    """A voter at the desk: the link for their device, then the officer's confirmation.

    `link` is for the voter's device only; `home` where the page's script asks.
    """

    template: ClassVar[str] = "votes/desk/check_in_visit.html"
    slug: str
    eid: str
    asked: Asked
    voter_id: str
    name: str
    has_checked_in: bool
    place: int
    size: int
    link: str
    home: str
    desk: OfficersDesk
    keys: str

    @property
    def picture(self) -> str:
        """The link as a picture that a phone reads, black on white in every light."""
        return segno.make(self.link, error="m").svg_data_uri(scale=_PICTURE_SCALE, light="#fff")

    @property
    def origins(self) -> str:
        """Where passkeys are used, as JSON."""
        return json.dumps(self.desk.origins)


@dataclass(frozen=True, slots=True)
class OfficersPage(Page):
    """Whom the organiser puts at the desk of a vote."""

    template: ClassVar[str] = "votes/desk/officers.html"
    slug: str
    asked: Asked
    form: OfficersForm
    may_change: bool
    named: tuple[str, ...]
