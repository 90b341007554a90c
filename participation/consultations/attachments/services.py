"""Acts: attaching a file and taking one away. Each flushes and records one event."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from participation.consultations.attachments import queries
from participation.consultations.attachments.kinds import sorted_out
from participation.consultations.attachments.models import Attachment
from participation.consultations.attachments.rules import (
    REASON_LENGTH,
    TITLE_LENGTH,
    Purpose,
    check_attachable,
    check_size,
    check_told,
)
from participation.consultations.attachments.shelf import Shelf
from participation.consultations.models import Consultation
from participation.consultations.queries import editions
from participation.consultations.rules import Phase, may_have_new_version
from participation.consultations.services.phases import EVENT_SUBJECT
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict
from participation.core.events import EventTag, record
from participation.core.words import words


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was handed in; `waits` for the next version of the draft or stands at once."""

    title: str
    purpose: Purpose
    content: bytes
    waits: bool = False


def attach(
    session: Session,
    actor: Actor,
    found: Consultation,
    new: NewFile,
    shelf: Shelf,
    *,
    now: datetime,
) -> Attachment:
    """Puts a file beside a draft.

    Before the announcement it stands there with the first version. Raises `Invalid` for a file that
    is not what it may be, `Conflict` where nothing may be added.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_attachable(Phase(found.phase), queries.standing_count(session, found.id))
    check_told(new.title, TITLE_LENGTH, "title")
    check_size(len(new.content))
    kind, content = sorted_out(new.content)
    made = Attachment(
        consultation_id=found.id,
        title=new.title,
        purpose=new.purpose.value,
        kind=kind.value,
        sha256=shelf.put(content),
        size_bytes=len(content),
        edition=_edition(session, found, waits=new.waits),
        added_by=actor.id,
        added_at=now,
    )
    session.add(made)
    session.flush()
    _record(session, EventTag.CONSULTATIONS_ATTACHMENT_ADD, actor, made, now)
    return made


def remove(session: Session, actor: Actor, gone: Attachment, reason: str, *, now: datetime) -> None:
    """Takes a file away, for a reason that everybody reads in its place; its title stays.

    The file itself is deleted within the hours that follow. Raises `Conflict` for one that is gone.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_PUBLISH)
    if gone.removed_at is not None:
        raise Conflict("attachment-gone", words("This file is removed already."))
    check_told(reason, REASON_LENGTH, "reason")
    gone.removed_at, gone.removed_by, gone.removal_reason = now, actor.id, reason
    session.add(gone)
    _record(session, EventTag.CONSULTATIONS_ATTACHMENT_REMOVE, actor, gone, now)


def sweep(session: Session, shelf: Shelf, now: datetime) -> None:
    """Deletes the files that nothing refers to: of removed attachments, of acts that failed."""
    names = shelf.names(now)
    if names:
        shelf.sweep(queries.unused(session, names), now)


def _edition(session: Session, found: Consultation, *, waits: bool) -> int:
    newest = editions(session, found.id, limit=1)
    if not newest:
        return 1
    if waits and may_have_new_version(Phase(found.phase)):
        return newest[0].number + 1
    return newest[0].number


def _record(
    session: Session, tag: EventTag, actor: Actor, about: Attachment, now: datetime
) -> None:
    record(
        session,
        tag,
        at=now,
        actor=actor,
        subject=(EVENT_SUBJECT, about.consultation_id),
        details={"attachment": str(about.id), "sha256": about.sha256, "version": about.edition},
    )
