"""The act of taking in what somebody said in another way than through the site.

Whoever enters it is not its author and gains nothing by it: the author is an account that nobody
can sign in to. Whether it may be published now is the question of the feature above, asked before.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from participation.comments.models import Comment
from participation.comments.rules import Passage, Source, Stance, check_body
from participation.comments.standing.services import hold_if_suspicious
from participation.core.access import Actor, Permission, allows
from participation.core.events import EventTag, record


@dataclass(frozen=True, slots=True)
class Received:
    """A contribution as it was received; `key` tells it from every other of its author."""

    stance: Stance
    body: str
    source: Source
    received_on: date
    key: str


def receive_comment(
    session: Session,
    actor: Actor,
    passage: Passage,
    received: Received,
    *,
    author_id: UUID,
    now: datetime,
) -> Comment:
    """The comment of `author_id`, published by `actor`; held like any other with many links.

    No pace is kept: a hundred papers are a hundred people. Raises `NotAllowed` without the
    permission, `Invalid` for a text that may not be sent.
    """
    allows(actor, Permission.COMMENTS_COMMENT_RECEIVE)
    check_body(received.body)
    comment = Comment(
        subject_kind=passage.subject.kind,
        subject_id=passage.subject.id,
        place=passage.place,
        edition=passage.edition,
        author_id=author_id,
        stance=received.stance.value,
        body=received.body,
        written_at=now,
        form_key=received.key,
        source=received.source.value,
        received_on=received.received_on,
    )
    session.add(comment)
    session.flush()
    if not hold_if_suspicious(session, actor, comment, now):
        details = {
            "place": passage.place,
            "of": f"{passage.subject.kind}:{passage.subject.id}",
            "source": received.source.value,
        }
        tag, subject = EventTag.COMMENTS_COMMENT_WRITE, ("comment", comment.id)
        record(session, tag, at=now, actor=actor, subject=subject, details=details)
    return comment
