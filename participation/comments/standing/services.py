"""Acts: withhold and show again, withdraw, agree. Each flushes; none commits.

Withholding and showing again are parts of other acts, which ask for permission and record them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.comments.mentions.services import forget_mentions
from participation.comments.models import Comment
from participation.comments.standing import queries
from participation.comments.standing.models import Agreement, Withholding
from participation.comments.standing.rules import (
    GONE_FOR_GOOD,
    HOUR,
    Withheld,
    check_agreement,
    check_pace,
    check_withdrawal,
    has_many_links,
)
from participation.comments.wordings.services import delete_wordings
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words

_EVENT_SUBJECT = "comment"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a comment is removed: the rule, the reason in words, until when its author may appeal."""

    rule: str
    reason: str
    appeal_until: datetime


def withhold(
    session: Session, comment: Comment, kind: Withheld, now: datetime, why: Grounds | None = None
) -> Withholding:
    """Takes the words of a comment out of sight; its place and its replies stay.

    Words that waited are kept with the new reason. Raises `Conflict` when they are withheld
    already in the same way, or withdrawn.
    """
    found = queries.withholding(session, comment.id)
    if found is not None and found.kind != Withheld.WAITING:
        raise Conflict("withheld-already", words("The words of this comment are gone already."))
    if found is None:
        found = Withholding(comment_id=comment.id, kind=kind.value, body=comment.body, at=now)
    found.kind, found.at = kind.value, now
    if why is not None:
        found.rule, found.reason, found.appeal_until = why.rule, why.reason, why.appeal_until
    comment.body = ""
    session.add_all((found, comment))
    session.flush()
    return found


def note_appeal(session: Session, comment: Comment, decide_by: datetime | None) -> None:
    """Says in the place of a removed comment until when its appeal is decided.

    Nothing once it is decided: then no other appeal is possible.
    """
    found = queries.withholding(session, comment.id)
    if found is None:
        raise Conflict("not-withheld", words("No words of this comment are kept back."))
    found.appeal_until, found.decide_by = None, decide_by
    session.add(found)
    session.flush()


def show_again(session: Session, comment: Comment) -> None:
    """Puts withheld words back in their place; `Conflict` where none are kept."""
    found = queries.withholding(session, comment.id)
    if found is None or found.kind in GONE_FOR_GOOD:
        raise Conflict("not-withheld", words("No words of this comment are kept back."))
    comment.body = found.body
    session.add(comment)
    session.delete(found)
    session.flush()


def hold_if_suspicious(session: Session, actor: Actor, comment: Comment, now: datetime) -> bool:
    """Whether a new comment waits for a moderator's look, because it holds many links."""
    if not has_many_links(comment.body):
        return False
    withhold(session, comment, Withheld.WAITING, now)
    _record(session, EventTag.COMMENTS_COMMENT_HOLD, actor, comment, now)
    return True


def check_may_write(session: Session, actor: Actor, now: datetime) -> None:
    """Nothing while the actor may write one more comment; raises `TooMany` in plain words."""
    check_pace(*queries.pace(session, actor.id, now - HOUR), now)


def withdraw_comment(session: Session, actor: Actor, comment: Comment, now: datetime) -> None:
    """Deletes the words of one's own comment for good; its place and its replies stay.

    Raises `NotAllowed` for others than the author, `Conflict` for the second time.
    """
    found = queries.withholding(session, comment.id)
    kind = Withheld(found.kind) if found else None
    check_withdrawal(comment.author_id, kind, asker_id=actor.id)
    _delete_words(session, comment, Withheld.WITHDRAWN, now)
    _record(session, EventTag.COMMENTS_COMMENT_WITHDRAW, actor, comment, now)


def forget(session: Session, actor: Actor, now: datetime) -> None:
    """Deletes the words of everything that the actor wrote, and takes their agreements back.

    Replies that addressed them address them no more.

    Places, replies and answers stay.
    """
    own = select(Comment).where(col(Comment.author_id) == actor.id)
    for comment in session.scalars(own.order_by(col(Comment.written_at))).all():
        found = queries.withholding(session, comment.id)
        if found is None or found.kind != Withheld.ERASED:
            _delete_words(session, comment, Withheld.ERASED, now)
            _record(session, EventTag.COMMENTS_COMMENT_ERASE, actor, comment, now)
    agreed = select(Comment).join(Agreement).where(col(Agreement.account_id) == actor.id)
    for comment in session.scalars(agreed).all():
        stop_agreeing(session, actor, comment, now)
    forget_mentions(session, actor.id)


def _delete_words(session: Session, comment: Comment, kind: Withheld, now: datetime) -> None:
    found = queries.withholding(session, comment.id)
    found = found or Withholding(comment_id=comment.id, kind=kind.value, at=now)
    found.kind, found.at, found.body = kind.value, now, ""
    found.rule, found.reason = "", ""
    found.appeal_until = found.decide_by = None
    comment.body = ""
    session.add_all((found, comment))
    session.flush()
    delete_wordings(session, comment.id)


def agree(session: Session, actor: Actor, comment: Comment, now: datetime) -> None:
    """Notes that the actor agrees; a second time changes nothing.

    Raises `NotAllowed` for readers and for one's own comment, `Conflict` for a withheld one.
    """
    allows(actor, Permission.COMMENTS_COMMENT_WRITE)
    withheld = queries.withheld(session, comment.id)
    check_agreement(comment.author_id, withheld, asker_id=actor.id)
    insert = postgresql.insert if _is_postgres(session) else sqlite.insert
    table = Agreement.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    statement = insert(table).values(comment_id=comment.id, account_id=actor.id, at=now)
    once = statement.on_conflict_do_nothing().returning(table.c.comment_id)
    if session.execute(once).one_or_none() is not None:
        _count(session, comment)
        _record(session, EventTag.COMMENTS_COMMENT_ENDORSE, actor, comment, now)


def stop_agreeing(session: Session, actor: Actor, comment: Comment, now: datetime) -> None:
    """Takes the agreement back; without one nothing changes."""
    allows(actor, Permission.COMMENTS_COMMENT_WRITE)
    gone = delete(Agreement).where(
        col(Agreement.comment_id) == comment.id, col(Agreement.account_id) == actor.id
    )
    if session.execute(gone.returning(col(Agreement.comment_id))).one_or_none() is not None:
        _count(session, comment)
        _record(session, EventTag.COMMENTS_COMMENT_UNENDORSE, actor, comment, now)


def _count(session: Session, comment: Comment) -> None:
    """Counts again from the rows, so that the figure can never drift from them."""
    counted = select(func.count()).where(col(Agreement.comment_id) == comment.id)
    session.execute(
        update(Comment)
        .where(col(Comment.id) == comment.id)
        .values(agreements=counted.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    session.refresh(comment)


def _record(session: Session, tag: EventTag, actor: Actor, comment: Comment, now: datetime) -> None:
    details = {"place": comment.place, "of": f"{comment.subject_kind}:{comment.subject_id}"}
    subject = (_EVENT_SUBJECT, comment.id)
    record(session, tag, at=now, actor=actor, subject=subject, details=details)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
