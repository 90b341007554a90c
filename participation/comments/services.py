"""Acts: write, reply, correct, consider, answer. Each flushes; none commits.

Each records one event, those on many comments at once (`consider_comments`, `answer_comments`)
one event for every comment: what happened to a comment is found by its id alone.

Whether a passage takes comments now is the question of the feature above, asked before.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.comments.mentions.queries import participants
from participation.comments.mentions.rules import Participant, named
from participation.comments.mentions.services import address
from participation.comments.models import Answer, Comment
from participation.comments.queries import comment_by_key
from participation.comments.quoting import own_words
from participation.comments.rules import (
    OFFICE_LENGTH,
    SIGNATURE_LENGTH,
    Passage,
    Reason,
    Stance,
    Subject,
    check_body,
    check_edit,
    check_own_words,
)
from participation.comments.standing.queries import withheld
from participation.comments.standing.services import hold_if_suspicious
from participation.comments.wordings.services import keep_wording
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid
from participation.core.events import EventTag, record
from participation.core.ids import new_id
from participation.core.words import words

_EVENT_SUBJECT = "comment"
_MOST_PARTICIPANTS = 2000  # looked through for the names in one reply


@dataclass(frozen=True, slots=True)
class NewComment:
    """A contribution as it was sent; `token` came with the empty form."""

    stance: Stance
    body: str
    token: str


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply as it was sent; `token` came with the empty form.

    `mentions` are ids of what the people said whom the writer ticked. `is_quoting` when the reply
    began with the words that it answers.
    """

    body: str
    token: str
    mentions: tuple[UUID, ...] = ()
    is_quoting: bool = False


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An official answer as it was sent, with the name and office it is signed by.

    `place` and `citation` name the clause that changed because of the comment; empty for none.
    """

    name: str
    office: str
    body: str
    reason: Reason
    place: str = ""
    citation: str = ""


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
    `write_comment` does, and `Invalid` for the field `mentions` (see `mentions.rules`).
    """
    allows(actor, Permission.COMMENTS_COMMENT_WRITE)
    check_body(new.body)
    check_own_words(own_words(new.body))
    people = _people_meant(session, actor, replied_to, new)
    key = _form_key(new.token, str(replied_to.id), new.body)
    subject = Subject(replied_to.subject_kind, replied_to.subject_id)
    values = _values(actor, subject, now, new.body, key)
    values |= {
        "place": replied_to.place,
        "edition": replied_to.edition,
        "thread_id": replied_to.thread_id or replied_to.id,
        "reply_to_id": replied_to.id,
    }
    return _add_once(session, actor, values, now, people)


def edit_comment(
    session: Session, actor: Actor, corrected: Comment, body: str, now: datetime
) -> Comment:
    """The comment with its new text, marked as edited; unchanged text leaves no mark.

    What it said before is kept for everybody to read. Raises `NotAllowed` for others than the
    author, `Conflict` after 15 minutes or ten corrections, `Invalid` for a text that may not be
    sent.
    """
    check_edit(corrected.author_id, corrected.written_at, asker_id=actor.id, now=now)
    check_body(body)
    if withheld(session, corrected.id) is not None:
        raise Conflict("withheld", words("The words of this comment are not shown any more."))
    if body == corrected.body:
        return corrected
    keep_wording(session, corrected.id, corrected.body, now)
    corrected.body = body
    corrected.edited_at = now
    session.add(corrected)
    _record(session, EventTag.COMMENTS_COMMENT_EDIT, actor, corrected, now)
    return corrected


def consider_comments(
    session: Session,
    actor: Actor,
    considered: Sequence[Comment],
    assignee: Actor,
    now: datetime,
) -> None:
    """Notes that an officer considers these comments from now on: the actor or a colleague.

    Records one event for each comment whose officer changes. Raises `NotAllowed` when the actor
    or the colleague may not answer, `Conflict` for a reply or an answered comment.
    """
    allows(actor, Permission.COMMENTS_ANSWER_WRITE)
    allows(assignee, Permission.COMMENTS_ANSWER_WRITE)
    _check_waiting(considered)
    for comment in considered:
        if comment.assignee_id == assignee.id:
            continue
        comment.assignee_id = assignee.id
        comment.considered_at = now
        session.add(comment)
        tag = EventTag.COMMENTS_COMMENT_CONSIDER
        _record(session, tag, actor, comment, now, assignee=str(assignee.id))


def answer_comments(
    session: Session, actor: Actor, answered: Sequence[Comment], new: NewAnswer, now: datetime
) -> Answer:
    """The official answer, now standing under each of the comments.

    Records one event for each comment, with the answer's id. Raises `NotAllowed` without the
    permission, `Conflict` for a reply or a comment that has an answer already (then none is
    answered), `Invalid` for no comment, missing words, name or office.
    """
    allows(actor, Permission.COMMENTS_ANSWER_WRITE)
    _check_answer(new)
    _check_waiting(answered)
    answer = Answer(
        author_id=actor.id,
        name=new.name,
        office=new.office,
        body=new.body,
        reason=new.reason.value,
        place=new.place,
        citation=new.citation,
        written_at=now,
    )
    session.add(answer)
    session.flush()
    details = {"answer": str(answer.id), "reason": new.reason.value}
    for comment in answered:
        _claim(session, comment, answer)
        _record(session, EventTag.COMMENTS_ANSWER_WRITE, actor, comment, now, **details)
    return answer


def _check_waiting(comments: Sequence[Comment]) -> None:
    if not comments:
        raise Invalid(words("Choose at least one comment."))
    for comment in comments:
        if comment.thread_id is not None:
            message = words("Answers are given to first comments, not to replies.")
            raise Conflict("answer-to-a-reply", message)
        if comment.answer_id is not None:
            raise _answered_already(comment)


def _claim(session: Session, comment: Comment, answer: Answer) -> None:
    """Puts the answer under a comment unless another came first, in the same moment too."""
    claimed = session.execute(
        update(Comment)
        .where(col(Comment.id) == comment.id, col(Comment.answer_id).is_(None))
        .values(answer_id=answer.id)
        .returning(col(Comment.id))
    ).all()
    if not claimed:
        raise _answered_already(comment)
    session.refresh(comment)


def _answered_already(comment: Comment) -> Conflict:
    start = " ".join(comment.body.split())[:60]
    message = words(
        "This comment has an answer already: “%(start)s”. Open the list again for the next one.",
        start=start,
    )
    return Conflict("answered-already", message)


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


def _people_meant(
    session: Session, actor: Actor, replied_to: Comment, new: NewReply
) -> tuple[Participant, ...]:
    """Whom a reply addresses: the author of the reply or quote that it answers, those it names."""
    thread_id = replied_to.thread_id or replied_to.id
    people = participants(session, thread_id, but=actor.id, limit=_MOST_PARTICIPANTS)
    answered = (
        Participant(each.account_id, each.name, replied_to.id)
        for each in people
        if each.account_id == replied_to.author_id
        and (new.is_quoting or replied_to.thread_id is not None)
    )
    return *answered, *named(new.body, new.mentions, people)


def _add_once(
    session: Session,
    actor: Actor,
    values: dict[str, Any],
    now: datetime,
    people: Sequence[Participant] = (),
) -> Comment:
    """Inserts unless the same form came before; the database decides, also between processes."""
    session.flush()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    table = Comment.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    statement = insert(table).values(**values)
    once = statement.on_conflict_do_nothing(index_elements=["author_id", "form_key"])
    added = session.execute(once.returning(table.c.id)).one_or_none()
    written = comment_by_key(session, actor.id, values["form_key"])
    if added is None:
        return written
    address(session, written.id, people)
    if not hold_if_suspicious(session, actor, written, now):
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


def _record(
    session: Session,
    tag: EventTag,
    actor: Actor,
    subject: Comment,
    now: datetime,
    **more: str,
) -> None:
    details = {"place": subject.place, "of": f"{subject.subject_kind}:{subject.subject_id}"}
    told = details | more
    record(session, tag, at=now, actor=actor, subject=(_EVENT_SUBJECT, subject.id), details=told)
