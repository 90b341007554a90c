"""What people are told of, how often letters come, when they are due. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID, uuid5

AREA, COMMENT, MEETING, ORGANISATION, SURVEY, TOPIC, VOTE = (
    "area", "comment", "meeting", "organisation", "survey", "topic", "vote",
)  # fmt: skip
"""The kinds of things besides consultations, as events and follows name them."""

LETTER_HOUR = time(7)
"""When collected letters go out, by the clocks of the city; weekly ones on Mondays."""

CLOSES_SOON = timedelta(days=3)
"""So long before the last day for comments those who follow are reminded."""

READ_KEPT = timedelta(days=180)
UNREAD_KEPT = timedelta(days=730)
MOST_IN_LETTER = 50

_CAUSES = UUID("0b6b5d0e-6c1e-4d3a-9d1b-5b7a0c6f4f10")
_MONDAY = 0
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a notice tells of."""

    ANSWERED = "answered"
    CONSIDERED = "considered"
    REPLIED = "replied"
    MENTIONED = "mentioned"
    COMMENTED = "commented"
    REMOVED = "removed"
    REDACTED = "redacted"
    RESTORED = "restored"
    RELEASED = "released"
    CLAUSE_CHANGED = "clause-changed"
    VERSION = "version"
    ANNOUNCED = "announced"
    OPENED = "opened"
    CLOSES_SOON = "closes-soon"
    EXTENDED = "extended"
    CLOSED = "closed"
    DECIDED = "decided"
    VOTE_OPENED = "vote-opened"
    VOTE_CLOSED = "vote-closed"
    VOTE_COUNTED = "vote-counted"
    SURVEY_OPENED = "survey-opened"
    SURVEY_PUBLISHED = "survey-published"
    MEETING_ANNOUNCED = "meeting-announced"
    MEETING_CANCELLED = "meeting-cancelled"
    MEETING_MINUTED = "meeting-minuted"


TOLD_BY_LETTER = frozenset({Kind.REMOVED, Kind.REDACTED, Kind.RESTORED, Kind.RELEASED})
"""Moderators' acts come by a letter of their own, whatever somebody chose: no second one."""


class Rhythm(StrEnum):
    """How often news comes by mail."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed: kind and id, and a clause of it; `is_own` for one's own comment."""

    kind: str
    subject_id: UUID
    place: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """How often somebody wants mail, and whether answers to their own comments wait for that."""

    rhythm: Rhythm = Rhythm.DAILY
    answers_at_once: bool = True


SILENCE = Wanted(Rhythm.NEVER, answers_at_once=False)
"""No news by mail at all: what one press on an unsubscribing button means."""


def due_at(rhythm: Rhythm, now: datetime, zone: tzinfo) -> datetime | None:
    """When a letter with news of this moment is due; nothing for those who want none."""
    if rhythm is Rhythm.NEVER:
        return None
    if rhythm is Rhythm.AT_ONCE:
        return now
    local = now.astimezone(zone)
    day = local.date() if local.time() < LETTER_HOUR else local.date() + _DAY
    while rhythm is Rhythm.WEEKLY and day.weekday() != _MONDAY:
        day += _DAY
    return datetime.combine(day, LETTER_HOUR, zone)


def cause_of(*parts: object) -> UUID:
    """The name of a cause that is no event: the same for the same parts, so told once."""
    return uuid5(_CAUSES, "/".join(str(part) for part in parts))
