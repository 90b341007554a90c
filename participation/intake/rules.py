"""States of a typed entry, who may confirm it, and until when. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from participation.consultations.rules import Calendar, Phase
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.limits import Limit
from participation.core.words import words

NAME_LENGTH = 80
TITLE_LENGTH = 120
REASON_LENGTH = 500
MOST_FORMS = 50
MOST_ENTRIES = 500
GRACE = timedelta(days=7)
"""For so long after the last day papers that came in time may still be typed and confirmed."""

LOOKS_PER_PLACE = Limit(60, timedelta(minutes=10))
"""How many codes one household may look up; see `codes` for why this is enough."""


class State(StrEnum):
    """Where an entry stands.

    typed ─hand over→ waiting ─confirm→ published
                      waiting ─return→ returned ─correct→ waiting
                                       returned ─set aside→ aside
    """

    TYPED = "typed"
    WAITING = "waiting"
    RETURNED = "returned"
    PUBLISHED = "published"
    ASIDE = "aside"


TYPEABLE = frozenset({State.TYPED, State.RETURNED})
"""In these states the words may still be changed."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether papers are taken in now; `today` is the city's day."""

    phase: Phase
    calendar: Calendar
    today: date


def check_taken_in(now: Situation) -> None:
    """Nothing while entries may be typed and confirmed; raises `Conflict` with the reason.

    From the opening until a week after the last day, and never after the decision.
    """
    calendar = now.calendar
    if now.phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        message = words("Comments open on %(day)s.", day=calendar.opens_on)
        raise Conflict("not-open-yet", message)
    if now.phase in {Phase.DECIDED, Phase.ARCHIVED} or now.today > calendar.closes_on + GRACE:
        message = words(
            "Comments closed on %(day)s. What had come by then could be entered until %(end)s.",
            day=calendar.closes_on,
            end=calendar.closes_on + GRACE,
        )
        raise Conflict("intake-closed", message)


def check_received(received_on: date, now: Situation) -> None:
    """Nothing for a day in the open phase that is not in the future; raises `Invalid`."""
    calendar = now.calendar
    if received_on > now.today:
        message = words("This day is still to come.")
    elif not calendar.opens_on <= received_on <= calendar.closes_on:
        message = words(
            "Comments are received from %(first)s to %(last)s. This came on another day.",
            first=calendar.opens_on,
            last=calendar.closes_on,
        )
    else:
        return
    raise Invalid(message, field="received_on")


def check_second_person(typed_by: UUID, *, asker_id: UUID) -> None:
    """Nothing for somebody else than who typed the words; raises `NotAllowed`."""
    if asker_id == typed_by:
        message = words("You typed this. Somebody else compares it with the paper.")
        raise NotAllowed(message, code="own-typing")


def check_seen(state: State, revision: int, *, seen: int) -> None:
    """Nothing for an entry that waits, and reads as it was seen; raises `Conflict`."""
    if state is not State.WAITING:
        message = words("Somebody has dealt with this entry meanwhile.")
        raise Conflict("not-waiting", message)
    if revision != seen:
        message = words("This entry was changed after you opened the page. Compare it once more.")
        raise Conflict("typed-again", message)


def check_typeable(state: State) -> None:
    """Nothing while an entry may be changed; raises `Conflict`."""
    if state not in TYPEABLE:
        message = words("This entry waits for a second person, or is dealt with: it stays as it is."
                        )  # fmt: skip
        raise Conflict("not-typeable", message)


def check_reason(reason: str) -> None:
    """Nothing for words that say why; raises `Invalid` for the field `reason`."""
    if not reason or len(reason) > REASON_LENGTH:
        message = words("Say why, in at most %(most)s characters.", most=REASON_LENGTH)
        raise Invalid(message, field="reason")


def check_batch(states: Collection[State]) -> None:
    """Nothing when a batch holds something to check; raises `Conflict`."""
    if State.TYPED not in states:
        raise Conflict("nothing-typed", words("Nothing is typed here that could be checked."))


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut between words, with a sign that there is more."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" .,;:") + " …"
