"""What may be said, how long it may be corrected, what counts as answered. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.words import words

BODY_LENGTH = 5000
SIGNATURE_LENGTH = 80
OFFICE_LENGTH = 120
EDIT_WINDOW = timedelta(minutes=15)


class Stance(StrEnum):
    """How a comment stands to the passage it is about."""

    SUPPORT = "support"
    CONCERN = "concern"
    QUESTION = "question"
    IDEA = "idea"


class Reason(StrEnum):
    """Why an answer says what it says: a closed list, so that reasons can be counted."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted-in-part"
    ALREADY_IN_DRAFT = "already-in-draft"
    OUTSIDE_REACH = "outside-reach"
    HIGHER_LAW = "higher-law"
    OTHER_INTERESTS = "other-interests"
    COST = "cost"
    EXPLAINED = "explained"
    QUESTION_ANSWERED = "question-answered"


REASON_NAMES = {
    Reason.ADOPTED: words("Adopted"),
    Reason.ADOPTED_IN_PART: words("Adopted in part"),
    Reason.ALREADY_IN_DRAFT: words("Already in the draft"),
    Reason.OUTSIDE_REACH: words("Not adopted: outside the reach of this rule"),
    Reason.HIGHER_LAW: words("Not adopted: conflicts with higher law"),
    Reason.OTHER_INTERESTS: words("Not adopted: other interests weigh more"),
    Reason.COST: words("Not adopted: cost"),
    Reason.EXPLAINED: words("Misunderstanding explained"),
    Reason.QUESTION_ANSWERED: words("Question answered"),
}
"""The reasons as everybody reads them."""

ADOPTED = frozenset({Reason.ADOPTED, Reason.ADOPTED_IN_PART})
"""The reasons with which a draft changes."""


class Source(StrEnum):
    """How a contribution came that was not written on the site: somebody typed it for its author.

    Kept as these words in comments, exports and the public record; empty means: on the site.
    """

    PAPER = "paper"
    COUNTER = "counter"
    MEETING = "meeting"
    SMS = "sms"


SOURCE_NAMES = {
    Source.PAPER: words("handed in on paper"),
    Source.COUNTER: words("said at the counter"),
    Source.MEETING: words("said at a meeting"),
    Source.SMS: words("by SMS"),
}
"""How each source reads beside a contribution."""


class State(StrEnum):
    """Where a comment stands, in order: received, taken up by an officer, answered."""

    HEARD = "heard"
    CONSIDERED = "considered"
    ANSWERED = "answered"


class Order(StrEnum):
    """The order of a thread page."""

    NEWEST = "newest"
    OLDEST = "oldest"
    AGREED = "agreed"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Subject:
    """What comments are about, known only by the kind of thing and its id."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Passage:
    """One place in a subject, in the edition that the writer saw."""

    subject: Subject
    place: str
    edition: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many comments there are, how many have an official answer or are taken up for one.

    Replies are conversation and are not counted: the promise of an answer is made to comments.
    """

    total: int = 0
    answered: int = 0
    considered: int = 0

    @property
    def waiting(self) -> int:
        """How many have no answer yet, those being considered too."""
        return self.total - self.answered


def check_body(body: str) -> None:
    """Nothing for a text that may be sent; raises `Invalid` for the field `body`."""
    if not body:
        raise Invalid(words("Write something first."), field="body")
    if len(body) > BODY_LENGTH:
        message = words("At most %(most)s characters; this is %(length)s.",
                        most=BODY_LENGTH, length=len(body))  # fmt: skip
        raise Invalid(message, field="body")


def check_own_words(said: str) -> None:
    """Nothing for a reply that says more than it quotes; raises `Invalid` for the field `body`."""
    if not said:
        raise Invalid(words("Write something of your own below the quote."), field="body")


def edit_ends_at(written_at: datetime) -> datetime:
    """Until when the author may correct a comment."""
    return written_at + EDIT_WINDOW


def may_edit(author_id: UUID, written_at: datetime, *, asker_id: UUID, now: datetime) -> bool:
    """Whether `asker_id` may still correct the comment, as its author within 15 minutes."""
    return author_id == asker_id and now < edit_ends_at(written_at)


def check_edit(author_id: UUID, written_at: datetime, *, asker_id: UUID, now: datetime) -> None:
    """Nothing when the comment may be corrected; says why not otherwise."""
    if author_id != asker_id:
        raise NotAllowed(words("Only its author can correct a comment."), code="not-the-author")
    if now >= edit_ends_at(written_at):
        raise Conflict(
            "edit-window-over",
            words(
                "A comment can be corrected within 15 minutes. After that others may have"
                " replied to it, so please write a reply instead."
            ),
        )
