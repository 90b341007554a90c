"""Who takes part in a vote: choosing at the desk, and who is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from participation.core.words import Words, words
from participation.votes.forms.parties import PartiesForm
from participation.votes.forms.roll import StepForm
from participation.votes.pages.parts import LabelView
from participation.votes.pages.trustees import TrusteeRow
from participation.votes.services.taking_part import Missing, Part
from participation.web.language import say
from participation.web.page import Page

_MISSING: dict[Part, Words] = {
    Part.KEYS: words("has not given its keys yet"),
    Part.CEREMONY: words("has not finished the ceremony yet"),
    Part.ACK: words("has not acknowledged the frozen vote yet"),
}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A trustee's link, shown once."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class PartiesPage(Page):
    """Who takes part, while a vote is drawn up; `label` is what its page would say.

    `blamed` is who ended the ceremony with a bad share, or empty.
    """

    template: ClassVar[str] = "votes/desk/parties.html"
    fragment: ClassVar[str] = "votes/desk/_parties_label.html"
    slug: str
    title: str
    form: PartiesForm
    step: StepForm
    may_change: bool
    label: LabelView | None
    links: tuple[LinkView, ...]
    trustees: tuple[TrusteeRow, ...]
    blamed: str

    @property
    def has_partners(self) -> bool:
        """Whether anybody can be chosen."""
        form = self.form
        return bool(form.registrars.choices or form.witnesses.choices or len(form.box.choices) > 1)


def missing_lines(missing: Iterable[Missing]) -> tuple[str, ...]:
    """Who is still missing and with what, one sentence each."""
    return tuple(f"{each.name} {say(_MISSING[each.part])}." for each in missing)
