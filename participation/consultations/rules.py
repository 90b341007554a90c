"""Phases of a consultation and what each allows. Pure.

    draft ─publish→ announced ─open→ open ─close→ answering ─decide→ decided ─archive→ archived

The phase decides what may be done now; roles only decide by whom. Every refusal is a `Conflict`
whose words say what is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from participation.comments.rules import Coverage
from participation.core.errors import Conflict, Invalid
from participation.core.words import plural_words, words

SUBJECT_KIND = "consultation"
SOURCE_LENGTH = 1_000_000
TITLE_LENGTH = 160
NAME_LENGTH = 120
SUMMARY_LENGTH = 4000
OUTCOME_LENGTH = 2000


class Phase(StrEnum):
    """Where a consultation stands, in order."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    ANSWERING = "answering"
    DECIDED = "decided"
    ARCHIVED = "archived"


class Step(StrEnum):
    """What an officer does to move a consultation on."""

    PUBLISH = "publish"
    OPEN = "open"
    CLOSE = "close"
    DECIDE = "decide"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that people were told: opening, last day for comments, answers, decision."""

    opens_on: date
    closes_on: date
    answers_by: date
    decides_by: date


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guards look at; `today` is the city's day."""

    phase: Phase
    calendar: Calendar
    today: date
    article_count: int
    coverage: Coverage
    has_outcome: bool


Guard = Callable[[Situation], None]


def _has_articles(now: Situation) -> None:
    if not now.article_count:
        raise Conflict(
            "no-draft-text",
            words("There is no draft text with articles yet. Import it first, then publish."),
        )


def _has_begun(now: Situation) -> None:
    opens = now.calendar.opens_on
    if now.today < opens:
        raise Conflict(
            "opens-later",
            words(
                "It was announced that comments open on %(day)s. Change the date first if you"
                " want to open earlier.",
                day=opens,
            ),
        )
    if now.today > now.calendar.closes_on:
        raise Conflict(
            "closing-day-passed",
            words(
                "The last day for comments, %(day)s, has passed. Set a later one first.",
                day=now.calendar.closes_on,
            ),
        )


def _has_run_its_time(now: Situation) -> None:
    closes = now.calendar.closes_on
    if now.today <= closes:
        raise Conflict(
            "still-open",
            words(
                "People were promised to be heard until the end of %(day)s. Closing earlier would"
                " break that promise.",
                day=closes,
            ),
        )


def _is_answered(now: Situation) -> None:
    waiting = now.coverage.waiting
    if waiting:
        raise Conflict(
            "unanswered",
            plural_words(
                "One comment still waits for an answer. A decision comes after all answers.",
                "%(count)s comments still wait for an answer. A decision comes after all answers.",
                waiting,
            ),
        )
    if not now.has_outcome:
        message = words("Write down what was decided first: people should read it here.")
        raise Conflict("no-outcome", message)


def _always(_now: Situation) -> None:
    return


TRANSITIONS: dict[Phase, dict[Step, tuple[Phase, Guard]]] = {
    Phase.DRAFT: {Step.PUBLISH: (Phase.ANNOUNCED, _has_articles)},
    Phase.ANNOUNCED: {Step.OPEN: (Phase.OPEN, _has_begun)},
    Phase.OPEN: {Step.CLOSE: (Phase.ANSWERING, _has_run_its_time)},
    Phase.ANSWERING: {Step.DECIDE: (Phase.DECIDED, _is_answered)},
    Phase.DECIDED: {Step.ARCHIVE: (Phase.ARCHIVED, _always)},
    Phase.ARCHIVED: {},
}
"""From each phase: the steps out of it, where they lead, and what must hold first."""


def after(step: Step, now: Situation) -> Phase:
    """The phase that `step` leads to; raises `Conflict` with the reason why not."""
    steps = TRANSITIONS[now.phase]
    if step not in steps:
        raise Conflict(
            "wrong-phase",
            words("This step does not follow from where the consultation stands now."),
        )
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


def check_comments_open(phase: Phase, calendar: Calendar, today: date) -> None:
    """Nothing when residents may comment today; raises `Conflict` with the reason otherwise."""
    if phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        message = words("Comments open on %(day)s.", day=calendar.opens_on)
        raise Conflict("not-open-yet", message)
    if phase is not Phase.OPEN or today > calendar.closes_on:
        message = words("Comments closed on %(day)s.", day=calendar.closes_on)
        raise Conflict("comments-closed", message)


def are_comments_open(phase: Phase, calendar: Calendar, today: date) -> bool:
    """Whether residents may comment today."""
    return phase is Phase.OPEN and today <= calendar.closes_on


def check_answers_open(phase: Phase) -> None:
    """Nothing while officers may answer: from the opening to the decision."""
    if phase not in {Phase.OPEN, Phase.ANSWERING}:
        message = words("Answers are written while comments are open and until the decision.")
        raise Conflict("no-answers-now", message)


def check_matrix_public(phase: Phase) -> None:
    """Nothing once the office answers: from then on everybody reads the whole response matrix."""
    if phase not in {Phase.ANSWERING, Phase.DECIDED, Phase.ARCHIVED}:
        message = words("The matrix of all answers stands here once comments are closed.")
        raise Conflict("no-matrix-yet", message)


def check_decided(phase: Phase) -> None:
    """Nothing once there is a decision."""
    if phase not in {Phase.DECIDED, Phase.ARCHIVED}:
        message = words("What became of it stands here once there is a decision.")
        raise Conflict("not-decided-yet", message)


def check_text_changeable(phase: Phase) -> None:
    """Nothing while a text may be imported: the first one, or a new version.

    A published version never changes. A new one comes while people comment or are answered.
    """
    if phase is Phase.ANNOUNCED:
        raise Conflict(
            "text-published",
            words(
                "The text was published and stays as it is, so that comments keep their place."
                " A new version is possible once comments are open."
            ),
        )
    if phase in {Phase.DECIDED, Phase.ARCHIVED}:
        message = words("It is decided; the last version of the text stays.")
        raise Conflict("text-decided", message)


def may_have_new_version(phase: Phase) -> bool:
    """Whether a published text may be followed by a new version now."""
    return phase in {Phase.OPEN, Phase.ANSWERING}


def check_calendar(calendar: Calendar) -> None:
    """Nothing when the days follow each other; raises `Invalid` for the first that does not."""
    steps = (
        ("closes_on", calendar.opens_on, calendar.closes_on),
        ("answers_by", calendar.closes_on, calendar.answers_by),
        ("decides_by", calendar.answers_by, calendar.decides_by),
    )
    for field, earlier, later in steps:
        if later < earlier:
            message = words("This day must not be before %(day)s.", day=earlier)
            raise Invalid(message, field=field)


def check_details_changeable(phase: Phase, old: Calendar, new: Calendar) -> None:
    """Nothing when title, words and days may change so; raises `Conflict` or `Invalid`.

    A draft may change in everything. Announced days move only by an act of their own, with a
    public reason. After the comment phase nothing changes.
    """
    if phase is Phase.DRAFT:
        return
    if phase not in {Phase.ANNOUNCED, Phase.OPEN}:
        message = words("After the comment phase these facts stay as people knew them.")
        raise Conflict("details-fixed", message)
    for field in ("opens_on", "closes_on", "answers_by", "decides_by"):
        if getattr(new, field) != getattr(old, field):
            message = words("Announced days move only by an act of its own, with a reason.")
            raise Invalid(message, field=field)
