"""Which announced days may move, and where to. Pure."""

from datetime import date

from participation.consultations.rules import Calendar, Phase
from participation.core.errors import Conflict, Invalid
from participation.core.words import words

REASON_LENGTH = 500

MOVABLE: dict[Phase, tuple[str, ...]] = {
    Phase.DRAFT: (),
    Phase.ANNOUNCED: ("opens_on", "closes_on", "answers_by", "decides_by"),
    Phase.OPEN: ("closes_on", "answers_by", "decides_by"),
    Phase.ANSWERING: ("answers_by", "decides_by"),
    Phase.DECIDED: (),
    Phase.ARCHIVED: (),
}
"""The days that may move in each phase, in order."""


def check_extendable(phase: Phase) -> None:
    """Nothing when some announced day may move; raises `Conflict` otherwise."""
    if phase is Phase.DRAFT:
        message = words("Nothing is announced yet: change the days with the other facts.")
        raise Conflict("not-announced", message)
    if not MOVABLE[phase]:
        raise Conflict("details-fixed", words("It is decided; its days stay as people knew them."))


def check_extension(phase: Phase, old: Calendar, new: Calendar, today: date) -> None:
    """Nothing when these days may follow the announced ones; `Conflict` or `Invalid` otherwise.

    No day moves closer and the time for comments gets no shorter. Comments that have not opened
    may open earlier.
    """
    check_extendable(phase)
    if new == old:
        raise Invalid(words("Every day is as it was: choose a later one."))
    _check_movable(phase, old, new)
    for name in ("closes_on", "answers_by", "decides_by"):
        before, after = getattr(old, name), getattr(new, name)
        if after < before:
            message = words("People were told %(day)s: it may only move later.", day=before)
            raise Invalid(message, field=name)
        if before < after < today:
            raise Invalid(words("This day has passed already."), field=name)
    _check_opening(old, new, today)


def _check_movable(phase: Phase, old: Calendar, new: Calendar) -> None:
    for name in ("opens_on", "closes_on"):
        if name not in MOVABLE[phase] and getattr(new, name) != getattr(old, name):
            message = words("This day is over and stays as people knew it.")
            raise Invalid(message, field=name)


def _check_opening(old: Calendar, new: Calendar, today: date) -> None:
    if new.opens_on < old.opens_on and new.opens_on < today:
        raise Invalid(words("This day has passed already."), field="opens_on")
    if new.closes_on - new.opens_on < old.closes_on - old.opens_on:
        message = words("Whoever opens later closes later too: %(days)s days were promised.",
                        days=(old.closes_on - old.opens_on).days + 1)  # fmt: skip
        raise Invalid(message, field="opens_on")
