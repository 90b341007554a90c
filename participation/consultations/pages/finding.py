"""The list of consultations, with what it can be narrowed to."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode

from flask import url_for

from participation.areas.queries import Placed
from participation.areas.rules import WORDS_LENGTH as AREA_LENGTH
from participation.comments.rules import Coverage
from participation.consultations.finding import WORDS_LENGTH
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that a consultation belongs to, and its page."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One consultation in the list."""

    slug: str
    title: str
    document: str
    office: str
    places: tuple[str, ...]
    phase: str
    is_open: bool
    closes_on: date
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list, or in the form."""

    value: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it was typed; empty for what it leaves open."""

    show: str
    words: str = ""
    area: str = ""
    topic: str = ""
    organisation: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether more than a state is asked for."""
        return any((self.words, self.area, self.topic, self.organisation))

    def address(self, **changed: str | None) -> str:
        """The address of the list with something changed; empty parts are left out."""
        said = {
            "show": self.show,
            "words": self.words,
            "area": self.area,
            "topic": self.topic,
            "organisation": self.organisation,
        } | changed
        parts = {name: each for name, each in said.items() if each}
        return f"{url_for('consultations.index')}?{urlencode(parts)}"


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """Announced consultations; `after` is the cursor of the rest.

    `area` is the one that was found for what was typed, `candidates` are those that may be meant.
    `ways_out` take one condition away each.
    """

    template: ClassVar[str] = "consultations/list.html"
    asked: Asked
    rows: tuple[ListRow, ...]
    filters: tuple[Filter, ...]
    topics: tuple[Filter, ...]
    area: Placed | None
    candidates: tuple[Placed, ...]
    own: Placed | None
    organisation: str
    ways_out: tuple[Chip, ...]
    after: str
    words_length: int = WORDS_LENGTH
    area_length: int = AREA_LENGTH

    @property
    def heading(self) -> str:
        """The choice that is shown."""
        return next(choice.label for choice in self.filters if choice.is_here)
