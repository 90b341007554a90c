"""What must be known about events before people are told of them: a few queries for many events."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.standing.models import Withholding
from participation.consultations.drafting.settling import Change
from participation.consultations.models import DraftChange, DraftVersion
from participation.core.events import Event, EventTag

COMMENT = "comment"
_WORDS_CHANGED = frozenset({Change.EDITED, Change.SPLIT, Change.MERGED, Change.REMOVED})


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or reply: whose it is, to whom it replies, where it stands, whether it is shown."""

    id: UUID
    author_id: UUID
    thread_id: UUID
    thread_author_id: UUID
    replied_to: UUID | None
    subject_kind: str
    subject_id: UUID
    place: str
    is_shown: bool

    @property
    def is_reply(self) -> bool:
        """Whether it is a reply to another one."""
        return self.id != self.thread_id


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a batch of events; `changed` are clauses by consultation and version."""

    said: dict[UUID, Said] = field(default_factory=dict)
    changed: dict[tuple[UUID, int], list[str]] = field(default_factory=dict)


def facts_of(session: Session, events: Collection[Event]) -> Facts:
    """The facts about these events: two queries."""
    comments = {UUID(each.subject_id) for each in events if each.subject_kind == COMMENT}
    versions = {
        (UUID(each.subject_id), int(each.details.get("version", 0)))
        for each in events
        if each.tag == EventTag.CONSULTATIONS_DRAFT_PUBLISH
    }
    return Facts(_said(session, comments), _changed(session, versions))


def _said(session: Session, ids: Collection[UUID]) -> dict[UUID, Said]:
    if not ids:
        return {}
    first, replied = aliased(Comment), aliased(Comment)
    rows = session.execute(
        select(
            col(Comment.id),
            col(Comment.author_id),
            col(Comment.thread_id),
            col(first.author_id),
            col(replied.author_id),
            col(Comment.subject_kind),
            col(Comment.subject_id),
            col(Comment.place),
            col(Withholding.comment_id),
        )
        .outerjoin(first, col(first.id) == col(Comment.thread_id))
        .outerjoin(replied, col(replied.id) == col(Comment.reply_to_id))
        .outerjoin(Withholding, col(Withholding.comment_id) == col(Comment.id))
        .where(col(Comment.id).in_(ids))
    )
    return {row[0]: _to_said(*row) for row in rows}


def _to_said(row_id: UUID, author: UUID, *rest: Any) -> Said:
    thread, of_first, replied_to, subject_kind, subject_id, place, withheld = rest
    return Said(
        id=row_id,
        author_id=author,
        thread_id=thread or row_id,
        thread_author_id=of_first or author,
        replied_to=replied_to,
        subject_kind=subject_kind,
        subject_id=subject_id,
        place=place,
        is_shown=withheld is None,
    )


def _changed(
    session: Session, versions: Iterable[tuple[UUID, int]]
) -> dict[tuple[UUID, int], list[str]]:
    """The clauses whose words each version changed, by their lasting ids, as they stood before."""
    wanted = [each for each in versions if each[1] > 1]
    if not wanted:
        return {}
    rows = session.execute(
        select(col(DraftVersion.consultation_id), col(DraftVersion.number), col(DraftChange.old_id))
        .join(DraftChange, col(DraftChange.version_id) == col(DraftVersion.id))
        .where(
            tuple_(col(DraftVersion.consultation_id), col(DraftVersion.number)).in_(wanted),
            col(DraftChange.change).in_([each.value for each in _WORDS_CHANGED]),
            col(DraftChange.old_id) != "",
        )
        .order_by(col(DraftChange.position))
    )
    found: dict[tuple[UUID, int], list[str]] = {}
    for consultation_id, number, place in rows:
        places = found.setdefault((consultation_id, number), [])
        if place not in places:
            places.append(place)
    return found
