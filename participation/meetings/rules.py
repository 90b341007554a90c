"""Where a meeting stands, and what may be done with it then. Pure.

    draft ─announce→ coming ─(it begins)→ running ─(it ends)→ held ─publish minutes→ minuted
                        └──────────── cancel, with a reason ───────────┘

What the clock decides is never stored: a meeting is over when its time is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from participation.consultations.rules import Phase
from participation.core.errors import Conflict, Invalid
from participation.core.words import plural_words, words

TITLE_LENGTH = 120
ABOUT_LENGTH = 2000
PLACE_LENGTH = 120
ADDRESS_LENGTH = 240
LINK_LENGTH = 500
ACCESS_LENGTH = 600
REASON_LENGTH = 600
ITEM_LENGTH = 160
SUMMARY_LENGTH = 4000
WORDS_LENGTH = 5000
NAME_LENGTH = 80
GROUPS_LENGTH = 300
MOST_ITEMS = 40
MOST_SAID = 300
MOST_PEOPLE = 100_000
LONGEST = timedelta(hours=24)
FURTHEST = timedelta(days=2 * 366)
MINUTES_WITHIN = timedelta(days=7)
"""How long after a meeting its minutes are promised."""

_MINUTE = timedelta(minutes=1)


class State(StrEnum):
    """What somebody decided about a meeting."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """Where a meeting stands, in order; the clock has its part in it."""

    DRAFT = "draft"
    COMING = "coming"
    RUNNING = "running"
    HELD = "held"
    MINUTED = "minuted"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """A line of the minutes: the summary of an item, or what one person said."""

    SUMMARY = "summary"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when; both aware."""

    begins_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return int((self.ends_at - self.begins_at) / _MINUTE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What people are told about a meeting; `link` and `access` may be empty."""

    title: str
    about: str
    place: str
    address: str
    link: str
    access: str
    span: Span


def stage_of(state: State, span: Span, *, is_minuted: bool, now: datetime) -> Stage:
    """Where a meeting stands at the moment `now`."""
    if state is not State.ANNOUNCED:
        return Stage(state.value)
    if is_minuted:
        return Stage.MINUTED
    if now < span.begins_at:
        return Stage.COMING
    return Stage.RUNNING if now < span.ends_at else Stage.HELD


def check_facts(facts: Facts, now: datetime) -> None:
    """Nothing when people may be told this; raises `Invalid` for the field that is wrong."""
    for field, text, most in (
        ("title", facts.title, TITLE_LENGTH),
        ("about", facts.about, ABOUT_LENGTH),
        ("place", facts.place, PLACE_LENGTH),
        ("address", facts.address, ADDRESS_LENGTH),
        ("link", facts.link, LINK_LENGTH),
        ("access", facts.access, ACCESS_LENGTH),
    ):
        check_length(text, most, field, is_needed=field in {"title", "place"})
    if not (facts.address or facts.link):
        message = words("Say where it is: an address, or a link for those who join from home.")
        raise Invalid(message, field="address")
    if facts.link:
        check_link(facts.link)
    check_span(facts.span, now)


def check_link(link: str) -> None:
    """Nothing for the address of a web page; `Invalid` for anything else, such as a script."""
    try:
        parts = urlsplit(link)
        is_page = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_page = False
    is_plain = link.isprintable() and " " not in link and "\\" not in link
    if not (is_page and is_plain) or "@" in parts.netloc:
        message = words("A web address is expected here, such as https://temu.example.id/sampah.")
        raise Invalid(message, field="link")


def check_span(span: Span, now: datetime) -> None:
    """Nothing when the times follow each other and are near; `Invalid` otherwise."""
    if span.ends_at <= span.begins_at:
        raise Invalid(words("It must end after it begins."), field="ends_at")
    if span.ends_at - span.begins_at > LONGEST:
        message = words("At most one day. Announce a meeting on several days once for each day.")
        raise Invalid(message, field="ends_at")
    if span.begins_at > now + FURTHEST:
        raise Invalid(words("At most two years ahead."), field="begins_at")


def check_ahead(span: Span, now: datetime) -> None:
    """Nothing while the meeting is still to come: nobody is told of it too late."""
    if span.begins_at <= now:
        message = words("This time has passed. A meeting is announced before it begins.")
        raise Invalid(message, field="begins_at")


def check_announcement(stage: Stage, span: Span, phase: Phase, items: int, now: datetime) -> None:
    """Nothing when a drawn-up meeting may be announced; raises `Conflict` with the reason."""
    if stage is not Stage.DRAFT:
        raise Conflict("announced-already", words("This meeting is announced already."))
    if span.begins_at <= now:
        message = words("This time has passed. A meeting is announced before it begins.")
        raise Conflict("in-the-past", message)
    if phase is Phase.DRAFT:
        message = words("The draft it is about is not public yet. Announce the consultation first.")
        raise Conflict("draft-not-public", message)
    if phase in {Phase.DECIDED, Phase.ARCHIVED}:
        raise Conflict("decided", words("It is decided; no further meeting can change anything."))
    if not items:
        message = words("There is no agenda yet. People come when they know what it is about.")
        raise Conflict("no-agenda", message)


def check_changeable(stage: Stage) -> None:
    """Nothing until the meeting begins: facts and agenda may change."""
    if stage not in {Stage.DRAFT, Stage.COMING}:
        message = words("It has begun or was cancelled: what was announced stays as it was.")
        raise Conflict("facts-fixed", message)


def check_cancellation(stage: Stage, reason: str) -> None:
    """Nothing when an announced meeting may be cancelled, also afterwards if nobody held it."""
    if stage is Stage.DRAFT:
        raise Conflict("only-drawn-up", words("It was never announced. Discard the draft instead."))
    if stage in {Stage.CANCELLED, Stage.MINUTED}:
        message = words("It is cancelled already, or its minutes are published.")
        raise Conflict("not-to-cancel", message)
    check_length(reason, REASON_LENGTH, "reason")


def check_coming(stage: Stage) -> None:
    """Nothing while people may say that they will come."""
    if stage is not Stage.COMING:
        message = words("This meeting is not ahead of us any more.")
        raise Conflict("not-coming", message)


def check_agenda_fits(span: Span, minutes: Sequence[int], field: str) -> None:
    """Nothing while the items need no more time than the meeting has; `Invalid` for `field`."""
    over = sum(minutes) - span.minutes
    if over > 0:
        message = plural_words(
            "The agenda would be one minute longer than the meeting.",
            "The agenda would be %(count)s minutes longer than the meeting.",
            over,
        )
        raise Invalid(message, field=field)


def check_minutes_open(stage: Stage) -> None:
    """Nothing from the beginning of a meeting on: minutes may be written in the room."""
    if stage not in {Stage.RUNNING, Stage.HELD, Stage.MINUTED}:
        message = words("Minutes are written once the meeting has begun.")
        raise Conflict("no-minutes-now", message)


def check_over(stage: Stage) -> None:
    """Nothing once the meeting is over, so that its minutes may be published."""
    check_minutes_open(stage)
    if stage is Stage.RUNNING:
        raise Conflict("still-running", words("The meeting is not over yet."))


def check_came(came: int | None) -> None:
    """Nothing for a number of people; `Invalid` otherwise."""
    if came is not None and not 0 <= came <= MOST_PEOPLE:
        message = words("A number up to %(most)s is expected here.", most=MOST_PEOPLE)
        raise Invalid(message, field="came")


def check_length(text: str, most: int, field: str, *, is_needed: bool = True) -> None:
    """Nothing for a text that is there and no longer than `most`; `Invalid` for `field`."""
    if is_needed and not text:
        raise Invalid(words("This must be filled in."), field=field)
    if len(text) > most:
        message = words("At most %(most)s characters; this is %(length)s.",
                        most=most, length=len(text))  # fmt: skip
        raise Invalid(message, field=field)
