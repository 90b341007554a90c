"""The written rules, the deadlines, who may decide what. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID

from participation.accounts.leaving.rules import FORMER_NAME
from participation.accounts.offline.rules import UNNAMED
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.words import words

WORDS_LENGTH = 600
APPEAL_LENGTH = 2000
APPEAL_WITHIN = timedelta(days=14)
DECIDE_WITHIN = timedelta(days=7)
NEAR = timedelta(days=2)
"""From so much time left on an appeal is near its end."""
TAKEN_OUT = "[removed: personal data]"
_LEAST_REASON = 10


class Kind(StrEnum):
    """What was done, as the public log tells it."""

    REMOVED = "removed"
    KEPT = "kept"
    REDACTED = "redacted"
    RELEASED = "released"
    UPHELD = "upheld"
    RESTORED = "restored"


NO_NAMES = frozenset({FORMER_NAME, UNNAMED})
"""What stands for authors who are not named: words that a reason may well need."""


class Outcome(StrEnum):
    """How an appeal may be decided."""

    RESTORED = "restored"
    UPHELD = "upheld"


def check_reason(reason: str, author: str, *, field: str = "reason") -> None:
    """Nothing for a reason that may stand in the public log; raises `Invalid` otherwise."""
    if len(reason) < _LEAST_REASON:
        raise Invalid(words("Give a reason that everybody understands."), field=field)
    if len(reason) > WORDS_LENGTH:
        message = words("At most %(most)s characters.", most=WORDS_LENGTH)
        raise Invalid(message, field=field)
    if author not in NO_NAMES and author.casefold() in reason.casefold():
        message = words(
            "The reason is public, and the public log names nobody. Leave out the name."
        )
        raise Invalid(message, field=field)


def check_appeal(author_id: UUID, until: datetime | None, *, asker_id: UUID, now: datetime) -> None:
    """Nothing when the author may still appeal; `until` is empty where nothing was removed."""
    if author_id != asker_id:
        raise NotAllowed(words("Only its author can appeal for a comment."), code="not-the-author")
    if until is None:
        message = words("This comment is not removed, or an appeal for it has arrived already.")
        raise Conflict("no-appeal", message)
    if now >= until:
        message = words("An appeal was possible until %(day)s.", day=until.date())
        raise Conflict("appeal-over", message)


def check_judge(removed_by: UUID | None, *, asker_id: UUID) -> None:
    """Nothing when this moderator may decide the appeal: never the one who removed."""
    if removed_by == asker_id:
        message = words("You removed this comment, so another moderator decides the appeal.")
        raise NotAllowed(message, code="own-removal")


def redacted(body: str, passage: str) -> str:
    """The text with every place of the passage taken out; raises `Invalid` where it is not."""
    if not passage or passage not in body:
        message = words("These words do not stand in the comment. Copy them exactly as they are.")
        raise Invalid(message, field="passage")
    return body.replace(passage, TAKEN_OUT)


def median_hours(seconds: Sequence[int]) -> float | None:
    """The median of lengths of time, in hours with one decimal; nothing for none."""
    return round(median(seconds) / 3600, 1) if seconds else None
