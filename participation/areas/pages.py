"""What the pages of areas need."""

from dataclasses import dataclass
from typing import ClassVar

from participation.areas.forms import OwnAreaForm
from participation.areas.queries import Placed
from participation.areas.rules import WORDS_LENGTH
from participation.web.page import Page
from participation.web.site import Beside


@dataclass(frozen=True, slots=True)
class Link:
    """An area by its code and as people say it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class AreasPage(Page):
    """Where stepping down begins, and the search for a name or code (`words`)."""

    template: ClassVar[str] = "areas/list.html"
    words: str
    hits: tuple[Placed, ...]
    has_more: bool
    start: tuple[Link, ...]
    longest: int = WORDS_LENGTH


@dataclass(frozen=True, slots=True)
class AreaPage(Page):
    """An area: what it lies in, what lies in it, what is open here; `is_own` for whoever asks."""

    template: ClassVar[str] = "areas/show.html"
    here: Link
    kind: str
    above: tuple[Link, ...]
    inside: tuple[Link, ...]
    beside: tuple[Beside, ...]
    form: OwnAreaForm
    is_own: bool


@dataclass(frozen=True, slots=True)
class OwnAreaPage(Page):
    """The area that somebody chose as theirs, if any."""

    template: ClassVar[str] = "areas/own.html"
    own: Placed | None
    form: OwnAreaForm
    longest: int = WORDS_LENGTH
