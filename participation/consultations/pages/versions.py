"""Pages about versions: the list, what changed, removed clauses, and the officer's matching."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.consultations.drafting.comparing import Piece
from participation.consultations.forms import MatchingForm, PublishVersionForm
from participation.consultations.pages.parts import Head
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list; `told` are its changes in numbers, in words."""

    number: int
    published_at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionsPage(Page):
    """All published versions, the latest first."""

    template: ClassVar[str] = "consultations/versions/list.html"
    head: Head
    rows: tuple[VersionRow, ...]
    gone: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What became of one clause: how it was and is cited, and the way between both wordings.

    `address` is the lasting id of the clause whose comments belong here.
    """

    kind: str
    label: str
    was: str
    now: str
    pieces: tuple[Piece, ...]
    address: str


@dataclass(frozen=True, slots=True)
class VersionPage(Page):
    """One version: only the clauses that changed with it; `after` is the cursor of the rest."""

    template: ClassVar[str] = "consultations/versions/show.html"
    head: Head
    number: int
    published_at: datetime
    told: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    after: str


@dataclass(frozen=True, slots=True)
class ThenAndNowPage(Page):
    """One clause from the version in which somebody wrote about it to the latest."""

    template: ClassVar[str] = "consultations/versions/clause.html"
    head: Head
    clause_id: str
    then: int
    now: int
    change: ChangeView


@dataclass(frozen=True, slots=True)
class GoneRow:
    """A clause with comments that is no longer in the draft."""

    clause_id: str
    citation: str
    text: str
    version: int
    comments: int


@dataclass(frozen=True, slots=True)
class GonePage(Page):
    """Removed clauses whose comments stay readable."""

    template: ClassVar[str] = "consultations/versions/gone.html"
    head: Head
    rows: tuple[GoneRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One clause that an officer may choose as the other side."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MatchingRow:
    """One row of the matching; `question` and `choices` are empty where nothing is doubtful."""

    change: ChangeView
    field: str
    question: str
    choices: tuple[Choice, ...]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class MatchingPage(Page):
    """The matching of a waiting text with the published one, to be checked by an officer."""

    template: ClassVar[str] = "consultations/desk/matching.html"
    head: Head
    number: int
    told: tuple[str, ...]
    doubts: int
    rows: tuple[MatchingRow, ...]
    form: MatchingForm
    publish: PublishVersionForm
    place: str
    after: str
