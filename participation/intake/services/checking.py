"""What a second person decides: confirm, send back; and setting aside what cannot stay."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from participation.accounts.offline.rules import UNNAMED
from participation.accounts.offline.services import make_author
from participation.comments.models import Comment
from participation.comments.receiving import Received, receive_comment
from participation.comments.rules import Passage, Source, Stance
from participation.consultations.queries import subject_of
from participation.consultations.services import Moment
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict
from participation.core.events import EventTag
from participation.core.words import words
from participation.intake import queries
from participation.intake.models import IntakeBatch, IntakeEntry
from participation.intake.rules import (
    State,
    check_reason,
    check_received,
    check_second_person,
    check_seen,
    check_taken_in,
)
from participation.intake.services.traces import change, record_entry, situation_of


def confirm_entry(
    session: Session,
    actor: Actor,
    batch: IntakeBatch,
    entry: IntakeEntry,
    *,
    seen: int,
    moment: Moment,
) -> Comment:
    """The public comment that an entry becomes, because it reads like the paper.

    `seen` is the revision that was compared. Raises `NotAllowed` for whoever typed it, `Conflict`
    for other words than were seen, and where the phase or the day no longer permits it.
    """
    allows(actor, Permission.COMMENTS_COMMENT_RECEIVE)
    check_second_person(entry.typed_by, asker_id=actor.id)
    check_seen(State(entry.state), entry.revision, seen=seen)
    found = queries.consultation(session, batch.consultation_id)
    now = situation_of(found, moment)
    check_taken_in(now)
    check_received(entry.received_on, now)
    received = Received(
        Stance(entry.stance), entry.body, Source(batch.source), entry.received_on, entry.id.hex
    )
    author_id = _author(session, entry, moment)
    _claim(session, entry, seen, actor, moment, state=State.PUBLISHED.value, name="", body="")
    passage = Passage(subject_of(found), entry.place, batch.edition)
    comment = receive_comment(
        session, actor, passage, received, author_id=author_id, now=moment.now
    )
    change(session, entry, comment_id=comment.id)
    record_entry(
        session, EventTag.INTAKE_ENTRY_CONFIRM, actor, entry, moment, comment=str(comment.id)
    )
    return comment


def return_entry(
    session: Session,
    actor: Actor,
    entry: IntakeEntry,
    reason: str,
    *,
    seen: int,
    moment: Moment,
) -> None:
    """Sends an entry back to be typed again, and says why; raises as `confirm_entry` does."""
    allows(actor, Permission.COMMENTS_COMMENT_RECEIVE)
    check_second_person(entry.typed_by, asker_id=actor.id)
    check_seen(State(entry.state), entry.revision, seen=seen)
    check_reason(reason)
    _claim(session, entry, seen, actor, moment, state=State.RETURNED.value, reason=reason)
    record_entry(session, EventTag.INTAKE_ENTRY_RETURN, actor, entry, moment)


def set_aside(
    session: Session, actor: Actor, entry: IntakeEntry, reason: str, moment: Moment
) -> None:
    """Decides that an entry that was sent back is not published; its author reads why.

    The words are deleted: they were never public. Raises `Conflict` for any other entry.
    """
    allows(actor, Permission.INTAKE_BATCH_WRITE)
    if entry.state != State.RETURNED:
        message = words("Only what a second person sent back can be set aside.")
        raise Conflict("not-returned", message)
    check_reason(reason)
    change(session, entry, state=State.ASIDE.value, reason=reason, body="", name="")
    record_entry(session, EventTag.INTAKE_ENTRY_SET_ASIDE, actor, entry, moment)


def _author(session: Session, entry: IntakeEntry, moment: Moment) -> UUID:
    """Who said it: the author of the same form under the same name, or a new one."""
    name = entry.name or UNNAMED
    for account_id, known in queries.authors_under(session, entry.code):
        if known == name:
            return account_id
    return make_author(session, entry.name, moment.now).id


def _claim(
    session: Session,
    entry: IntakeEntry,
    seen: int,
    actor: Actor,
    moment: Moment,
    **values: Any,
) -> None:
    """Decides about an entry unless somebody else did, or typed it again, in the same moment."""
    session.flush()
    checked = {"checked_by": actor.id, "checked_at": moment.now}
    claimed = cast(
        "CursorResult[tuple[()]]",
        session.execute(
            update(IntakeEntry)
            .where(
                col(IntakeEntry.id) == entry.id,
                col(IntakeEntry.state) == State.WAITING.value,
                col(IntakeEntry.revision) == seen,
            )
            .values(**checked, **values)
            .execution_options(synchronize_session=False)
        ),
    )
    if claimed.rowcount != 1:
        message = words("Somebody has dealt with this entry meanwhile.")
        raise Conflict("not-waiting", message)
    session.refresh(entry)
