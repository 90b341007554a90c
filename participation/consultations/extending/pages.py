"""Pages about moved days."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.consultations.extending.forms import ExtensionForm
from participation.consultations.extending.models import Extension
from participation.consultations.pages.parts import Head
from participation.web.language import _, date_words
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """One time that days moved: when, which days in words, why."""

    at: datetime
    moves: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ExtensionPage(Page):
    """The form by which days move, with what moved before."""

    template: ClassVar[str] = "consultations/desk/days.html"
    head: Head
    form: ExtensionForm
    before: tuple[ExtensionView, ...]


def extension_view(found: Extension) -> ExtensionView:
    """A move for a template; a day that stayed is not mentioned."""
    old, new = found.old, found.new
    told = (
        (_("Opening"), old.opens_on, new.opens_on),
        (_("Last day for comments"), old.closes_on, new.closes_on),
        (_("Answers until"), old.answers_by, new.answers_by),
        (_("Decision until"), old.decides_by, new.decides_by),
    )
    moves = tuple(
        _("%(what)s: %(new)s instead of %(old)s",
          what=what, old=date_words(before), new=date_words(after))
        for what, before, after in told
        if before != after
    )  # fmt: skip
    return ExtensionView(found.at, moves, found.reason)
