"""Which comments are withheld and why, how much one person may write in an hour. Pure."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from participation.core.errors import Conflict, NotAllowed, TooMany
from participation.core.words import words

MOST_LINKS = 3
PER_HOUR = 20
HOUR = timedelta(hours=1)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class Rule(StrEnum):
    """The written rules: only under one of these may words be removed."""

    INSULT = "insult"
    HATRED = "hatred"
    PRIVACY = "privacy"
    ADVERTISING = "advertising"
    FLOOD = "flood"
    LAW = "law"


RULE_NAMES = {
    Rule.INSULT: words("Insults and threats"),
    Rule.HATRED: words("Hatred of groups"),
    Rule.PRIVACY: words("Somebody's personal data"),
    Rule.ADVERTISING: words("Advertising"),
    Rule.FLOOD: words("The same text again and again"),
    Rule.LAW: words("What the law forbids"),
}


class Withheld(StrEnum):
    """Why the words of a comment are not shown."""

    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    ERASED = "erased"


GONE_FOR_GOOD = frozenset({Withheld.WITHDRAWN, Withheld.ERASED})
"""Words that nobody keeps any more."""


def has_many_links(body: str) -> bool:
    """Whether a text holds more links than one that is shown at once."""
    return len(_LINK.findall(body)) > MOST_LINKS


def check_pace(earlier: int, first_at: datetime | None, now: datetime) -> None:
    """Nothing while somebody may write one more; `TooMany` says the limit and when it goes on.

    `earlier` are their comments and replies of the last hour, `first_at` the oldest of these.
    """
    if earlier < PER_HOUR or first_at is None:
        return
    wait = first_at + HOUR - now
    message = words(
        "You have written %(most)s times within the last hour, the most that one person can. You"
        " can go on in %(minutes)s minutes; your words stay here until then.",
        most=PER_HOUR,
        minutes=max(1, -(-int(wait.total_seconds()) // 60)),
    )
    raise TooMany(message, wait_seconds=max(1, int(wait.total_seconds())))


def check_withdrawal(author_id: UUID, withheld: Withheld | None, *, asker_id: UUID) -> None:
    """Nothing when the asker may take the comment back; says why not otherwise."""
    if author_id != asker_id:
        raise NotAllowed(words("Only its author can withdraw a comment."), code="not-the-author")
    if withheld in GONE_FOR_GOOD:
        raise Conflict("withdrawn-already", words("This comment is withdrawn already."))


def check_agreement(author_id: UUID, withheld: Withheld | None, *, asker_id: UUID) -> None:
    """Nothing when the asker may agree with the comment; says why not otherwise."""
    if author_id == asker_id:
        raise NotAllowed(words("You cannot agree with yourself."), code="own-comment")
    if withheld is not None:
        raise Conflict("withheld", words("The words of this comment are not shown any more."))
