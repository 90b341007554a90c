"""Reads: logs and their parts, events that wait, contributions as the public sees them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Answer, Comment
from participation.comments.standing.models import Withholding
from participation.consultations.models import Consultation, DraftVersion
from participation.consultations.rules import SUBJECT_KIND
from participation.core.errors import NotFound
from participation.core.events import Event
from participation.core.words import words
from participation.record.models import (
    RecordAnswer,
    RecordCheckpoint,
    RecordContribution,
    RecordedEvent,
    RecordEntry,
    RecordLog,
    RecordOpening,
    RecordTileHash,
)
from participation.record.rules import State

_AT_ONCE = 256

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment or reply as everybody sees it now."""

    id: UUID
    thread_id: UUID
    written_at: datetime
    author: str
    edition: int
    place: str
    stance: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published version without its text; `sha256` in hex."""

    number: int
    at: datetime
    sha256: str
    articles: int


def waiting(session: Session, tags: Collection[str], *, limit: int) -> list[Event]:
    """Events under these tags that no log holds yet, the earliest first.

    By what is missing and not by a moment: an event that was committed late is found all the same.
    """
    recorded = select(col(RecordedEvent.event_id)).where(
        col(RecordedEvent.event_id) == col(Event.id)
    )
    query = select(Event).where(col(Event.tag).in_([str(tag) for tag in tags]), ~recorded.exists())
    return list(session.scalars(query.order_by(col(Event.at), col(Event.id)).limit(limit)))


def consultations(session: Session, ids: Collection[UUID]) -> dict[UUID, Consultation]:
    """Consultations by id, drafts too."""
    found = session.scalars(select(Consultation).where(col(Consultation.id).in_(ids)))
    return {row.id: row for row in found}


def subjects_of_comments(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[str, UUID]]:
    """What each comment is about, as kind and id."""
    columns = (col(Comment.id), col(Comment.subject_kind), col(Comment.subject_id))
    found = session.execute(select(*columns).where(col(Comment.id).in_(ids)))
    return {comment_id: (kind, subject_id) for comment_id, kind, subject_id in found}


def shown(session: Session, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """Comments as everybody sees them, or saw them until they were withheld, by id.

    Those that are gone are missing.
    """
    query = (
        select(Comment, col(Account.name), col(Withholding.body))
        .join(Account, col(Account.id) == col(Comment.author_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
    )
    rows = session.execute(query.where(col(Comment.id).in_(ids)))
    return {comment.id: _shown(comment, name, kept or "") for comment, name, kept in rows}


def _shown(comment: Comment, author: str, kept: str) -> Shown:
    """`kept`: the words of a withheld comment, whose own are empty."""
    return Shown(
        id=comment.id,
        thread_id=comment.thread_id or comment.id,
        written_at=comment.written_at,
        author=author,
        edition=comment.edition,
        place=comment.place,
        stance=comment.stance or "",
        text=comment.body or kept,
        source=comment.source,
    )


def answers(session: Session, comment_ids: Collection[UUID]) -> dict[UUID, Answer]:
    """The official answer to each of these comments that has one."""
    query = select(col(Comment.id), Answer).join(Answer, col(Answer.id) == col(Comment.answer_id))
    return dict(session.execute(query.where(col(Comment.id).in_(comment_ids))).all())


def contributions_by(
    session: Session, author_id: UUID, consultation_id: UUID | None = None
) -> list[RecordContribution]:
    """What somebody contributed to records, or to one."""
    query = select(RecordContribution).join(
        Comment, col(Comment.id) == col(RecordContribution.contribution_id)
    )
    query = query.where(col(Comment.author_id) == author_id)
    if consultation_id is not None:
        query = query.where(col(RecordContribution.consultation_id) == consultation_id)
    return list(session.scalars(query.order_by(col(RecordContribution.place))))


def author_of(session: Session, consultation_id: UUID, comment_id: UUID) -> UUID:
    """Whose comment on this consultation this is; raises `NotFound`."""
    wanted = select(col(Comment.author_id)).where(
        col(Comment.id) == comment_id,
        col(Comment.subject_kind) == SUBJECT_KIND,
        col(Comment.subject_id) == consultation_id,
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound(words("There is no such comment."))
    return found


def versions(
    session: Session, consultation_id: UUID, *, above: int, until: datetime
) -> list[Published]:
    """The versions with a number above this that were published until a moment."""
    query = select(
        col(DraftVersion.number),
        col(DraftVersion.published_at),
        col(DraftVersion.source_sha256),
        col(DraftVersion.article_count),
    ).where(
        col(DraftVersion.consultation_id) == consultation_id,
        col(DraftVersion.published_at) <= until,
        col(DraftVersion.number) > above,
    )
    rows = session.execute(query.order_by(col(DraftVersion.number)))
    return [Published(number, at or until, sha256, count) for number, at, sha256, count in rows]


def version_text(session: Session, consultation_id: UUID, number: int) -> str:
    """The text of a published version; raises `NotFound`."""
    wanted = select(col(DraftVersion.source)).where(
        col(DraftVersion.consultation_id) == consultation_id,
        col(DraftVersion.published_at).is_not(None),
        col(DraftVersion.number) == number,
    )
    return _found(session.scalars(wanted).one_or_none())


def log_of(session: Session, consultation_id: UUID) -> RecordLog | None:
    """The log of a consultation, if it has begun."""
    return session.get(RecordLog, consultation_id)


def begun_log(session: Session, consultation_id: UUID) -> RecordLog:
    """The log of a consultation; raises `NotFound` before it has begun."""
    found = log_of(session, consultation_id)
    if found is None:
        raise NotFound(words("The record of this consultation begins within a minute."))
    return found


def contributions(session: Session, ids: Collection[UUID]) -> dict[UUID, RecordContribution]:
    """Contributions in records, by id."""
    wanted = select(RecordContribution).where(col(RecordContribution.contribution_id).in_(ids))
    return {row.contribution_id: row for row in session.scalars(wanted)}


def opening(session: Session, contribution_id: UUID) -> RecordOpening | None:
    """What opens a contribution's newest commitment; nothing once it is withdrawn or erased."""
    return session.get(RecordOpening, contribution_id)


def openings(session: Session, consultation_id: UUID) -> Iterator[tuple[UUID, bytes, bytes]]:
    """Id, salt and content of the contributions that stand open, in the order of their entries."""
    query = (
        select(
            col(RecordContribution.contribution_id),
            col(RecordOpening.salt),
            col(RecordOpening.content),
        )
        .join(
            RecordOpening,
            col(RecordOpening.contribution_id) == col(RecordContribution.contribution_id),
        )
        .where(
            col(RecordContribution.consultation_id) == consultation_id,
            col(RecordContribution.state) == State.OPEN.value,
        )
        .order_by(col(RecordContribution.place))
        .execution_options(yield_per=_AT_ONCE)
    )
    for contribution_id, salt, content in session.execute(query):
        yield contribution_id, bytes(salt), bytes(content)


def named_answers(session: Session, consultation_id: UUID) -> Iterator[RecordAnswer]:
    """The answers that the log names, in the order of their newest entries."""
    wanted = select(RecordAnswer).where(col(RecordAnswer.consultation_id) == consultation_id)
    by_place = wanted.order_by(col(RecordAnswer.place), col(RecordAnswer.answer_id))
    yield from session.scalars(by_place.execution_options(yield_per=_AT_ONCE))


def standing(session: Session, consultation_id: UUID) -> dict[tuple[bool, State, bool], int]:
    """How many contributions are (a first comment, in this state, answered)."""
    is_first = col(RecordContribution.thread_id) == col(RecordContribution.contribution_id)
    columns = (is_first, col(RecordContribution.state), col(RecordContribution.is_answered))
    counted = session.execute(
        select(*columns, func.count())
        .where(col(RecordContribution.consultation_id) == consultation_id)
        .group_by(*columns)
    )
    return {(bool(first), State(state), bool(done)): n for first, state, done, n in counted}


def entry_at(session: Session, consultation_id: UUID, place: int) -> bytes:
    """The bytes of an entry; raises `NotFound`."""
    found = session.get(RecordEntry, (consultation_id, place))
    return bytes(_found(found).entry)


def entries(session: Session, consultation_id: UUID, begin: int, end: int) -> list[bytes]:
    """Entries begin .. end-1."""
    columns = select(col(RecordEntry.entry)).where(*_within(RecordEntry, consultation_id))
    place = col(RecordEntry.place)
    rows = session.scalars(columns.where(place >= begin, place < end).order_by(place))
    return [bytes(each) for each in rows]


def hashes(
    session: Session, consultation_id: UUID, level: int, begin: int, end: int
) -> list[bytes]:
    """Hashes begin .. end-1 of a level of tiles; fewer where the log ends sooner."""
    if level == 0:
        place = col(RecordEntry.place)
        query = select(col(RecordEntry.leaf_hash)).where(*_within(RecordEntry, consultation_id))
    else:
        place = col(RecordTileHash.place)
        query = select(col(RecordTileHash.hash)).where(
            *_within(RecordTileHash, consultation_id), col(RecordTileHash.level) == level
        )
    rows = session.scalars(query.where(place >= begin, place < end).order_by(place))
    return [bytes(each) for each in rows]


def checkpoint_sizes(session: Session, consultation_id: UUID) -> Sequence[int]:
    """The sizes of all checkpoints, ascending."""
    size = col(RecordCheckpoint.size)
    wanted = select(size).where(*_within(RecordCheckpoint, consultation_id)).order_by(size)
    return session.scalars(wanted).all()


def checkpoint(session: Session, consultation_id: UUID, size: int) -> bytes:
    """The note of the checkpoint of this size; raises `NotFound`."""
    return bytes(_found(session.get(RecordCheckpoint, (consultation_id, size))).note)


def _within(table: Any, consultation_id: UUID) -> tuple[ColumnElement[bool]]:
    return (col(table.consultation_id) == consultation_id,)


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound(words("The record holds no such file."))
    return row
