"""Acts: write, reply, correct, answer. Each flushes and records one event; none commits.

Whether a passage takes comments now is the question of the feature above, asked before.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from participation.comments.models import Answer, Comment
from participation.comments.queries import comment_by_key
from participation.comments.rules import (
    OFFICE_LENGTH,
    SIGNATURE_LENGTH,
    Passage,
    Stance,
    Subject,
    check_body,
    check_edit,
)
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag, record
from participation.core.ids import new_id
from participation.core.words import words

_EVENT_SUBJECT = "comment"


@dataclass(frozen=True, slots=True)
class NewComment:
    """A contribution as it was sent; `token` came with the empty form."""

    stance: Stance
    body: str
    token: str


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply as it was sent; `token` came with the empty form."""

    body: str
    token: str


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An official answer as it was sent, with the name and office it is signed by."""

    name: str
    office: str
    body: str


def write_comment(
    session: Session, actor: Actor, passage: Passage, new: NewComment, now: datetime
) -> Comment:
    """The new comment, or the one that the same form made before.

    Raises `NotAllowed` without the permission, `Invalid` for a text that may not be sent.
    """
    allows(actor, Permission.COMMENTS_COMMENT_WRITE)
    check_body(new.body)
    key = _form_key(new.token, passage.place, new.stance.value, new.body)
    values = _values(actor, passage.subject, now, new.body, key)
    values |= {"place": passage.place, "edition": passage.edition, "stance": new.stance.value}
    return _add_once(session, actor, values, now)


def write_reply(
    session: Session, actor: Actor, replied_to: Comment, new: NewReply, now: datetime
) -> Comment:
    """The new reply, or the one that the same form made before.

    A reply to a reply joins the same thread: threads are one level deep. Raises as
    `write_comment` does.
    """
    allows(actor, Permission.COMMENTS_COMMENT_WRITE)
    check_body(new.body)
    key = _form_key(new.token, str(replied_to.id), new.body)
    subject = Subject(replied_to.subject_kind, replied_to.subject_id)
    values = _values(actor, subject, now, new.body, key)
    values |= {
        "place": replied_to.place,
        "edition": replied_to.edition,
        "thread_id": replied_to.thread_id or replied_to.id,
        "reply_to_id": replied_to.id,
    }
    return _add_once(session, actor, values, now)


def edit_comment(
    session: Session, actor: Actor, corrected: Comment, body: str, now: datetime
) -> Comment:
    """The comment with its new text, marked as edited; unchanged text leaves no mark.

    Raises `NotAllowed` for others than the author, `Conflict` after 15 minutes, `Invalid` for a
    text that may not be sent.
    """
    check_edit(corrected.author_id, corrected.written_at, asker_id=actor.id, now=now)
    check_body(body)
    if body == corrected.body:
        return corrected
    corrected.body = body
    corrected.edited_at = now
    session.add(corrected)
    _record(session, EventTag.COMMENTS_COMMENT_EDIT, actor, corrected, now)
    return corrected


def answer_comment(
    session: Session, actor: Actor, answered: Comment, new: NewAnswer, now: datetime
) -> Answer:
    """The official answer, now standing under the comment.

    Raises `NotAllowed` without the permission, `Conflict` for a reply or a comment that has an
    answer already, `Invalid` for missing words, name or office.
    """
    allows(actor, Permission.COMMENTS_ANSWER_WRITE)
    _check_answer(new)
    if answered.thread_id is not None:
        message = words("Answers are given to first comments, not to replies.")
        raise Conflict("answer-to-a-reply", message)
    if answered.answer_id is not None:
        message = words("This comment has an answer already. Open the list again for the next one.")
        raise Conflict("answered-already", message)
    answer = Answer(
        author_id=actor.id, name=new.name, office=new.office, body=new.body, written_at=now
    )
    session.add(answer)
    session.flush()
    answered.answer_id = answer.id
    session.add(answered)
    _record(session, EventTag.COMMENTS_ANSWER_WRITE, actor, answered, now)
    return answer


def _values(
    actor: Actor, subject: Subject, now: datetime, body: str, form_key: str
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "author_id": actor.id,
        "body": body,
        "written_at": now,
        "form_key": form_key,
    }


def _add_once(session: Session, actor: Actor, values: dict[str, Any], now: datetime) -> Comment:
    """Inserts unless the same form came before; the database decides, also between processes."""
    session.flush()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    table = Comment.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    statement = insert(table).values(**values)
    once = statement.on_conflict_do_nothing(index_elements=["author_id", "form_key"])
    added = session.execute(once.returning(table.c.id)).one_or_none()
    written = comment_by_key(session, actor.id, values["form_key"])
    if added is not None:
        _record(session, EventTag.COMMENTS_COMMENT_WRITE, actor, written, now)
    return written


def _form_key(*parts: str) -> str:
    """What makes two sendings the same: the form's token and everything that was written.

    The text is part of it, so a page kept open and sent again with other words is not lost.
    """
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()


def _check_answer(new: NewAnswer) -> None:
    check_body(new.body)
    for field, text, most in (
        ("name", new.name, SIGNATURE_LENGTH),
        ("office", new.office, OFFICE_LENGTH),
    ):
        if not text or len(text) > most:
            raise Invalid(words("An answer is signed with a name and an office."), field=field)


def _record(session: Session, tag: EventTag, actor: Actor, subject: Comment, now: datetime) -> None:
    details = {"place": subject.place, "of": f"{subject.subject_kind}:{subject.subject_id}"}
    record(session, tag, at=now, actor=actor, subject=(_EVENT_SUBJECT, subject.id), details=details)
