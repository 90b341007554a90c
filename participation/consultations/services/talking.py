"""Comments, replies and answers, where the phase of the consultation allows them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from participation.comments import services as comments
from participation.comments.models import Answer, Comment
from participation.comments.rules import Passage
from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of, citations, edition, subject_of
from participation.consultations.rules import Phase, check_answers_open, check_comments_open
from participation.consultations.services.phases import Moment
from participation.core.access import Actor
from participation.core.errors import Invalid, NotFound
from participation.core.words import words


def comment_on_clause(
    session: Session,
    actor: Actor,
    found: Consultation,
    new: comments.NewComment,
    moment: Moment,
    *,
    clause_id: str,
    edition: int,
) -> Comment:
    """The new comment on a clause of a published edition.

    Raises `Conflict` while or once comments are closed, and as `comments.write_comment` does.
    """
    check_comments_open(Phase(found.phase), calendar_of(found), moment.today)
    passage = Passage(subject_of(found), clause_id, edition)
    return comments.write_comment(session, actor, passage, new, moment.now)


def reply_to_comment(
    session: Session,
    actor: Actor,
    found: Consultation,
    replied_to: Comment,
    new: comments.NewReply,
    *,
    moment: Moment,
) -> Comment:
    """The new reply; raises `Conflict` while or once comments are closed."""
    _check_belongs(found, replied_to)
    check_comments_open(Phase(found.phase), calendar_of(found), moment.today)
    return comments.write_reply(session, actor, replied_to, new, moment.now)


def correct_comment(
    session: Session,
    actor: Actor,
    found: Consultation,
    corrected: Comment,
    body: str,
    *,
    now: datetime,
) -> Comment:
    """The corrected comment: within 15 minutes, even if the phase ended in between."""
    _check_belongs(found, corrected)
    return comments.edit_comment(session, actor, corrected, body, now)


def consider_residents(
    session: Session,
    actor: Actor,
    found: Consultation,
    considered: Sequence[Comment],
    assignee: Actor,
    *,
    now: datetime,
) -> None:
    """Notes who considers the comments; raises `Conflict` outside of open and answering."""
    for comment in considered:
        _check_belongs(found, comment)
    check_answers_open(Phase(found.phase))
    comments.consider_comments(session, actor, considered, assignee, now)


def answer_residents(
    session: Session,
    actor: Actor,
    found: Consultation,
    answered: Sequence[Comment],
    new: comments.NewAnswer,
    *,
    now: datetime,
) -> Answer:
    """The official answer to all of them; `Conflict` outside of the phases open and answering.

    How the changed clause is cited is read from the newest published version; `Invalid` for a
    clause that is not in it.
    """
    for comment in answered:
        _check_belongs(found, comment)
    check_answers_open(Phase(found.phase))
    if new.place:
        new = replace(new, citation=_citation(session, found, new.place))
    return comments.answer_comments(session, actor, answered, new, now)


def _citation(session: Session, found: Consultation, place: str) -> str:
    newest = edition(session, found.id)
    cited = citations(session, newest.id, [place])
    if place not in cited:
        message = words("There is no such clause in the newest version.")
        raise Invalid(message, field="place")
    return cited[place]


def _check_belongs(found: Consultation, said: Comment) -> None:
    subject = subject_of(found)
    if (said.subject_kind, said.subject_id) != (subject.kind, subject.id):
        raise NotFound(words("There is no such comment."))
