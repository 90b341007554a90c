"""States of a survey and what each allows. Pure.

    draft ─open→ open ─close→ closed ─publish→ published

From the opening on the wording is fixed. The days decide when people may answer: from the first
to the last, by the city's calendar, whoever presses what.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from participation.core.errors import Conflict, Invalid
from participation.core.words import words

TITLE_LENGTH = 160
ABOUT_LENGTH = 2000
OFFICE_LENGTH = 120


class State(StrEnum):
    """Where a survey stands, in order."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Step(StrEnum):
    """What an officer does to move a survey on."""

    OPEN = "open"
    CLOSE = "close"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day on which people may answer."""

    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guards look at; `today` is the city's day."""

    state: State
    days: Days
    today: date
    questions: int


Guard = Callable[[Situation], None]


def _can_be_answered(now: Situation) -> None:
    if not now.questions:
        raise Conflict("no-questions", words("There is no question yet. Write one first."))
    if now.today > now.days.closes_on:
        raise Conflict(
            "last-day-passed",
            words(
                "The last day for answers, %(day)s, has passed. Set a later one first.",
                day=now.days.closes_on,
            ),
        )


def _has_run_its_time(now: Situation) -> None:
    if now.today <= now.days.closes_on:
        raise Conflict(
            "still-open",
            words(
                "People were promised time until the end of %(day)s. Closing earlier would break"
                " that promise.",
                day=now.days.closes_on,
            ),
        )


def _always(_now: Situation) -> None:
    return


TRANSITIONS: dict[State, dict[Step, tuple[State, Guard]]] = {
    State.DRAFT: {Step.OPEN: (State.OPEN, _can_be_answered)},
    State.OPEN: {Step.CLOSE: (State.CLOSED, _has_run_its_time)},
    State.CLOSED: {Step.PUBLISH: (State.PUBLISHED, _always)},
    State.PUBLISHED: {},
}
"""From each state: the step out of it, where it leads, and what must hold first."""


def after(step: Step, now: Situation) -> State:
    """The state that `step` leads to; raises `Conflict` with the reason why not."""
    steps = TRANSITIONS[now.state]
    if step not in steps:
        message = words("This step does not follow from where the survey stands now.")
        raise Conflict("wrong-state", message)
    target, guard = steps[step]
    guard(now)
    return target


def refusal(step: Step, now: Situation) -> Conflict | None:
    """Why `step` cannot be taken now; nothing when it can: for the button that says why."""
    try:
        after(step, now)
    except Conflict as conflict:
        return conflict
    return None


def check_answerable(state: State, days: Days, today: date) -> None:
    """Nothing when people may answer today; raises `Conflict` with the reason otherwise."""
    if state is State.DRAFT or today < days.opens_on:
        message = words("This survey can be answered from %(day)s.", day=days.opens_on)
        raise Conflict("not-open-yet", message)
    if state is not State.OPEN or today > days.closes_on:
        message = words("This survey closed on %(day)s.", day=days.closes_on)
        raise Conflict("survey-closed", message)


def is_answerable(state: State, days: Days, today: date) -> bool:
    """Whether people may answer today."""
    return state is State.OPEN and days.opens_on <= today <= days.closes_on


def check_published(state: State) -> None:
    """Nothing once everybody may read the results."""
    if state is not State.PUBLISHED:
        message = words("The results stand here once the survey is closed and counted.")
        raise Conflict("no-results-yet", message)


def check_texts_final(state: State) -> None:
    """Nothing once the words of open questions cannot change any more: after the closing."""
    if state not in {State.CLOSED, State.PUBLISHED}:
        message = words("Texts are read and released once the survey is closed.")
        raise Conflict("texts-not-final", message)


def check_wording_open(state: State) -> None:
    """Nothing while questions may change: before the opening."""
    if state is not State.DRAFT:
        message = words("The survey was opened; its wording stays as people answered it.")
        raise Conflict("wording-fixed", message)


def check_days(days: Days) -> None:
    """Nothing when the last day is not before the first; raises `Invalid` otherwise."""
    if days.closes_on < days.opens_on:
        message = words("This day must not be before %(day)s.", day=days.opens_on)
        raise Invalid(message, field="closes_on")


def check_days_changeable(state: State, old: Days, new: Days) -> None:
    """Nothing when the days may change so: once open, the last day may only move later."""
    if state is State.DRAFT:
        return
    if state is not State.OPEN:
        message = words("The survey is closed; its days stay as people knew them.")
        raise Conflict("days-fixed", message)
    if new.opens_on != old.opens_on:
        message = words("The survey is open already; the first day stays.")
        raise Invalid(message, field="opens_on")
    if new.closes_on < old.closes_on:
        message = words("The last day may only move later than %(day)s.", day=old.closes_on)
        raise Invalid(message, field="closes_on")
